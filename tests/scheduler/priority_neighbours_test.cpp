// Where an interruption meets other ends of a session: the slot's, the next session's, a fill's. Each was found by the
// plain planner (plain_plan_test.cpp).
#include <gmock/gmock.h>

#include "tests/scheduler/made_up_station.hpp"

namespace loa::scheduler::testing {
namespace {

using playlists::Priority;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// Articles of 1, 5, 10 and 20 minutes; `bao`, an emergency, from `at` for `length`.
MadeUpStation with_storm(TimeOfDay at, Duration length) {
  MadeUpStation station;
  station.article("tune", 1min);
  station.article("news", 5min);
  station.article("talk", 10min);
  station.article("lesson", 20min);
  station.article("absent");
  auto& bao = station.programme("bao", {at}, {play("tune")});
  bao.priority = Priority::emergency;
  bao.length = length;
  return station;
}

/// "2b 05:34:00 +180 continued" for each item of `programme`.
std::vector<std::string> lines_around(const MadeUpStation& station, const char* programme) {
  std::vector<std::string> lines;
  for (const auto& item : station.plan_of(kWednesday).items) {
    if (item.programme != programme) continue;
    const auto seconds = chr::duration_cast<chr::seconds>(item.frames).count();
    lines.push_back(item.index + ' ' + station.local(item.start).substr(11, 8) + " +" + std::to_string(seconds) +
                    marks_of(item));
  }
  return lines;
}

const PlannedSession& found_session(const Plan& plan, const std::string& programme) {
  const auto found = std::find_if(plan.sessions.begin(), plan.sessions.end(),
                                  [&](const PlannedSession& session) { return session.programme == programme; });
  return *found;
}

TEST(PriorityNeighbours, AClosingTuneFollowsTheFillsLastClipAlsoBeforeAnInterruption) {
  auto station = with_storm(time_of(5, 45), 10min);
  station.programme("sang", {time_of(5, 30)}, {fill({"talk"}), play("tune")}).length = 20min;
  EXPECT_THAT(lines_around(station, "sang"), ElementsAre("1.1 05:30:00 +600", "2 05:40:00 +60"));
  station.schedule().programmes.back().length = 40min;
  EXPECT_THAT(lines_around(station, "sang"), ElementsAre("1.1 05:30:00 +600", "1.2 05:55:00 +600", "2 06:05:00 +60"));
}

TEST(PriorityNeighbours, AnInterruptionAtTheSlotsEndTakesNothingFromIt) {
  auto station = with_storm(time_of(5, 50), 10min);
  station.programme("sang", {time_of(5, 30)}, {play("talk"), play("lesson"), play("tune")}).length = 20min;
  EXPECT_THAT(lines_around(station, "sang"),
              ElementsAre("1 05:30:00 +600", "2 05:40:00 +600", "3 05:50:00 +0 unreached"));
  station.schedule().programmes.back().overrun = Overrun::cut;
  EXPECT_EQ(station.plan_of(kWednesday).items.at(1).fade, Frames(0));
  station.schedule().programmes.back().length.reset();
  station.programme("trua", {time_of(5, 50)}, {play("lesson")});
  EXPECT_THAT(lines_around(station, "sang"),
              ElementsAre("1 05:30:00 +600", "2 05:40:00 +600", "3 05:50:00 +0 unreached"))
      << "nor from what the next session ends there";
}

TEST(PriorityNeighbours, WhatTheNextSessionEndsIsNotBrokenOffByALaterInterruption) {
  auto station = with_storm(time_of(5, 36), 1min);
  station.programme("sang", {time_of(5, 30)}, {play("talk")});
  station.programme("tin", {time_of(5, 34)}, {play("tune")});
  EXPECT_THAT(lines_around(station, "sang"), ElementsAre("1 05:30:00 +240"));
}

TEST(PriorityNeighbours, WhatBeginsLateSaysSoAlsoWhereTheNextSessionEndsIt) {
  auto station = with_storm(time_of(5, 29), 2min);  // until 05:31
  station.schedule().programmes.front().at.push_back(time_of(5, 45));
  station.programme("sang", {time_of(5, 30)}, {play("news"), play("talk"), play("lesson")}).late = Late::start;
  station.programme("tin", {time_of(5, 40)}, {play("tune")});
  EXPECT_THAT(lines_around(station, "sang"),
              ElementsAre("1 05:31:00 +300 delayed", "2 05:36:00 +240 delayed", "3 05:40:00 +0 delayed overridden"));
}

TEST(PriorityNeighbours, WhatAnInterruptionKeepsUntilTheNextSessionIsOverridden) {
  auto station = with_storm(time_of(5, 33), 12min);  // until 05:45
  station.programme("sang", {time_of(5, 30)}, {play("news"), play("tune")});
  station.programme("tin", {time_of(5, 40)}, {play("news")}).late = Late::start;
  EXPECT_THAT(lines_around(station, "sang"), ElementsAre("1 05:30:00 +180 broken-off", "2 05:40:00 +0 overridden"));
  EXPECT_THAT(lines_around(station, "tin"), ElementsAre("1 05:45:00 +300 delayed"));
}

TEST(PriorityNeighbours, AnOverriddenSessionEndsNoOtherOne) {
  auto station = with_storm(time_of(5, 33), 12min);  // until 05:45
  station.programme("sang", {time_of(5, 30)}, {play("news"), play("tune")});
  station.programme("tin", {time_of(5, 40)}, {play("news")}).late = Late::skip;
  EXPECT_THAT(lines_around(station, "sang"),
              ElementsAre("1 05:30:00 +180 continued", "1b 05:45:00 +120 continued", "2 05:47:00 +60"));
  EXPECT_THAT(lines_around(station, "tin"), ElementsAre("1 05:40:00 +0 overridden"));
  for (const auto& found : station.check(kWednesday, 1)) EXPECT_EQ(found.code, "interrupted");
  station.schedule().programmes[1].length = 11min;
  const auto found = station.check(kWednesday, 1);
  EXPECT_TRUE(std::any_of(found.begin(), found.end(), [](const auto& each) { return each.code == "slots-overlap"; }))
      << "what the text proves wrong is wrong on every day";
}

TEST(PriorityNeighbours, AMissingRecordingKeepsNoOverriddenSessionsTime) {
  auto station = with_storm(time_of(5, 28), 10min);  // until 05:38
  auto& middle = station.programme("uu-tien", {time_of(5, 30)}, {play("absent"), play("news")});
  middle.priority = Priority::priority;
  middle.late = Late::skip;
  middle.length = 60min;
  station.programme("sang", {time_of(5, 40)}, {play("news")});
  EXPECT_TRUE(found_session(station.plan_of(kWednesday), "uu-tien").overridden);
  EXPECT_THAT(lines_around(station, "sang"), ElementsAre("1 05:40:00 +300"));
}

TEST(PriorityNeighbours, AFillWhoseOwnTimeLiesInAnInterruptionBeginsLate) {
  auto station = with_storm(time_of(5, 33), 2min);
  station.programme("sang", {time_of(5, 30)}, {play("tune"), fill({"tune"}).pinned(5, 34)}).length = 7min;
  EXPECT_THAT(lines_around(station, "sang"),
              ElementsAre("1 05:30:00 +60", "2.1 05:35:00 +60 delayed", "2.2 05:36:00 +60"));
}

TEST(PriorityNeighbours, WhatAFillFindsNoRoomForIsOverriddenWhereTheInterruptionLastsToTheEnd) {
  auto station = with_storm(time_of(5, 40), 20min);
  station.programme("sang", {time_of(5, 30)}, {play("lesson"), fill({"news"}), play("tune")}).length = 20min;
  EXPECT_THAT(lines_around(station, "sang"), ElementsAre("1 05:30:00 +600 broken-off", "3 05:40:00 +0 overridden"));
}

}  // namespace
}  // namespace loa::scheduler::testing
