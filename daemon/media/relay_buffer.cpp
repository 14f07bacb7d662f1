#include "daemon/media/relay_buffer.hpp"

#include <algorithm>

namespace loa::media {

namespace {

constexpr double kPerSecond = 48'000;
constexpr double kSmooth = 20;    // s: longer than the segments of HLS
constexpr double kReaction = 60;  // s in which a deviation is made up for
constexpr double kForgets = 0.2;
constexpr double kMore = 1.25, kSpare = 1.5;  // a cushion beside the longest gap: times, s

}  // namespace

double RelayBuffer::ahead() const {
  return static_cast<double>((samples_.size() - begin_) / width_) / kPerSecond;
}

double RelayBuffer::cushion() const {
  return std::clamp(gap_ * kMore + kSpare, kCushion, kMostCushion);
}

void RelayBuffer::add(std::span<const float> samples) {
  gap_ = std::max(gap_, waited_);
  waited_ = 0;
  if (begin_ > samples_.size() / 2) {
    samples_.erase(samples_.begin(), samples_.begin() + static_cast<std::ptrdiff_t>(begin_));
    begin_ = 0;
  }
  samples_.insert(samples_.end(), samples.begin(), samples.end());
  if (ahead() > kMost) keep_newest(cushion());
}

void RelayBuffer::keep_newest(double seconds) {
  const auto kept = static_cast<std::size_t>(seconds * kPerSecond) * width_;
  if (samples_.size() - begin_ > kept) begin_ = samples_.size() - kept;
}

double RelayBuffer::rate(double seconds) {
  level_ += std::min(1.0, seconds / kSmooth) * (ahead() - level_);
  return 1 + std::clamp((level_ - cushion()) / kReaction, -kTurn, kTurn);
}

std::span<const float> RelayBuffer::take(double seconds, bool read) {
  waited_ += seconds;
  if (!read) {
    flows_ = dry_ = false;
    keep_newest(cushion());
    return {};
  }
  if (!flows_) level_ = cushion();
  flows_ = true;
  if (dry_ && ahead() >= kRefill) dry_ = false;
  if (dry_) {
    starved_ += seconds;
    return {};
  }
  starved_ = std::max(0.0, starved_ - kForgets * seconds);
  owed_ += seconds * kPerSecond * rate(seconds);
  const auto there = (samples_.size() - begin_) / width_;
  const auto count = std::min(static_cast<std::size_t>(owed_), there);
  dry_ = count == there;
  owed_ = dry_ ? 0 : owed_ - static_cast<double>(count);
  const auto given = std::span<const float>(samples_).subspan(begin_, count * width_);
  begin_ += count * width_;
  return given;
}

std::span<const float> RelayBuffer::rest() {
  const auto given = std::span<const float>(samples_).subspan(begin_);
  begin_ = samples_.size();
  return given;
}

}  // namespace loa::media
