// Sound that is being made while it plays: 48 kHz float PCM out of a named pipe that another process writes, levelled
// by a look-ahead true-peak limiter. Never waits. Knows no cue and no time.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "audio/drift.hpp"
#include "audio/frame_range.hpp"
#include "audio/limiter.hpp"

namespace loa::audio {

/// How a live source is read.
struct LivePipe {
  std::string path;         // of the named pipe; interleaved native floats, frames of as many samples as channels
  double peak = -1;         // dBTP never exceeded
  bool keeps_time = false;  // its frames come at the rate of a clock of their own: an input, a network stream
};

/// The feeder's. Frames that are given out stay for a while, because a feeder renders anew what an order changed.
class LiveSource {
 public:
  /// So much must be there before it begins.
  static constexpr Frames kPrimed{1'920};
  /// What waits unread of a source that waits for us; and what may be asked again.
  static constexpr Frames kMostAhead{48'000}, kKept{72'000};
  static constexpr Frames kEdge{240};

  /// Nothing when there is no such pipe.
  static std::unique_ptr<LiveSource> open(const LivePipe& pipe, int channels);
  ~LiveSource();
  LiveSource(const LiveSource&) = delete;
  LiveSource& operator=(const LiveSource&) = delete;

  /// Reads what has come.
  void poll();
  /// It may begin.
  bool primed() const { return ended_ || end_ - furthest_ >= kPrimed.count(); }
  bool keeps_time() const { return drift_ != nullptr; }

  // `source` counts as the cue does that it sounds in, `first` is the device frame that belongs to it. The first one
  // asked for is the source's first.

  /// How many frames from there on can be given now; without a bound once the source has ended.
  Frames ready(DeviceFrame first, Frames source) const;
  /// Fills `out`; returns how many frames there were. Those that had not come yet are silence, and come later instead:
  /// what was heard last dies away within kEdge, what comes then rises over it, so that neither is a click.
  Frames read(DeviceFrame first, Frames source, std::span<float> out);
  /// What was read from `to` on will be read anew.
  void rewind(DeviceFrame to);
  /// Once it has ended: one past its last frame, counted as the cue does.
  std::optional<Frames> length() const;
  /// `ahead`: frames that have come and were not taken by the device. Keeps that steady where two clocks part, from
  /// its first frame on.
  void pace(Frames ahead);

 private:
  struct Lack {
    DeviceFrame first;
    Frames count{0};
    std::vector<float> last;  // the frame that was heard before it
    DeviceFrame end() const { return first + count; }
  };

  LiveSource(int fd, const LivePipe& pipe, int channels);
  std::int64_t index_of(DeviceFrame first, Frames source) const;
  Frames lacked_before(DeviceFrame first) const;
  void lack(DeviceFrame first, Frames count, std::int64_t index);
  void shape(DeviceFrame first, std::span<float> out) const;
  bool read_some();
  void take(std::span<const char> bytes);
  void keep(std::span<const float> samples);
  void end();

  int fd_;
  std::size_t width_;
  Limiter limiter_;
  std::unique_ptr<Drift> drift_;
  std::vector<char> torn_;      // a frame that has come in part
  std::vector<float> samples_;  // frames [begin_, end_)
  std::int64_t begin_ = 0, end_ = 0;
  std::int64_t furthest_ = 0;  // one past the last frame that was given out
  std::optional<Frames> base_;
  std::deque<Lack> lacks_;
  Frames forgotten_{0};  // lacks that can no longer be rewound
  bool ended_ = false;
};

}  // namespace loa::audio
