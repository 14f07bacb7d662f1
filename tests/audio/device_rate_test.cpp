// How fast a device takes frames, against made-up devices whose truth is known.
#include "audio/device_rate.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <random>

namespace {

using namespace loa::audio;
using namespace std::chrono_literals;
using std::chrono::nanoseconds;

/// Frame f is heard f / (48000 (1 + error)) s of the steady clock after the start, and later by what it has stalled.
struct RatedCard {
  double error = 0;
  std::int64_t period = 1024;
  int burst = 1;             // callbacks that come at once
  bool honest_lead = false;  // the lead is counted from when the callback really ran
  std::function<nanoseconds()> lateness = [] { return 0ns; };
  nanoseconds stalled = 0ns;
  nanoseconds wall_step = 0ns;
  std::int64_t next = 0, callbacks = 0;

  nanoseconds heard(std::int64_t frame) const {
    return 100s + stalled + nanoseconds{std::llround(static_cast<double>(frame) * 1e9 / (48000.0 * (1 + error)))};
  }
  Stamp stamp() {
    const auto cycle = next - (callbacks % burst) * period;
    const auto asked = heard(cycle) - 20ms + lateness();
    const auto lead = honest_lead ? heard(next) - asked : 20ms;
    const Stamp made{
        DeviceFrame{Frames{next}}, Frames{period}, {Wall{1'794'000'000s + asked + wall_step}, lead, asked}};
    next += period;
    ++callbacks;
    return made;
  }
  void run(DeviceRate& rate, std::chrono::milliseconds length) {
    for (const auto end = heard(next) + length; heard(next) < end;) rate.add(stamp());
  }
};

bool plausible(const DeviceRate& rate) {
  return std::abs(rate.error().value_or(0)) <= DeviceRate::kMostError;
}

TEST(DeviceRate, IsNotKnownAtOnce) {
  DeviceRate rate;
  RatedCard card;
  card.run(rate, 7s);
  EXPECT_FALSE(rate.error());
  card.run(rate, 3s);
  EXPECT_EQ(rate.error(), 0.0);
}

TEST(DeviceRate, OfADeviceAtAWrongSpeedIsFoundWithinTenSeconds) {
  for (const double error : {-0.5, -0.08125, -0.02, -0.006, 0.006, 0.02, 0.0884, 1.0}) {
    DeviceRate rate;
    RatedCard card{.error = error};
    card.run(rate, 10s);
    EXPECT_NEAR(rate.error().value(), error, 0.02 * std::abs(error)) << error;
    EXPECT_FALSE(plausible(rate)) << error;
  }
}

TEST(DeviceRate, OfADeviceThatBecomesSlowIsFoundWithinAQuarterMinute) {
  DeviceRate rate;
  RatedCard card;
  card.run(rate, 60s);
  ASSERT_TRUE(plausible(rate));
  RatedCard slow{.error = -0.02, .next = card.next};
  slow.stalled = card.heard(card.next) - slow.heard(slow.next);
  slow.run(rate, 15s);
  EXPECT_FALSE(plausible(rate)) << rate.error().value();
}

TEST(DeviceRate, AStepOfTheWallClockIsNoRate) {
  for (const nanoseconds step : {nanoseconds{1h}, nanoseconds{-1h}, nanoseconds{300ms}}) {
    DeviceRate rate;
    RatedCard card{.error = 20e-6};
    card.run(rate, 10s);
    for (int i = 0; i < 20; ++i) {
      card.wall_step += step;
      card.run(rate, 1s);
      EXPECT_TRUE(plausible(rate)) << step.count();
    }
  }
}

TEST(DeviceRate, NothingThatAnHonestDeviceDoesIsTakenForAWrongSpeed) {
  std::mt19937 random(7);
  std::exponential_distribution<double> late(1.0 / 5'000'000);
  std::normal_distribution<double> noise(0, 30'000'000);
  const auto mostly_late = [&] { return nanoseconds{std::llround(late(random))}; };
  const auto either_way = [&] { return nanoseconds{std::llround(noise(random))}; };
  int count = 0;
  const auto hangs = [&] { return ++count % 50 > 46 ? 40ms : 0ms; };
  struct Case {
    const char* why;
    RatedCard card;
  };
  std::vector<Case> cases;
  for (const double error : {-1e-3, 0.0, 1e-3}) {
    cases.push_back({"a perfect one", {.error = error}});
    cases.push_back({"large periods", {.error = error, .period = 8192}});
    cases.push_back({"bursts that the lead does not tell", {.error = error, .burst = 8}});
    cases.push_back({"bursts, told by the lead", {.error = error, .burst = 8, .honest_lead = true}});
    cases.push_back({"late callbacks, 5 ms on average", {.error = error, .lateness = mostly_late}});
    cases.push_back({"noise of 30 ms", {.error = error, .lateness = either_way}});
    cases.push_back({"hangs of 40 ms", {.error = error, .lateness = hangs}});
  }
  for (auto& [why, card] : cases) {
    DeviceRate rate;
    for (int second = 0; second < 120; ++second) {
      card.run(rate, 1s);
      ASSERT_TRUE(plausible(rate)) << why << ' ' << *rate.error() << " at " << card.error;
    }
  }
}

TEST(DeviceRate, StallsAndXrunsAreNoRate) {
  DeviceRate rate;
  RatedCard card;
  card.run(rate, 1s);
  card.stalled += 1900ms;  // a Pulse sink just opened
  for (int second = 0; second < 120; ++second) {
    card.run(rate, 1s);
    if (second % 5 == 4) card.stalled += second % 2 == 0 ? 1500ms : 60ms;
    ASSERT_TRUE(plausible(rate)) << *rate.error() << " after " << second;
  }
}

}  // namespace
