// The messages about what sounds, from and to the values of an engine of playout. Templates, because the wire knows no
// engine: the player's feeder and `render` drive the same one (audio::Playout), each on its own side of the wire.
#pragma once

#include <utility>
#include <variant>
#include <vector>

#include "daemon/wire/player_messages.hpp"

namespace loa::wire {

/// `End` has EndCause's enumerators; one that it lacks or has more is a compiler's error.
template <class End>
EndCause cause_of(End end) {
  switch (end) {
    case End::whole:
      return EndCause::whole;
    case End::cut:
      return EndCause::cut;
    case End::cancelled:
      return EndCause::cancelled;
    case End::gate:
      return EndCause::gate;
    case End::underrun:
      return EndCause::underrun;
    case End::unreadable:
      break;
  }
  return EndCause::unreadable;
}

/// Of a std::variant of two: what started (id, attempt, at, error) and what ended (id, attempt, at, played, cause,
/// note).
template <class Started, class Ended>
Event to_event(std::variant<Started, Ended> happening) {
  if (auto* started = std::get_if<Started>(&happening)) {
    return StartedEvent{std::move(started->id), started->attempt, started->at, started->error};
  }
  auto& ended = std::get<Ended>(happening);
  return EndedEvent{std::move(ended.id), ended.attempt,         ended.at,
                    ended.played,        cause_of(ended.cause), std::move(ended.note)};
}

template <class Cue>
Cue to_cue(const PlayOrder& order) {
  return {.id = order.id,
          .attempt = order.attempt,
          .master = order.master,
          .anchor = order.anchor,
          .at = order.at,
          .offset = order.offset,
          .frames = order.frames,
          .fade = order.fade,
          .live = order.live,
          .announce = order.announce,
          .at_once = order.at_once,
          .keeps_time = order.keeps_time,
          .peak = order.peak,
          .heeds_soft_hours = order.heeds_soft_hours};
}

template <class Permitted>
std::vector<Permitted> to_permitted(const GateOrder& order) {
  std::vector<Permitted> open;
  for (const auto& [from, until] : order.open) open.push_back({from, until});
  return open;
}

template <class Soft>
std::vector<Soft> to_soft(const GateOrder& order) {
  std::vector<Soft> soft;
  for (const auto& [from, until, gain] : order.soft) soft.push_back({from, until, gain});
  return soft;
}

}  // namespace loa::wire
