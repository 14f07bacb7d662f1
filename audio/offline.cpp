// Render, gate, confirm: what feeder and sound card do with threads between them.
#include "audio/offline.hpp"

namespace loa::audio {

Offline::Offline(Playout::Open open, int channels, Instant begins)
    : playout_(std::move(open), channels), channels_(channels), map_{{}, to_wall(begins), 0}, shaper_(channels) {}

void Offline::permit(std::span<const Permitted> open, Frames good_for) {
  gate_ = make_gate(open, next_, next_ + good_for, [this](Instant instant) { return map_.frame_at(instant); });
}

void Offline::render(std::span<float> out) {
  playout_.render(next_, out, map_);
  const auto closed = shaper_.apply(gate_, next_, out);
  confirm(next_ + Frames{static_cast<std::int64_t>(out.size()) / channels_}, closed);
}

void Offline::pass(Frames count) {
  playout_.pass(next_, count, map_);
  confirm(next_ + count, closed_ranges(gate_, next_, count));
}

void Offline::confirm(DeviceFrame end, const ClosedRanges& closed) {
  std::vector<LostFrames> lost;
  for (std::size_t i = 0; i < closed.count; ++i) lost.push_back({closed.ranges[i], Loss::gate});
  last_sounding_ = end > next_ ? playout_.sounding(end - Frames{1}) : Playout::Sounding{};
  playout_.confirm(end, lost, map_);
  next_ = end;
}

}  // namespace loa::audio
