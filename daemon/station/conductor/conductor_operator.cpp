// What a person asks of the running programme: stop, skip, shut down.
#include <algorithm>
#include <utility>

#include "daemon/station/conductor/conductor.hpp"
#include "daemon/station/conductor/conductor_rows.hpp"
#include "daemon/station/conductor/conductor_times.hpp"

namespace loa::station {

/// What sounds, or would sound, or is silent on purpose, now.
Airing* Conductor::current() {
  Airing* found = nullptr;
  for (auto& airing : airings_) {
    if (airing.stage == Airing::Stage::closed || airing.cancelled) continue;
    if (airing.stage == Airing::Stage::sounding) return &airing;
    if (airing.start <= now_ && now_ < airing.end()) found = &airing;
  }
  return found;
}

/// The session whose slot it is, when something of it is still to come.
Run* Conductor::running() {
  for (const auto& airing : airings_) {
    const auto run = runs_.find(airing.item.session);
    if (run != runs_.end() && run->second.session.start <= now_ && now_ < run->second.session.end) return &run->second;
  }
  return nullptr;
}

Outcome Conductor::stop(const std::string& by) {
  tick();
  Airing* sounds = current();
  if (sounds != nullptr && sounds->announcement != 0) {
    cut(*sounds, Reason::operator_, by);
    tick();
    return {true, config::msg("the announcement is silenced; its repeats stay (loa announce --stop ends them too)")};
  }
  if (sounds != nullptr && !sounds->is_planned()) {
    withdraw(sounds->play, by);
    return {true, config::msg("what was played is silenced; the plan goes on")};
  }
  Run* run = sounds != nullptr ? &runs_[sounds->item.session] : running();
  if (run == nullptr) return {false, config::msg("nothing is on air; there is nothing to stop")};
  run->stopped_by = by;
  for (auto& airing : airings_) {
    if (airing.item.session == run->session.id && airing.stage != Airing::Stage::closed && !airing.cancelled) {
      cut(airing, Reason::operator_, by);
    }
  }
  tick();
  return {true,
          config::msg("silent until {0}", calendar::rfc3339(run->session.end, timetable_.newest()->schedule.zone))};
}

namespace {

/// Pieces of one item of a session: "…/3", "…/3b", "…/3c".
bool same_item(const scheduler::PlannedItem& one, const scheduler::PlannedItem& other) {
  const auto place = [](const std::string& index) {
    return index.substr(0, index.find_last_not_of("bcdefghijklmnopqrstuvwxyz") + 1);
  };
  return one.session == other.session && place(one.index) == place(other.index);
}

}  // namespace

/// The skipped item and what is over are no part of what comes next.
void Conductor::exclude_passed(Run& run, const scheduler::PlannedItem* skipped) const {
  for (const auto& due : board_) {
    if (due.session.id != run.session.id) continue;
    for (const auto& item : due.items) {
      const bool gone = skipped != nullptr && same_item(item.item, *skipped);
      if (gone || consumed_.contains(item.item.id)) run.excluded.insert(item.item.id);
    }
  }
}

/// Takes back the orders that the player has not begun: they will come at another time.
void Conductor::recall(const Run& run) {
  for (auto& airing : airings_) {
    const bool waits = airing.stage == Airing::Stage::armed || airing.stage == Airing::Stage::ordered;
    if (airing.item.session != run.session.id || !waits) continue;
    player_.send(wire::Order{wire::CancelOrder{airing.item.id, airing.attempt}});
    airing.lose_attempt(Reason::operator_, Frames{0});
  }
}

Outcome Conductor::skip(const std::string& by) {
  tick();
  Airing* sounds = current();
  if (sounds != nullptr && sounds->announcement != 0) {
    cut(*sounds, Reason::operator_, by);
    tick();
    return {true, config::msg("the announcement is silenced; its repeats stay (loa announce --stop ends them too)")};
  }
  if (sounds != nullptr && !sounds->is_planned()) {
    const Outcome outcome{true, config::msg("skipped {0}; what follows it keeps its time", sounds->title)};
    cut(*sounds, Reason::operator_, by);
    tick();
    return outcome;
  }
  Run* run = sounds != nullptr ? &runs_[sounds->item.session] : running();
  if (run == nullptr) return {false, config::msg("nothing is on air; there is nothing to skip")};
  std::optional<scheduler::PlannedItem> skipped;
  if (sounds != nullptr) {
    skipped = sounds->item;
    cut(*sounds, Reason::operator_, by);
  }
  run->skipping = true;
  run->skipped_by = by;
  run->at = soonest(now_ + times::kAtOnce);
  exclude_passed(*run, skipped ? &*skipped : nullptr);
  recall(*run);
  board_stale_ = true;
  tick();
  if (!skipped) return {true, config::msg("the next item comes at once")};
  const bool more = std::any_of(airings_.begin(), airings_.end(), [&](const Airing& airing) {
    return airing.item.session == run->session.id && !airing.cancelled;
  });
  if (!more) return {true, config::msg("skipped {0}; nothing follows it in its session", skipped->id)};
  return {true, config::msg("skipped {0}; the next item comes at once", skipped->id)};
}

void Conductor::shutdown() {
  tick();
  if (stopping_) return;
  stopping_ = true;
  stopped_at_ = steady_;
  for (auto& airing : airings_) {
    if (airing.announcement != 0 && !airing.has_begun()) {
      options_.sources->stop(airing.item.id, airing.attempt);
      airing.stage = Airing::Stage::closed;  // its order stands: the next start begins it
      continue;
    }
    const bool begun = airing.stage == Airing::Stage::sounding || (airing.is_relay() && airing.began.has_value()) ||
                       !airing.is_planned() || (airing.is_pause() && airing.start < now_);
    if (begun && !airing.cancelled) {
      cut(airing, Reason::power, "");
    } else if (airing.stage == Airing::Stage::ordered) {
      // It has not begun: the next start plays it or closes it.
      player_.send(wire::Order{wire::CancelOrder{airing.item.id, airing.attempt}});
      airing.stage = Airing::Stage::armed;
    }
  }
  tick();
}

void Conductor::finish_if_quiet() {
  hearing_.hurry(steady_);
  const bool sounds = std::any_of(airings_.begin(), airings_.end(),
                                  [](const Airing& airing) { return airing.stage == Airing::Stage::sounding; });
  if (sounds || (!amplifiers_.all_off() && steady_ < stopped_at_ + Steady(times::kKeysOff))) return;
  if (hearing_.waits()) return;
  ledger_.append(incident_row("shutdown", "in order"));
  ledger_.checkpoint();
  finished_ = true;
}

}  // namespace loa::station
