// The Vietnamese lunar calendar by table.
#pragma once

#include <chrono>
#include <optional>

namespace loa::calendar {

/// The days that the table covers; outside nothing lunar can be said (contract 2).
inline constexpr std::chrono::year_month_day kFirstLunarDay{std::chrono::year(2000), std::chrono::January,
                                                            std::chrono::day(7)};
inline constexpr std::chrono::year_month_day kLastLunarDay{std::chrono::year(2060), std::chrono::December,
                                                           std::chrono::day(22)};

struct LunarDate {
  int year = 0;        // the solar year in which its first month begins
  int month = 0;       // 1 … 12
  int day = 0;         // 1 … 30
  bool leap = false;   // the second month of this number
  int month_days = 0;  // 29 or 30: whether `day` is the month's last

  bool is_last_of_month() const { return day == month_days; }
  bool operator==(const LunarDate&) const = default;
};

/// Nothing outside the table. Constant time; thread-safe.
std::optional<LunarDate> lunar_date(std::chrono::sys_days day);

}  // namespace loa::calendar
