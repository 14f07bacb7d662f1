#include "scheduler/day_words.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <set>
#include <string>

#include "scheduler/check_findings.hpp"

namespace loa::scheduler {

namespace {

namespace chr = std::chrono;
using config::LunarDay;
using config::msg;
using config::Text;

constexpr std::size_t kMostNamed = 200;
constexpr int kDaysLookedThrough =
    8 * 366;  // 29 February comes back within 8 years, day 30 of a lunar month within two
constexpr int kLongestRange = 366;
constexpr int kFirstDays = 10;  // of a lunar month: "mùng"
constexpr int kFullMoon = 15;

using Months = std::array<Text, 12>;

const Text& month_words(chr::month month) {
  static const Months words{msg("January"),   msg("February"), msg("March"),    msg("April"),
                            msg("May"),       msg("June"),     msg("July"),     msg("August"),
                            msg("September"), msg("October"),  msg("November"), msg("December")};
  return words.at(static_cast<unsigned>(month) - 1);
}

Text lunar_month_words(int month) {
  static const Months words{msg("the 1st lunar month"),  msg("the 2nd lunar month"),  msg("the 3rd lunar month"),
                            msg("the 4th lunar month"),  msg("the 5th lunar month"),  msg("the 6th lunar month"),
                            msg("the 7th lunar month"),  msg("the 8th lunar month"),  msg("the 9th lunar month"),
                            msg("the 10th lunar month"), msg("the 11th lunar month"), msg("the 12th lunar month")};
  return month == LunarDay::kEveryMonth ? msg("every lunar month") : words.at(static_cast<std::size_t>(month) - 1);
}

Text day_of_year(Date date) {
  return msg("{1} {0}", static_cast<unsigned long>(static_cast<unsigned>(date.day())), month_words(date.month()));
}

std::string two(unsigned number) {
  return (number < 10 ? "0" : "") + std::to_string(number);
}

std::string written(Date date) {
  return two(static_cast<unsigned>(date.month())) + "-" + two(static_cast<unsigned>(date.day()));
}

std::string written(LunarDay day) {
  const auto number = day.day == LunarDay::kLastDay ? std::string("last") : two(static_cast<unsigned>(day.day));
  return day.month == LunarDay::kEveryMonth ? number : two(static_cast<unsigned>(day.month)) + "-" + number;
}

template <class Day>
std::string written(const Day& first, const Day& last) {
  return first == last ? written(first) : written(first) + ".." + written(last);
}

std::string written(const DateSpan& span) {
  if (span.kind == DateSpan::Kind::holiday) return "holiday:" + span.holiday;
  if (span.kind == DateSpan::Kind::lunar) return "lunar " + written(span.lunar_first, span.lunar_last);
  return written(span.first, span.last);
}

/// Collects what the schedule names, then looks for the next date of each.
class Naming {
 public:
  Naming(const Schedule& schedule, Date today) : schedule_(schedule), today_(today) {}

  std::vector<NamedDay> run() {
    for (const auto& programme : schedule_.programmes) {
      add(programme.repeat);
      add(programme.except);
      for (const auto& item : programme.items) {
        if (item.days) add(*item.days);
      }
    }
    for (const auto& line : schedule_.calendar) add(line.on);
    for (const auto& hours : schedule_.permitted_hours) add(hours.days);
    for (const auto& hours : schedule_.soft_hours) add(hours.days);
    for (const auto& limit : schedule_.limits) {
      add(limit.days);
      add(limit.except);
    }
    std::stable_sort(named_.begin(), named_.end(),
                     [](const NamedDay& a, const NamedDay& b) { return place(a) < place(b); });
    return std::move(named_);
  }

 private:
  using Test = std::function<bool(const CivilDay&)>;

  static std::pair<std::string, std::size_t> place(const NamedDay& day) {
    return {day.at.source != nullptr ? day.at.source->name() : std::string(), day.at.begin};
  }

  void add(const DaySet& set) {
    for (const auto& span : set.words.dates) {
      if (span.kind == DateSpan::Kind::dates) continue;
      add(written(span), words_of(span, *schedule_.holidays), span.at,
          [&](const CivilDay& day) { return contains(span, day, schedule_.holidays.get()); });
    }
    if (set.words.form != Days::Form::lunar) return;
    for (const auto day : set.words.lunar) {
      auto one = set;
      one.words.lunar = {day};
      const bool leap_too = set.words.leap && day.month != LunarDay::kEveryMonth;
      add("lunar " + written(day), leap_too ? msg("{0}, in leap months too", words_of(day)) : words_of(day),
          set.words.at, [one](const CivilDay& civil) { return one.contains(civil); });
    }
  }

  void add(std::string text, Text words, config::Span at, const Test& is) {
    if (named_.size() >= kMostNamed || !seen_.insert(text + "\n" + words.in(config::Language::en)).second) return;
    NamedDay day{std::move(text), std::move(words), at, {}, {}, false};
    find(day, is);
    named_.push_back(std::move(day));
  }

  void find(NamedDay& day, const Test& is) const {
    auto first = chr::sys_days(today_);
    const auto end = first + chr::days(kDaysLookedThrough);
    while (first < end && !is(CivilDay(first))) first += chr::days(1);
    if (first == end) return;
    auto last = first;
    while (last - first < chr::days(kLongestRange) && is(CivilDay(last + chr::days(1)))) last += chr::days(1);
    if (first == chr::sys_days(today_)) {
      while (last - first < chr::days(kLongestRange) && is(CivilDay(first - chr::days(1)))) first -= chr::days(1);
      day.goes_on = first != last;
    }
    day.first = first;
    day.last = last;
  }

  const Schedule& schedule_;
  const Date today_;
  std::set<std::string> seen_;
  std::vector<NamedDay> named_;
};

Text next_words(const NamedDay& day) {
  if (!day.first) return msg("no date of it is known");
  if (day.goes_on) return msg("now, from {0} to {1}", date_words(*day.first), date_words(*day.last));
  if (day.first == day.last) return msg("next {0}", date_words(*day.first));
  return msg("next from {0} to {1}", date_words(*day.first), date_words(*day.last));
}

}  // namespace

Text words_of(LunarDay day) {
  const auto month = lunar_month_words(day.month);
  if (day.day == LunarDay::kLastDay) return msg("last day of {0}", month);
  if (day.day == kFullMoon) return msg("full moon of {0}", month);
  if (day.day == 1) return msg("first day of {0}", month);
  if (day.day <= kFirstDays) return msg("day {0} of {1}", day.day, month);
  return msg("{1}, day {0}", day.day, month);
}

Text words_of(const DateSpan& span, const Holidays& holidays) {
  switch (span.kind) {
    case DateSpan::Kind::yearly:
      if (span.first == span.last) return msg("every year on {0}", day_of_year(span.first));
      return msg("every year from {0} to {1}", day_of_year(span.first), day_of_year(span.last));
    case DateSpan::Kind::lunar:
      if (span.lunar_first == span.lunar_last) return words_of(span.lunar_first);
      return msg("from {0} to {1}", words_of(span.lunar_first), words_of(span.lunar_last));
    case DateSpan::Kind::holiday: {
      const auto found = holidays.find(span.holiday);
      return Text::verbatim(found == holidays.end() || found->second.name.empty() ? span.holiday : found->second.name);
    }
    case DateSpan::Kind::dates:
      break;
  }
  if (span.first == span.last) return date_words(span.first);
  return msg("from {0} to {1}", date_words(span.first), date_words(span.last));
}

Text NamedDay::line() const {
  const auto place = at.file_line();
  if (place.empty()) return msg("{0} = {1}; {2}", written, words, next_words(*this));
  return msg("{0} = {1}; {2} ({3})", written, words, next_words(*this), place);
}

std::vector<NamedDay> named_days(const Schedule& schedule, Date today) {
  return Naming(schedule, today).run();
}

std::string named_days_text(const Schedule& schedule, Date today, config::Language language) {
  std::string text;
  for (const auto& day : named_days(schedule, today)) text += "  " + day.line().in(language) + "\n";
  return text.empty() ? text : msg("Days that the schedule names without a year:").in(language) + "\n" + text;
}

}  // namespace loa::scheduler
