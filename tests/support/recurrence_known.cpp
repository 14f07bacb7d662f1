// Where libical 3.0.16 and dateutil 2.8.2 are known to read a rule otherwise than RFC 5545 says; docs/recurrence.md
// tells the same with examples. Outside of these classes all must agree.
#include <algorithm>

#include "tests/support/recurrence_peers.hpp"

namespace loa::testing {

using calendar::Frequency;
using calendar::RecurrenceRule;

namespace {

bool any_negative(const std::vector<int>& list) {
  return std::any_of(list.begin(), list.end(), [](int number) { return number < 0; });
}

bool any_part(const RecurrenceRule& rule) {
  return !rule.by_second.empty() || !rule.by_minute.empty() || !rule.by_hour.empty() || !rule.by_day.empty() ||
         !rule.by_month_day.empty() || !rule.by_year_day.empty() || !rule.by_month.empty();
}

std::string of_week_numbers(const RecurrenceRule& rule) {
  const auto& weeks = rule.by_week_number;
  if (weeks.empty()) return "";
  if (rule.by_day.empty()) return "BYWEEKNO without BYDAY gives days of other weeks";
  if (any_negative(weeks)) return "negative BYWEEKNO is counted by the wrong year's weeks";
  const auto edge = [](int week) { return week == 1 || week > 51; };
  if (std::any_of(weeks.begin(), weeks.end(), edge))
    return "weeks over New Year lack days, and week 53 is always there";
  if (rule.interval > 1) return "BYWEEKNO with INTERVAL counts from DTSTART's calendar year";
  return rule.by_set_position.empty() ? "" : "BYSETPOS counts days of the week before";
}

std::string of_set_positions(const RecurrenceRule& rule) {
  if (rule.by_set_position.empty()) return "";
  if (rule.frequency < Frequency::monthly) return "BYSETPOS does nothing but with MONTHLY and YEARLY";
  if (any_negative(rule.by_month_day) || any_negative(rule.by_year_day)) {
    return "BYSETPOS counts days that do not exist, as -31 in June, or stand twice";
  }
  const bool times = rule.by_hour.size() > 1 || rule.by_minute.size() > 1 || rule.by_second.size() > 1;
  return times ? "BYSETPOS counts days, not the times on them" : "";
}

}  // namespace

std::string libical_differs(const RecurrenceRule& rule) {
  const auto frequency = rule.frequency;
  if (const auto why = of_set_positions(rule); !why.empty()) return why;
  if (const auto why = of_week_numbers(rule); !why.empty()) return why;
  if (frequency <= Frequency::daily && (any_negative(rule.by_month_day) || any_negative(rule.by_year_day))) {
    return "negative days do not limit DAILY and what is more frequent";
  }
  if (frequency == Frequency::yearly && !rule.by_month_day.empty() && rule.by_month.empty()) {
    return "YEARLY with BYMONTHDAY means DTSTART's month only";
  }
  if ((frequency == Frequency::hourly && !rule.by_hour.empty()) ||
      (frequency == Frequency::minutely && !rule.by_minute.empty()) ||
      (frequency == Frequency::secondly && !rule.by_second.empty())) {
    return "a part of the frequency's own unit starts its list again after the first time";
  }
  if (frequency == Frequency::weekly && rule.interval > 1 && rule.week_start != std::chrono::Monday) {
    return "WKST goes astray in a first week over New Year";
  }
  if (frequency <= Frequency::hourly && rule.interval > 1 && any_part(rule)) {
    return "the interval of HOURLY and what is more frequent starts anew where a part begins";
  }
  return "";
}

std::string dateutil_differs(const RecurrenceRule& rule) {
  const auto ordinals = std::count_if(rule.by_day.begin(), rule.by_day.end(),
                                      [](const calendar::WeekdayNumber& number) { return number.ordinal != 0; });
  if (ordinals > 0 && ordinals < static_cast<std::ptrdiff_t>(rule.by_day.size())) {
    return "BYDAY=MO,2TU is only what is both a Monday and the second Tuesday";
  }
  if (!rule.by_week_number.empty()) {
    if (rule.by_day.empty() && rule.by_month_day.empty() && rule.by_year_day.empty()) {
      return "BYWEEKNO without a day means all seven";
    }
    const auto& weeks = rule.by_week_number;
    if (std::any_of(weeks.begin(), weeks.end(), [](int week) { return week < 0 || week > 51; })) {
      return "the last week of the year before is counted wrong in January";
    }
    if (rule.interval > 1 || !rule.by_set_position.empty()) return "a week over New Year is cut into two years";
  }
  if (rule.frequency == Frequency::weekly && !rule.by_set_position.empty()) {
    return "BYSETPOS counts the first week from DTSTART";
  }
  return "";
}

}  // namespace loa::testing
