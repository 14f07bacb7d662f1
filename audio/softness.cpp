#include "audio/softness.hpp"

#include <algorithm>
#include <cmath>

namespace loa::audio {
namespace {

/// How much of a stretch's gain holds at a frame: 1 within it, 0 from kRamp away on.
double share(const FrameRange& range, DeviceFrame frame) {
  const auto away = std::max({range.from - frame, frame - range.until, Frames{0}});
  return 1 - std::min(1.0, static_cast<double>(away.count()) / static_cast<double>(Softness::kRamp.count()));
}

}  // namespace

Softness Softness::near(std::span<const Soft> soft, DeviceFrame first, DeviceFrame end,
                        const std::function<DeviceFrame(Instant)>& frame_at) {
  Softness softness;
  for (const auto& each : soft) {
    const FrameRange range{frame_at(each.from), frame_at(each.until)};
    const bool changes = range.from - kRamp < end && first < range.until + kRamp;
    if (changes && range.from < range.until) softness.ranges_.push_back({range, each.gain});
  }
  return softness;
}

double Softness::at(DeviceFrame frame) const {
  double gain = 0;
  for (const auto& each : ranges_) gain = std::min(gain, each.gain * share(each.range, frame));
  return gain;
}

void Softness::apply(DeviceFrame first, std::span<float> samples, int channels) const {
  if (none()) return;
  const auto width = static_cast<std::size_t>(channels);
  double known = 0;  // dB of `factor`
  float factor = 1;
  for (std::size_t i = 0; i + width <= samples.size(); i += width, first += Frames{1}) {
    if (const double gain = at(first); gain != known) {
      known = gain;
      factor = static_cast<float>(std::pow(10.0, gain / 20));
    }
    for (auto& sample : samples.subspan(i, width)) sample *= factor;
  }
}

}  // namespace loa::audio
