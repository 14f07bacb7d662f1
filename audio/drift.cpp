#include "audio/drift.hpp"

#include <algorithm>

namespace loa::audio {

namespace {

constexpr std::size_t kTaps = 4;
constexpr double kSmooth = 0.01;              // of a look; a look is some 10 ms
constexpr std::int64_t kSettling = 300;       // looks before the mark is set
constexpr double kTurn = 1.0 / (15 * 48000);  // a distance is made up for within some 15 s

float between(float before, float from, float to, float after, double at) {
  const auto x = static_cast<float>(at);
  const float a = -0.5F * before + 1.5F * from - 1.5F * to + 0.5F * after;
  const float b = before - 2.5F * from + 2.0F * to - 0.5F * after;
  const float c = 0.5F * (to - before);
  return ((a * x + b) * x + c) * x + from;
}

}  // namespace

Drift::Drift(int channels) : width_(static_cast<std::size_t>(channels)), past_(kTaps * width_, 0.0F) {}

std::span<const float> Drift::add(std::span<const float> samples) {
  out_.clear();
  for (std::size_t frame = 0; frame + width_ <= samples.size(); frame += width_) {
    std::copy(past_.begin() + static_cast<std::ptrdiff_t>(width_), past_.end(), past_.begin());
    std::copy_n(samples.begin() + static_cast<std::ptrdiff_t>(frame), width_,
                past_.end() - static_cast<std::ptrdiff_t>(width_));
    if (++filled_ < 3) continue;
    for (; at_ < 1; at_ += 1 + rate_) {
      for (std::size_t i = 0; i < width_; ++i) {
        out_.push_back(between(past_[i], past_[width_ + i], past_[2 * width_ + i], past_[3 * width_ + i], at_));
      }
    }
    at_ -= 1;
  }
  return out_;
}

void Drift::pace(Frames ahead) {
  const auto now = static_cast<double>(ahead.count());
  level_ = looks_ == 0 ? now : level_ + kSmooth * (now - level_);
  if (++looks_ == kSettling) mark_ = level_;
  if (looks_ > kSettling) rate_ = std::clamp((level_ - mark_) * kTurn, -kMost, kMost);
}

}  // namespace loa::audio
