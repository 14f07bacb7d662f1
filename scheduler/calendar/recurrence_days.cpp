// The days of a rule as masks over a year.
#include "scheduler/calendar/recurrence_days.hpp"

#include <algorithm>
#include <bit>
#include <cstdlib>

namespace loa::calendar {

namespace chr = std::chrono;

namespace {

constexpr std::array<unsigned, 12> kMonthDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

unsigned weekday_of(DayNumber day) {
  return chr::weekday(chr::sys_days(chr::days(day))).c_encoding();
}

std::array<std::uint32_t, 2> month_day_bits(const std::vector<int>& days) {
  std::array<std::uint32_t, 2> bits{};
  for (const int day : days) bits[day < 0 ? 1 : 0] |= 1u << std::abs(day);
  return bits;
}

std::array<std::bitset<367>, 2> year_day_bits(const std::vector<int>& days) {
  std::array<std::bitset<367>, 2> bits;
  for (const int day : days) bits[day < 0 ? 1 : 0].set(static_cast<std::size_t>(std::abs(day)));
  return bits;
}

YearMask make_mask(const DayFilter& filter, DayNumber first, unsigned year_days) {
  YearMask mask{};
  DayOfYear day;
  day.year_days = year_days;
  day.weekday = weekday_of(first);
  for (day.month = 1; day.month <= 12; ++day.month) {
    day.month_days = kMonthDays[day.month - 1] + (day.month == 2 ? year_days - 365 : 0);
    if (!filter.has_month(day.month)) {
      day.index += day.month_days;
      day.weekday = (day.weekday + day.month_days) % 7;
      continue;
    }
    for (day.day = 1; day.day <= day.month_days; ++day.day, ++day.index) {
      if (filter.matches(day)) mask[day.index / 64] |= std::uint64_t{1} << day.index % 64;
      day.weekday = day.weekday == 6 ? 0 : day.weekday + 1;
    }
  }
  return mask;
}

}  // namespace

/// RFC 5545 3.3.10: "Information, not contained in the rule, necessary to determine the various recurrence instance
/// start time and dates are derived from the Start Time (DTSTART)": the month, the day of the month or of the week.
DayFilter::DayFilter(const RecurrenceRule& rule, chr::year_month_day dtstart) {
  const bool days = !rule.by_month_day.empty() || !rule.by_year_day.empty() || !rule.by_day.empty();
  const bool weeks = !rule.by_week_number.empty();
  const bool yearly = rule.frequency == Frequency::yearly;
  if (!rule.by_month.empty()) {
    months_ = 0;
    for (const int month : rule.by_month) months_ |= 1u << month;
  } else if (yearly && !days && !weeks) {
    months_ = 1u << static_cast<unsigned>(dtstart.month());
  }
  if (!rule.by_month_day.empty()) {
    month_days_ = month_day_bits(rule.by_month_day);
  } else if ((yearly && !days && !weeks) || (rule.frequency == Frequency::monthly && !days)) {
    month_days_ = {1u << static_cast<unsigned>(dtstart.day()), 0};
  }
  if (!rule.by_year_day.empty()) year_days_ = year_day_bits(rule.by_year_day);
  add_weekdays(rule);
  if ((rule.frequency == Frequency::weekly && !days) || (weeks && !days)) {
    weekdays_given_ = true;
    weekdays_ = 1u << weekday_of(day_number(dtstart));
  }
}

void DayFilter::add_weekdays(const RecurrenceRule& rule) {
  weekdays_given_ = !rule.by_day.empty();
  ordinals_of_year_ = rule.frequency == Frequency::yearly && rule.by_month.empty();
  for (const auto& [ordinal, day] : rule.by_day) {
    const auto weekday = day.c_encoding();
    if (ordinal == 0) {
      weekdays_ |= 1u << weekday;
    } else {
      ordinals_[ordinal < 0 ? 1 : 0][weekday] |= std::uint64_t{1} << std::abs(ordinal);
    }
  }
}

bool DayFilter::matches(const DayOfYear& day) const {
  if (!has_month(day.month)) return false;
  if (month_days_) {
    const auto& [forward, back] = *month_days_;
    if (((forward >> day.day | back >> (day.month_days - day.day + 1)) & 1) == 0) return false;
  }
  if (year_days_) {
    const auto& [forward, back] = *year_days_;
    if (!forward[day.index + 1] && !back[day.year_days - day.index]) return false;
  }
  return !weekdays_given_ || matches_weekday(day);
}

bool DayFilter::matches_weekday(const DayOfYear& day) const {
  if ((weekdays_ >> day.weekday & 1) != 0) return true;
  const auto before = ordinals_of_year_ ? day.index : day.day - 1;
  const auto after = ordinals_of_year_ ? day.year_days - 1 - day.index : day.month_days - day.day;
  const auto forward = ordinals_[0][day.weekday] >> (before / 7 + 1);
  const auto back = ordinals_[1][day.weekday] >> (after / 7 + 1);
  return ((forward | back) & 1) != 0;
}

void DayCalendar::enter(DayNumber day) {
  if (mask_ != nullptr && day >= first_ && day < end_) return;
  const int year = year_of(day);
  first_ = first_of_year(year);
  end_ = first_of_year(year + 1);
  const auto year_days = static_cast<unsigned>(end_ - first_);
  auto& mask = masks_[(year_days - 365) * 7 + weekday_of(first_)];
  if (!mask.made) mask = {true, make_mask(filter_, first_, year_days)};
  mask_ = &mask.days;
}

bool DayCalendar::accepts(DayNumber day) {
  enter(day);
  const auto index = static_cast<unsigned>(day - first_);
  return ((*mask_)[index / 64] >> index % 64 & 1) != 0;
}

std::optional<DayNumber> DayCalendar::next(DayNumber from, DayNumber until) {
  while (from < until) {
    enter(from);
    auto index = static_cast<unsigned>(from - first_);
    auto word = (*mask_)[index / 64] & ~std::uint64_t{0} << index % 64;
    for (index /= 64; word == 0 && ++index < mask_->size();) word = (*mask_)[index];
    if (word != 0) {
      const auto found = first_ + static_cast<DayNumber>(index * 64) + std::countr_zero(word);
      return found < until ? std::optional(found) : std::nullopt;
    }
    from = end_;
  }
  return std::nullopt;
}

DayNumber day_number(chr::year_month_day date) {
  return static_cast<DayNumber>(chr::sys_days(date).time_since_epoch().count());
}

DayNumber first_of_year(int year) {
  return day_number(chr::year(year) / chr::January / 1);
}

int year_of(DayNumber day) {
  return static_cast<int>(chr::year_month_day(chr::sys_days(chr::days(day))).year());
}

int days_into_week(DayNumber day, chr::weekday week_start) {
  return static_cast<int>((chr::weekday(chr::sys_days(chr::days(day))) - week_start).count());
}

DayNumber first_week(int year, chr::weekday week_start) {
  const auto fourth = first_of_year(year) + 3;  // always in week 1
  return fourth - days_into_week(fourth, week_start);
}

}  // namespace loa::calendar
