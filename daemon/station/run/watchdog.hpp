// Whether systemd may hear that the station lives. Knows the player's events; must not know systemd.
#pragma once

#include <chrono>

#include "daemon/station/seams.hpp"

namespace loa::station {

/// Main thread only. Fed by the run loop, so that a loop that hangs is noticed by itself.
class Watchdog {
 public:
  /// Longer than a player may take to open a hanging device, be replaced and wait its back-off (PlayerWatch): only when
  /// replacing it does not help is the whole station started again.
  static constexpr std::chrono::seconds kPatience{30};

  explicit Watchdog(Steady now) : last_sign_(now) {}
  /// A sign of life is whatever the player says, but a beat of an open device that takes no frames.
  void on(const wire::Event& event, Steady now);
  bool may_feed(Steady now) const { return now < last_sign_ + Steady(kPatience); }

 private:
  Steady last_sign_;
  std::int64_t taken_ = -1;
  bool open_ = false;
};

}  // namespace loa::station
