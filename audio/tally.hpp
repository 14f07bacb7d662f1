// What of each cue really went out as sound: runs as rendered, less what was lost on the way. Knows no time, no files,
// no samples.
#pragma once

#include <array>
#include <deque>
#include <map>
#include <optional>
#include <span>
#include <vector>

#include "audio/frame_range.hpp"
#include "audio/timeline.hpp"

namespace loa::audio {

enum class Loss : std::uint8_t {
  gate,        // silenced by the gate
  underrun,    // the device asked before it was rendered
  unreadable,  // the master gave nothing
};
inline constexpr std::size_t kLosses = 3;

/// Frames that the device took as silence although something else may have been meant.
struct LostFrames {
  FrameRange range;
  Loss why = Loss::gate;
  bool operator==(const LostFrames&) const = default;
};

class Tally {
 public:
  struct Account {
    std::optional<DeviceFrame> first;  // its first frame that sounded
    DeviceFrame last{};                // one past its last frame that sounded
    Frames played{0};
    std::array<Frames, kLosses> lost{};
    Frames lost_by(Loss why) const { return lost[static_cast<std::size_t>(why)]; }
  };

  /// Rendered; the last `lacking` frames of it are silence, and why. Runs come in order.
  void give(const Run& run, Frames lacking, Loss why = Loss::unreadable);
  /// What was given from `to` on will not be taken: it is rendered anew.
  void rewind(DeviceFrame to);
  /// The device has taken everything before `until`. `lost` is sorted and without overlap. Returns the cues whose first
  /// frame was among it.
  std::vector<CueKey> take(DeviceFrame until, std::span<const LostFrames> lost);
  /// All zero for a cue of which nothing was taken.
  Account account(CueKey cue) const;
  void forget(CueKey cue) { accounts_.erase(cue); }
  /// Whether some of what was given of it is not yet taken.
  bool outstanding(CueKey cue) const;
  /// What the device takes at frame `at`, of what was given and not yet taken.
  std::optional<CueKey> sounding(DeviceFrame at) const;

 private:
  struct Given {
    CueKey cue = 0;
    FrameRange range;
    std::optional<Loss> lost{};  // nothing: it is sound
  };
  void count(const Given& given, std::span<const LostFrames> lost);
  static void sound(Account& account, FrameRange range);

  std::deque<Given> given_;
  std::map<CueKey, Account> accounts_;
};

}  // namespace loa::audio
