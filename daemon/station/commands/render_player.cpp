#include "daemon/station/commands/render_player.hpp"

#include <utility>

#include "daemon/wire/playout_messages.hpp"

namespace loa::station {

namespace {

void obey(audio::Offline& engine, const wire::PlayOrder& order) {
  engine.play(wire::to_cue<audio::Cue>(order));
}
void obey(audio::Offline& engine, const wire::CancelOrder& order) {
  engine.cancel(order.id, order.attempt, order.fade);
}
void obey(audio::Offline& engine, const wire::GateOrder& order) {
  engine.permit(wire::to_permitted<audio::Permitted>(order), order.good_for);
  engine.soften(wire::to_soft<audio::Soft>(order));
}
void obey(audio::Offline&, const wire::QuitOrder&) {}

}  // namespace

RenderPlayer::RenderPlayer(int channels, Instant begins)
    : engine_([](const std::string& path) { return audio::MasterReader::open(path); }, channels, begins),
      begins_(begins) {}

void RenderPlayer::send(const wire::Order& order) {
  std::visit([this](const auto& each) { obey(engine_, each); }, order);
}

std::vector<wire::Event> RenderPlayer::take_events() {
  std::vector<wire::Event> events;
  if (!std::exchange(told_device_, true)) events.push_back(wire::DeviceEvent{"open", "none", "", 0});
  for (auto& happening : engine_.take_happenings()) events.push_back(wire::to_event(std::move(happening)));
  const auto sounding = engine_.sounding();
  wire::BeatEvent beat;
  beat.taken = (position() - begins_).count();
  beat.heard = position();
  beat.id = sounding.id;
  beat.attempt = sounding.attempt;
  beat.played = sounding.played;
  events.push_back(beat);
  return events;
}

}  // namespace loa::station
