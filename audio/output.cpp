// One buffer for the device.
#include "audio/output.hpp"

#include <algorithm>

namespace loa::audio {

void Output::take(std::span<float> out, const Moment& moment) noexcept {
  const Frames asked{static_cast<std::int64_t>(out.size()) / channels_};
  const auto first = window_.taken();
  stamps_.push({first, asked, moment});  // a full ring loses a stamp; there will be others
  const auto frames = std::min(rights_.size(), static_cast<std::size_t>(asked.count()));
  const auto got = window_.take(out, std::span(rights_).first(frames));
  gate(first, out, got);
  fed_ = fed_ || got > Frames{0};
  if (fed_ && got < asked) {
    underruns_.fetch_add(1, std::memory_order_relaxed);
    lose({first + got, first + asked}, Loss::underrun);
  }
  if (hush_.load(std::memory_order_relaxed)) fade_away(out);
  if (SilenceWatch::audible(out, SilenceWatch::kAudible)) heard_.store(first + asked, std::memory_order_relaxed);
  longest_.store(std::max(asked, longest_.load(std::memory_order_relaxed)), std::memory_order_relaxed);
  account(first + asked);
}

void Output::gate(DeviceFrame first, std::span<float> out, Frames got) noexcept {
  const auto& gate = gate_.newest();
  gate_open_.store(gate.is_open(first), std::memory_order_relaxed);
  const auto width = static_cast<std::size_t>(channels_);
  const auto frames = out.size() / width;
  for (std::size_t at = 0; at < frames;) {
    const auto right = at < rights_.size() ? rights_[at] : std::uint8_t{0};
    auto end = at + 1;
    while (end < frames && (end < rights_.size() ? rights_[end] : 0) == right) ++end;
    const auto from = first + Frames{static_cast<std::int64_t>(at)};
    if (right == 0) gate_part(gate, from, out.subspan(at * width, (end - at) * width), first + got);
    at = end;
  }
}

/// Frames without the right to pass; those before `known` were rendered.
void Output::gate_part(const Gate& gate, DeviceFrame first, std::span<float> out, DeviceFrame known) noexcept {
  const auto closed = shaper_.apply(gate, first, out);
  for (std::size_t i = 0; i < closed.count; ++i) {
    const FrameRange range{closed.ranges[i].from, std::min(closed.ranges[i].until, known)};
    if (range.from < range.until) lose(range, Loss::gate);
  }
}

void Output::lose(FrameRange range, Loss why) noexcept {
  if (!holding_ && losses_.push({range, why})) return;
  if (!holding_) held_ = {range, why};
  held_.range.until = range.until;
  holding_ = true;
}

void Output::account(DeviceFrame until) noexcept {
  if (holding_ && losses_.push(held_)) holding_ = false;
  if (!holding_) accounted_.store(until, std::memory_order_release);
}

void Output::fade_away(std::span<float> out) noexcept {
  const auto width = static_cast<std::size_t>(channels_);
  for (std::size_t i = 0; i < out.size(); i += width) {
    if (hush_left_ > 0) --hush_left_;
    const auto gain = static_cast<float>(hush_left_) / static_cast<float>(kHush.count());
    for (auto& sample : out.subspan(i, width)) sample *= gain;
  }
  if (hush_left_ == 0) hushed_.store(true, std::memory_order_release);
}

}  // namespace loa::audio
