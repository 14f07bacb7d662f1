#include "daemon/station/commands/render_player.hpp"

#include <type_traits>

namespace loa::station {

namespace {

wire::EndCause cause_of(audio::End end) {
  switch (end) {
    case audio::End::whole:
      return wire::EndCause::whole;
    case audio::End::cut:
      return wire::EndCause::cut;
    case audio::End::cancelled:
      return wire::EndCause::cancelled;
    case audio::End::gate:
      return wire::EndCause::gate;
    case audio::End::underrun:
      return wire::EndCause::underrun;
    case audio::End::unreadable:
      return wire::EndCause::unreadable;
  }
  return wire::EndCause::unreadable;
}

wire::Event event_of(const audio::Happening& happening) {
  if (const auto* started = std::get_if<audio::Started>(&happening)) {
    return wire::StartedEvent{started->id, started->attempt, started->at, started->error};
  }
  const auto& ended = std::get<audio::Ended>(happening);
  return wire::EndedEvent{ended.id, ended.attempt, ended.at, ended.played, cause_of(ended.cause), ended.note};
}

void obey(audio::Offline& engine, const wire::PlayOrder& order) {
  engine.play({order.id, order.attempt, order.master, order.anchor, order.at, order.offset, order.frames, order.fade});
}
void obey(audio::Offline& engine, const wire::CancelOrder& order) {
  engine.cancel(order.id, order.attempt, order.fade);
}
void obey(audio::Offline& engine, const wire::GateOrder& order) {
  std::vector<audio::Permitted> open;
  for (const auto& interval : order.open) open.push_back({interval.from, interval.until});
  engine.permit(open, order.good_for);
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
  for (const auto& happening : engine_.take_happenings()) events.push_back(event_of(happening));
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
