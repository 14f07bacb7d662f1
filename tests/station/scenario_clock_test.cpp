// A wall clock that is set while the station runs: nothing sounds twice, nothing is without a verdict.
#include <gmock/gmock.h>

#include <algorithm>
#include <array>
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

/// When the clock was set, by a clock that nobody sets, and to what.
struct Step {
  loa::sim::Steady when;
  loa::sim::Instant to;
};

/// A year at most once: after a jump no more than 366 days are looked through (docs/clock.md).
std::chrono::nanoseconds any_step(std::mt19937& random, bool& year) {
  static constexpr std::array<std::chrono::milliseconds, 9> sizes{100ms, 300ms, 1s,  1900ms,   2100ms,
                                                                  1min,  1h,    24h, 24h * 360};
  const auto which = random() % (year ? sizes.size() - 1 : sizes.size());
  year = year || which == sizes.size() - 1;
  const auto size = sizes.at(which) + std::chrono::milliseconds(random() % 40);
  return random() % 2 == 0 ? size : -size;
}

/// Just before a session (within 2 s, within 10 s), or anywhere.
void run_to_somewhere(StationFixture& station, std::mt19937& random) {
  const auto day = std::chrono::floor<std::chrono::days>(station.now());
  const auto morning = std::chrono::time_point_cast<loa::sim::Frames>(day) + 24h + 5h + 30min - 7h;
  const auto before = std::chrono::milliseconds(random() % (random() % 2 == 0 ? 2'000 : 10'000));
  if (random() % 3 != 0 && morning - station.now() < 30h) return station.run_until(morning - before);
  station.run_for(std::chrono::milliseconds(random() % 900'000));
}

/// But for items that were aired by a time that has yet to come: the oracle asks the plan for three days from now on.
std::vector<std::string> violations_of(const StationFixture& station) {
  const std::string unplanned = "item row without a plan: xa/";
  auto found = station.violations();
  std::erase_if(found, [&](const std::string& one) {
    return one.starts_with(unplanned) && at(one.substr(unplanned.size(), 10) + "T00:00:00") > station.now() + 48h;
  });
  return found;
}

/// Of each session that begins after a step, and not nearer to it than what the clock still says by then.
/// How many those were.
int expect_starts_on_time(const StationFixture& station, const std::vector<Step>& steps, unsigned seed) {
  int starts = 0;
  for (const auto& heard : station.player.heard()) {
    if (!heard.id.ends_with("/1") || heard.from != loa::sim::Frames{0}) continue;
    const auto planned = at(heard.id.substr(3, 13) + ":" + heard.id.substr(16, 2));
    const auto near = std::find_if(steps.begin(), steps.end(), [&](const Step& step) {
      return std::chrono::abs(heard.since - step.when) < 2s || std::chrono::abs(planned - step.to) < 2s;
    });
    if (near != steps.end()) continue;
    EXPECT_LE(std::chrono::abs(heard.at - planned), 50ms) << heard.id << " seed " << seed;
    ++starts;
  }
  return starts;
}

TEST(ClockSteps, AThousandOfAllSizesLeaveOneVerdictEachAndNothingSoundsTwiceOrOffItsTime) {
  constexpr int kEvery = loa::sim::kSweep * loa::sim::kSweep;
  int noticed = 0, starts = 0;
  for (unsigned seed = 1; seed <= 90; seed += kEvery) {
    std::mt19937 random(seed);
    StationFixture station{at("2026-11-23T05:20") + std::chrono::hours(24 * (random() % 400))};
    station.player.idle_beat = 1900ms;
    loa::sim::write_commune(station);
    station.boot();
    std::vector<Step> steps;
    bool year = seed % 5 != 0;  // rows of a year take their time
    for (int i = 0; i < 12; ++i) {
      run_to_somewhere(station, random);
      station.clock.step(any_step(random, year));
      steps.push_back({station.clock.steady(), station.now()});
    }
    station.run_for(6min);
    station.run_until(station.now() + 24h);
    const auto day = std::chrono::floor<std::chrono::days>(station.now());
    station.run_until(std::chrono::time_point_cast<loa::sim::Frames>(day) + 26h);  // 09:00 there: no session is near
    std::string made_so;
    for (const auto& row : station.ledger.of_kind("clock")) made_so += text(row, "at") + " " + text(row, "note") + "; ";
    ASSERT_THAT(violations_of(station), IsEmpty()) << "seed " << seed << ": " << made_so;
    noticed += static_cast<int>(station.ledger.of_kind("clock").size());
    starts += expect_starts_on_time(station, steps, seed);
  }
  EXPECT_GE(noticed, 400 / kEvery);
  EXPECT_GE(starts, 240 / kEvery);
}

TEST_F(ClockStep, JustBeforeASessionMovesItToTheRightTime) {
  for (const auto by : {-100ms, 100ms, -1000ms, 1000ms, -1900ms}) {
    StationFixture one{at("2026-11-23T05:20")};
    loa::sim::write_commune(one);
    one.boot();
    one.run_until(at("2026-11-23T05:29:58.500"));
    one.clock.step(by);
    one.run_until(at("2026-11-23T06:00"));
    EXPECT_EQ(text(one.ledger.verdict_of(kSang + "1"), "start").substr(0, 21), "2026-11-23T05:30:00.0") << by.count();
    for (const auto* index : {"1", "2", "3", "4"}) EXPECT_EQ(one.verdict(kSang + index), "aired/none") << by.count();
    EXPECT_EQ(one.ledger.of_kind("clock").size(), 1u) << "noticed";
    EXPECT_THAT(one.violations(), IsEmpty());
  }
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
