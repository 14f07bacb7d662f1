// The lunar table against lists computed independently of it, and the days that people know by heart.
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "scheduler/calendar/lunar.hpp"
#include "scheduler/calendar/zone.hpp"

namespace loa::calendar {
namespace {

namespace chr = std::chrono;

chr::sys_days day(const std::string& text) {
  return parse_date(text).value();
}

/// The fields of each line but the first.
std::vector<std::vector<std::string>> rows(const std::string& file, char separator = ',') {
  std::ifstream in(LOA_SOURCE "/tests/scheduler/data/" + file);
  std::vector<std::vector<std::string>> rows;
  std::string line;
  std::getline(in, line);
  while (std::getline(in, line)) {
    if (line.ends_with('\r')) line.pop_back();
    auto& fields = rows.emplace_back();
    std::istringstream words(line);
    for (std::string field; std::getline(words, field, separator);) fields.push_back(field);
  }
  return rows;
}

std::string text(const std::optional<LunarDate>& date) {
  if (!date) return "none";
  return std::to_string(date->day) + '/' + std::to_string(date->month) + '/' + std::to_string(date->year) + '/' +
         std::to_string(date->leap ? 1 : 0);
}

TEST(Lunar, AgreesWithTheListOfMonthsOnEveryDay) {
  const auto months = rows("lunar-months-2000-2060.csv");
  ASSERT_EQ(months.size(), 754u);
  auto next = chr::sys_days(kFirstLunarDay);
  for (const auto& month : months) {
    ASSERT_EQ(day(month.at(0)), next) << "the list has a gap";
    const int days = std::stoi(month.at(4));
    for (int i = 1; i <= days; ++i, next += chr::days(1)) {
      const LunarDate expected{std::stoi(month.at(2)), std::stoi(month.at(1)), i, month.at(3) == "1", days};
      ASSERT_EQ(lunar_date(next), expected) << month.at(0) << " + " << i - 1;
    }
  }
  EXPECT_EQ(next, chr::sys_days(kLastLunarDay) + chr::days(1));
}

TEST(Lunar, IsVietnameseWhereChinaBeginsTheMonthOnAnotherDay) {
  const auto days = rows("vn-differs-from-china-month-starts.csv");
  ASSERT_GE(days.size(), 24u);
  for (const auto& each : days) EXPECT_EQ(text(lunar_date(day(each.at(0)))), each.at(1)) << each.at(0);
}

TEST(Lunar, KnowsTheNewYearsDays) {
  for (const auto* tet : {"2025-01-29", "2026-02-17", "2027-02-06", "2028-01-26", "2029-02-13", "2030-02-02",
                          "2031-01-23", "2032-02-11", "2033-01-31", "2034-02-19", "2035-02-08"}) {
    const auto date = lunar_date(day(tet));
    ASSERT_TRUE(date);
    EXPECT_EQ(text(date), "1/1/" + std::string(tet, 4) + "/0");
  }
}

TEST(Lunar, KnowsNothingOutsideItsTable) {
  EXPECT_EQ(text(lunar_date(day("2000-01-06"))), "none");
  EXPECT_EQ(text(lunar_date(day("2000-01-07"))), "1/12/1999/0");
  EXPECT_EQ(text(lunar_date(day("2060-12-22"))), "30/11/2060/0");
  EXPECT_EQ(text(lunar_date(day("2060-12-23"))), "none");
}

}  // namespace
}  // namespace loa::calendar
