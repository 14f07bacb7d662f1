#include "daemon/media/level_ahead.hpp"

#include <algorithm>
#include <cmath>

#include "audio/frames.hpp"

namespace loa::media {

namespace {

double factor(double decibel) {
  return std::pow(10.0, decibel / 20);
}

}  // namespace

LevelAhead::LevelAhead(int channels, std::optional<double> target)
    : channels_(channels), target_(target), meter_(channels, audio::kRate, audio::LoudnessMeter::Peak::no) {}

void LevelAhead::add(std::span<const float> samples) {
  meter_.add(samples);
  if (begin_ > waiting_.size() / 2) {
    waiting_.erase(waiting_.begin(), waiting_.begin() + static_cast<std::ptrdiff_t>(begin_));
    begin_ = 0;
  }
  waiting_.insert(waiting_.end(), samples.begin(), samples.end());
}

std::int64_t LevelAhead::ahead() const {
  return static_cast<std::int64_t>(waiting_.size() - begin_) / channels_;
}

double LevelAhead::wanted() const {
  const auto known = target_ ? meter_.loudness_repeated() : std::nullopt;
  return known ? std::min(kMostGain, *target_ - *known) : gain_.value_or(0);
}

std::optional<double> LevelAhead::loudness() const {
  const auto known = meter_.loudness_repeated();
  return known ? std::optional(*known + wanted()) : std::nullopt;
}

std::span<const float> LevelAhead::take() {
  const auto frames = std::min(kBlock, ahead());
  const double to = wanted();
  const double from = gain_.value_or(to);
  gain_ = from + std::clamp(to - from, -kSlew, kSlew);
  const auto samples = static_cast<std::size_t>(frames * channels_);
  out_.assign(waiting_.begin() + static_cast<std::ptrdiff_t>(begin_),
              waiting_.begin() + static_cast<std::ptrdiff_t>(begin_ + samples));
  begin_ += samples;
  const double first = factor(from), step = (factor(*gain_) - first) / static_cast<double>(kBlock);
  for (std::size_t i = 0; i < samples; ++i) {
    const auto frame = static_cast<double>(i / static_cast<std::size_t>(channels_));
    out_[i] *= static_cast<float>(first + step * frame);
  }
  return out_;
}

}  // namespace loa::media
