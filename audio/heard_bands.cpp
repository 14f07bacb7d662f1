// 12 kHz is enough for what is looked at, and a quarter of the work.
#include "audio/heard_bands.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

namespace loa::audio {
namespace {

constexpr float kRateNarrow = 12'000;
constexpr float kLowest = 300, kHighestHeard = 3'900;  // Hz
constexpr float kCutOff = 4'800;
constexpr float kMeanMemory = 0.03F;  // of a band's mean, a frame: about 0.7 s
constexpr float kMostMove = 15;       // dB; a bang is not worth more than a syllable
constexpr float kTogether = 0.8F;     // so much of what all bands do together is left out
constexpr std::size_t kFrameLong = 512;

const std::array<float, 48>& narrow_taps() {
  static const auto made = [] {
    std::array<float, 48> taps{};
    float sum = 0;
    for (std::size_t i = 0; i < taps.size(); ++i) {
      const auto x = static_cast<float>(i) - 23.5F;
      const float turn = 2 * std::numbers::pi_v<float> * kCutOff / static_cast<float>(kRate) * x;
      const float window = 0.54F + 0.46F * std::cos(2 * std::numbers::pi_v<float> * x / 48);
      taps[i] = std::sin(turn) / x * window;
      sum += taps[i];
    }
    for (auto& tap : taps) tap /= sum;
    return taps;
  }();
  return made;
}

const std::array<float, kFrameLong>& hann() {
  static const auto made = [] {
    std::array<float, kFrameLong> window{};
    for (std::size_t i = 0; i < kFrameLong; ++i) {
      window[i] = 0.5F - 0.5F * std::cos(2 * std::numbers::pi_v<float> * static_cast<float>(i) / kFrameLong);
    }
    return window;
  }();
  return made;
}

const std::array<std::complex<float>, kFrameLong / 2>& turns() {
  static const auto made = [] {
    std::array<std::complex<float>, kFrameLong / 2> turns{};
    for (std::size_t i = 0; i < turns.size(); ++i) {
      turns[i] = std::polar(1.0F, -2 * std::numbers::pi_v<float> * static_cast<float>(i) / kFrameLong);
    }
    return turns;
  }();
  return made;
}

/// First bin of each band, and the end of the last.
const std::array<std::size_t, kHeardBands + 1>& edges() {
  static const auto made = [] {
    std::array<std::size_t, kHeardBands + 1> edges{};
    for (std::size_t i = 0; i < edges.size(); ++i) {
      const float part = static_cast<float>(i) / static_cast<float>(kHeardBands);
      edges[i] = static_cast<std::size_t>(
          std::lround(kLowest * std::pow(kHighestHeard / kLowest, part) * kFrameLong / kRateNarrow));
    }
    return edges;
  }();
  return made;
}

}  // namespace

HeardBands::HeardBands(float floor) : floor_(floor) {
  narrow_.reserve(2 * kFrameSamples);
}

void HeardBands::reset() {
  *this = HeardBands(floor_);
}

void HeardBands::add(std::span<const float> mono, std::vector<HeardFrame>& out) {
  constexpr auto hop = static_cast<std::size_t>(kHeardHop.count()) / kDecimation;
  for (const float sample : mono) {
    history_[at_] = std::isfinite(sample) ? std::clamp(sample, -4.0F, 4.0F) : 0;
    at_ = (at_ + 1) % kTaps;
    if (++phase_ < kDecimation) continue;
    phase_ = 0;
    narrow();
    if (narrow_.size() < kFrameSamples) continue;
    out.push_back(frame());
    narrow_.erase(narrow_.begin(), narrow_.begin() + static_cast<std::ptrdiff_t>(hop));
  }
}

void HeardBands::narrow() {
  const auto& weights = narrow_taps();
  float sum = 0;
  std::size_t tap = 0;
  for (std::size_t i = at_; i < kTaps; ++i) sum += history_[i] * weights[tap++];
  for (std::size_t i = 0; i < at_; ++i) sum += history_[i] * weights[tap++];
  narrow_.push_back(sum);
}

/// Radix 2, in place.
void HeardBands::transform() {
  auto& x = spectrum_;
  for (std::size_t i = 1, j = 0; i < kFrameSamples; ++i) {
    std::size_t bit = kFrameSamples / 2;
    for (; (j & bit) != 0; bit /= 2) j ^= bit;
    j ^= bit;
    if (i < j) std::swap(x[i], x[j]);
  }
  const auto& turn = turns();
  for (std::size_t length = 2; length <= kFrameSamples; length *= 2) {
    const std::size_t half = length / 2, step = kFrameSamples / length;
    for (std::size_t from = 0; from < kFrameSamples; from += length) {
      for (std::size_t k = 0; k < half; ++k) {
        const auto w = turn[k * step], b = x[from + k + half];
        // Written out: the operator looks for infinities.
        const std::complex<float> odd(w.real() * b.real() - w.imag() * b.imag(),
                                      w.real() * b.imag() + w.imag() * b.real());
        x[from + k + half] = x[from + k] - odd;
        x[from + k] += odd;
      }
    }
  }
}

HeardFrame HeardBands::frame() {
  const auto& window = hann();
  for (std::size_t i = 0; i < kFrameSamples; ++i) spectrum_[i] = narrow_[i] * window[i];
  transform();
  HeardFrame made;
  std::array<float, kHeardBands> level{};
  float together = 0;
  for (std::size_t band = 0; band < kHeardBands; ++band) {
    float power = 0;
    for (std::size_t bin = edges()[band]; bin < edges()[band + 1]; ++bin) power += std::norm(spectrum_[bin]);
    // A tone of full scale in one band: (512 / 4)^2, spread over three bins, is a mean square of a half.
    power /= 3.0F * kFrameSamples * kFrameSamples / 16.0F;
    made.power += power;
    level[band] = 10 * std::log10(power + floor_);
  }
  if (!begun_) {
    mean_ = level;
    before_ = {level, level};
  }
  begun_ = true;
  for (std::size_t band = 0; band < kHeardBands; ++band) {
    const float smooth = (level[band] + 2 * before_[0][band] + before_[1][band]) / 4;
    mean_[band] += kMeanMemory * (level[band] - mean_[band]);
    made.moves[band] = std::clamp(smooth - mean_[band], -kMostMove, kMostMove);
    together += made.moves[band] / kHeardBands;
  }
  for (auto& move : made.moves) move -= kTogether * together;
  before_ = {level, before_[0]};
  return made;
}

}  // namespace loa::audio
