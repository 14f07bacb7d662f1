// The table of lunar months, a year a line, and both directions through it.
//
// Months as the calendar of Viet Nam has them (meridian 105 degrees east, UTC+7), which 24 times in these years begins
// a month on another day than China's. Source: three independent computations that agree (amlich, vn-lunar,
// astronomy-engine); the tests hold this table against their list, month by month.
#include "scheduler/calendar/lunar.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace loa::calendar {

namespace {

namespace chr = std::chrono;

struct Year {
  int year;
  int first_month;           // 1, but for the first line
  int leap_month;            // the number that stands twice, the leap month behind the ordinary one; 0: none
  std::string_view lengths;  // L: 30 days, S: 29
};

// clang-format off
constexpr std::array<Year, 62> kYears{{
    {1999, 12, 0, "S"},
    {2000, 1, 0, "LLSSLSSLSLLS"},
    {2001, 1, 4, "LLSLSLSSLSLSL"},
    {2002, 1, 0, "LLSLSLSSLSLS"},
    {2003, 1, 0, "LLSLLSLSSLSL"},
    {2004, 1, 2, "SLSLLSLSLSLSL"},
    {2005, 1, 0, "SLSLSLLSLSLS"},
    {2006, 1, 7, "LSLSSLLSLLSLS"},
    {2007, 1, 0, "LSLSSLSLLLSL"},
    {2008, 1, 0, "LSSLSSLSLSLL"},
    {2009, 1, 5, "LSLSLSSLSLSLL"},
    {2010, 1, 0, "LSLSLSSLSLSL"},
    {2011, 1, 0, "LSLLSLSSLSLS"},
    {2012, 1, 4, "LSLLSLSLSLSLS"},
    {2013, 1, 0, "LSLSLLSLSLSL"},
    {2014, 1, 9, "SLSLSLSLLSLSL"},
    {2015, 1, 0, "SLSSLSLLLSLS"},
    {2016, 1, 0, "LSLSSLSLLSLL"},
    {2017, 1, 6, "SLSLSSLSLSLLL"},
    {2018, 1, 0, "SLSLSSLSSLLL"},
    {2019, 1, 0, "SLLSLSSLSSLL"},
    {2020, 1, 4, "SLLLSLSSLSSLL"},
    {2021, 1, 0, "SLLSLSLSLSLS"},
    {2022, 1, 0, "LSLSLLSLSLSL"},
    {2023, 1, 2, "SLSSLLSLLSLSL"},
    {2024, 1, 0, "SLSSLSLLSLLS"},
    {2025, 1, 6, "LSLSSLSLSLLLS"},
    {2026, 1, 0, "LSLSSLSSLLLS"},
    {2027, 1, 0, "LLSLSSLSSLLS"},
    {2028, 1, 5, "LLLSLSSLSSLLS"},
    {2029, 1, 0, "LLSLSLSLSSLS"},
    {2030, 1, 0, "LLSLLSLSLSLS"},
    {2031, 1, 3, "SLSLLSLLSLSLS"},
    {2032, 1, 0, "SLSLSLLSLLSL"},
    {2033, 1, 11, "SLSSLSLSLLLSL"},
    {2034, 1, 0, "SLSSLSSLLLSL"},
    {2035, 1, 0, "LSLSSLSSLLSL"},
    {2036, 1, 6, "LLSLSSLSSLSLL"},
    {2037, 1, 0, "LSLLSSLSSLSL"},
    {2038, 1, 0, "LSLLSLSLSSLS"},
    {2039, 1, 5, "LLSLLSLSLSSLS"},
    {2040, 1, 0, "LSLLSLSLLSLS"},
    {2041, 1, 0, "SLSLSLSLLLSL"},
    {2042, 1, 2, "SLSSLSLSLLSLL"},
    {2043, 1, 0, "SLSSLSSLLSLL"},
    {2044, 1, 7, "LSLSSLSSLSLLL"},
    {2045, 1, 0, "LSLSSLSSLSLL"},
    {2046, 1, 0, "LSLSLSLSSLSL"},
    {2047, 1, 5, "LSLLSLSLSSLSL"},
    {2048, 1, 0, "SLLSLLSLSSLS"},
    {2049, 1, 0, "LSLSLLSLSLLS"},
    {2050, 1, 3, "SLSLSLSLLSLLS"},
    {2051, 1, 0, "SLSLSSLLSLLL"},
    {2052, 1, 8, "SLSSLSSLSLLLS"},
    {2053, 1, 0, "LLSSLSSLSLLL"},
    {2054, 1, 0, "SLLSSLSSLSLL"},
    {2055, 1, 6, "SLLSLSLSSLSLS"},
    {2056, 1, 0, "LLSLLSLSSLSL"},
    {2057, 1, 0, "SLSLLSLSLSLS"},
    {2058, 1, 4, "LSLSLSLLSLSLS"},
    {2059, 1, 0, "LSLSLSLSLLSL"},
    {2060, 1, 0, "SLSLSSLSLLL"},
}};
// clang-format on

struct Month {
  chr::sys_days start;
  int year = 0;
  int month = 0;
  bool leap = false;
  int days = 0;
};

constexpr std::size_t count_months() {
  std::size_t count = 0;
  for (const auto& year : kYears) count += year.lengths.size();
  return count;
}

constexpr auto make_months() {
  std::array<Month, count_months()> months{};
  std::size_t next = 0;
  chr::sys_days start = kFirstLunarDay;
  for (const auto& year : kYears) {
    int number = year.first_month;
    bool leap = false;
    for (const char length : year.lengths) {
      const int days = length == 'L' ? 30 : 29;
      months[next++] = {start, year.year, number, leap, days};
      start += chr::days(days);
      const bool again = number == year.leap_month && !leap;
      leap = again;
      if (!again) ++number;
    }
  }
  return months;
}

constexpr auto kMonths = make_months();
static_assert(kMonths.back().start + chr::days(kMonths.back().days - 1) == chr::sys_days(kLastLunarDay));

}  // namespace

std::optional<LunarDate> lunar_date(chr::sys_days day) {
  if (day < chr::sys_days(kFirstLunarDay) || chr::sys_days(kLastLunarDay) < day) return std::nullopt;
  const auto after = std::upper_bound(kMonths.begin(), kMonths.end(), day,
                                      [](chr::sys_days each, const Month& month) { return each < month.start; });
  const auto& month = *std::prev(after);
  return LunarDate{month.year, month.month, static_cast<int>((day - month.start).count()) + 1, month.leap, month.days};
}

}  // namespace loa::calendar
