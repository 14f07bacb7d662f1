// One turn after the other.
#include "daemon/player/feeder.hpp"

#include <algorithm>

#include "daemon/wire/playout_messages.hpp"

namespace loa::player {
namespace {

constexpr audio::Frames kChunk{960};
constexpr audio::Frames kLeast{240};          // of a live source, rendered at a time
constexpr audio::Frames kLeastMargin{1'440};  // 30 ms: what rendering anew may take before the device comes

}  // namespace

Feeder::Feeder(audio::Output& output, audio::Playout::Open open, int channels, std::chrono::nanoseconds latency)
    : output_(output),
      playout_(std::move(open), channels),
      clock_(latency),
      chunk_(audio::samples_of(kChunk, channels)),
      rights_(static_cast<std::size_t>(kChunk.count())) {}

void Feeder::turn() {
  read_stamps();
  const auto map = clock_.map();
  if (!map || output_.taken() < audio::DeviceFrame{kFirstStamps}) return;
  keep_up(*map);
  confirm(*map);
  heed_step(*map);
  for (const auto& order : std::exchange(waiting_, {})) {
    std::visit([&](const auto& one) { apply(one, *map); }, order);
  }
  set_gate(*map);
  admit(*map);
  render(*map);
  const auto sounding = playout_.sounding(confirmed_);
  const bool live = playout_.live(output_.window().written() - output_.taken());
  status_ = {map,  sounding.id,  sounding.attempt, sounding.played, status_.silent, playout_.idle(), status_.quitting,
             live, rate_.error()};
}

void Feeder::read_stamps() {
  for (audio::Stamp stamp; output_.next_stamp(stamp);) {
    clock_.add(stamp);
    rate_.add(stamp);
  }
}

void Feeder::keep_up(const audio::FrameMap& map) {
  auto& window = output_.window();
  const auto behind = window.written();
  window.catch_up();
  if (window.written() > behind) playout_.pass(behind, window.written() - behind, map);
}

void Feeder::confirm(const audio::FrameMap& map) {
  // In this order: what was lost before accounted() has been pushed before it was said.
  const auto until = std::min(output_.accounted(), output_.window().written());
  for (audio::LostFrames loss; output_.next_loss(loss);) lost_.push_back(loss);
  // Read after what is accounted for: what it tells of is at least as far.
  status_.silent = playout_.listen(until, lost_, output_.heard());
  playout_.confirm(until, lost_, map);
  std::erase_if(lost_, [&](const audio::LostFrames& loss) { return loss.range.until <= until; });
  confirmed_ = until;
  for (auto& happening : playout_.take_happenings()) events_.push_back(wire::to_event(std::move(happening)));
}

void Feeder::heed_step(const audio::FrameMap& map) {
  if (std::exchange(steps_, clock_.steps()) == clock_.steps()) return;
  const auto from = std::min(earliest(), output_.window().written());
  const auto changed = playout_.tie_anew(from, map);
  if (changed && *changed < output_.window().written()) rewind(*changed);
}

audio::DeviceFrame Feeder::earliest() const {
  return output_.taken() + margin();
}

audio::Frames Feeder::margin() const {
  return std::max(kLeastMargin, 2 * output_.longest());
}

void Feeder::rewind(audio::DeviceFrame to) {
  playout_.rewind(output_.window().rewind(to));
}

void Feeder::apply(const wire::PlayOrder& order, const audio::FrameMap& map) {
  const auto from = std::min(earliest(), output_.window().written());
  const auto changed = playout_.play(wire::to_cue<audio::Cue>(order), from, map);
  if (changed && *changed < output_.window().written()) rewind(*changed);
}

void Feeder::apply(const wire::CancelOrder& order, const audio::FrameMap&) {
  auto& window = output_.window();
  if (playout_.sounds_before(order.id, order.attempt, window.written())) rewind(earliest());
  playout_.cancel(order.id, order.attempt, order.fade, window.written());
}

void Feeder::apply(const wire::GateOrder& order, const audio::FrameMap&) {
  permitted_ = wire::to_permitted<audio::Permitted>(order);
  gate_expires_ = output_.taken() + order.good_for;
  if (playout_.soften(wire::to_soft<audio::Soft>(order))) rewind(earliest());
}

void Feeder::apply(const wire::QuitOrder&, const audio::FrameMap&) {
  rewind(earliest());
  playout_.cancel_all(wire::CancelOrder{}.fade, output_.window().written());
  status_.quitting = true;
}

void Feeder::set_gate(const audio::FrameMap& map) {
  const auto gate = audio::make_gate(permitted_, output_.taken(), gate_expires_,
                                     [&](audio::Instant instant) { return playout_.edge(instant, map); });
  if (gate == gate_) return;
  gate_ = gate;
  output_.set_gate(gate);
}

void Feeder::admit(const audio::FrameMap& map) {
  const auto from = std::min(earliest(), output_.window().written());
  const auto changed = playout_.admit(from, map);
  if (changed && *changed < output_.window().written()) rewind(*changed);
}

/// What a live source has not sent yet is waited for, but not longer than the device can wait.
void Feeder::render(const audio::FrameMap& map) {
  auto& window = output_.window();
  while (window.written() < output_.taken() + kAhead && window.room() >= kChunk) {
    const auto first = window.written();
    auto count = playout_.ready(first, kChunk, map);
    if (count < kChunk && count < kLeast) {
      if (first > output_.taken() + margin()) break;
      count = kChunk;
    }
    const auto samples = std::span(chunk_).first(chunk_.size() / static_cast<std::size_t>(kChunk.count()) *
                                                 static_cast<std::size_t>(count.count()));
    const auto rights = std::span(rights_).first(static_cast<std::size_t>(count.count()));
    playout_.render(first, samples, map, rights);
    window.write(samples, rights);
    keep_up(map);
  }
}

}  // namespace loa::player
