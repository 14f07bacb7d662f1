// The whole way of sound without a device: cues and gate in, frames and what became of them out, as fast as the caller
// asks. Deterministic: time is the count of frames since `begins`.
#pragma once

#include <span>
#include <vector>

#include "audio/gate.hpp"
#include "audio/playout.hpp"

namespace loa::audio {

class Offline {
 public:
  Offline(Playout::Open open, int channels, Instant begins);

  /// Cues may be given at any time; one whose start has passed begins at the matching place.
  void play(const Cue& cue) { playout_.play(cue, next_, map_); }
  void cancel(const std::string& id, std::uint32_t attempt, Frames fade) { playout_.cancel(id, attempt, fade, next_); }
  /// Replaces what was permitted; closed `good_for` from now on, as before the first call.
  void permit(std::span<const Permitted> open, Frames good_for);

  void soften(std::vector<Soft> soft) { playout_.soften(std::move(soft)); }

  /// The next frames, interleaved.
  void render(std::span<float> out);
  /// The same course of events without samples: no master is read.
  void pass(Frames count);

  /// Of the next frame.
  Instant position() const { return to_instant(map_.wall_at(next_)); }
  std::vector<Happening> take_happenings() { return playout_.take_happenings(); }
  Playout::Sounding sounding() const { return last_sounding_; }

 private:
  void confirm(DeviceFrame end, const ClosedRanges& closed);

  Playout playout_;
  int channels_;
  FrameMap map_;
  DeviceFrame next_{};
  Gate gate_;
  GateShaper shaper_;
  Playout::Sounding last_sounding_;  // with the last frame given out
};

}  // namespace loa::audio
