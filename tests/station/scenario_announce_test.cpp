// Announcements on the daemon's own conductor: they break in, the plan goes on underneath, repeats survive.
#include <gmock/gmock.h>

#include "tests/support/scenario_station.hpp"

namespace {

using namespace std::chrono_literals;
using loa::sim::at;
using loa::sim::kSang;
using loa::sim::number;
using loa::sim::text;
using testing::ElementsAre;
using testing::IsEmpty;

class Announce : public testing::Test {
 protected:
  loa::sim::StationFixture station{at("2026-11-23T05:10"), "USB Audio"};

  void begin(const std::string& late = "join") {
    loa::sim::write_commune(station, late);
    station.boot();
  }
  std::string verdict(const std::string& file) {
    const auto row = station.row_of_announcement(file);
    return row.empty() ? "" : text(row, "verdict") + "/" + text(row, "reason");
  }
  double seconds(const boost::json::object& row) { return static_cast<double>(number(row, "frames_played")) / 48000; }
  std::vector<std::string> starts(const std::string& file) {
    std::vector<std::string> found;
    for (const auto& row : station.ledger.of_kind("item")) {
      if (text(row, "clip") == "/usb/" + file)
        found.push_back(text(row, "planned_start").substr(11, 5) + " " + text(row, "verdict"));
    }
    return found;
  }
};

TEST_F(Announce, SoundsAtOnceAtAnyHourWithARowThatNamesWho) {
  begin();
  station.run_until(at("2026-11-24T03:15"));
  ASSERT_TRUE(station.announce("khan.mp3", 30s).done);
  station.run_for(40s);
  const auto row = station.row_of_announcement("khan.mp3");
  EXPECT_EQ(verdict("khan.mp3"), "aired/none");
  EXPECT_FALSE(row.contains("id"));
  EXPECT_EQ(text(row, "operator"), "Lan");
  EXPECT_EQ(text(row, "announcement"), "1");
  EXPECT_LT(number(row, "start_error_ms"), 200);
  EXPECT_EQ(seconds(row), 30);
  ASSERT_FALSE(station.announce_news().empty());
  EXPECT_EQ(station.announce_news().back().second.what, loa::station::AnnounceNews::What::over);
  EXPECT_THAT(station.violations(), IsEmpty());
}

TEST_F(Announce, BreaksIntoTheProgrammeWhichIsThenWhereItWouldBe) {
  begin();
  station.run_until(at("2026-11-23T05:31"));  // in khai-sinh, 05:30:25 to 05:33:25
  ASSERT_TRUE(station.announce("khan.mp3", 60s).done);
  station.run_until(at("2026-11-23T05:55"));
  EXPECT_EQ(verdict("khan.mp3"), "aired/none");
  EXPECT_EQ(station.verdict(kSang + "3"), "partial/emergency");
  const auto row = station.ledger.verdict_of(kSang + "3");
  EXPECT_NEAR(seconds(row), 120, 1);
  EXPECT_EQ(text(row, "end").substr(11, 8), "05:33:25") << "its own time, not moved";
  EXPECT_EQ(station.verdict(kSang + "4"), "aired/none");
  EXPECT_THAT(station.violations(), IsEmpty());
}

TEST_F(Announce, WhatItCoversIsOverriddenAndWhatItReachesIntoIsJoined) {
  begin();
  station.run_until(at("2026-11-23T05:29:50"));
  ASSERT_TRUE(station.announce("khan.mp3", 60s).done);  // until 05:30:50
  station.run_until(at("2026-11-23T05:55"));
  EXPECT_EQ(station.verdict(kSang + "1"), "overridden/emergency");
  EXPECT_EQ(station.verdict(kSang + "2"), "overridden/emergency") << "a planned silence is none";
  EXPECT_EQ(station.verdict(kSang + "3"), "partial/emergency");
  EXPECT_EQ(station.verdict(kSang + "4"), "aired/none");
  EXPECT_THAT(station.violations(), IsEmpty());
}

TEST_F(Announce, ASessionThatStartsFromItsBeginningStartsLate) {
  begin("start");
  station.run_until(at("2026-11-23T05:29:50"));
  ASSERT_TRUE(station.announce("khan.mp3", 60s).done);
  station.run_until(at("2026-11-23T05:55"));
  for (const auto* index : {"1", "3", "4"}) EXPECT_EQ(station.verdict(kSang + index), "late/emergency") << index;
  EXPECT_THAT(station.violations(), IsEmpty());
}

TEST_F(Announce, WhatWaitsForTwoOfThemWaitsSinceTheFirst) {
  begin("start");
  station.run_until(at("2026-11-23T05:29:50"));
  ASSERT_TRUE(station.announce("khan.mp3", 60s).done);
  station.run_for(40s);  // the session was due in the first
  ASSERT_TRUE(station.announce("nua.mp3", 30s).done);
  station.run_until(at("2026-11-23T05:55"));
  for (const auto* index : {"1", "3", "4"}) EXPECT_EQ(station.verdict(kSang + index), "late/emergency") << index;
  EXPECT_THAT(station.violations(), IsEmpty());
}

TEST_F(Announce, OneThatNeverSoundedIsNoReasonForWhatIsLate) {
  begin("start");
  station.run_until(at("2026-11-23T05:20"));
  ASSERT_TRUE(station.announce("khan.mp3", 20s).done);
  station.run_until(at("2026-11-23T05:28"));
  station.clock.step(3min);  // over the start of the session
  station.sources.problems["/usb/thu.txt"] = "not-audio";
  ASSERT_TRUE(station.announce("thu.txt", 0s).done);
  station.run_until(at("2026-11-23T05:58"));
  EXPECT_EQ(station.verdict(kSang + "1"), "late/clock");
  EXPECT_THAT(station.violations(), IsEmpty());
}

TEST_F(Announce, ARepeatThatDoesNotComeToItsTurnWasOverriddenByAnother) {
  begin();
  station.run_until(at("2026-11-23T06:00"));
  ASSERT_TRUE(station.announce("khan.mp3", 30s, 60min, at("2026-11-23T07:30")).done);
  station.run_until(at("2026-11-23T06:59"));
  ASSERT_TRUE(station.announce("dai.mp3", 20min).done);
  station.run_until(at("2026-11-23T07:40"));
  EXPECT_THAT(starts("khan.mp3"), ElementsAre("06:00 aired", "07:00 overridden"));
  EXPECT_EQ(verdict("khan.mp3"), "overridden/emergency");
  EXPECT_THAT(station.violations(), IsEmpty());
}

TEST_F(Announce, WaitingForADeviceIsNoWorkForTheLoop) {
  begin();
  station.run_until(at("2026-11-23T06:00"));
  station.player.lose_device();
  station.run_for(5s);
  ASSERT_TRUE(station.announce("khan.mp3", 60s).done);
  EXPECT_GT(station.conductor().next_wake() - station.clock.steady(), 100ms);
}

TEST_F(Announce, ASessionThatMayNotBeLateIsOverridden) {
  begin("skip");
  station.run_until(at("2026-11-23T05:29:50"));
  ASSERT_TRUE(station.announce("khan.mp3", 60s).done);
  station.run_until(at("2026-11-23T05:55"));
  for (const auto* index : {"1", "3", "4"}) EXPECT_EQ(station.verdict(kSang + index), "overridden/emergency") << index;
  EXPECT_THAT(station.violations(), IsEmpty());
}

TEST_F(Announce, TheLastOrderBreaksIntoTheOneBefore) {
  begin();
  ASSERT_TRUE(station.announce("cu.mp3", 60s).done);
  station.run_for(10s);
  ASSERT_TRUE(station.announce("moi.mp3", 20s).done);
  station.run_for(60s);
  EXPECT_EQ(verdict("cu.mp3"), "partial/emergency");
  EXPECT_NEAR(seconds(station.row_of_announcement("cu.mp3")), 10, 1);
  EXPECT_EQ(verdict("moi.mp3"), "aired/none");
  EXPECT_THAT(station.violations(), IsEmpty());
}

TEST_F(Announce, WhatCannotBeDecodedIsRefusedAndDisturbsNothing) {
  begin();
  station.run_until(at("2026-11-23T05:31"));
  station.sources.problems["/usb/thu.txt"] = "not-audio";
  ASSERT_TRUE(station.announce("thu.txt", 0s).done);
  station.run_until(at("2026-11-23T05:55"));
  EXPECT_EQ(verdict("thu.txt"), "missed/file");
  ASSERT_FALSE(station.announce_news().empty());
  EXPECT_EQ(station.announce_news().front().second.what, loa::station::AnnounceNews::What::refused);
  EXPECT_EQ(station.announce_news().front().second.problem, "not-audio");
  for (const auto* index : {"1", "2", "3", "4"}) EXPECT_EQ(station.verdict(kSang + index), "aired/none") << index;
  EXPECT_THAT(station.violations(), IsEmpty());
}

TEST_F(Announce, RepeatsSoundWithinTheirHoursUntilTheirEnd) {
  begin();
  station.run_until(at("2026-11-23T06:00"));
  const loa::station::DaySpan between{7h, 10h};
  ASSERT_TRUE(station.announce("khan.mp3", 30s, 60min, at("2026-11-23T09:30"), between).done);
  station.run_until(at("2026-11-23T13:00"));
  EXPECT_THAT(starts("khan.mp3"), ElementsAre("06:00 aired", "07:00 aired", "08:00 aired", "09:00 aired"));
  EXPECT_TRUE(station.conductor().announcements().empty());
  EXPECT_THAT(station.violations(), IsEmpty());
}

TEST_F(Announce, RepeatsSurviveAPowerCutAndWhatWasDueMeanwhileIsMissed) {
  begin();
  station.run_until(at("2026-11-23T06:00"));
  ASSERT_TRUE(station.announce("khan.mp3", 30s, 60min, at("2026-11-23T11:00")).done);
  station.run_until(at("2026-11-23T07:30"));
  station.cut_power();
  station.run_until(at("2026-11-23T09:30"));
  station.boot();
  station.run_until(at("2026-11-23T14:00"));
  EXPECT_THAT(starts("khan.mp3"),
              ElementsAre("06:00 aired", "07:00 aired", "08:00 missed", "09:00 missed", "10:00 aired", "11:00 aired"));
  EXPECT_THAT(station.violations(), IsEmpty());
}

TEST_F(Announce, OneThatIsBrokenOffGoesOnIfTheStationIsSoonBack) {
  begin();
  station.run_until(at("2026-11-23T06:00"));
  ASSERT_TRUE(station.announce("khan.mp3", 120s).done);
  station.run_for(40s);
  station.cut_power();
  station.run_for(30s);
  station.boot();
  station.run_until(at("2026-11-23T07:00"));
  ASSERT_THAT(starts("khan.mp3"), ElementsAre("06:00 partial", "06:01 aired"));
  double sum = 0;
  for (const auto& row : station.ledger.of_kind("item")) {
    if (text(row, "clip") == "/usb/khan.mp3") sum += seconds(row);
  }
  EXPECT_NEAR(sum, 120, 3) << "from the last sign of life on";
  EXPECT_TRUE(station.conductor().announcements().empty());
}

TEST_F(Announce, OneThatWasBrokenOffLongAgoDoesNotGoOn) {
  begin();
  station.run_until(at("2026-11-23T06:00"));
  ASSERT_TRUE(station.announce("khan.mp3", 120s).done);
  station.run_for(40s);
  station.cut_power();
  station.run_until(at("2026-11-23T06:30"));
  station.boot();
  station.run_until(at("2026-11-23T07:00"));
  EXPECT_THAT(starts("khan.mp3"), ElementsAre("06:00 partial"));
}

TEST_F(Announce, AnOrderlyRestartGoesOnToo) {
  begin();
  station.run_until(at("2026-11-23T06:00"));
  ASSERT_TRUE(station.announce("khan.mp3", 120s).done);
  station.run_for(40s);
  station.conductor().shutdown();
  while (!station.conductor().finished()) station.run_for(10ms);
  station.cut_power();
  station.boot();
  station.run_until(at("2026-11-23T07:00"));
  EXPECT_THAT(starts("khan.mp3"), ElementsAre("06:00 partial", "06:00 aired"));
}

TEST_F(Announce, APlayerThatDiesCostsAMomentAndNotTheMessage) {
  begin();
  station.run_until(at("2026-11-23T06:00"));
  ASSERT_TRUE(station.announce("khan.mp3", 60s).done);
  station.run_for(20s);
  station.player.die();
  station.run_for(2s);
  EXPECT_FALSE(station.player.heard().empty());
  const auto& again = station.player.heard().back();
  EXPECT_EQ(again.attempt, 2u) << "it sounds again within 2 s";
  EXPECT_NEAR(static_cast<double>(again.from.count()) / 48000, 20, 0.5);
  station.run_for(60s);
  EXPECT_EQ(verdict("khan.mp3"), "aired/none");
  EXPECT_THAT(station.violations(), IsEmpty());
}

TEST_F(Announce, ADeviceThatIsAwayIsWaitedFor) {
  begin();
  station.run_until(at("2026-11-23T06:00"));
  station.player.lose_device();
  station.run_for(5s);
  ASSERT_TRUE(station.announce("khan.mp3", 60s).done);
  station.run_for(60s);
  station.player.find_device();
  station.run_for(180s);
  EXPECT_EQ(verdict("khan.mp3"), "late/device");
  EXPECT_THAT(station.violations(), IsEmpty());
}

TEST_F(Announce, ADeviceThatStaysAwayEndsIt) {
  begin();
  station.run_until(at("2026-11-23T06:00"));
  station.player.lose_device();
  station.run_for(5s);
  ASSERT_TRUE(station.announce("khan.mp3", 60s).done);
  station.run_for(15min);
  EXPECT_EQ(verdict("khan.mp3"), "missed/device");
  EXPECT_TRUE(station.conductor().announcements().empty());
  EXPECT_THAT(station.violations(), IsEmpty());
}

TEST_F(Announce, WhoStopsEndsItAndItsRepeats) {
  begin();
  station.run_until(at("2026-11-23T06:00"));
  EXPECT_FALSE(station.conductor().end_announcements("Hoa").done);
  ASSERT_TRUE(station.announce("khan.mp3", 60s, 60min, at("2026-11-23T20:00")).done);
  station.run_for(20s);
  ASSERT_TRUE(station.conductor().end_announcements("Hoa").done);
  station.run_until(at("2026-11-23T09:00"));
  EXPECT_THAT(starts("khan.mp3"), ElementsAre("06:00 partial"));
  EXPECT_EQ(verdict("khan.mp3"), "partial/operator");
  EXPECT_EQ(text(station.row_of_announcement("khan.mp3"), "note"), "stopped by Hoa");
  EXPECT_THAT(station.violations(), IsEmpty());
}

TEST_F(Announce, ALiveInputEndsWithItsTimeAndKeepsToTheHours) {
  begin();
  station.run_until(at("2026-11-23T06:00"));
  ASSERT_TRUE(station.announce("input:mic", 60s).done);
  station.run_for(90s);
  const auto row = station.row_of_announcement("mic");
  EXPECT_EQ(text(row, "verdict"), "aired") << text(row, "reason");
  EXPECT_EQ(text(row, "what"), "relay");
  EXPECT_NEAR(seconds(row), 60, 0.5);
  station.run_until(at("2026-11-23T20:59:30"));
  ASSERT_TRUE(station.announce("input:mic", 60s).done);
  station.run_for(10min);
  EXPECT_EQ(text(station.row_of_announcement("mic"), "reason"), "hours");
  EXPECT_NEAR(seconds(station.row_of_announcement("mic")), 30, 1);
  EXPECT_FALSE(station.announce("input:mic", 60s).done) << "outside the permitted hours";
  EXPECT_THAT(station.violations(), IsEmpty());
}

TEST_F(Announce, AStepOfTheClockMovesNothingThatSounds) {
  for (const auto step : {-3600s, 3600s}) {
    loa::sim::StationFixture one{at("2026-11-23T12:10"), "USB Audio"};
    loa::sim::write_commune(one);
    one.boot();
    one.run_for(5s);
    ASSERT_TRUE(one.announce("khan.mp3", 60s).done);
    one.run_for(20s);
    one.clock.step(step);
    one.run_for(120s);
    EXPECT_EQ(text(one.row_of_announcement("khan.mp3"), "verdict"), "aired") << step.count();
  }
}

}  // namespace
