// Two clocks that part: frames of the one, re-timed by some parts in ten thousand so that they last as long as the
// other takes them. Pure signal processing.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "audio/frames.hpp"

namespace loa::audio {

/// Holds a distance between writer and reader: what is ahead in the first seconds is the mark, and a slow control turns
/// the rate by at most kMost. Interpolates by cubics (Catmull-Rom): for speech out of horns, not for mastering.
class Drift {
 public:
  static constexpr double kMost = 0.004;
  explicit Drift(int channels);

  /// What comes out for `samples`; valid until the next call.
  std::span<const float> add(std::span<const float> samples);
  /// What is ahead now, each time the reader looks.
  void pace(Frames ahead);
  /// Frames that go in for each that comes out, less 1.
  double rate() const { return rate_; }

 private:
  std::size_t width_;
  std::vector<float> past_;  // four frames, interleaved
  std::size_t filled_ = 0;
  double at_ = 0;  // between the second and the third of them
  double rate_ = 0;
  double level_ = 0;  // of what is ahead, smoothed
  double mark_ = 0;
  std::int64_t looks_ = 0;
  std::vector<float> out_;
};

}  // namespace loa::audio
