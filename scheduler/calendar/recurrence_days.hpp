// Which days a recurrence rule allows, whatever the time of day: BYMONTH, BYWEEKNO, BYYEARDAY, BYMONTHDAY and BYDAY,
// with what DTSTART stands in for. Knows the Gregorian calendar; must not know intervals, times or zones.
#pragma once

#include <array>
#include <bitset>
#include <cstdint>
#include <optional>
#include <vector>

#include "scheduler/calendar/recurrence_rule.hpp"

namespace loa::calendar {

/// Days since 1970-01-01.
using DayNumber = std::int32_t;

/// Day `index` (0 = 1 January) of a year is bit index % 64 of word index / 64.
using YearMask = std::array<std::uint64_t, 6>;

/// What one day is within its month and year.
struct DayOfYear {
  unsigned month = 1, day = 1;  // from 1
  unsigned month_days = 31;     // of this month
  unsigned index = 0;           // 0 = 1 January
  unsigned year_days = 365;
  unsigned weekday = 0;  // 0 = Sunday
};

/// The rule's parts that speak of days, as sets of bits. Immutable.
class DayFilter {
 public:
  DayFilter(const RecurrenceRule& rule, std::chrono::year_month_day dtstart);

  bool has_month(unsigned month) const { return (months_ >> month & 1) != 0; }
  /// All but BYWEEKNO.
  bool matches(const DayOfYear& day) const;

 private:
  void add_weekdays(const RecurrenceRule& rule);
  bool matches_weekday(const DayOfYear& day) const;

  std::uint32_t months_ = ~0u;                              // bit = month
  std::optional<std::array<std::uint32_t, 2>> month_days_;  // [0] bit = day, [1] bit = day from the end; here and below
  std::optional<std::array<std::bitset<367>, 2>> year_days_;
  bool weekdays_given_ = false;
  std::uint32_t weekdays_ = 0;                              // bit = weekday: every one
  std::array<std::array<std::uint64_t, 7>, 2> ordinals_{};  // bit = ordinal, by weekday
  bool ordinals_of_year_ = false;                           // else of the month
};

/// The days of one rule, year by year. A year's days follow from its length and its first weekday alone, so at most
/// fourteen masks are ever made. Not thread-safe: one for each expansion.
class DayCalendar {
 public:
  explicit DayCalendar(const DayFilter& filter) : filter_(filter) {}

  bool accepts(DayNumber day);
  /// The first accepted day of [from, until); nothing when there is none.
  std::optional<DayNumber> next(DayNumber from, DayNumber until);

 private:
  struct Mask {
    bool made = false;
    YearMask days{};
  };
  void enter(DayNumber day);  // makes `mask_` that of the day's year

  const DayFilter& filter_;
  std::array<Mask, 14> masks_;
  DayNumber first_ = 0, end_ = 0;  // of the year entered
  const YearMask* mask_ = nullptr;
};

DayNumber day_number(std::chrono::year_month_day date);
DayNumber first_of_year(int year);
int year_of(DayNumber day);
/// Days since the last `week_start`: 0 … 6.
int days_into_week(DayNumber day, std::chrono::weekday week_start);
/// The first day of week 1 of a year: the week with at least four of its days (ISO 8601, weeks from `week_start`).
DayNumber first_week(int year, std::chrono::weekday week_start);

}  // namespace loa::calendar
