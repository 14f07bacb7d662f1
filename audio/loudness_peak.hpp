// Peaks between the samples, as ITU-R BS.1770-5, annex 2 finds them, but with a longer interpolator and 8 times
// oversampled: the 12 taps of the annex miss up to 1.5 dB of what ffmpeg's meter finds in noise that reaches up to half
// the rate. Pure; shared by the meter and the limiter.
#pragma once

#include <array>
#include <cmath>
#include <cstddef>

namespace loa::audio {

/// One channel, sample after sample.
class TruePeak {
 public:
  /// A peak is known this many samples after the sample before it.
  static constexpr std::size_t kDelay = 24;

  /// Takes a sample. Returns the height of the sound at the sample kDelay before and up to the next one, or 0 when it
  /// cannot be above `floor`: the many quiet samples cost nothing.
  float push(float sample, float floor) {
    recent_[at_] = recent_[at_ + kTaps] = sample;
    at_ = at_ + 1 == kTaps ? 0 : at_ + 1;
    quiet_ = std::abs(sample) * kMost > floor ? 0 : quiet_ + 1;
    return quiet_ < kTaps ? height(floor) : 0.0F;
  }

 private:
  static constexpr std::size_t kTaps = 2 * kDelay;  // of each phase
  static constexpr float kMost = 3;  // no weights of a phase add up to more: what the taps' samples can make

  /// Looks closely only where four short looks find nearly `floor`.
  float height(float floor) const;

  std::array<float, 2 * kTaps> recent_{};  // the last samples, kept twice so that they lie in a row
  std::size_t at_ = 0;
  std::size_t quiet_ = kTaps;  // samples since the last one that matters
};

}  // namespace loa::audio
