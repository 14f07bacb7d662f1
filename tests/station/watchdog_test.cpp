// When systemd may hear that the station lives.
#include "daemon/station/run/watchdog.hpp"

#include <gtest/gtest.h>

namespace loa::station {
namespace {

using namespace std::chrono_literals;

wire::DeviceEvent device(const std::string& state) {
  wire::DeviceEvent event;
  event.state = state;
  return event;
}

wire::BeatEvent beat(std::int64_t taken) {
  wire::BeatEvent event;
  event.taken = taken;
  return event;
}

TEST(Watchdog, IsFedWhileTheDeviceTakesFrames) {
  Watchdog watchdog(0s);
  watchdog.on(device("open"), 1s);
  for (int second = 2; second < 100; ++second) {
    watchdog.on(beat(48'000 * second), Steady(std::chrono::seconds(second)));
    EXPECT_TRUE(watchdog.may_feed(Steady(std::chrono::seconds(second)))) << second;
  }
}

TEST(Watchdog, IsNotFedWhenAnOpenDeviceTakesNothingForTooLong) {
  Watchdog watchdog(0s);
  watchdog.on(device("open"), 1s);
  watchdog.on(beat(48'000), 2s);
  for (int second = 3; second < 40; ++second) watchdog.on(beat(48'000), Steady(std::chrono::seconds(second)));
  EXPECT_TRUE(watchdog.may_feed(31s));
  EXPECT_FALSE(watchdog.may_feed(32s));
}

TEST(Watchdog, AStationWithoutItsDeviceIsNotKilledForIt) {
  Watchdog watchdog(0s);
  watchdog.on(device("open"), 1s);
  watchdog.on(beat(48'000), 2s);
  watchdog.on(device("absent"), 3s);
  for (int second = 4; second < 100; ++second) watchdog.on(beat(48'000), Steady(std::chrono::seconds(second)));
  EXPECT_TRUE(watchdog.may_feed(99s));
}

TEST(Watchdog, ASilentPlayerIsNotFedFor) {
  EXPECT_TRUE(Watchdog(5s).may_feed(34s));
  EXPECT_FALSE(Watchdog(5s).may_feed(35s));
}

}  // namespace
}  // namespace loa::station
