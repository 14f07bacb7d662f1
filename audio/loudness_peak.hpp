// Peaks between the samples, as ITU-R BS.1770-4, annex 2 finds them: 4 times oversampled by a short windowed sinc.
// Pure; shared by the meter and the limiter.
#pragma once

#include <array>
#include <cmath>
#include <cstddef>

namespace loa::audio {

/// One channel, sample after sample.
class TruePeak {
 public:
  /// A peak is known this many samples after the sample before it.
  static constexpr std::size_t kDelay = 6;

  /// Takes a sample. Returns the height of the sound at the sample kDelay before and up to the next one, or 0 when it
  /// cannot be above `floor`: the many quiet samples cost nothing.
  float push(float sample, float floor) {
    recent_[at_] = recent_[at_ + kTaps] = sample;
    at_ = at_ + 1 == kTaps ? 0 : at_ + 1;
    quiet_ = std::abs(sample) * kMost > floor ? 0 : quiet_ + 1;
    return quiet_ < kTaps ? height() : 0.0F;
  }

 private:
  static constexpr std::size_t kTaps = 2 * kDelay;  // of each phase
  static constexpr float kMost = 2;  // no weights of a phase add up to more: what twelve samples can make

  float height() const;

  std::array<float, 2 * kTaps> recent_{};  // the last samples, kept twice so that they lie in a row
  std::size_t at_ = 0;
  std::size_t quiet_ = kTaps;  // samples since the last one that matters
};

}  // namespace loa::audio
