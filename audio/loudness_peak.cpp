// The interpolator: four phases of twelve taps.
#include "audio/loudness_peak.hpp"

#include <algorithm>
#include <numbers>

namespace loa::audio {
namespace {

constexpr std::size_t kPhases = 4;
constexpr std::size_t kHalf = TruePeak::kDelay;
using Weights = std::array<std::array<float, kPhases>, 2 * kHalf>;

double sinc(double x) {
  return x == 0 ? 1 : std::sin(std::numbers::pi * x) / (std::numbers::pi * x);
}

/// Phase p of tap t weighs sample t of twelve for the instant p/4 after sample 5; a Hann window over all of them.
Weights make_weights() {
  Weights weights{};
  for (std::size_t tap = 0; tap < 2 * kHalf; ++tap) {
    for (std::size_t phase = 0; phase < kPhases; ++phase) {
      const double at = kHalf - 1.0 + static_cast<double>(phase) / kPhases - static_cast<double>(tap);
      const double window = std::abs(at) < kHalf ? 0.5 * (1 + std::cos(std::numbers::pi * at / kHalf)) : 0;
      weights[tap][phase] = static_cast<float>(sinc(at) * window);
    }
  }
  return weights;
}

}  // namespace

float TruePeak::height() const {
  static const Weights table = make_weights();
  const float* samples = recent_.data() + at_;
  std::array<float, kPhases> sums{};
  for (std::size_t tap = 0; tap < kTaps; ++tap) {
    for (std::size_t phase = 0; phase < kPhases; ++phase) sums[phase] += samples[tap] * table[tap][phase];
  }
  float highest = 0;
  for (const float sum : sums) highest = std::max(highest, std::abs(sum));
  return highest;
}

}  // namespace loa::audio
