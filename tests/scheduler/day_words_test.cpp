// Days without a year, in words with their next date.
#include "scheduler/day_words.hpp"

#include <gmock/gmock.h>

#include "scheduler/plan.hpp"
#include "tests/playlists/station_texts.hpp"

namespace loa::scheduler {
namespace {

using config::Language;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> lines(const std::string& calendar, Language language = Language::vi,
                               const char* today = "2026-11-27") {
  config::Diagnostics diagnostics;
  const auto files = tests::station_of(
      "articles:\n  a: {clip: a.wav}\nprogrammes:\n  sang: {at: \"05:30\", items: [a]}\n" + calendar, diagnostics);
  const auto schedule = read_schedule(files, diagnostics);
  EXPECT_TRUE(schedule && !diagnostics.has_errors()) << calendar;
  std::vector<std::string> found;
  if (!schedule) return found;
  for (const auto& day : named_days(*schedule, calendar::parse_date(today).value())) {
    found.push_back(day.line().in(language));
  }
  return found;
}

std::string on(const std::string& days, Language language = Language::vi, const char* today = "2026-11-27") {
  const auto found = lines("calendar:\n  - {on: " + days + ", mute: all}\n", language, today);
  EXPECT_EQ(found.size(), 1u) << days;
  return found.empty() ? std::string() : found.front();
}

TEST(DayWords, MonthAndDayThatWereExchangedAreSeen) {
  EXPECT_EQ(on("10-03"), "10-03 = ngày 3 tháng 10 hằng năm; lần tới CN 03/10/2027 (schedule/lich.yaml:6)");
  EXPECT_EQ(on("03-10"), "03-10 = ngày 10 tháng 3 hằng năm; lần tới T4 10/03/2027 (schedule/lich.yaml:6)");
  EXPECT_EQ(on("03-10", Language::en), "03-10 = every year on March 10; next Wed 10/03/2027 (schedule/lich.yaml:6)");
}

TEST(DayWords, RangesSayWhetherTheyGoOn) {
  EXPECT_EQ(on("\"04-16..10-15\""),
            "04-16..10-15 = từ ngày 16 tháng 4 đến ngày 15 tháng 10 hằng năm; lần tới từ T6 16/04/2027 đến "
            "T6 15/10/2027 (schedule/lich.yaml:6)");
  EXPECT_EQ(on("\"10-16..04-15\""),
            "10-16..04-15 = từ ngày 16 tháng 10 đến ngày 15 tháng 4 hằng năm; đang trong thời gian này, từ "
            "T6 16/10/2026 đến T5 15/04/2027 (schedule/lich.yaml:6)");
  EXPECT_EQ(on("11-27"), "11-27 = ngày 27 tháng 11 hằng năm; lần tới T6 27/11/2026 (schedule/lich.yaml:6)");
  EXPECT_EQ(on("02-29"), "02-29 = ngày 29 tháng 2 hằng năm; lần tới T3 29/02/2028 (schedule/lich.yaml:6)");
}

TEST(DayWords, LunarDaysAreNamedAsPeopleNameThem) {
  EXPECT_EQ(on("lunar 01-15"), "lunar 01-15 = rằm tháng Giêng âm lịch; lần tới T7 20/02/2027 (schedule/lich.yaml:6)");
  EXPECT_EQ(on("\"lunar 01-01..01-03\""),
            "lunar 01-01..01-03 = từ mùng một tháng Giêng âm lịch đến mùng 3 tháng Giêng âm lịch; lần tới từ "
            "T7 06/02/2027 đến T2 08/02/2027 (schedule/lich.yaml:6)");
  EXPECT_EQ(on("lunar 12-last"), "lunar 12-last = ngày cuối tháng Chạp; lần tới T6 05/02/2027 (schedule/lich.yaml:6)");
  EXPECT_EQ(on("lunar 12-23"), "lunar 12-23 = ngày 23 tháng Chạp; lần tới T7 30/01/2027 (schedule/lich.yaml:6)");
  EXPECT_EQ(on("lunar 12-23", Language::en),
            "lunar 12-23 = the 12th lunar month, day 23; next Sat 30/01/2027 (schedule/lich.yaml:6)");
}

TEST(DayWords, LunarDaysOfRepeatAreNamedOneByOne) {
  EXPECT_THAT(lines("calendar:\n  - {on: {lunar: [\"01\", \"15\"]}, mute: all}\n"),
              ElementsAre("lunar 01 = mùng một hằng tháng âm lịch; lần tới T4 09/12/2026 (schedule/lich.yaml:6)",
                          "lunar 15 = rằm hằng tháng âm lịch; lần tới T4 23/12/2026 (schedule/lich.yaml:6)"));
  EXPECT_EQ(on("{lunar: [\"06-15\"], leap: true}"),
            "lunar 06-15 = rằm tháng Sáu âm lịch, kể cả tháng nhuận; lần tới CN 18/07/2027 (schedule/lich.yaml:6)");
}

TEST(DayWords, HolidaysHaveTheirNameAndDatesOfTheList) {
  EXPECT_EQ(on("holiday:gio-to"), "holiday:gio-to = Giỗ Tổ Hùng Vương; lần tới T6 16/04/2027 (schedule/lich.yaml:6)");
  EXPECT_EQ(on("holiday:gio-to", Language::vi, "2030-01-01"),
            "holiday:gio-to = Giỗ Tổ Hùng Vương; danh sách không có ngày nào sắp tới (schedule/lich.yaml:6)");
}

TEST(DayWords, WhatHasAYearSaysItselfAndEachIsNamedOnce) {
  EXPECT_THAT(lines("calendar:\n  - {on: [2026-12-05, \"2026-12-10..2026-12-12\"], mute: all}\n"), IsEmpty());
  EXPECT_EQ(lines("calendar:\n  - {on: 10-03, mute: all}\n  - {on: [10-03, 04-30], mute: all}\n").size(), 2u);
}

TEST(DayWords, OutsideTheLunarTableThereIsNoNextDate) {
  EXPECT_EQ(on("lunar 01-15", Language::en, "2060-12-01"),
            "lunar 01-15 = full moon of the 1st lunar month; no date of it is known (schedule/lich.yaml:6)");
}

}  // namespace
}  // namespace loa::scheduler
