// RFC 5545 3.3.10 read plainly: each interval's set is built by trying every day and every second of it.
#include <algorithm>
#include <cstdlib>

#include "tests/support/recurrence_peers.hpp"

namespace loa::testing {

namespace chr = std::chrono;
using calendar::Frequency;
using calendar::RecurrenceRule;

namespace {

using Day = chr::local_days;
using Date = chr::year_month_day;

bool has(const std::vector<int>& list, int value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

/// By its place from the beginning (from 1) or from the end (from -1).
bool has_place(const std::vector<int>& list, int place, int of) {
  return has(list, place) || has(list, place - of - 1);
}

Day week_of(Day day, chr::weekday start) {
  while (chr::weekday(day) != start) day -= chr::days(1);
  return day;
}

/// Monday (or WKST) of the week with four days in the new year.
Day week_one(chr::year year, chr::weekday start) {
  Day week = week_of(Day(year / 1 / 1), start);
  const auto days_before = (Day(year / 1 / 1) - week).count();
  return days_before <= 3 ? week : week + chr::days(7);
}

chr::year year_of_week(Day day, chr::weekday start) {
  chr::year year = Date(day).year() + chr::years(1);
  while (day < week_one(year, start)) --year;
  return year;
}

struct Plain {
  const RecurrenceRule& rule;
  LocalTime dtstart;
  Day first_day = chr::floor<chr::days>(dtstart);

  bool weekday_fits(Day day) const {
    const Date date(day);
    for (const auto& [ordinal, weekday] : rule.by_day) {
      if (chr::weekday(day) != weekday) continue;
      if (ordinal == 0) return true;
      const bool month = rule.frequency == Frequency::monthly || !rule.by_month.empty();
      const Day begin = month ? Day(date.year() / date.month() / 1) : Day(date.year() / 1 / 1);
      const Day end = month ? Day(date.year() / date.month() / chr::last) : Day(date.year() / 12 / 31);
      int place = 0;
      for (Day other = day; other >= begin && ordinal > 0; other -= chr::days(7)) ++place;
      for (Day other = day; other <= end && ordinal < 0; other += chr::days(7)) --place;
      if (place == ordinal) return true;
    }
    return false;
  }

  bool day_fits(Day day) const {
    const Date date(day);
    const auto month = static_cast<int>(static_cast<unsigned>(date.month()));
    const auto month_day = static_cast<int>(static_cast<unsigned>(date.day()));
    const auto month_days = static_cast<int>(static_cast<unsigned>((date.year() / date.month() / chr::last).day()));
    const int year_day = static_cast<int>((day - Day(date.year() / 1 / 1)).count()) + 1;
    if (!rule.by_month.empty() && !has(rule.by_month, month)) return false;
    if (!rule.by_week_number.empty()) {
      const auto year = year_of_week(day, rule.week_start);
      const auto begin = week_one(year, rule.week_start);
      const auto weeks = (week_one(year + chr::years(1), rule.week_start) - begin).count() / 7;
      const auto week = (day - begin).count() / 7 + 1;
      if (!has_place(rule.by_week_number, static_cast<int>(week), static_cast<int>(weeks))) return false;
    }
    if (!rule.by_year_day.empty() && !has_place(rule.by_year_day, year_day, date.year().is_leap() ? 366 : 365)) {
      return false;
    }
    if (!rule.by_month_day.empty() && !has_place(rule.by_month_day, month_day, month_days)) return false;
    if (!rule.by_day.empty() && !weekday_fits(day)) return false;
    if (!rule.by_day.empty() || !rule.by_month_day.empty() || !rule.by_year_day.empty()) return true;
    return as_dtstart(day);
  }

  /// What the rule leaves open is as in DTSTART.
  bool as_dtstart(Day day) const {
    const Date date(day), start(first_day);
    const bool weeks = !rule.by_week_number.empty();
    if (rule.frequency == Frequency::weekly || weeks) return chr::weekday(day) == chr::weekday(first_day);
    if (rule.frequency == Frequency::monthly) return date.day() == start.day();
    if (rule.frequency == Frequency::yearly) {
      return date.day() == start.day() && (!rule.by_month.empty() || date.month() == start.month());
    }
    return true;
  }

  bool fits(const std::vector<int>& list, Frequency below, chr::seconds::rep value, chr::seconds::rep start) const {
    if (!list.empty()) return has(list, static_cast<int>(value));
    return rule.frequency <= below || value == start;
  }

  bool time_fits(LocalTime at) const {
    const chr::hh_mm_ss time(at - chr::floor<chr::days>(at)), start(dtstart - first_day);
    return fits(rule.by_hour, Frequency::hourly, time.hours().count(), start.hours().count()) &&
           fits(rule.by_minute, Frequency::minutely, time.minutes().count(), start.minutes().count()) &&
           fits(rule.by_second, Frequency::secondly, time.seconds().count(), start.seconds().count());
  }

  /// The begin of interval number `index`, DTSTART's being 0.
  LocalTime begin_of(std::int64_t index) const {
    const auto count = index * rule.interval;
    const Date start(first_day);
    switch (rule.frequency) {
      case Frequency::secondly:
        return dtstart + chr::seconds(count);
      case Frequency::minutely:
        return chr::floor<chr::minutes>(dtstart) + chr::minutes(count);
      case Frequency::hourly:
        return chr::floor<chr::hours>(dtstart) + chr::hours(count);
      case Frequency::daily:
        return first_day + chr::days(count);
      case Frequency::weekly:
        return week_of(first_day, rule.week_start) + chr::days(7 * count);
      case Frequency::monthly:
        return Day((start.year() / start.month() / 1) + chr::months(count));
      case Frequency::yearly:
        break;
    }
    if (rule.by_week_number.empty()) return Day((start.year() + chr::years(count)) / 1 / 1);
    return week_one(year_of_week(first_day, rule.week_start) + chr::years(count), rule.week_start);
  }

  LocalTime end_of(LocalTime begin) const {
    switch (rule.frequency) {
      case Frequency::secondly:
        return begin + chr::seconds(1);
      case Frequency::minutely:
        return begin + chr::minutes(1);
      case Frequency::hourly:
        return begin + chr::hours(1);
      case Frequency::daily:
        return begin + chr::days(1);
      case Frequency::weekly:
        return begin + chr::days(7);
      case Frequency::monthly:
        return Day(Date(chr::floor<chr::days>(begin)) + chr::months(1));
      case Frequency::yearly:
        break;
    }
    if (rule.by_week_number.empty()) return Day(Date(chr::floor<chr::days>(begin)) + chr::years(1));
    const auto year = year_of_week(chr::floor<chr::days>(begin), rule.week_start);
    return week_one(year + chr::years(1), rule.week_start);
  }

  Times set_of(LocalTime begin, LocalTime end) const {
    Times set;
    for (auto at = begin; at < end;) {
      const auto day = chr::floor<chr::days>(at);
      const auto day_end = std::min<LocalTime>(day + chr::days(1), end);
      if (day_fits(day)) {
        for (; at < day_end; at += step(at)) {
          if (time_fits(at)) set.push_back(at);
        }
      }
      at = day_end;
    }
    return rule.by_set_position.empty() ? set : positions_of(set);
  }

  /// Over what surely does not fit.
  chr::seconds step(LocalTime at) const {
    const chr::hh_mm_ss time(at - chr::floor<chr::days>(at)), start(dtstart - first_day);
    const auto whole_hour = at == chr::floor<chr::hours>(at);
    if (whole_hour && !fits(rule.by_hour, Frequency::hourly, time.hours().count(), start.hours().count())) {
      return chr::hours(1);
    }
    const auto whole_minute = at == chr::floor<chr::minutes>(at);
    if (whole_minute && !fits(rule.by_minute, Frequency::minutely, time.minutes().count(), start.minutes().count())) {
      return chr::minutes(1);
    }
    return chr::seconds(1);
  }

  Times positions_of(const Times& set) const {
    Times chosen;
    for (std::size_t i = 0; i < set.size(); ++i) {
      if (has_place(rule.by_set_position, static_cast<int>(i) + 1, static_cast<int>(set.size()))) {
        chosen.push_back(set[i]);
      }
    }
    return chosen;
  }

  bool after_until(LocalTime at) const {
    if (!rule.until) return false;
    if (rule.until->form == calendar::Until::Form::date) return at >= rule.until->at + chr::days(1);
    return at > rule.until->at;
  }
};

}  // namespace

Times ask_plainly(const RecurrenceQuestion& question) {
  const auto rule = std::get<RecurrenceRule>(calendar::parse_recurrence(question.rule));
  const Plain plain{rule, question.dtstart};
  Times found;
  const auto limit = std::min<std::size_t>(question.limit, static_cast<std::size_t>(rule.count.value_or(1'000'000)));
  for (std::int64_t index = 0;; ++index) {
    const auto begin = plain.begin_of(index);
    if (begin >= question.until || found.size() >= limit) return found;
    for (const auto at : plain.set_of(begin, plain.end_of(begin))) {
      if (at < question.dtstart) continue;
      if (at >= question.until || plain.after_until(at) || found.size() >= limit) return found;
      found.push_back(at);
    }
  }
}

}  // namespace loa::testing
