#include "audio/silence_watch.hpp"

#include <algorithm>
#include <cmath>

namespace loa::audio {

bool SilenceWatch::audible(std::span<const float> samples, float limit) noexcept {
  return std::any_of(samples.begin(), samples.end(), [limit](float sample) { return std::abs(sample) > limit; });
}

void SilenceWatch::meant(FrameRange range) {
  meant_.push_back(range);
}

void SilenceWatch::rewind(DeviceFrame to) {
  while (!meant_.empty() && meant_.back().from >= to) meant_.pop_back();
  if (!meant_.empty()) meant_.back().until = std::min(meant_.back().until, to);
}

void SilenceWatch::take(DeviceFrame until, std::span<const LostFrames> lost, DeviceFrame heard) {
  while (!meant_.empty() && meant_.front().from < until) {
    auto& front = meant_.front();
    const FrameRange taken{front.from, std::min(front.until, until)};
    front.from = taken.until;
    if (front.from >= front.until) meant_.pop_front();
    if (taken.until > heard) miss({std::max(taken.from, heard), taken.until}, lost);
  }
  const bool over = until - missing_.until > kSilent;  // the item is
  if (count_ > Frames{0} && (over || heard > missing_.from)) count_ = Frames{0};
}

void SilenceWatch::miss(FrameRange range, std::span<const LostFrames> lost) {
  auto missed = range.until - range.from;
  for (const auto& [gone, why] : lost) {
    missed -= std::max(Frames{0}, std::min(gone.until, range.until) - std::max(gone.from, range.from));
  }
  if (missed <= Frames{0}) return;
  if (count_ == Frames{0}) missing_.from = range.from;
  missing_.until = range.until;
  count_ += missed;
}

Frames SilenceWatch::silent() const {
  const auto length = missing_.until - missing_.from;
  return count_ >= kLeast && length >= kSilent ? length : Frames{0};
}

}  // namespace loa::audio
