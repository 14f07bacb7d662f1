// A clock that stands still until it is moved; wall time can be set without steady time noticing.
#pragma once

#include "daemon/station/seams.hpp"

namespace loa::sim {

using station::Frames;
using station::Instant;
using station::Steady;
using Nanoseconds = std::chrono::nanoseconds;

class SimClock final : public station::Clock {
 public:
  explicit SimClock(Instant wall)
      : offset_(std::chrono::duration_cast<Nanoseconds>(wall.time_since_epoch()) - kBooted) {}

  std::chrono::sys_time<Nanoseconds> wall() const override {
    return std::chrono::sys_time<Nanoseconds>(offset_ + steady_);
  }
  Steady steady() const override { return steady_; }
  station::Trust trust() const override { return trust_; }

  void advance_to(Steady steady) { steady_ = std::max(steady_, steady); }
  void step(Nanoseconds by) { offset_ += by; }
  void trust(station::Trust trust) { trust_ = trust; }
  /// The steady time at which the wall shows `instant`, if nobody sets it.
  Steady when(Instant instant) const { return std::chrono::ceil<Nanoseconds>(instant.time_since_epoch()) - offset_; }

 private:
  static constexpr Steady kBooted = std::chrono::hours(1);

  Nanoseconds offset_;
  Steady steady_ = kBooted;
  station::Trust trust_ = station::Trust::virtual_;
};

}  // namespace loa::sim
