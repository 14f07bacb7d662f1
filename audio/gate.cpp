// Ranges of frames, and zeros outside them.
#include "audio/gate.hpp"

#include <algorithm>

namespace loa::audio {

bool Gate::is_open(DeviceFrame at) const {
  if (at >= expires) return false;
  return std::any_of(open.begin(), open.begin() + static_cast<std::ptrdiff_t>(count),
                     [at](const FrameRange& range) { return range.from <= at && at < range.until; });
}

DeviceFrame Gate::next_edge(DeviceFrame at) const {
  for (std::size_t i = 0; i < count; ++i) {
    const auto from = open[i].from;
    const auto until = std::min(open[i].until, expires);
    if (from >= until) break;
    if (at < from) return from;
    if (at < until) return until;
  }
  return DeviceFrame::max();
}

Gate make_gate(std::span<const Permitted> permitted, DeviceFrame now, DeviceFrame expires,
               const std::function<DeviceFrame(Instant)>& frame_at) {
  std::vector<FrameRange> ranges;
  for (const auto& one : permitted) {
    const FrameRange range{frame_at(one.from), frame_at(one.until)};
    if (range.from < range.until && range.until > now) ranges.push_back(range);
  }
  std::sort(ranges.begin(), ranges.end(), [](const auto& a, const auto& b) { return a.from < b.from; });
  Gate gate;
  gate.expires = expires;
  for (const auto& range : ranges) {
    if (gate.count > 0 && range.from <= gate.open[gate.count - 1].until) {
      auto& last = gate.open[gate.count - 1];
      last.until = std::max(last.until, range.until);
    } else if (gate.count < Gate::kMostRanges) {
      gate.open[gate.count++] = range;
    }
  }
  return gate;
}

ClosedRanges closed_ranges(const Gate& gate, DeviceFrame first, Frames count) {
  ClosedRanges closed;
  const auto end = first + count;
  for (auto at = first; at < end;) {
    const auto until = std::min(gate.next_edge(at), end);
    if (!gate.is_open(at)) closed.ranges[closed.count++] = {at, until};
    at = until;
  }
  return closed;
}

ClosedRanges GateShaper::apply(const Gate& gate, DeviceFrame first, std::span<float> samples) noexcept {
  const auto end = first + Frames{static_cast<std::int64_t>(samples.size()) / channels_};
  const auto closed = closed_ranges(gate, first, end - first);
  const auto part = [&](DeviceFrame from, DeviceFrame until) {
    return samples.subspan(samples_of(from - first, channels_), samples_of(until - from, channels_));
  };
  auto at = first;
  const auto open_until = [&](DeviceFrame until) {
    if (at >= until) return;
    ramp_up(part(at, until));
    ramp_down(at, gate.next_edge(at), part(at, until));
  };
  for (std::size_t i = 0; i < closed.count; ++i) {
    open_until(closed.ranges[i].from);
    close(part(closed.ranges[i].from, closed.ranges[i].until));
    at = closed.ranges[i].until;
  }
  open_until(end);
  return closed;
}

void GateShaper::close(std::span<float> samples) noexcept {
  const auto last = samples.last(static_cast<std::size_t>(channels_));
  const bool cut_into = std::any_of(last.begin(), last.end(), [](float sample) { return sample != 0.0F; });
  ramp_left_ = cut_into ? kRamp.count() : 0;
  std::fill(samples.begin(), samples.end(), 0.0F);
}

void GateShaper::ramp_up(std::span<float> samples) noexcept {
  const auto width = static_cast<std::size_t>(channels_);
  for (std::size_t i = 0; ramp_left_ > 0 && i < samples.size(); i += width, --ramp_left_) {
    const auto done = static_cast<float>(kRamp.count() + 1 - ramp_left_);
    scale(samples.subspan(i, width), done / static_cast<float>(kRamp.count() + 1));
  }
}

void GateShaper::ramp_down(DeviceFrame first, DeviceFrame edge, std::span<float> samples) const noexcept {
  const auto width = static_cast<std::size_t>(channels_);
  const auto end = first + Frames{static_cast<std::int64_t>(samples.size() / width)};
  if (edge - end >= kRamp) return;  // also where no edge comes: max() less any frame that a device can reach
  for (auto at = std::max(first, edge - kRamp); at < end; at += Frames{1}) {
    const auto left = static_cast<float>((edge - at).count());
    scale(samples.subspan(samples_of(at - first, channels_), width), left / static_cast<float>(kRamp.count() + 1));
  }
}

void GateShaper::scale(std::span<float> frame, float gain) const noexcept {
  for (auto& sample : frame) sample *= gain;
}

}  // namespace loa::audio
