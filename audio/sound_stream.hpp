// A recording being decoded, by whatever decoder: frames until the end, then what is to be said of it.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "audio/sndfile.hpp"

namespace loa::audio {

/// Why a recording must not go on air. `code` is stable, "" = it may; `detail` is English for the log.
struct Refusal {
  std::string code;
  std::string detail;
  explicit operator bool() const { return !code.empty(); }
};

constexpr std::int64_t kLargestFile = std::int64_t{2} << 30;  // bytes
constexpr std::int64_t kLongestSeconds = 4 * 3600;
constexpr int kLowestRate = 8000;
constexpr int kHighestRate = 192000;
constexpr int kMostChannels = 8;

/// What is to be said of a recording that came to its end.
struct Verdict {
  Refusal refusal;             // it must not go on air
  Refusal warning;             // it plays, and somebody should listen to it
  std::vector<double> places;  // s from its start: where it is damaged
};

/// Read once from start to end, by one thread.
class SoundStream {
 public:
  virtual ~SoundStream() = default;
  /// Rate and channels stay the same to the end.
  virtual const SoundInfo& info() const = 0;
  /// The next frames, interleaved, valid until the next call; none at the end.
  virtual std::span<const float> next() = 0;
  /// Frames given out so far.
  virtual std::int64_t frames() const = 0;
  /// After the end.
  virtual Verdict judge() const = 0;
};

/// Opens a recording by its descriptor, which it borrows. Nothing when it is refused; `why` says so.
using OpenSound = std::function<std::unique_ptr<SoundStream>(int fd, Refusal& why)>;

/// Counts what is given out and looks whether it is sound: a number, at most 40 dB over full scale, at most 4 hours.
class SoundGuard {
 public:
  SoundGuard(int sample_rate, int channels) : sample_rate_(sample_rate), channels_(channels) {}
  void take(std::span<const float> samples);
  /// Nothing more is to be decoded.
  bool stopped() const { return bad_samples_ || too_long_; }
  std::int64_t frames() const { return frames_; }
  Refusal refusal() const;

 private:
  int sample_rate_;
  int channels_;
  std::int64_t frames_ = 0;
  bool bad_samples_ = false;
  bool too_long_ = false;
};

/// Of a recording whose rate or channels are beyond what is played.
Refusal format_refusal(const SoundInfo& info);
/// Of a file that is none, empty or too large.
Refusal file_refusal(int fd);

}  // namespace loa::audio
