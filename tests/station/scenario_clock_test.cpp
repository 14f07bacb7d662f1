// A wall clock that is set while the station runs: nothing sounds twice, nothing is without a verdict.
#include <gmock/gmock.h>

#include <random>
#include <set>

#include "tests/support/scenario_station.hpp"

namespace {

using namespace std::chrono_literals;
using loa::sim::at;
using loa::sim::kSang;
using loa::sim::StationFixture;
using loa::sim::text;
using testing::IsEmpty;

class ClockStep : public testing::Test {
 protected:
  StationFixture station{at("2026-11-23T05:00")};

  void SetUp() override {
    loa::sim::write_commune(station);
    station.boot();
  }
};

TEST_F(ClockStep, IsARow) {
  station.run_until(at("2026-11-23T05:10"));
  station.clock.step(90s);
  station.run_for(40s);
  ASSERT_EQ(station.ledger.of_kind("clock").size(), 1u);
  EXPECT_EQ(text(station.ledger.of_kind("clock").front(), "note"), "set by +90.000 s");
}

TEST_F(ClockStep, ForwardOverASessionMissesItByTheClock) {
  station.run_until(at("2026-11-23T05:10"));
  station.clock.step(2h);
  station.run_until(at("2026-11-23T09:00"));
  for (const auto* index : {"1", "2", "3", "4"}) EXPECT_EQ(station.verdict(kSang + index), "missed/clock") << index;
  EXPECT_THAT(station.violations(), IsEmpty());
}

TEST_F(ClockStep, ForwardThatIsTakenBackInTimeCostsNothing) {
  station.run_until(at("2026-11-23T05:10"));
  station.clock.step(24h * 365);
  station.run_for(2min);
  station.clock.step(-24h * 365);
  station.run_until(at("2026-11-23T06:00"));
  for (const auto* index : {"1", "2", "3", "4"}) EXPECT_EQ(station.verdict(kSang + index), "aired/none") << index;
  EXPECT_THAT(station.violations(), IsEmpty());
}

TEST_F(ClockStep, FarAheadForMostOfADayAndBackGivesNoItemASecondVerdict) {
  station.run_until(at("2026-11-23T06:00"));
  ASSERT_EQ(station.verdict(kSang + "4"), "aired/none");
  station.clock.step(24h * 6);
  station.run_for(14h);
  station.clock.step(-24h * 6);
  // Until the time that the clock had shown has really come: what was missed by it then is not due again either.
  station.run_until(at("2026-12-01T10:00"));
  std::set<std::string> ids;
  for (const auto& row : station.ledger.of_kind("item")) {
    EXPECT_TRUE(ids.insert(text(row, "id")).second) << text(row, "id") << " has two verdicts";
  }
  EXPECT_THAT(station.violations(), IsEmpty());
}

TEST_F(ClockStep, ForwardWithinAnItemJoinsItWhereItShouldBe) {
  station.run_until(at("2026-11-23T05:31:25"));
  station.clock.step(1min);
  station.run_until(at("2026-11-23T06:00"));
  EXPECT_EQ(station.verdict(kSang + "3"), "partial/clock");
  EXPECT_EQ(station.verdict(kSang + "4"), "aired/none");
  EXPECT_EQ(text(station.ledger.verdict_of(kSang + "4"), "start"), "2026-11-23T05:33:25.000+07:00");
  EXPECT_THAT(station.violations(), IsEmpty());
}

TEST_F(ClockStep, BackLetsWhatSoundsEndAndRepeatsNothing) {
  station.run_until(at("2026-11-23T05:31:25"));
  station.clock.step(-1min);
  station.run_until(at("2026-11-23T06:00"));
  EXPECT_EQ(station.verdict(kSang + "3"), "aired/none");
  EXPECT_EQ(station.verdict(kSang + "4"), "aired/none");
  EXPECT_EQ(station.player.heard().size(), 3u);
  EXPECT_EQ(text(station.ledger.verdict_of(kSang + "4"), "start"), "2026-11-23T05:33:25.000+07:00")
      << "by the new time";
  EXPECT_THAT(station.violations(), IsEmpty());
}

TEST_F(ClockStep, BackOverAWholeSessionRepeatsNothing) {
  station.run_until(at("2026-11-23T06:00"));
  station.clock.step(-45min);
  station.run_until(at("2026-11-23T09:00"));
  EXPECT_EQ(station.player.heard().size(), 3u);
  EXPECT_THAT(station.violations(), IsEmpty());
}

TEST_F(ClockStep, SmallOnesLeaveTheSessionOnItsFrames) {
  station.run_until(at("2026-11-23T05:31:25"));
  station.clock.step(700ms);
  station.run_until(at("2026-11-23T06:00"));
  EXPECT_EQ(station.verdict(kSang + "3"), "aired/none");
  EXPECT_EQ(station.player.heard().size(), 3u);
  EXPECT_THAT(station.violations(), IsEmpty());
}

TEST_F(ClockStep, ABootBehindTheLastSignOfLifeRepeatsNothing) {
  station.run_until(at("2026-11-23T06:00"));
  station.cut_power();
  station.clock.step(-40min);
  station.boot();
  station.run_until(at("2026-11-23T12:00"));
  EXPECT_EQ(station.player.heard().size(), 5u) << "the morning once, noon once";
  EXPECT_THAT(station.violations(), IsEmpty());
}

TEST_F(ClockStep, AClockThatWasAheadAtTheFirstBootCostsNothingOnceItIsRight) {
  StationFixture ahead{at("2027-11-23T05:00")};
  loa::sim::write_commune(ahead);
  ahead.boot();
  ahead.run_for(2min);
  ahead.clock.step(-24h * 365);
  ahead.run_until(at("2026-11-23T12:00"));
  for (const auto* index : {"1", "2", "3", "4"}) EXPECT_EQ(ahead.verdict(kSang + index), "aired/none") << index;
  EXPECT_THAT(ahead.violations(), IsEmpty());
}

TEST(ClockSteps, AtAnyInstantLeaveEveryItemWithOneVerdict) {
  for (unsigned seed = 1; seed <= 150; seed += loa::sim::kSweep) {
    std::mt19937 random(seed);
    StationFixture station{at("2026-11-23T05:20")};
    station.player.idle_beat = 1900ms;
    loa::sim::write_commune(station, seed % 3 == 0 ? "start" : "join");
    station.boot();
    for (int i = 0; i < 6; ++i) {
      station.run_for(std::chrono::milliseconds(random() % 240'000));
      const auto size = std::chrono::milliseconds(random() % (random() % 2 == 0 ? 5'000 : 1'200'000));
      station.clock.step(random() % 2 == 0 ? size : -size);
    }
    station.run_for(6min);
    station.run_until(std::max(station.now(), at("2026-11-23T09:00")));
    ASSERT_THAT(station.violations(), IsEmpty()) << "seed " << seed;
  }
}

}  // namespace
