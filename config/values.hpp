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

/// Days as the operator names them, both ends included. `yearly`: only month and day count (the years are 2000, a leap
/// year), and first > last means that the range crosses the year's end.
struct DateSpan {
  Date first, last;
  bool yearly = false;
  Span at;
  bool contains(Date day) const;
};

/// The forms of `repeat` (contract 1.2) that work today; lunar, rrule and holidays come with the calendar.
struct Days {
  enum class Form { daily, weekdays, weekends, never, list, dates };
  Form form = Form::daily;
  std::array<bool, 7> weekday{};  // list: [0] = Monday … [6] = Sunday
  std::vector<DateSpan> dates;    // dates
  Span at;
  bool contain(Date day) const;
};

}  // namespace loa::config
