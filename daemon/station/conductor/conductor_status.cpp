// What the conductor says of itself: now, next, device, clock, hub, held edit.
#include <algorithm>

#include "daemon/station/conductor/conductor.hpp"

namespace loa::station {

namespace {

constexpr std::chrono::hours kNextWithin{24 * 8};

Status::Next next_of(const scheduler::PlannedItem& item, Instant start) {
  return {item.id, item.article, item.title, start};
}

}  // namespace

std::optional<Status::OnAir> Conductor::on_air() const {
  for (const auto& airing : airings_) {
    const bool pause = airing.is_pause() && airing.start <= now_ && now_ < airing.end();
    if (airing.stage != Airing::Stage::sounding && !pause) continue;
    const auto played = pause ? now_ - airing.start : airing.played();
    return Status::OnAir{airing.is_planned() ? airing.item.id : "",
                         airing.item.session,
                         pause                                        ? "pause"
                         : airing.input.empty() && !airing.is_relay() ? "clip"
                                                                      : "relay",
                         airing.article,
                         airing.title,
                         airing.clip,
                         airing.start,
                         airing.end(),
                         played,
                         airing.length_known ? airing.frames : Frames{0},
                         airing.announcement != 0 ? airing.by : ""};
  }
  return {};
}

/// The next clip that is to sound.
std::optional<Status::Next> Conductor::next(Instant now) const {
  std::optional<Status::Next> found;
  for (const auto& airing : airings_) {
    if (!airing.is_planned() || airing.is_pause() || airing.silent() || airing.start <= now ||
        airing.stage == Airing::Stage::closed)
      continue;
    if (!found || airing.start < found->start) found = next_of(airing.item, airing.start);
  }
  if (found) return found;
  for (const auto& due : timetable_.between(now, now + kNextWithin)) {
    for (const auto& item : due.items) {
      const bool sounds = item.item.what != scheduler::What::pause && item.item.fault == scheduler::Fault::none;
      if (sounds && item.item.start > now && !consumed_.contains(item.item.id))
        return next_of(item.item, item.item.start);
    }
  }
  return found;
}

std::vector<Status::Announcement> Conductor::announced() const {
  std::vector<Status::Announcement> found;
  const auto& zone = timetable_.newest()->schedule.zone;
  for (const auto& order : announcements_) {
    Status::Announcement one{order.number, order.by, order.title(), {}, {}};
    if (order.repeats()) {
      one.next = order.due > now_ ? std::optional(order.due) : next_repeat(order, now_, zone);
      one.until = order.until;
    }
    found.push_back(std::move(one));
  }
  return found;
}

bool Conductor::quiet(Frames ahead) const {
  const auto soon = clock_.now() + ahead;
  for (const auto& airing : airings_) {
    if (airing.stage == Airing::Stage::closed || airing.is_pause() || airing.silent()) continue;
    if (airing.stage == Airing::Stage::sounding || airing.start <= soon) return false;
  }
  for (const auto& order : announcements_) {
    if (!order.over && order.due <= soon) return false;
  }
  const auto coming = timetable_.empty() ? std::nullopt : next(clock_.now());
  return !coming || coming->start > soon;
}

Status Conductor::status() const {
  Status status;
  status.now = clock_.now();
  status.clock = clock_.trust();
  status.device = device_name();
  status.device_state = name_of(watch_.device());
  status.device_note = watch_.note();
  status.amplifiers = amplifiers_.status();
  status.listening = hearing_.status();
  status.silent = silent_;
  status.second_device = watch_.second();
  status.hub = hub_.state();
  status.disk_fault = ledger_.disk_fault();
  if (timetable_.empty()) return status;
  status.zone = timetable_.newest()->schedule.zone;
  status.plan = timetable_.newest()->hash;
  if (held_) status.held = Status::Held{held_->hash, held_change_.before, held_change_.after};
  status.on_air = on_air();
  status.next = next(status.now);
  status.announcements = announced();
  return status;
}

}  // namespace loa::station
