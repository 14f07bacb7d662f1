// Whether what was meant to be heard left the device as silence, for which there is no reason. Knows frames, not why.
#pragma once

#include <deque>
#include <span>

#include "audio/frame_range.hpp"
#include "audio/tally.hpp"

namespace loa::audio {

/// One thread. Frames that the recording itself has silent are never meant, those that the gate or an underrun took
/// have their reason, softer is not silent: what is left is a fault of ours.
class SilenceWatch {
 public:
  /// A peak of the recording beyond which its frames are meant to be heard: -40 dBFS.
  static constexpr float kMeant = 1e-2F;
  /// A peak at the device beyond which something left it: -96 dBFS, below the last of 16 bits, and below what soft
  /// hours leave of kMeant.
  static constexpr float kAudible = 1.6e-5F;
  static constexpr Frames kSilent{3 * kRate};
  /// So much of them must have been meant: a click and a pause are no sound.
  static constexpr Frames kLeast{kRate / 2};

  static bool audible(std::span<const float> samples, float limit) noexcept;

  /// Rendered, with sound in it. In order.
  void meant(FrameRange range);
  /// From `to` on it will be rendered anew.
  void rewind(DeviceFrame to);
  /// The device has taken everything before `until`; `lost` is sorted; before `heard`, and at most a buffer earlier,
  /// something audible left it last.
  void take(DeviceFrame until, std::span<const LostFrames> lost, DeviceFrame heard);
  /// How long sound has been missing, from kSilent on; else nothing.
  Frames silent() const;

 private:
  void miss(FrameRange range, std::span<const LostFrames> lost);

  std::deque<FrameRange> meant_;
  FrameRange missing_;  // from its first frame to its last
  Frames count_{0};     // of the frames between that were meant
};

}  // namespace loa::audio
