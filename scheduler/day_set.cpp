// Days against the operator's words, in the solar and the lunar calendar.
#include "scheduler/day_set.hpp"

#include <algorithm>
#include <tuple>

namespace loa::scheduler {

namespace {

namespace chr = std::chrono;
using calendar::LunarDate;
using config::LunarDay;

bool in_year(Date first, Date last, Date date) {
  const auto of_year = [](Date each) { return chr::month_day(each.month(), each.day()); };
  const auto from = of_year(first), until = of_year(last), day = of_year(date);
  if (from <= until) return from <= day && day <= until;
  return from <= day || day <= until;  // over the year's end
}

/// A month's place in its year: the leap month behind the ordinary one of its number.
auto place_of(const LunarDate& date) {
  return std::tuple(date.month, date.leap, date.day);
}
auto place_of(LunarDay day) {
  return std::tuple(day.month, false, day.day);
}

bool is_day(LunarDay wanted, const LunarDate& date, bool leap_too) {
  const bool any_month = wanted.month == LunarDay::kEveryMonth;
  if (!any_month && (wanted.month != date.month || (date.leap && !leap_too))) return false;
  return wanted.day == LunarDay::kLastDay ? date.is_last_of_month() : wanted.day == date.day;
}

bool in_lunar_year(LunarDay first, LunarDay last, const LunarDate& date) {
  if (first == last) return is_day(first, date, false);
  auto from = place_of(first);
  const auto until = place_of(last);
  const auto day = place_of(date);
  // A range that begins on a month's last day begins on its 29th where that is the last.
  if (first.day == LunarDay::kLastDay && is_day(first, date, false)) return true;
  if (from <= until) return from <= day && day <= until;
  return from <= day || day <= until;
}

calendar::LocalTime next_day(Date day) {
  return chr::local_days(day) + chr::days(1);
}

}  // namespace

Date day_after(Date day, int days) {
  return Date(std::chrono::sys_days(day) + std::chrono::days(days));
}

CivilDay::CivilDay(Date day) : date(day), lunar(calendar::lunar_date(day)) {}

bool contains(const DateSpan& span, const CivilDay& day, const Holidays* holidays) {
  switch (span.kind) {
    case DateSpan::Kind::dates:
      return span.first <= day.date && day.date <= span.last;
    case DateSpan::Kind::yearly:
      return in_year(span.first, span.last, day.date);
    case DateSpan::Kind::lunar:
      return day.lunar && in_lunar_year(span.lunar_first, span.lunar_last, *day.lunar);
    case DateSpan::Kind::holiday:
      break;
  }
  if (holidays == nullptr) return false;
  const auto holiday = holidays->find(span.holiday);
  return holiday != holidays->end() && std::any_of(holiday->second.days.begin(), holiday->second.days.end(),
                                                   [&](const DateSpan& each) { return contains(each, day, nullptr); });
}

bool DaySet::contains(Date day) const {
  return contains(CivilDay(day));
}

bool DaySet::contains(const CivilDay& day) const {
  const auto number = chr::weekday(chr::sys_days(day.date)).iso_encoding() - 1;  // 0 = Monday
  switch (words.form) {
    case Days::Form::daily:
      return true;
    case Days::Form::weekdays:
      return number < 5;
    case Days::Form::weekends:
      return number >= 5;
    case Days::Form::list:
      return words.weekday[number];
    case Days::Form::dates:
      return std::any_of(words.dates.begin(), words.dates.end(),
                         [&](const DateSpan& span) { return scheduler::contains(span, day, holidays.get()); });
    case Days::Form::lunar:
      return day.lunar && std::any_of(words.lunar.begin(), words.lunar.end(),
                                      [&](LunarDay each) { return is_day(each, *day.lunar, words.leap); });
    case Days::Form::rrule:
      return rule != nullptr && !rule->between(chr::local_days(day.date), next_day(day.date), 1).empty();
    case Days::Form::never:
      break;
  }
  return false;
}

DaySet set_of(std::vector<DateSpan> dates, std::shared_ptr<const Holidays> holidays) {
  DaySet set;
  set.words.form = dates.empty() ? Days::Form::never : Days::Form::dates;
  set.words.dates = std::move(dates);
  set.holidays = std::move(holidays);
  return set;
}

}  // namespace loa::scheduler
