// The player of `render`: the same engine as the player's, driven by the caller instead of a sound card. Time is the
// count of frames rendered.
#pragma once

#include <span>
#include <vector>

#include "audio/offline.hpp"
#include "daemon/station/seams.hpp"

namespace loa::station {

/// Wall and steady time move only when frames were rendered.
class RenderClock final : public Clock {
 public:
  explicit RenderClock(Instant begins) : now_(begins) {}
  std::chrono::sys_time<std::chrono::nanoseconds> wall() const override {
    return std::chrono::ceil<std::chrono::nanoseconds>(now_);
  }
  Steady steady() const override { return wall().time_since_epoch(); }
  Trust trust() const override { return Trust::virtual_; }
  void set(Instant now) { now_ = now; }

 private:
  Instant now_;
};

class RenderPlayer final : public PlayerLink {
 public:
  RenderPlayer(int channels, Instant begins);

  void send(const wire::Order& order) override;
  void restart() override {}

  /// The next frames, interleaved.
  void render(std::span<float> out) { engine_.render(out); }
  Instant position() const { return engine_.position(); }
  /// What a player would have told since the last call, a beat last.
  std::vector<wire::Event> take_events();

 private:
  audio::Offline engine_;
  Instant begins_;
  bool told_device_ = false;
};

}  // namespace loa::station
