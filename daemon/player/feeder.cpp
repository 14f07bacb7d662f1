// One turn after the other.
#include "daemon/player/feeder.hpp"

#include <algorithm>

#include "daemon/wire/playout_messages.hpp"

namespace loa::player {
namespace {

constexpr audio::Frames kChunk{960};
constexpr audio::Frames kLeastMargin{1'440};  // 30 ms: what rendering anew may take before the device comes

}  // namespace

Feeder::Feeder(audio::Output& output, audio::Playout::Open open, int channels, std::chrono::nanoseconds latency)
    : output_(output),
      playout_(std::move(open), channels),
      clock_(latency),
      chunk_(audio::samples_of(kChunk, channels)) {}

void Feeder::turn() {
  read_stamps();
  const auto map = clock_.map();
  if (!map || output_.taken() < audio::DeviceFrame{kFirstStamps}) return;
  keep_up(*map);
  confirm(*map);
  for (const auto& order : std::exchange(waiting_, {})) {
    std::visit([&](const auto& one) { apply(one, *map); }, order);
  }
  set_gate(*map);
  render(*map);
  const auto sounding = playout_.sounding(confirmed_);
  status_ = {map, sounding.id, sounding.attempt, sounding.played, playout_.idle(), status_.quitting, rate_.error()};
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
  playout_.confirm(until, lost_, map);
  std::erase_if(lost_, [&](const audio::LostFrames& loss) { return loss.range.until <= until; });
  confirmed_ = until;
  for (auto& happening : playout_.take_happenings()) events_.push_back(wire::to_event(std::move(happening)));
}

audio::DeviceFrame Feeder::earliest() const {
  return output_.taken() + std::max(kLeastMargin, 2 * output_.longest());
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

void Feeder::render(const audio::FrameMap& map) {
  auto& window = output_.window();
  while (window.written() < output_.taken() + kAhead && window.room() >= kChunk) {
    const auto first = window.written();
    playout_.render(first, chunk_, map);
    window.write(chunk_);
    keep_up(map);
  }
}

}  // namespace loa::player
