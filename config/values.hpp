// What the operator's words mean, before any schedule: times of day, durations, dates, days. Never sexagesimal, never
// octal.
#pragma once

#include <array>
#include <chrono>
#include <compare>
#include <optional>
#include <string>
#include <vector>

#include "config/source_text.hpp"

namespace loa::config {

using Duration = std::chrono::milliseconds;
using Date = std::chrono::year_month_day;

/// Since local midnight, 0 … 24:00:00 (24:00 only where a range ends).
struct TimeOfDay {
  std::chrono::seconds since_midnight{0};
  auto operator<=>(const TimeOfDay&) const = default;  // NOLINT(modernize-use-nullptr): clang-tidy 14 misreads <=>
};
std::string to_string(TimeOfDay time);     // "05:30", "05:30:15"
std::string to_string(Date date);          // "2026-11-22"
std::string to_string(Duration duration);  // "1h30min", "45s", "500ms"

/// A day of the lunar calendar as the operator names it.
struct LunarDay {
  static constexpr int kEveryMonth = 0;  // "15"
  static constexpr int kLastDay = 31;    // "12-last": later than any day of a lunar month
  int month = kEveryMonth;               // 1 … 12
  int day = 1;                           // 1 … 30, or kLastDay
  bool operator==(const LunarDay&) const = default;
};

/// Days as the operator names them, both ends included.
struct DateSpan {
  enum class Kind {
    dates,    // first … last
    yearly,   // the same with only month and day counting (the years are 2000, a leap year); first > last means that
              // the range crosses the year's end
    lunar,    // lunar_first … lunar_last of every lunar year, likewise
    holiday,  // the days of a named holiday
  };
  Date first{}, last{};
  Kind kind = Kind::dates;
  LunarDay lunar_first{}, lunar_last{};
  std::string holiday;
  Span at;
};

/// The forms of `repeat` (contract 1.2). Which days they are is the scheduler's to say (DaySet).
struct Days {
  enum class Form { daily, weekdays, weekends, never, list, dates, lunar, rrule };
  Form form = Form::daily;
  std::array<bool, 7> weekday{};  // list: [0] = Monday … [6] = Sunday
  std::vector<DateSpan> dates;    // dates
  std::vector<LunarDay> lunar;    // lunar
  bool leap = false;              // lunar: month-day forms mean the leap month too
  std::string rule;               // rrule: the text of an RFC 5545 RRULE, not yet looked into
  std::optional<Date> rule_from;  // rrule: its first day, where it does not come from the programme
  Span at;
  Span rule_at;
};

}  // namespace loa::config
