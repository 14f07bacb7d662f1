// The method is the usual one of look-ahead limiters: required gain → running minimum over the look-ahead → exponential
// release → smoothing by boxes no longer than the look-ahead, which cannot rise above the required gain. See
// P. Hämäläinen, "Smoothing of the Control Signal Without Clipped Output in Digital Peak Limiters" (DAFx-02), and
// G. Luff, "Designing a straightforward limiter" (signalsmith-audio.co.uk, 2022). Peaks between samples are found as in
// ITU-R BS.1770-4, annex 2: 4 times oversampled by a short windowed sinc.
#include "audio/limiter.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace loa::audio {
namespace {

constexpr std::size_t kBox = 121;                // two of them: 5 ms at 48 kHz
constexpr std::size_t kGuard = 2;                // frames around a peak that get its gain too
constexpr double kReleaseFrames = 48000 * 0.15;  // time constant
constexpr std::size_t kHalf = 6;  // half of the interpolator: how long a peak is known after its frame came
constexpr std::size_t kLatency = kHalf + 2 * kBox - 2 + kGuard;
constexpr std::int64_t kWindow = 2 * kBox - 1 + 2 * kGuard;

double sinc(double x) {
  return x == 0 ? 1 : std::sin(std::numbers::pi * x) / (std::numbers::pi * x);
}

}  // namespace

double Limiter::Box::push(double value) {
  sum_ += value - values_[at_];
  values_[at_] = value;
  at_ = (at_ + 1) % values_.size();
  return sum_ / static_cast<double>(values_.size());
}

double Limiter::Minimum::push(double value) {
  while (!falling_.empty() && falling_.back().value >= value) falling_.pop_back();
  falling_.push_back({now_, value});
  if (falling_.front().at <= now_ - size_) falling_.pop_front();
  ++now_;
  return falling_.front().value;
}

Limiter::Limiter(int channels, double ceiling)
    : channels_(static_cast<std::size_t>(channels)),
      ceiling_(std::pow(10.0, ceiling / 20)),
      delay_((kLatency + 1) * channels_),
      recent_(channels_),
      least_(kWindow),
      first_(kBox),
      second_(kBox) {
  // Phase p of tap t weighs sample t of twelve for the instant p/4 after sample 5; a Hann window over all of them.
  for (std::size_t tap = 0; tap < kTaps; ++tap) {
    for (std::size_t phase = 0; phase < kPhases; ++phase) {
      const double at =
          static_cast<double>(kHalf - 1) + static_cast<double>(phase) / kPhases - static_cast<double>(tap);
      const double window = 0.5 * (1 + std::cos(std::numbers::pi * at / kHalf));
      interpolator_[tap][phase] = static_cast<float>(sinc(at) * (std::abs(at) < kHalf ? window : 0.0));
    }
  }
  float most = 1;  // that an interpolated value can be, of samples within ±1
  for (std::size_t phase = 0; phase < kPhases; ++phase) {
    float sum = 0;
    for (const auto& weights : interpolator_) sum += std::abs(weights[phase]);
    most = std::max(most, sum);
  }
  quiet_ = static_cast<float>(ceiling_) / most;
  for (auto& samples : recent_) samples.fill(0);
}

/// The highest of the four instants from sample 5 of the last twelve on.
double Limiter::peak_of(std::size_t channel) const {
  const float* samples = recent_[channel].data() + recent_at_;
  std::array<float, kPhases> sums{};
  for (std::size_t tap = 0; tap < kTaps; ++tap) {
    for (std::size_t phase = 0; phase < kPhases; ++phase) sums[phase] += samples[tap] * interpolator_[tap][phase];
  }
  float highest = 0;
  for (const float sum : sums) highest = std::max(highest, std::abs(sum));
  return highest;
}

/// Of all channels; 0 stands for anything below the ceiling.
double Limiter::peak_now() {
  if (quiet_frames_ >= kTaps) return 0;
  double peak = 0;
  for (std::size_t channel = 0; channel < channels_; ++channel) peak = std::max(peak, peak_of(channel));
  return peak;
}

double Limiter::gain_for(double peak) {
  const double needed = least_.push(peak > ceiling_ ? ceiling_ / peak : 1.0);
  released_ = std::min(needed, released_ + (1 - released_) / kReleaseFrames);
  return std::min(1.0, second_.push(first_.push(released_)));
}

void Limiter::give(std::size_t slot, double gain) {
  deepest_ = std::min(deepest_, gain);
  const float* frame = delay_.data() + slot * channels_;
  for (std::size_t channel = 0; channel < channels_; ++channel) {
    out_.push_back(frame[channel] * static_cast<float>(gain));
  }
}

void Limiter::take(const float* frame) {
  constexpr auto slots = static_cast<std::int64_t>(kLatency + 1);
  const auto slot = static_cast<std::size_t>(frames_in_ % slots);
  ++quiet_frames_;
  for (std::size_t channel = 0; channel < channels_; ++channel) {
    delay_[slot * channels_ + channel] = frame[channel];
    recent_[channel][recent_at_] = recent_[channel][recent_at_ + kTaps] = frame[channel];
    if (std::abs(frame[channel]) >= quiet_) quiet_frames_ = 0;
  }
  recent_at_ = (recent_at_ + 1) % kTaps;
  const double gain = gain_for(peak_now());
  ++frames_in_;
  if (frames_in_ > static_cast<std::int64_t>(kLatency)) give(static_cast<std::size_t>(frames_in_ % slots), gain);
}

std::span<const float> Limiter::add(std::span<const float> samples) {
  out_.clear();
  for (std::size_t at = 0; at + channels_ <= samples.size(); at += channels_) take(samples.data() + at);
  return out_;
}

std::span<const float> Limiter::finish() {
  const auto held = static_cast<std::size_t>(std::min<std::int64_t>(frames_in_, kLatency));
  const std::vector<float> silence(kLatency * channels_, 0.0F);
  add(silence);
  return std::span<const float>(out_).last(held * channels_);
}

}  // namespace loa::audio
