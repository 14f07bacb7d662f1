// What the player tells, what becomes of the programme when it is gone, and what a step of the clock means.
#include <algorithm>
#include <cstdio>
#include <utility>

#include "daemon/station/conductor/conductor.hpp"
#include "daemon/station/conductor/conductor_rows.hpp"
#include "daemon/station/conductor/conductor_times.hpp"

namespace loa::station {

namespace {

std::string step_note(std::chrono::nanoseconds by) {
  char text[64];
  std::snprintf(text, sizeof text, "set by %+.3f s", std::chrono::duration<double>(by).count());
  return text;
}

}  // namespace

void Conductor::on(const wire::Event& event) {
  now_ = clock_.now();
  steady_ = clock_.steady();
  attention_.look(steady_);
  std::visit([this](const auto& what) { on_event(what); }, event);
  // A beat is frequent and decides nothing.
  if (!std::holds_alternative<wire::BeatEvent>(event)) tick();
}

void Conductor::on_event(const wire::DeviceEvent& event) {
  const bool was_open = watch_.open();
  watch_.on(event, steady_);
  note_device();
  if (was_open && !watch_.open()) lose_player();
  if (watch_.open()) gate_sent_.reset();
  if (watch_.open()) silent_ = false;
}

void Conductor::on_event(const wire::BeatEvent& event) {
  watch_.on(event, steady_);
  heed_silence(event);
  if (event.id.empty()) return;
  if (auto* airing = airing_of(event.id); airing != nullptr && airing->stage == Airing::Stage::sounding) {
    airing->on_beat(event, steady_);
  }
}

void Conductor::on_event(const wire::StartedEvent& event) {
  auto* airing = airing_of(event.id);
  if (airing == nullptr || airing->attempt != event.attempt || airing->stage != Airing::Stage::ordered) return;
  airing->on_started(event, steady_);
  hearing_.started(*airing, to_steady(event.at));
  progress_sent_.reset();  // told at once: it has begun
}

void Conductor::on_event(const wire::EndedEvent& event) {
  auto* airing = airing_of(event.id);
  if (airing != nullptr && airing->is_relay() && settle_relay(*airing, event)) return;
  if (airing == nullptr || airing->attempt != event.attempt) return;
  if (airing->stage != Airing::Stage::ordered && airing->stage != Airing::Stage::sounding) return;
  if (airing->announcement != 0 && settle_announcement(*airing, event)) return;
  airing->on_ended(event);
  close(*airing);
}

void Conductor::on_player_gone(const std::string& why) {
  now_ = clock_.now();
  steady_ = clock_.steady();
  attention_.look(steady_);
  lose_player();
  watch_.gone(why, steady_);
  note_device();
  tick();
}

/// What sounded goes on where it would be as soon as there is a player with a device again.
void Conductor::lose_player() {
  for (auto& airing : airings_) {
    const bool announced = airing.announcement != 0 && airing.stage != Airing::Stage::closed;
    if (announced && airing.cancelled) {
      close(airing);
    } else if (announced && (airing.stage != Airing::Stage::planned || airing.source_asked)) {
      lose_source(airing);
    } else if (airing.is_relay() && airing.stage != Airing::Stage::closed) {
      lose_relay(airing, Reason::device);
      if (airing.cancelled) close(airing);
    } else if (airing.stage == Airing::Stage::ordered) {
      airing.stage = Airing::Stage::armed;
    } else if (airing.stage == Airing::Stage::sounding) {
      hearing_.over(airing);
      airing.lose_attempt(Reason::device, std::chrono::ceil<Frames>(steady_ - airing.started_at));
      if (airing.cancelled) close(airing);
    }
  }
  gate_sent_.reset();
}

void Conductor::replace_player(const std::string& why) {
  lose_player();
  watch_.gone(why, steady_);
  note_device();
  player_.restart();
}

/// A fresh player is the only remedy, and it makes a gap of its own: it is tried once, not for ever.
void Conductor::heed_silence(const wire::BeatEvent& event) {
  const bool silent = event.silent > Frames{0};
  if (!silent || silent_) {
    silent_ = silent;
    return;
  }
  silent_ = true;
  auto row = incident_row("device", std::string(wire::kNothingHeard) + event.id);
  row["device"] = device_name();
  ledger_.append(std::move(row));
  if (silence_restart_ && steady_ - *silence_restart_ < Steady(times::kSilenceRestart)) return;
  silence_restart_ = steady_;
  replace_player("silent");
}

void Conductor::note_device() {
  const std::string state(name_of(watch_.device()));
  if (device_noted_ == state + device_name()) return;
  device_noted_ = state + device_name();
  const auto which = watch_.open() && watch_.second() ? state + " as the second device" : state;
  auto row = incident_row("device", watch_.note().empty() ? which : which + ": " + watch_.note());
  row["device"] = device_name();
  ledger_.append(std::move(row));
}

void Conductor::on_step(std::chrono::nanoseconds by) {
  ledger_.append(incident_row("clock", step_note(by)));
  if (std::chrono::abs(by) < times::kBigStep) return;
  const bool forward = by.count() > 0;
  ++steps_;
  board_stale_ = true;
  // What an earlier step passed, and this one did not take back, still waits for its verdict.
  if (unsettled_ && *unsettled_ + times::kBoardBack >= now_) unsettled_.reset();
  if (forward) {
    const auto passed = now_ - std::chrono::duration_cast<Frames>(by) - times::kBoardBack;
    unsettled_ = std::min(unsettled_.value_or(passed), passed);
  } else {
    go_back();
  }
  if (unsettled_) settle_at_ = steady_ + times::kSettled;
  for (auto& airing : airings_) resync(airing, forward);
  gate_sent_.reset();
}

/// What was in force only by the wrong time is in force from the right one on. Items that got their verdict by the
/// wrong time keep it.
void Conductor::go_back() {
  boot_floor_ = std::min(boot_floor_, now_);
  // What the station came to by the wrong time, and of which nothing has begun, it has yet to come to.
  std::erase_if(runs_, [this](const auto& entry) {
    const auto& run = entry.second;
    const bool begun = std::any_of(airings_.begin(), airings_.end(), [&](const Airing& airing) {
      return airing.item.session == entry.first && (airing.stage != Airing::Stage::planned || airing.attempt > 1);
    });
    return run.at > now_ && !run.skipping && run.stopped_by.empty() && !begun;
  });
  if (timetable_.empty() || timetable_.newest_from() <= now_) return;
  timetable_.begin(timetable_.newest(), now_);
  write_plan({}, "");
}

/// After a big step: what sounds and is over by the new time ends; what should be further on is joined there; what is
/// to come gets an anchor that the player has not tied to the old time. A step back repeats nothing.
void Conductor::resync(Airing& airing, bool forward) {
  using Stage = Airing::Stage;
  // An announcement is counted in frames from the moment it was ordered, whatever the clock says.
  if (airing.stage == Stage::closed || airing.cancelled || airing.announcement != 0) return;
  const bool sounding = airing.stage == Stage::sounding;
  if (sounding && !forward) return;
  if (sounding && now_ >= airing.end()) return cut(airing, Reason::clock, "");
  const wire::CancelOrder cancel{airing.item.id, airing.attempt};
  if (sounding || airing.stage == Stage::ordered) player_.send(wire::Order{cancel});
  if (sounding || airing.stage == Stage::ordered || airing.stage == Stage::armed) {
    hearing_.over(airing);
    airing.lose_attempt(Reason::clock, std::chrono::ceil<Frames>(steady_ - airing.started_at) + cancel.fade);
  }
  airing.anchor -= Frames(1);
  if (forward && now_ > airing.start) airing.blame(Reason::clock);
}

}  // namespace loa::station
