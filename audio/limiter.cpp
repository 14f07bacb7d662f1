// The method is the usual one of look-ahead limiters: required gain → running minimum over the look-ahead → exponential
// release → smoothing by boxes no longer than the look-ahead, which cannot rise above the required gain. See
// P. Hämäläinen, "Smoothing of the Control Signal Without Clipped Output in Digital Peak Limiters" (DAFx-02), and
// G. Luff, "Designing a straightforward limiter" (signalsmith-audio.co.uk, 2022).
#include "audio/limiter.hpp"

#include <algorithm>
#include <cmath>

namespace loa::audio {
namespace {

constexpr std::size_t kBox = 121;                // two of them: 5 ms at 48 kHz
constexpr std::size_t kGuard = 2;                // frames around a peak that get its gain too
constexpr double kReleaseFrames = 48000 * 0.15;  // time constant
constexpr std::size_t kLatency = TruePeak::kDelay + 2 * kBox - 2 + kGuard;
constexpr std::int64_t kWindow = 2 * kBox - 1 + 2 * kGuard;
constexpr double kReleased = 1 - 1e-6;
constexpr std::int64_t kForgets = kWindow + 2 * kBox;  // frames after which nothing before them is remembered

}  // namespace

double Limiter::Box::push(double value) {
  sum_ += value - values_[at_];
  values_[at_] = value;
  if (++at_ == values_.size()) at_ = 0;
  return sum_ * share_;
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
      peaks_(channels_),
      least_(kWindow),
      first_(kBox),
      second_(kBox) {}

double Limiter::gain_for(double peak) {
  const bool is_high = peak > ceiling_;
  if (!is_high && at_rest_ >= kForgets) return 1;  // all that is remembered is 1
  const double needed = least_.push(is_high ? ceiling_ / peak : 1.0);
  released_ = std::min(needed, released_ + (1 - released_) / kReleaseFrames);
  if (released_ > kReleased) released_ = needed;
  at_rest_ = released_ == 1.0 ? at_rest_ + 1 : 0;
  const double gain = std::min(1.0, second_.push(first_.push(released_)));
  if (at_rest_ == kForgets) first_ = second_ = Box(kBox);  // without what rounding has left in their sums
  return gain;
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
  float peak = 0;
  for (std::size_t channel = 0; channel < channels_; ++channel) {
    delay_[slot * channels_ + channel] = frame[channel];
    peak = std::max(peak, peaks_[channel].push(frame[channel], static_cast<float>(ceiling_)));
  }
  const double gain = gain_for(peak);
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
