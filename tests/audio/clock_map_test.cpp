// The line between frames and wall time against simulated devices whose truth is known.
#include "audio/clock_map.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <random>

#include "tests/audio/counted.hpp"

namespace {

using namespace loa::audio;
using test::frame;
using namespace std::chrono_literals;
using std::chrono::nanoseconds;

constexpr Wall kBegins = Wall{1'794'000'000s};

/// A device of known truth: frame f is heard at kBegins + f / 48000 (1 + ppm) + step.
struct WatchedCard {
  double ppm = 0;
  std::int64_t period = 256;
  int burst = 1;  // callbacks that come at once, as when fewer frames are asked than the server's period
  nanoseconds lead = 20ms;
  bool honest_lead = true;  // the lead is counted from when the callback really ran
  std::function<nanoseconds()> lateness = [] { return 0ns; };
  nanoseconds step = 0ns;
  std::int64_t next = 0;
  std::int64_t callbacks = 0;

  Wall heard(std::int64_t at) const {
    return kBegins + step + nanoseconds{std::llround(static_cast<double>(at) * 1e9 / 48000.0 * (1 + ppm * 1e-6))};
  }
  Stamp stamp() {
    const auto cycle = next - (callbacks % burst) * period;
    const auto due = heard(cycle) - lead;
    const auto wall = due + lateness();
    const auto said = honest_lead ? heard(next) - wall : lead;
    const Stamp made{frame(next), Frames{period}, {wall, said}};
    next += period;
    ++callbacks;
    return made;
  }
  void run(ClockMap& map, std::chrono::milliseconds length) {
    for (const auto end = next + length.count() * 48; next < end;) map.add(stamp());
  }
};

nanoseconds error_ahead(const ClockMap& map, const WatchedCard& card, std::int64_t ahead) {
  return map.map()->wall_at(frame(card.next + ahead)) - card.heard(card.next + ahead);
}

TEST(ClockMap, KnowsNothingBeforeTheFirstStamp) {
  ClockMap map(0ns);
  EXPECT_FALSE(map.map());
  WatchedCard card;
  map.add(card.stamp());
  ASSERT_TRUE(map.map());
  EXPECT_EQ(map.map()->wall_at(frame(0)), kBegins);
}

TEST(ClockMap, FindsTheTruthOfAnyDeviceWithinAnEighthOfAMillisecondThreeSecondsAhead) {
  std::mt19937 random(7);
  std::exponential_distribution<double> late(1.0 / 100'000);  // 0.1 ms on average, at times a millisecond
  std::normal_distribution<double> noise(0, 100'000);
  const auto mostly_late = [&] { return nanoseconds{std::llround(late(random))}; };
  const auto either_way = [&] { return nanoseconds{std::llround(noise(random))}; };
  int count = 0;
  const auto stalls = [&] { return ++count % 50 > 46 ? 40ms : 0ms; };
  struct Case {
    const char* why;
    WatchedCard card;
  };
  std::vector<Case> cases;
  for (const double ppm : {-200.0, 0.0, 200.0}) {
    cases.push_back({"a perfect one", {.ppm = ppm}});
    cases.push_back({"large periods", {.ppm = ppm, .period = 4096}});
    cases.push_back({"bursts of four, told by the lead", {.ppm = ppm, .burst = 4}});
    cases.push_back({"late callbacks, told by the lead", {.ppm = ppm, .lateness = mostly_late}});
    cases.push_back(
        {"late callbacks that the lead does not tell", {.ppm = ppm, .honest_lead = false, .lateness = mostly_late}});
    cases.push_back({"noise", {.ppm = ppm, .honest_lead = false, .lateness = either_way}});
    cases.push_back({"stalls of 40 ms", {.ppm = ppm, .honest_lead = false, .lateness = stalls}});
  }
  for (auto& [why, card] : cases) {
    ClockMap map(0ns);
    card.run(map, 20s);
    EXPECT_LT(std::chrono::abs(error_ahead(map, card, 3 * 48000)), 125us) << why << " at " << card.ppm << " ppm";
    EXPECT_EQ(map.steps(), 0) << why;
  }
}

TEST(ClockMap, IsUsableAfterATenthOfASecond) {
  WatchedCard card{.ppm = 50};
  ClockMap map(0ns);
  card.run(map, 100ms);
  EXPECT_LT(std::chrono::abs(error_ahead(map, card, 48000)), 125us);
}

TEST(ClockMap, AStepOfTheWallClockIsFollowedWithinAQuarterSecond) {
  for (const nanoseconds step :
       {nanoseconds{20ms}, nanoseconds{-20ms}, nanoseconds{1h}, nanoseconds{-1h}, nanoseconds{24h * 365 * 72}}) {
    WatchedCard card{.ppm = 20};
    ClockMap map(0ns);
    card.run(map, 20s);
    card.step = step;
    card.run(map, 250ms);
    EXPECT_EQ(map.steps(), 1) << step.count();
    EXPECT_LT(std::chrono::abs(error_ahead(map, card, 48000)), 125us) << step.count();
    card.run(map, 20s);
    EXPECT_EQ(map.steps(), 1) << step.count();
    EXPECT_LT(std::chrono::abs(error_ahead(map, card, 48000)), 125us) << step.count();
  }
}

TEST(ClockMap, AClockThatIsSlewedFastIsFollowed) {
  // chrony's default is to take an offset away at up to 8.3 %; other daemons stay below 0.05 %.
  for (const double slew : {0.083, -0.083, 0.04, 0.01}) {
    WatchedCard card{.ppm = 20};
    ClockMap map(0ns);
    card.run(map, 20s);
    for (int i = 0; i < 400; ++i) {  // 10 s
      card.step += nanoseconds{std::llround(slew * 25e6)};
      card.run(map, 25ms);
      ASSERT_LT(std::chrono::abs(error_ahead(map, card, 0)), 30ms) << slew << ' ' << i;
    }
    card.run(map, 20s);
    EXPECT_LT(std::chrono::abs(error_ahead(map, card, 48000)), 125us) << slew;
  }
}

TEST(ClockMap, AStallIsNoStep) {
  WatchedCard card;
  card.honest_lead = false;
  ClockMap map(0ns);
  card.run(map, 5s);
  int left = 100;  // the machine hangs for half a second, then all callbacks come at once, each late by less
  card.lateness = [&] { return left > 0 ? nanoseconds{left-- * 5ms} : 0ns; };
  card.run(map, 5s);
  EXPECT_EQ(map.steps(), 0);
  EXPECT_LT(std::chrono::abs(error_ahead(map, card, 48000)), 125us);
}

TEST(ClockMap, TheCorrectionMovesTheSoundLater) {
  WatchedCard card;
  ClockMap map(5ms);
  card.run(map, 1s);
  EXPECT_EQ(map.map()->wall_at(frame(0)), kBegins + 5ms);
  const auto instant = to_instant(kBegins + 1s);
  EXPECT_EQ(map.map()->frame_at(instant), frame(48000 - 240)) << "so what is due is given earlier";
}

TEST(FrameMap, FramesAndInstantsAreEachOthersInverse) {
  for (const double ppm : {-200.0, 0.0, 200.0}) {
    const FrameMap map{frame(1234), kBegins, ppm};
    for (const std::int64_t at : {0LL, 1LL, 1234LL, 48000LL, 48000LL * 86400 * 31 + 1}) {
      EXPECT_EQ(map.frame_at(to_instant(map.wall_at(frame(at)))), frame(at));
    }
  }
}

TEST(Frames, AnInstantComesBackFromNanosecondsAlsoInDistantYears) {
  for (const std::int64_t at : {0LL, 1LL, 2LL, 48000LL * 1'794'000'000 + 1, 48000LL * 4'070'908'800 + 47'999}) {
    EXPECT_EQ(to_instant(to_wall(Instant{Frames{at}})), Instant{Frames{at}});
  }
  EXPECT_EQ(to_wall(Instant{Frames{48000LL * 4'070'908'800}}), Wall{4'070'908'800s}) << "2099, after a dead battery";
}

}  // namespace
