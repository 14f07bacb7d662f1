// A sound card that goes away, a player that hangs or dies: the programme goes on where it would be, and the row says
// how much was heard.
#include <gmock/gmock.h>

#include "tests/support/scenario_station.hpp"

namespace {

using namespace std::chrono_literals;
using loa::sim::at;
using loa::sim::kSang;
using loa::sim::number;
using loa::sim::text;
using testing::IsEmpty;

class Device : public testing::Test {
 protected:
  loa::sim::StationFixture station{at("2026-11-23T05:00"), "USB Audio"};

  void SetUp() override {
    loa::sim::write_commune(station);
    station.boot();
  }
  double seconds_played(const std::string& id) {
    return static_cast<double>(number(station.ledger.verdict_of(id), "frames_played")) / 48000;
  }
};

TEST_F(Device, LostAndFoundWithinAnItemIsPartial) {
  station.run_until(at("2026-11-23T05:31:25"));
  station.player.lose_device();
  station.run_until(at("2026-11-23T05:31:55"));
  station.player.find_device();
  station.run_until(at("2026-11-23T06:00"));
  EXPECT_EQ(station.verdict(kSang + "3"), "partial/device");
  EXPECT_NEAR(seconds_played(kSang + "3"), 150, 4.2) << "sum of both attempts";
  EXPECT_EQ(station.verdict(kSang + "4"), "aired/none");
  EXPECT_EQ(text(station.ledger.verdict_of(kSang + "4"), "device"), "USB Audio");
  EXPECT_THAT(station.violations(), IsEmpty());
}

TEST_F(Device, LostForLongMissesWhatWasDue) {
  station.run_until(at("2026-11-23T05:00:10"));
  station.player.lose_device();
  station.run_until(at("2026-11-23T12:00"));
  for (const auto* index : {"1", "3", "4"}) EXPECT_EQ(station.verdict(kSang + index), "missed/device") << index;
  EXPECT_EQ(station.conductor().status().device_state, "absent");
  station.player.find_device();
  station.run_until(at("2026-11-23T18:00"));
  EXPECT_EQ(station.verdict("xa/2026-11-23T1700/chieu/1"), "aired/none");
  EXPECT_THAT(station.violations(), IsEmpty());
}

TEST_F(Device, WhatTookFramesFirstStaysTheReasonWhenAPersonStopsTheRest) {
  station.run_until(at("2026-11-23T05:31:25"));
  station.player.lose_device();
  station.run_until(at("2026-11-23T05:31:55"));
  station.player.find_device();
  station.run_until(at("2026-11-23T05:32:30"));
  EXPECT_TRUE(station.conductor().stop("Lan").done);
  station.run_until(at("2026-11-23T06:00"));
  EXPECT_EQ(station.verdict(kSang + "3"), "partial/device");
  EXPECT_EQ(text(station.ledger.verdict_of(kSang + "3"), "operator"), "Lan");
  EXPECT_EQ(station.verdict(kSang + "4"), "overridden/operator");
  EXPECT_THAT(station.violations(), IsEmpty());
}

TEST_F(Device, AStopDoesNotExcuseASilenceThatTheDeviceMade) {
  station.run_until(at("2026-11-23T05:30:23"));
  station.player.lose_device();
  station.run_until(at("2026-11-23T05:31:25"));
  EXPECT_TRUE(station.conductor().stop("Lan").done);
  station.run_until(at("2026-11-23T06:00"));
  EXPECT_EQ(station.verdict(kSang + "3"), "missed/device");
  EXPECT_EQ(station.verdict(kSang + "4"), "overridden/operator");
  EXPECT_THAT(station.violations(), IsEmpty());
}

TEST_F(Device, WhatTookFramesFirstStaysTheReasonAtAnOrderlyEnd) {
  station.run_until(at("2026-11-23T05:31:25"));
  station.player.lose_device();
  station.run_until(at("2026-11-23T05:31:55"));
  station.player.find_device();
  station.run_until(at("2026-11-23T05:32:30"));
  station.conductor().shutdown();
  station.run_for(10s);
  EXPECT_EQ(station.verdict(kSang + "3"), "partial/device");
}

TEST_F(Device, RowsTellOfEveryChangeOnce) {
  station.run_until(at("2026-11-23T05:00:10"));
  station.player.lose_device();
  station.run_until(at("2026-11-23T05:10"));
  station.player.find_device();
  station.run_until(at("2026-11-23T05:11"));
  std::vector<std::string> notes;
  for (const auto& row : station.ledger.of_kind("device")) notes.push_back(text(row, "note"));
  EXPECT_THAT(notes, testing::ElementsAre("open", "lost: unplugged", "absent: no such device", "open"));
}

TEST_F(Device, AHungPlayerIsReplacedWithinTwoSecondsAndTheProgrammeGoesOn) {
  station.run_until(at("2026-11-23T05:31:25"));
  station.player.hang();
  station.run_for(2500ms);
  EXPECT_EQ(station.player.restarts, 1);
  station.run_until(at("2026-11-23T06:00"));
  EXPECT_EQ(station.verdict(kSang + "3"), "partial/device");
  EXPECT_NEAR(seconds_played(kSang + "3"), 177, 1);
  EXPECT_EQ(station.verdict(kSang + "4"), "aired/none");
  EXPECT_THAT(station.violations(), IsEmpty());
}

TEST_F(Device, SilenceThatShouldSoundIsToldWithinFiveSecondsAndThePlayerIsReplacedOnce) {
  station.run_until(at("2026-11-23T05:31:25"));
  station.player.silent = true;
  station.run_for(2s);
  EXPECT_EQ(station.player.restarts, 1);
  const auto silences = [&] {
    std::vector<std::string> found;
    for (const auto& row : station.ledger.of_kind("device")) {
      if (text(row, "note").starts_with("silent: nothing")) found.push_back(text(row, "note"));
    }
    return found;
  };
  EXPECT_THAT(silences(), testing::ElementsAre("silent: nothing is heard of " + kSang + "3"));
  station.run_for(60s);
  EXPECT_EQ(station.player.restarts, 1) << "no loop of restarts";
  EXPECT_EQ(silences().size(), 2u) << "told once more of the new player, and then no more";
  EXPECT_TRUE(station.conductor().status().silent);
  station.player.silent = false;
  station.run_for(1s);
  EXPECT_FALSE(station.conductor().status().silent);
  station.run_until(at("2026-11-23T06:00"));
  EXPECT_EQ(station.verdict(kSang + "3"), "partial/device");
  EXPECT_EQ(station.verdict(kSang + "4"), "aired/none");
  EXPECT_THAT(station.violations(), IsEmpty());
}

TEST_F(Device, ADaemonThatStoodStillBlamesNobody) {
  for (const auto* since : {"05:29:58", "05:30:18.5", "05:30:23", "05:31:25", "05:38:22"}) {
    loa::sim::StationFixture one{at("2026-11-23T05:25"), "USB Audio"};
    loa::sim::write_commune(one);
    one.boot();
    one.run_until(at(std::string("2026-11-23T") + since));
    one.stall(4500ms);
    one.run_until(at("2026-11-23T06:00"));
    EXPECT_EQ(one.player.restarts, 0) << since;
    for (const auto* index : {"1", "2", "3", "4"})
      EXPECT_EQ(one.verdict(kSang + index), "aired/none") << since << index;
    EXPECT_THAT(one.violations(), IsEmpty()) << since;
  }
}

TEST_F(Device, AMachineThatSleptBlamesNobody) {
  station.run_until(at("2026-11-23T05:10"));
  station.clock.advance_to(station.clock.steady() + 60s);
  station.conductor().tick();
  station.run_until(at("2026-11-23T06:00"));
  EXPECT_EQ(station.player.restarts, 0);
  EXPECT_EQ(station.verdict(kSang + "1"), "aired/none");
}

TEST_F(Device, APlayerThatHungWhileTheDaemonStoodStillIsFound) {
  station.run_until(at("2026-11-23T05:31:25"));
  station.player.hang();
  station.stall(4500ms);
  EXPECT_EQ(station.player.restarts, 0) << "nobody has looked yet";
  station.run_for(2500ms);
  EXPECT_EQ(station.player.restarts, 1);
  station.run_until(at("2026-11-23T06:00"));
  EXPECT_EQ(station.verdict(kSang + "3"), "partial/device");
  EXPECT_EQ(station.verdict(kSang + "4"), "aired/none");
  EXPECT_THAT(station.violations(), IsEmpty());
}

TEST_F(Device, WhatAGateTookThatNobodyRefreshedIsNotTheHours) {
  station.run_until(at("2026-11-23T05:31:25"));
  station.stall(15s);
  station.run_until(at("2026-11-23T06:00"));
  EXPECT_EQ(station.player.restarts, 0);
  EXPECT_EQ(station.verdict(kSang + "3"), "partial/device");
  EXPECT_NEAR(seconds_played(kSang + "3"), 174, 3) << "the gate closes by itself after 10 s";
  EXPECT_EQ(station.verdict(kSang + "4"), "aired/none");
  EXPECT_THAT(station.violations(), IsEmpty());
}

TEST_F(Device, AKilledPlayerLosesNoMoreThanItsOwnStart) {
  station.run_until(at("2026-11-23T05:31:25.100"));
  station.player.die();
  station.run_until(at("2026-11-23T06:00"));
  EXPECT_EQ(station.verdict(kSang + "3"), "partial/device");
  EXPECT_GT(seconds_played(kSang + "3"), 179);
  EXPECT_EQ(station.player.restarts, 0) << "it ended by itself; another follows by itself";
  EXPECT_THAT(station.violations(), IsEmpty());
}

TEST_F(Device, APlayerThatDiesBetweenSessionsCostsNothing) {
  station.run_until(at("2026-11-23T05:10:00"));
  station.player.die();
  station.run_until(at("2026-11-23T05:29:55"));
  station.player.die();
  station.run_until(at("2026-11-23T06:00"));
  for (const auto* index : {"1", "2", "3", "4"}) EXPECT_EQ(station.verdict(kSang + index), "aired/none") << index;
  EXPECT_THAT(station.violations(), IsEmpty());
}

TEST_F(Device, EachAttemptHasItsStartRow) {
  station.run_until(at("2026-11-23T05:31:25"));
  station.player.die();
  station.run_until(at("2026-11-23T06:00"));
  std::vector<std::string> starts;
  for (const auto& row : station.ledger.of_kind("start")) {
    if (text(row, "id") == kSang + "3") starts.push_back(text(row, "start"));
  }
  EXPECT_THAT(starts, testing::ElementsAre("2026-11-23T05:30:25.000+07:00", "2026-11-23T05:31:25.400+07:00"));
}

TEST_F(Device, FailuresAtAnyInstantLeaveEveryItemWithOneVerdict) {
  for (int second = 0; second < 540; second += 7 * loa::sim::kSweep) {
    loa::sim::StationFixture one{at("2026-11-23T05:25"), "USB Audio"};
    loa::sim::write_commune(one);
    one.boot();
    one.run_until(at("2026-11-23T05:29:40") + std::chrono::milliseconds(second * 1000 + second * 37 % 1000));
    switch (second / 7 % 3) {
      case 0:
        one.player.die();
        break;
      case 1:
        one.player.hang();
        break;
      case 2:
        one.player.lose_device();
        one.run_for(3s);
        one.player.find_device();
        break;
    }
    one.run_until(at("2026-11-23T06:00"));
    ASSERT_THAT(one.violations(), IsEmpty()) << "second " << second;
    EXPECT_EQ(one.ledger.of_kind("item").size(), 4u);
  }
}

}  // namespace
