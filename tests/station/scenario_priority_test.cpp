// Higher priorities on simulated seams: pieces sound around them, whatever brought them.
#include <gmock/gmock.h>

#include "tests/support/scenario_station.hpp"

namespace {

using namespace std::chrono_literals;
using loa::sim::at;
using loa::sim::number;
using loa::sim::text;
using testing::IsEmpty;

const std::string kStorm =
    "  bao: {title: Tin bão, at: \"05:32\", priority: emergency, ordered_by: \"Chủ tịch xã, Công điện 12\", items: "
    "[tin-bao]}\n";

class Priority : public testing::Test {
 protected:
  loa::sim::StationFixture station{at("2026-11-23T04:00")};

  void SetUp() override {
    loa::sim::write_commune(station);
    station.recording("bao.wav", 1min);
  }

  /// The commune's week, with a warning that sounds at 05:32 for a minute.
  static std::string stormy(const std::string& late = "join") {
    auto schedule = loa::sim::commune_schedule(late) + kStorm;
    const std::string articles = "articles:\n";
    return schedule.insert(articles.size(), "  tin-bao: {title: Tin bão, clip: bao.wav}\n");
  }
  double seconds(const std::string& id) const {
    return static_cast<double>(number(station.ledger.verdict_of(id), "frames_played")) / 48000;
  }
};

// sang/3 is planned from 05:30:25 to 05:33:25.
TEST_F(Priority, PiecesSoundAroundTheInterruptionAndSayWhy) {
  station.write(stormy());
  station.boot();
  station.run_until(at("2026-11-23T06:30"));
  EXPECT_THAT(station.violations(), IsEmpty());
  EXPECT_EQ(station.verdict("xa/2026-11-23T0530/sang/3"), "aired/emergency");
  EXPECT_EQ(seconds("xa/2026-11-23T0530/sang/3"), 95);
  EXPECT_EQ(station.verdict("xa/2026-11-23T0530/sang/3b"), "aired/emergency");
  EXPECT_EQ(seconds("xa/2026-11-23T0530/sang/3b"), 85);
  const auto storm = station.ledger.verdict_of("xa/2026-11-23T0532/bao/1");
  EXPECT_EQ(text(storm, "verdict"), "aired");
  EXPECT_EQ(text(storm, "priority"), "emergency");
  EXPECT_EQ(text(storm, "order"), "Chủ tịch xã, Công điện 12");
  EXPECT_EQ(text(storm, "start"), "2026-11-23T05:32:00.000+07:00");
}

TEST_F(Priority, AnEditThatBringsOneBreaksIntoWhatSoundsAlready) {
  station.boot();
  station.run_until(at("2026-11-23T05:30:40"));  // sang/3 sounds, planned whole
  station.write(stormy());
  EXPECT_EQ(station.reload(), loa::station::Taken::accepted);
  station.run_until(at("2026-11-23T06:30"));
  EXPECT_THAT(station.violations(), IsEmpty());
  EXPECT_EQ(station.verdict("xa/2026-11-23T0530/sang/3"), "partial/emergency");
  EXPECT_NEAR(seconds("xa/2026-11-23T0530/sang/3"), 95, 0.1);
  EXPECT_EQ(station.verdict("xa/2026-11-23T0532/bao/1"), "aired/none");
  EXPECT_EQ(station.verdict("xa/2026-11-23T0530/sang/3b"), "aired/emergency");
}

TEST_F(Priority, ASessionThatBeginsLateDoesNotSoundOverIt) {
  station.write(stormy("start"));
  station.boot();
  station.run_until(at("2026-11-23T05:29"));
  station.cut_power();
  station.run_until(at("2026-11-23T05:31:30"));
  station.boot();
  station.run_until(at("2026-11-23T06:30"));
  EXPECT_THAT(station.violations(), IsEmpty());
  EXPECT_EQ(station.verdict("xa/2026-11-23T0532/bao/1"), "aired/none");
  EXPECT_EQ(station.verdict("xa/2026-11-23T0530/sang/1"), "late/power");
}

TEST_F(Priority, ASessionDueMeanwhileThatStartsAfterItIsLate) {
  auto schedule = stormy("start");
  const std::string time = "\"05:32\"", earlier = "\"05:29:30\"";
  schedule.replace(schedule.find(time), time.size(), earlier);
  station.write(schedule);
  station.boot();
  station.run_until(at("2026-11-23T06:30"));
  EXPECT_THAT(station.violations(), IsEmpty());
  EXPECT_EQ(station.verdict("xa/2026-11-23T052930/bao/1"), "aired/none");
  for (const auto* item : {"1", "2", "3", "4"}) {
    EXPECT_EQ(station.verdict("xa/2026-11-23T0530/sang/" + std::string(item)), "late/emergency") << item;
  }
  EXPECT_EQ(text(station.ledger.verdict_of("xa/2026-11-23T0530/sang/1"), "planned_start"),
            "2026-11-23T05:30:30.000+07:00");
}

TEST_F(Priority, WhatGoesOnBehindALateSessionOfAHigherPriorityJoinsItsEnd) {
  auto schedule = stormy();
  const std::string emergency = "at: \"05:32\", priority: emergency";
  schedule.replace(schedule.find(emergency), emergency.size(),
                   emergency + ", late: start, grace: 5min, overrun: finish");
  station.write(schedule);
  station.boot();
  station.run_until(at("2026-11-23T05:31:50"));
  station.cut_power();
  station.run_until(at("2026-11-23T05:32:20"));  // the warning is heard until about 05:33:20
  station.boot();
  station.run_until(at("2026-11-23T06:30"));
  EXPECT_THAT(station.violations(), IsEmpty());
  EXPECT_EQ(station.verdict("xa/2026-11-23T0532/bao/1"), "late/power");
  EXPECT_EQ(station.verdict("xa/2026-11-23T0530/sang/3b"), "partial/emergency");
  const auto end = text(station.ledger.verdict_of("xa/2026-11-23T0532/bao/1"), "end");
  EXPECT_EQ(text(station.ledger.verdict_of("xa/2026-11-23T0530/sang/3b"), "start"), end);
}

TEST_F(Priority, APowerCutWithinItLosesWhatWasPlannedMeanwhile) {
  station.write(stormy());
  station.boot();
  station.run_until(at("2026-11-23T05:32:30"));
  station.cut_power();
  station.run_until(at("2026-11-23T05:33:40"));
  station.boot();
  station.run_until(at("2026-11-23T06:30"));
  EXPECT_THAT(station.violations(), IsEmpty());
  EXPECT_EQ(station.verdict("xa/2026-11-23T0532/bao/1"), "partial/power");
  EXPECT_EQ(station.verdict("xa/2026-11-23T0530/sang/3b"), "partial/power");
  EXPECT_EQ(station.verdict("xa/2026-11-23T0530/sang/4"), "aired/none");
}

TEST_F(Priority, TakingAnOrderedProgrammeAwayIsNeverHeld) {
  std::string hourly = stormy();
  const std::string time = "\"05:32\"";
  hourly.replace(hourly.find(time), time.size(), "{every: 10min, from: \"07:00\", until: \"20:00\"}");
  station.write(hourly);
  station.boot();
  station.run_until(at("2026-11-23T05:00"));
  station.write(loa::sim::commune_schedule());
  EXPECT_EQ(station.reload(), loa::station::Taken::accepted);
}

TEST_F(Priority, SkippingAnInterruptedItemSkipsItsOtherPiecesToo) {
  station.write(stormy());
  station.boot();
  station.run_until(at("2026-11-23T05:31:00"));
  EXPECT_TRUE(station.conductor().skip("Lan").done);
  station.run_until(at("2026-11-23T06:30"));
  EXPECT_THAT(station.violations(), IsEmpty());
  EXPECT_EQ(station.verdict("xa/2026-11-23T0530/sang/3"), "partial/operator");
  EXPECT_EQ(station.verdict("xa/2026-11-23T0530/sang/3b"), "overridden/operator");
}

}  // namespace
