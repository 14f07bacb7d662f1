// Power that fails at any instant: what was due meanwhile gets its verdict at the next boot, once, and what still runs
// is taken up as its `late` says.
#include <gmock/gmock.h>

#include <random>

#include "tests/support/scenario_station.hpp"

namespace {

using namespace std::chrono_literals;
using loa::sim::at;
using loa::sim::kSang;
using loa::sim::number;
using loa::sim::StationFixture;
using loa::sim::text;
using testing::IsEmpty;

/// Off from `off` to `on` on the morning of the 23rd, then on until noon.
void morning_without_power(StationFixture& station, const char* off, const char* on) {
  station.boot();
  station.run_until(at(off));
  station.cut_power();
  station.run_until(at(on));
  station.boot();
  station.run_until(at("2026-11-23T10:00"));
}

TEST(Power, WhatWasDueMeanwhileIsMissedAndWhatWasCutIsPartial) {
  StationFixture station{at("2026-11-23T04:00")};
  loa::sim::write_commune(station);
  morning_without_power(station, "2026-11-23T05:32:00", "2026-11-23T08:00:00");
  EXPECT_EQ(station.verdict(kSang + "1"), "aired/none");
  EXPECT_EQ(station.verdict(kSang + "2"), "aired/none");
  EXPECT_EQ(station.verdict(kSang + "3"), "partial/power");
  EXPECT_EQ(station.verdict(kSang + "4"), "missed/power");
  const auto cut = station.ledger.verdict_of(kSang + "3");
  EXPECT_NEAR(static_cast<double>(number(cut, "frames_played")) / 48000, 94, 2.3) << "the last durably known count";
  EXPECT_EQ(text(cut, "start"), "2026-11-23T05:30:25.000+07:00");
  EXPECT_THAT(station.violations(), IsEmpty());
}

TEST(Power, JoinGoesOnWhereTheProgrammeWouldBe) {
  StationFixture station{at("2026-11-23T04:00")};
  loa::sim::write_commune(station);
  morning_without_power(station, "2026-11-23T05:31:25", "2026-11-23T05:32:25");
  const auto joined = station.ledger.verdict_of(kSang + "3");
  EXPECT_EQ(station.verdict(kSang + "3"), "partial/power");
  // One minute before the cut (known to 2 s), one minute after it, less the player's start.
  EXPECT_NEAR(static_cast<double>(number(joined, "frames_played")) / 48000, 120, 2.8);
  EXPECT_EQ(station.verdict(kSang + "4"), "aired/none");
  EXPECT_THAT(station.violations(), IsEmpty());
}

TEST(Power, JoinFromTheBeginningOfTheSlotMissesWhatHasPassed) {
  StationFixture station{at("2026-11-23T05:00")};
  loa::sim::write_commune(station);
  station.boot();
  station.run_for(1min);
  station.cut_power();
  station.run_until(at("2026-11-23T05:34:00"));
  station.boot();
  station.run_until(at("2026-11-23T10:00"));
  EXPECT_EQ(station.verdict(kSang + "1"), "missed/power");
  EXPECT_EQ(station.verdict(kSang + "3"), "missed/power");
  EXPECT_EQ(station.verdict(kSang + "4"), "partial/power");
  EXPECT_NEAR(static_cast<double>(number(station.ledger.verdict_of(kSang + "4"), "start_error_ms")), 0, 1)
      << "against the frame joined at";
  EXPECT_THAT(station.violations(), IsEmpty());
}

TEST(Power, StartBeginsLateWithinItsGraceAndTheSlotsEndStands) {
  StationFixture station{at("2026-11-23T05:00")};
  loa::sim::write_commune(station, "start");
  station.boot();
  station.run_for(1min);
  station.cut_power();
  station.run_until(at("2026-11-23T05:34:00"));
  station.boot();
  station.run_until(at("2026-11-23T10:00"));
  EXPECT_EQ(station.verdict(kSang + "1"), "late/power");
  EXPECT_EQ(station.verdict(kSang + "3"), "late/power");
  EXPECT_EQ(station.verdict(kSang + "4"), "late/power");
  EXPECT_NEAR(static_cast<double>(number(station.ledger.verdict_of(kSang + "1"), "start_error_ms")), 240'000, 2000);
  EXPECT_THAT(station.violations(), IsEmpty());
}

/// Start rows are written some seconds ahead: power that fails in between costs nothing of the session.
TEST(Power, StartBeginsWithWhatHadItsStartRowButDidNotSound) {
  for (const auto* off : {"2026-11-23T05:29:57", "2026-11-23T05:30:00.700"}) {
    StationFixture station{at("2026-11-23T05:00")};
    loa::sim::write_commune(station, "start");
    station.boot();
    station.run_until(at(off));
    station.cut_power();
    EXPECT_EQ(station.ledger.of_kind("start").size(), 1u) << "the premise";
    station.run_until(at("2026-11-23T05:31:00"));
    station.boot();
    station.run_until(at("2026-11-23T10:00"));
    const bool sounded = std::string_view(off) > "2026-11-23T05:30";
    EXPECT_EQ(station.verdict(kSang + "1"), sounded ? "missed/power" : "late/power") << off;
    EXPECT_EQ(station.verdict(kSang + "3"), "late/power") << off;
    EXPECT_THAT(station.violations(), IsEmpty());
  }
}

TEST(Power, StartBeyondItsGraceIsMissed) {
  StationFixture station{at("2026-11-23T05:00")};
  loa::sim::write_commune(station, "start");
  station.boot();
  station.run_for(1min);
  station.cut_power();
  station.run_until(at("2026-11-23T05:36:00"));
  station.boot();
  station.run_until(at("2026-11-23T10:00"));
  for (const auto* index : {"1", "2", "3", "4"}) EXPECT_EQ(station.verdict(kSang + index), "missed/power") << index;
  EXPECT_THAT(station.player.heard(), IsEmpty());
  EXPECT_THAT(station.violations(), IsEmpty());
}

TEST(Power, SkipLeavesOutASessionThatHasBegun) {
  StationFixture station{at("2026-11-23T05:00")};
  loa::sim::write_commune(station, "skip");
  station.boot();
  station.run_for(1min);
  station.cut_power();
  station.run_until(at("2026-11-23T05:30:10"));
  station.boot();
  station.run_until(at("2026-11-23T12:00"));
  EXPECT_EQ(station.verdict(kSang + "4"), "missed/power");
  EXPECT_EQ(station.verdict("xa/2026-11-23T1130/trua/1"), "aired/none");
  EXPECT_THAT(station.violations(), IsEmpty());
}

TEST(Power, TheVeryFirstStartInsideASlotFollowsItsLateRule) {
  StationFixture station{at("2026-11-23T05:34:00")};
  loa::sim::write_commune(station);
  station.boot();
  station.run_until(at("2026-11-23T10:00"));
  EXPECT_EQ(station.verdict(kSang + "1"), "missed/power");
  EXPECT_EQ(station.verdict(kSang + "4"), "partial/power");
  EXPECT_EQ(station.ledger.of_kind("item").size(), 4u) << "yesterday is nobody's debt";
  EXPECT_THAT(station.violations(), IsEmpty());
}

TEST(Power, MonthsWithoutPowerAreClosedUnderThePlanOfThatTime) {
  StationFixture station{at("2026-11-23T04:00")};
  loa::sim::write_commune(station);
  station.boot();
  station.run_for(1min);
  station.cut_power();
  // Meanwhile the operator throws everything away.
  station.write(
      "articles: {nhac-hieu: {title: Nhạc, clip: nhac.wav}}\n"
      "programmes: {toi: {title: Tối, at: \"19:00\", items: [nhac-hieu]}}\n");
  station.run_until(at("2027-02-23T04:00"));
  station.boot();
  station.run_for(1min);
  EXPECT_EQ(station.ledger.of_kind("item").size(), 92u * 9u);
  EXPECT_EQ(station.verdict("xa/2027-02-22T1700/chieu/3"), "missed/power");
  EXPECT_THAT(station.violations(), IsEmpty());
}

/// A day with `cuts` power cuts at random instants; each time the machine is away for up to an hour.
void day_of_power_cuts(StationFixture& station, unsigned seed, int cuts) {
  std::mt19937 random(seed);
  const auto between = [&](std::int64_t from, std::int64_t to) {
    return std::chrono::milliseconds(std::uniform_int_distribution<std::int64_t>(from, to)(random));
  };
  station.boot();
  for (int i = 0; i < cuts && station.now() < at("2026-11-23T06:00"); ++i) {
    station.run_for(between(0, 240'000));
    if (between(0, 3) == 0ms) {
      // In the middle of something: after a few more things that happen.
      for (int events = static_cast<int>(between(0, 20).count()); events > 0; --events) {
        station.run_once(station.clock.steady() + 1s);
      }
    }
    station.cut_power();
    station.run_for(between(0, between(0, 1) == 0ms ? 5'000 : 600'000));
    station.boot();
  }
  station.run_until(std::max(at("2026-11-23T09:00"), station.now()));
}

class PowerCuts : public testing::TestWithParam<std::tuple<std::string, unsigned>> {};

TEST_P(PowerCuts, AtAnyInstantLeaveEveryItemWithOneVerdict) {
  const auto [late, first] = GetParam();
  for (unsigned seed = first; seed < first + 30; seed += loa::sim::kSweep) {
    StationFixture station{at("2026-11-23T05:26")};
    station.player.idle_beat = 1900ms;
    loa::sim::write_commune(station, late);
    day_of_power_cuts(station, seed, 12);
    ASSERT_THAT(station.violations(), IsEmpty()) << "seed " << seed;
  }
}

INSTANTIATE_TEST_SUITE_P(Late, PowerCuts,
                         testing::Combine(testing::Values(std::string("join"), std::string("start"),
                                                          std::string("skip")),
                                          testing::Values(1, 31, 61, 91)));

TEST(Power, KilledWhileItClosesWhatIsOwedItClosesTheRestNextTime) {
  for (int kept = 0; kept < 12; ++kept) {
    StationFixture station{at("2026-11-23T04:00")};
    loa::sim::write_commune(station);
    station.boot();
    station.run_for(1min);
    station.cut_power();
    station.run_until(at("2026-11-23T21:00"));
    const auto before = station.ledger.rows().size();
    station.boot();
    station.ledger.keep_only(before + static_cast<std::size_t>(kept));
    station.cut_power();
    station.boot();
    station.run_for(1min);
    ASSERT_THAT(station.violations(), IsEmpty()) << kept << " rows of the closing reached the disk";
    EXPECT_EQ(station.ledger.of_kind("item").size(), 9u);
  }
}

}  // namespace
