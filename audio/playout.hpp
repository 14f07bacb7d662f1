// The engine of playout, without threads and without a clock: cues in, frames out, and afterwards what became of them.
// The player's feeder and `render` drive the same one. It reads masters and knows nothing else of the world.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "audio/live_source.hpp"
#include "audio/master.hpp"
#include "audio/silence_watch.hpp"
#include "audio/softness.hpp"
#include "audio/tally.hpp"
#include "audio/timeline.hpp"

namespace loa::audio {

enum class End { whole, cut, cancelled, gate, underrun, unreadable };

/// The first frame of a cue went out. `at`: the instant at which it is heard; `error`: against the instant that the
/// plan gives to this frame, + late.
struct Started {
  std::string id;
  std::uint32_t attempt = 0;
  Instant at;
  std::chrono::nanoseconds error{0};
};
/// Nothing more of a cue will go out; comes exactly once for every cue, also for one that never sounded.
struct Ended {
  std::string id;
  std::uint32_t attempt = 0;
  Instant at;        // one past its last frame; when it never sounded: the instant it was given up
  Frames played{0};  // frames that really were sound
  End cause = End::whole;
  std::string note;  // English, for the log
};
using Happening = std::variant<Started, Ended>;

/// All calls from one thread. Frames are settled in order: `from` and `first` are never before what was confirmed.
class Playout {
 public:
  static constexpr Frames kChained{24'000};
  /// The fade with which what sounds makes room for a cue that begins at once.
  static constexpr Frames kRoom{2'400};
  /// What comes in within its sound (late, resumed, after frames that were lost) rises over so many frames: no click.
  static constexpr Frames kEntry{240};
  using Open = std::function<std::unique_ptr<MasterReader>(const std::string& path)>;

  Playout(Open open, int channels) : open_(std::move(open)), channels_(channels) {}

  /// `from`: the earliest frame that can still be rendered anew. Returns the first frame that this changes, when that
  /// is near (tied) already; nothing for a cue that is known or far away.
  std::optional<DeviceFrame> play(const Cue& cue, DeviceFrame from, const FrameMap& map);
  /// After a step of the clock, see Timeline; the first frame that is to be rendered anew, if any.
  std::optional<DeviceFrame> tie_anew(DeviceFrame from, const FrameMap& map) { return timeline_.tie_anew(from, map); }
  /// Whether a cancel would change anything before `until`.
  bool sounds_before(const std::string& id, std::uint32_t attempt, DeviceFrame until) const;
  void cancel(const std::string& id, std::uint32_t attempt, Frames fade, DeviceFrame from);
  void cancel_all(Frames fade, DeviceFrame from);

  /// Replaces the soft hours, for what is rendered from now on. False when they were the same.
  bool soften(std::vector<Soft> soft);

  /// Reads what live sources have, and begins those cues that wait for theirs; the first frame that this changes.
  std::optional<DeviceFrame> admit(DeviceFrame from, const FrameMap& map);
  /// How many of the `count` frames from `first` on need not wait for a live source.
  Frames ready(DeviceFrame first, Frames count, const FrameMap& map);
  /// A live source sounds, or waits to; `ahead`: frames that are rendered and not taken yet.
  bool live(Frames ahead);

  /// Fills `out` (interleaved) with the frames from `first` on; may read masters. `rights`: 1 for each frame that
  /// passes the gate, where it is asked for.
  void render(DeviceFrame first, std::span<float> out, const FrameMap& map, std::span<std::uint8_t> rights = {});
  /// As render, without making the samples: masters are not opened and count as readable.
  void pass(DeviceFrame first, Frames count, const FrameMap& map);
  /// What was rendered from `to` on is thrown away and will be rendered anew.
  void rewind(DeviceFrame to);

  /// The frame at which a gate's edge takes effect: that of the map, but within the planned time of a cue the frame
  /// that the cue's chain counts, as long as the two are within kChained. So what begins or ends with the permitted
  /// hours is not clipped by a few frames of drift.
  DeviceFrame edge(Instant instant, const FrameMap& map) const;

  /// The device has taken everything before `until`, of which `lost` (sorted, no overlap) was not sound.
  void confirm(DeviceFrame until, std::span<const LostFrames> lost, const FrameMap& map);
  /// As confirm(), before it: what can be heard left the device before `heard` last. How long sound has been missing.
  Frames listen(DeviceFrame until, std::span<const LostFrames> lost, DeviceFrame heard);
  std::vector<Happening> take_happenings() { return std::exchange(happenings_, {}); }

  struct Sounding {
    std::string id;
    std::uint32_t attempt = 0;
    Frames played{0};
  };
  /// What the device takes at frame `at`; an empty id when nothing.
  Sounding sounding(DeviceFrame at) const;
  bool idle() const { return timeline_.empty() && waiting_.empty(); }

 private:
  struct Deck {
    std::unique_ptr<MasterReader> master;
    std::unique_ptr<LiveSource> live;  // both null: cannot be opened
    std::string fault;
    std::optional<DeviceFrame> entered;  // came in here, within its sound
  };
  /// What was rendered last, and its end.
  struct Last {
    CueKey cue = 0;
    DeviceFrame end{};
  };

  /// A cue that begins as soon as its source has sound.
  struct Waiting {
    Cue cue;
    Deck deck;
  };

  Deck open_deck(const Cue& cue) const;
  void open_decks(DeviceFrame until);
  void poll();
  void enter(const Run& run);
  void rise(const Run& run, std::span<float> samples) const;
  /// Returns how many frames at the end of the run could not be read.
  Frames read(const Run& run, std::span<float> out);
  std::int64_t read_master(MasterReader& master, Frames source, std::span<float> out);
  using Dated = std::pair<DeviceFrame, Happening>;
  Dated start(CueKey key, const FrameMap& map) const;
  Dated finish(const Timeline::Finished& finished, DeviceFrame taken, const FrameMap& map);

  Open open_;
  int channels_;
  Timeline timeline_;
  std::vector<Soft> soft_;
  Tally tally_;
  SilenceWatch silence_;
  std::map<CueKey, Deck> decks_;
  std::vector<Waiting> waiting_;
  Last last_;
  std::vector<float> scratch_;
  std::vector<Happening> happenings_;
};

}  // namespace loa::audio
