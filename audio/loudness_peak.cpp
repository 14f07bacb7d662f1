// The interpolators: four phases of twelve taps to find where it is worth while, eight of forty-eight to measure.
#include "audio/loudness_peak.hpp"

#include <algorithm>
#include <numbers>

namespace loa::audio {
namespace {

constexpr float kWorthWhile = 0.7F;  // of the floor: 3 dB, where the short look misses up to 1.5

double sinc(double x) {
  return x == 0 ? 1 : std::sin(std::numbers::pi * x) / (std::numbers::pi * x);
}

/// Phase p of tap t weighs sample t for the instant p/Phases after sample Half - 1; a Hann window over all of them.
template <std::size_t Half, std::size_t Phases>
struct Interpolator {
  using Weights = std::array<std::array<float, Phases>, 2 * Half>;

  static Weights make() {
    Weights weights{};
    for (std::size_t tap = 0; tap < 2 * Half; ++tap) {
      for (std::size_t phase = 0; phase < Phases; ++phase) {
        const double at = Half - 1.0 + static_cast<double>(phase) / Phases - static_cast<double>(tap);
        const double window = std::abs(at) < Half ? 0.5 * (1 + std::cos(std::numbers::pi * at / Half)) : 0;
        weights[tap][phase] = static_cast<float>(sinc(at) * window);
      }
    }
    return weights;
  }

  static float highest(const float* samples) {
    static const Weights table = make();
    std::array<float, Phases> sums{};
    for (std::size_t tap = 0; tap < 2 * Half; ++tap) {
      for (std::size_t phase = 0; phase < Phases; ++phase) sums[phase] += samples[tap] * table[tap][phase];
    }
    float highest = 0;
    for (const float sum : sums) highest = std::max(highest, std::abs(sum));
    return highest;
  }
};

constexpr std::size_t kShort = 6;
using ShortLook = Interpolator<kShort, 4>;
using CloseLook = Interpolator<TruePeak::kDelay, 8>;

}  // namespace

float TruePeak::height(float floor) const {
  const float* samples = recent_.data() + at_;
  const float found = ShortLook::highest(samples + kDelay - kShort);
  return found > kWorthWhile * floor ? CloseLook::highest(samples) : found;
}

}  // namespace loa::audio
