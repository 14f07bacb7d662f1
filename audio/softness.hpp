// Soft hours: how much softer each frame is. Pure: the same frame has the same gain however often it is asked for.
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "audio/frame_range.hpp"
#include "audio/frames.hpp"

namespace loa::audio {

/// [from, until)
struct Soft {
  Instant from, until;
  double gain = 0;  // dB, at most 0
  bool operator==(const Soft&) const = default;
};

/// Within each stretch the whole gain; over a second before and after it the level changes evenly in dB, so that no
/// step is heard and the soft hours are as soft as they say. Where stretches overlap the softest counts.
class Softness {
 public:
  static constexpr Frames kRamp{48'000};

  struct Range {
    FrameRange range;
    double gain = 0;  // dB
  };
  /// Those of `soft` that change anything in [first, end). `frame_at` says which frame belongs to an instant.
  static Softness near(std::span<const Soft> soft, DeviceFrame first, DeviceFrame end,
                       const std::function<DeviceFrame(Instant)>& frame_at);

  /// dB at a frame.
  double at(DeviceFrame frame) const;
  /// Interleaved whole frames, the first of which is `first`.
  void apply(DeviceFrame first, std::span<float> samples, int channels) const;
  bool none() const { return ranges_.empty(); }

 private:
  std::vector<Range> ranges_;
};

}  // namespace loa::audio
