// Permitted hours as instants: joined, over midnight, by weekday, across a zone's changes.
#include <gmock/gmock.h>

#include <cmath>

#include "tests/scheduler/made_up_station.hpp"

namespace loa::scheduler::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// "23T05:00 24T21:00" of each interval.
std::vector<std::string> hours(const MadeUpStation& station, const char* from, const char* until) {
  std::vector<std::string> result;
  for (const auto& each : permitted(station.schedule(), station.at(from), station.at(until))) {
    result.push_back(station.local(each.from).substr(8, 8) + " " + station.local(each.until).substr(8, 8));
  }
  return result;
}

TEST(PermittedHours, AreOneIntervalADay) {
  MadeUpStation station;
  station.permit_only(time_of(5), time_of(21));
  EXPECT_THAT(hours(station, "2026-11-23T00:00", "2026-11-25T00:00"),
              ElementsAre("23T05:00 23T21:00", "24T05:00 24T21:00"));
}

TEST(PermittedHours, AreGivenWholeWhenTheWindowTouchesThem) {
  MadeUpStation station;
  station.permit_only(time_of(5), time_of(21));
  EXPECT_THAT(hours(station, "2026-11-23T20:59", "2026-11-23T21:30"), ElementsAre("23T05:00 23T21:00"));
  EXPECT_THAT(hours(station, "2026-11-23T21:00", "2026-11-24T05:00"), IsEmpty());
}

TEST(PermittedHours, ThatEndBeforeTheyBeginEndOnTheNextDay) {
  MadeUpStation station;
  station.permit_only(time_of(22), time_of(2));
  EXPECT_THAT(hours(station, "2026-11-23T00:00", "2026-11-23T01:00"), ElementsAre("22T22:00 23T02:00"));
}

TEST(PermittedHours, FromATimeToTheSameTimeAreAWholeDay) {
  MadeUpStation station;
  station.permit_nothing();
  auto& only = station.permit(time_of(5), time_of(5));
  only.days.words.form = Days::Form::list;
  only.days.words.weekday[0] = true;
  EXPECT_THAT(hours(station, "2026-11-20T00:00", "2026-11-28T00:00"), ElementsAre("23T05:00 24T05:00"));
}

TEST(PermittedHours, AreJoinedWhereTheyAdjoinOrOverlap) {
  MadeUpStation station;
  station.permit_only(time_of(20), time_of(24));
  station.permit(time_of(0), time_of(2));
  station.permit(time_of(1), time_of(3));
  EXPECT_THAT(hours(station, "2026-11-23T12:00", "2026-11-24T12:00"), ElementsAre("23T20:00 24T03:00"));
}

TEST(PermittedHours, OfAllDayAreOneIntervalOverTheWholeWindow) {
  MadeUpStation station;
  const auto all = permitted(station.schedule(), station.at("2026-11-01T00:00"), station.at("2026-12-01T00:00"));
  ASSERT_EQ(all.size(), 1u);
  EXPECT_LE(all[0].from, station.at("2026-11-01T00:00"));
  EXPECT_GE(all[0].until, station.at("2026-12-01T00:00"));
}

TEST(PermittedHours, FollowTheLocalClockThroughSummerTime) {
  MadeUpStation station("America/New_York");
  station.permit_only(time_of(1), time_of(4));
  const auto spring = permitted(station.schedule(), station.at("2027-03-14T00:00"), station.at("2027-03-14T12:00"));
  ASSERT_EQ(spring.size(), 1u);
  EXPECT_EQ(spring[0].until - spring[0].from, Frames(2h));
  const auto autumn = permitted(station.schedule(), station.at("2027-11-07T00:00"), station.at("2027-11-07T12:00"));
  ASSERT_EQ(autumn.size(), 1u);
  EXPECT_EQ(autumn[0].until - autumn[0].from, Frames(4h));
}

TEST(PermittedHours, NoneMeansNone) {
  MadeUpStation station;
  station.permit_nothing();
  EXPECT_THAT(hours(station, "2026-11-23T00:00", "2026-11-25T00:00"), IsEmpty());
}

SoftHours soft_row(int from, int until, double gain, std::optional<std::size_t> weekday = {}) {
  SoftHours row{{}, time_of(from), time_of(until), gain};
  if (weekday) {
    row.days.words.form = Days::Form::list;
    row.days.words.weekday.at(*weekday) = true;
  }
  return row;
}

Schedule soft_schedule(std::vector<SoftHours> rows) {
  auto schedule = MadeUpStation().schedule();
  schedule.soft_hours = std::move(rows);
  return schedule;
}

TEST(SoftenedHours, AreGivenWholeEachWithItsGain) {
  const MadeUpStation station;
  const auto schedule = soft_schedule({soft_row(20, 6, -6), soft_row(5, 7, -12, 1), soft_row(12, 13, 0)});
  std::vector<std::string> told;
  for (const auto& each : softened(schedule, station.at("2026-11-24T05:30"), station.at("2026-11-24T13:00"))) {
    told.push_back(station.local(each.from).substr(8, 8) + " " + station.local(each.until).substr(8, 8) + " " +
                   std::to_string(static_cast<int>(each.gain)));
  }
  EXPECT_THAT(told, ElementsAre("23T20:00 24T06:00 -6", "24T05:00 24T07:00 -12"));
  EXPECT_THAT(softened(schedule, station.at("2026-11-25T06:00"), station.at("2026-11-25T20:00")), IsEmpty());
}

TEST(SoftenedHours, TakeFromTheLevelOnTheMeanOfThePower) {
  const MadeUpStation station;
  const auto schedule = soft_schedule({soft_row(20, 6, -6), soft_row(5, 7, -12, 1)});
  const auto by = [&](const char* from, const char* until) {
    return softer_by(schedule, station.at(from), station.at(until));
  };
  EXPECT_NEAR(by("2026-11-24T03:00", "2026-11-24T04:00"), -6, 1e-9);
  EXPECT_NEAR(by("2026-11-24T05:00", "2026-11-24T07:00"), -12, 1e-9);
  EXPECT_NEAR(by("2026-11-25T05:00", "2026-11-25T07:00"), 10 * std::log10((std::pow(10, -0.6) + 1) / 2), 1e-9);
  EXPECT_EQ(by("2026-11-25T06:00", "2026-11-25T20:00"), 0);
  EXPECT_EQ(by("2026-11-25T05:00", "2026-11-25T05:00"), 0);
}

TEST(SoftenedHours, TheSoftestLineIsNamed) {
  const MadeUpStation station;
  const auto schedule = soft_schedule({soft_row(20, 6, -6), soft_row(5, 7, -12, 1)});
  const auto at = [&](const char* when) { return softening(schedule, station.at(when)); };
  EXPECT_EQ(at("2026-11-24T04:59"), &schedule.soft_hours[0]);
  EXPECT_EQ(at("2026-11-24T05:00"), &schedule.soft_hours[1]);
  EXPECT_EQ(at("2026-11-25T05:00"), &schedule.soft_hours[0]);
  EXPECT_EQ(at("2026-11-25T06:00"), nullptr);
}

}  // namespace
}  // namespace loa::scheduler::testing
