// Which cue sounds at which frame of the device: orders in, runs of frames out. Pure: no clock, no file, no samples but
// the gain of fades.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "audio/frame_map.hpp"
#include "audio/frame_range.hpp"

namespace loa::audio {

/// Sound `frames` of `master` from `offset`; the first frame belongs to the instant anchor + at. Idempotent by
/// (id, attempt).
struct Cue {
  std::string id;
  std::uint32_t attempt = 1;
  std::string master;
  Instant anchor;
  Frames at{0};
  Frames offset{0};
  Frames frames{0};
  Frames fade{0};           // fade-out that ends with the last of `frames`
  std::string live;         // a named pipe (LiveSource) instead of a master; `frames` is the most it may sound
  bool announce = false;    // its frames pass the gate
  bool at_once = false;     // live: begins as soon as its source has sound; nothing of it is left out
  bool keeps_time = false;  // live: LivePipe's
  double peak = -1;         // live: dBTP
  bool heeds_soft_hours = true;
};

/// The order in which cues came; never used again.
using CueKey = std::uint64_t;

/// One cue sounds from `first` for `count` frames, with its master's frames from `source` on.
struct Run {
  CueKey cue = 0;
  DeviceFrame first;
  Frames count{0};
  Frames source{0};
  DeviceFrame end() const { return first + count; }
  bool operator==(const Run&) const = default;
};

/// Anchors are tied to a frame once, kTieAhead before their first cue; from then on all cues of the anchor are counted
/// from that frame, whatever the wall clock does. A later start cuts an earlier sound for good; of equal starts the one
/// that came later stays. A cue whose start has passed begins at the matching place.
///
/// It does not remember what was rendered: after add and cancel, everything from their `from` on may be asked again.
class Timeline {
 public:
  static constexpr Frames kTieAhead{2 * 48000};

  enum class End { whole, cut, cancelled };
  struct Finished {
    CueKey key = 0;
    Cue cue;
    End end = End::whole;
  };

  /// Nothing when (id, attempt) is or was there already.
  std::optional<CueKey> add(const Cue& cue);
  /// Tied to `start`, whatever its anchor says.
  std::optional<CueKey> add_at(const Cue& cue, DeviceFrame start);
  bool knows(const std::string& id, std::uint32_t attempt) const { return known_.contains({id, attempt}); }
  /// What sounds at `from` ends with a fade; where it is over.
  DeviceFrame make_room(DeviceFrame from, Frames fade);
  /// Its source has no frame from `end` on. Nothing happens to one that is not tied, or was forgotten.
  void shorten(CueKey key, Frames end);
  /// Forgets it, or ends it with a fade that begins at `from`. False when there is none.
  bool cancel(const std::string& id, std::uint32_t attempt, Frames fade, DeviceFrame from);
  void cancel_all(Frames fade, DeviceFrame from);
  /// Ties the anchors whose first cue begins before `until` + kTieAhead.
  void tie(DeviceFrame until, const FrameMap& map);

  /// The clock stepped: anchors of which nothing begins before `from` are tied anew, unless their start is past by the
  /// new time: then it stays, late and whole. Returns the first frame that this changes.
  std::optional<DeviceFrame> tie_anew(DeviceFrame from, const FrameMap& map);

  /// In order, without overlap. Everything that begins before `until` must be tied.
  std::vector<Run> runs(DeviceFrame from, DeviceFrame until) const;
  /// Cues that are tied and begin before `until`, finished ones left out.
  std::vector<CueKey> beginning_before(DeviceFrame until) const;
  /// Applies the fades of the run's cue to its samples.
  void shape(const Run& run, std::span<float> samples, int channels) const;
  /// Removes and returns what sounds nothing from `taken` on, in the order of its end. One that is cut by an order that
  /// came late may have frames on their way still: `outstanding` says so, and it waits with those after it.
  std::vector<Finished> take_finished(DeviceFrame taken, const std::function<bool(CueKey)>& outstanding);

  /// Nothing while it is not tied, or unknown.
  std::optional<DeviceFrame> start(CueKey key) const;
  std::optional<DeviceFrame> start(const std::string& id, std::uint32_t attempt) const;
  /// The key must be there.
  const Cue& cue(CueKey key) const;
  /// The instant that the plan gives to frame `at` of a tied cue.
  Instant planned(CueKey key, DeviceFrame at) const;
  /// The frame of an instant that lies in the planned time of a tied cue (its end included), as the cue's chain counts
  /// it; nothing for other instants.
  std::optional<DeviceFrame> chained(Instant instant) const;
  bool empty() const { return waiting_.empty() && tied_.empty(); }

 private:
  struct Entry {
    CueKey key = 0;
    Cue cue;
    DeviceFrame start{};  // once tied
    std::vector<FrameRange>
        leaving;  // fades of what took it back; one that is in a hurry comes on top of the one before
  };
  using Tied = std::vector<Entry>;

  bool remember(const Cue& cue);
  void insert(Entry entry);
  void forget(Entry& entry);
  /// True when the entry had not begun and is to be erased.
  bool leave(Entry& entry, Frames fade, DeviceFrame from);
  bool begun(Instant anchor, DeviceFrame before) const;
  void tie_anchor(const Cue& first, DeviceFrame now, const FrameMap& map);
  static DeviceFrame left_by(const Entry& entry);
  DeviceFrame end_of(std::size_t index) const;
  const Entry* find(CueKey key) const;
  Tied::iterator find_tied(const std::string& id, std::uint32_t attempt);

  CueKey next_key_ = 1;
  std::multimap<Instant, Entry> waiting_;  // by planned start; their anchors are not tied
  Tied tied_;                              // by start, then key
  std::map<Instant, DeviceFrame> ties_;    // kept, so that the next cue of a session finds its anchor
  std::deque<Instant> tie_order_;
  std::set<Instant> begun_;  // of these
  std::set<std::pair<std::string, std::uint32_t>> known_;
  std::deque<std::pair<std::string, std::uint32_t>> known_order_;
  std::vector<Finished> forgotten_;  // cancelled before they began
};

}  // namespace loa::audio
