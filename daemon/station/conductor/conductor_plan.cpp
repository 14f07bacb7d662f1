// Which snapshot is in force, and how its sessions become airings.
#include <algorithm>
#include <utility>

#include "daemon/station/conductor/conductor.hpp"
#include "daemon/station/conductor/conductor_rows.hpp"
#include "daemon/station/conductor/conductor_times.hpp"
#include "scheduler/taken_off.hpp"

namespace loa::station {

Taken Conductor::take(SnapshotPtr snapshot, bool initial) {
  look();
  if (timetable_.empty()) {
    enforce(snapshot, first_reign(*snapshot, boot_floor_), {}, "");
    return Taken::accepted;
  }
  if (timetable_.newest()->hash == snapshot->hash) {
    held_.reset();
    return Taken::unchanged;
  }
  const Instant from = initial ? boot_floor_ : after_begun(now_ + times::kUntouchable);
  auto change = compare(*timetable_.newest(), *snapshot, from);
  if (change.drastic()) {
    held_ = std::move(snapshot);
    held_change_ = std::move(change);
    return Taken::held;
  }
  enforce(std::move(snapshot), from, change.removed, "");
  return Taken::accepted;
}

bool Conductor::renew(SnapshotPtr snapshot) {
  look();
  if (timetable_.empty() || timetable_.newest()->hash == snapshot->hash) return false;
  const Instant from = after_begun(now_ + times::kUntouchable);
  const auto change = compare(*timetable_.newest(), *snapshot, from);
  if (change.drastic()) return false;
  auto held = std::exchange(held_, nullptr);
  enforce(std::move(snapshot), from, change.removed, "");
  held_ = std::move(held);
  return true;
}

Outcome Conductor::accept(const std::string& by) {
  look();
  if (!held_) return {false, config::msg("no edit is held; there is nothing to accept")};
  const Instant from = after_begun(now_ + times::kUntouchable);
  const auto change = compare(*timetable_.newest(), *held_, from);
  enforce(held_, from, change.removed, by);
  return {true, config::msg("the held edit is in force from one minute from now on")};
}

/// After the clock went back: what has its verdict by the old time, or sounds, stays planned by the plan of then.
Instant Conductor::after_begun(Instant from) const {
  Instant last = last_closed_;
  for (const auto& airing : airings_) {
    if (airing.is_planned() && airing.has_begun() && airing.moved != Reason::operator_)
      last = std::max(last, airing.item.start);
  }
  return last >= from && last - now_ < times::kBelievable ? last + Frames(1) : from;
}

void Conductor::enforce(SnapshotPtr snapshot, Instant from, std::vector<std::string> removed, const std::string& by) {
  held_.reset();
  // What a skip brought forward has sounded, or is about to: nobody takes it away.
  std::erase_if(removed, [this](const std::string& id) {
    const auto* airing = airing_of(id);
    return consumed_.contains(id) || (airing != nullptr && airing->stage != Airing::Stage::planned);
  });
  options_.keep(*snapshot);
  timetable_.begin(std::move(snapshot), from);
  write_plan(removed, by);
  board_stale_ = true;
  for (auto& airing : airings_) {
    if (!airing.is_planned() && !airing.announces && !airing.has_begun())
      airing.hours = hours_of(*timetable_.newest(), airing);
  }
  tick();
}

void Conductor::write_plan(const std::vector<std::string>& removed, const std::string& by) {
  const auto& newest = *timetable_.newest();
  ledger_.append(plan_row(newest, timetable_.newest_from(), removed, by));
  plan_month_ = calendar::rfc3339(now_, newest.schedule.zone).substr(0, std::string_view("2026-11").size());
}

void Conductor::repeat_plans() {
  articles_.clear();
  campaigns_.clear();
  for (const auto& reign : timetable_.reigns()) {
    options_.keep(*reign.snapshot);
    ledger_.append(plan_row(*reign.snapshot, reign.from, {}, ""));
  }
}

bool Conductor::may_put_in_force(const std::string& hash) const {
  const auto& reigns = timetable_.reigns();
  return (held_ && held_->hash == hash) ||
         std::any_of(reigns.begin(), reigns.end(), [&](const auto& reign) { return reign.snapshot->hash == hash; });
}

std::vector<Wanted> Conductor::wanted() const {
  if (timetable_.empty()) return {};
  return wanted_masters(*timetable_.newest(), clock_.now());
}

void Conductor::refresh_board() {
  if (unsettled_ && steady_ >= settle_at_) {
    board_stale_ = true;
  } else if (!board_stale_ && now_ + times::kBoardRenewed < board_until_) {
    return;
  }
  if (timetable_.empty()) return;
  const Instant back =
      std::min(now_ - times::kBoardBack, std::max(unsettled_.value_or(now_), now_ - times::kFurthestBack));
  board_until_ = now_ + times::kBoardAhead;
  board_ = timetable_.between(back, board_until_);
  // By the wall clock alone a clock that is far ahead would make what has its verdict due again when it is set back.
  std::erase_if(consumed_, [&](const auto& entry) {
    return entry.second.planned < back - times::kBoardBack && entry.second.given < steady_ - Steady(times::kWrongClock);
  });
  std::erase_if(runs_, [&](const auto& entry) { return entry.second.session.end < back; });
  const auto& articles = timetable_.newest()->schedule.repertoire.articles;
  std::erase_if(articles_, [&](const auto& entry) { return !articles.contains(entry.first); });
  const auto& schedule = timetable_.newest()->schedule;
  std::erase_if(campaigns_, [&](const auto& entry) { return schedule.campaign(entry.first) == nullptr; });
  timetable_.forget(back - times::kBoardBack);  // further back than an id of an ended reign counts as taken
}

void Conductor::place_due() {
  const bool settled = unsettled_ && steady_ >= settle_at_;
  if (settled) unsettled_.reset();
  for (auto& due : board_) {
    if (due.first() > now_ + times::kPlaceAhead) break;
    if (!due.placed && !must_wait(due)) place(due);
  }
  if (!board_stale_) return;
  board_stale_ = false;
  std::set<std::string> planned;
  for (const auto& due : board_) {
    for (const auto& item : due.items) planned.insert(item.item.id);
  }
  std::erase_if(airings_, [&](const Airing& airing) {
    return airing.is_planned() && !airing.has_begun() && !planned.contains(airing.item.id);
  });
}

/// A session that is to begin late begins when it can sound: a start into a device that is still being opened would
/// lose its first frames.
bool Conductor::must_wait(const DueSession& due) const {
  if (unsettled_ && due.session.end <= now_) return true;
  if (announcing() && due.session.late != scheduler::Late::join && due.first() <= now_ &&
      !runs_.contains(due.session.id))
    return true;
  const bool opening =
      watch_.device() == PlayerWatch::Device::starting && steady_ - booted_at_ < Steady(times::kBootGrace);
  return opening && due.first() < now_ && due.session.late == scheduler::Late::start && !runs_.contains(due.session.id);
}

Run& Conductor::run_of(const DueSession& due) {
  const auto [entry, fresh] = runs_.try_emplace(due.session.id);
  Run& run = entry->second;
  run.session = due.session;
  if (!fresh) return run;
  const bool late = due.first() < now_;
  const bool restarts = late && due.session.late == scheduler::Late::start;
  const bool former = due.first() < boot_floor_;
  run.at = restarts ? now_ + times::kAtOnce : former ? std::max(now_, boot_floor_) : now_;
  run.at = soonest(run.at);
  const bool announced = broke_in_ && due.first() >= broke_in_->from && due.first() <= broke_in_->until;
  run.late = former ? Reason::power : announced ? Reason::emergency : Reason::clock;
  for (const auto& item : due.items) {
    const auto& id = item.item.id;
    // What sounded is not begun again: an id sounds once.
    if (restarts && may_have_sounded(id) && !consumed_.contains(id)) miss(item, Reason::power);
    if (consumed_.contains(id)) run.excluded.insert(id);
  }
  return run;
}

void Conductor::place(DueSession& due) {
  due.placed = true;
  const bool over = std::all_of(due.items.begin(), due.items.end(),
                                [&](const Due& item) { return consumed_.contains(item.item.id); });
  if (over) return;
  Run& run = run_of(due);
  std::vector<const scheduler::PlannedItem*> rest;
  for (const auto& item : due.items) {
    if (!run.excluded.contains(item.item.id)) rest.push_back(&item.item);
  }
  const auto placed = run.skipping ? scheduler::place_after_skip(run.session, rest, run.at)
                                   : scheduler::place_session(run.session, rest, run.at);
  std::map<const scheduler::PlannedItem*, const scheduler::Placed*> where;
  for (const auto& one : placed) where[one.item] = &one;
  Instant sounds_before = Instant::max();
  for (const auto& item : due.items) {
    if (consumed_.contains(item.item.id)) continue;
    const auto found = where.find(&item.item);
    if (!place_item(item, found == where.end() ? nullptr : found->second, run, sounds_before)) due.placed = false;
  }
}

/// False: its verdict has to wait. `sounds_before`: start of the last clip ahead of it in the session.
bool Conductor::place_item(const Due& due, const scheduler::Placed* placed, const Run& run, Instant& sounds_before) {
  const bool plays = placed != nullptr && placed->action == scheduler::Action::play;
  if (!plays && due.item.start <= now_) {
    if (unsettled_) return false;
    if (airing_of(due.item.id) == nullptr) miss(due, unplayed_reason(due, run));
    return true;
  }
  Airing made = plays ? make_airing(due, *placed, run) : doomed_airing(due, run);
  if (sounds_before != Instant::max()) {
    made.arm_at = std::max(made.arm_at, std::min(sounds_before, made.start - times::kArmLeast));
  }
  if (!made.is_pause() && !made.silent()) sounds_before = made.start;
  enter(std::move(made), run);
  return true;
}

/// Takes the place of an airing of the same id that has not begun; one that has begun stays as it is.
void Conductor::enter(Airing made, const Run& run) {
  Airing* existing = airing_of(made.item.id);
  if (existing == nullptr) {
    if (!run.stopped_by.empty()) return cut(made, Reason::operator_, run.stopped_by);
    airings_.push_back(std::move(made));
  } else if (!existing->has_begun()) {
    made.attempt = existing->attempt;
    if (existing->frames > Frames{0}) made.blame(existing->cost);
    *existing = std::move(made);
  }
}

/// An item without frames of its own gets the recording's verdict, not the delay's.
Reason Conductor::unplayed_reason(const Due& due, const Run& run) const {
  if (due.item.frames <= Frames{0} && due.item.start >= run.at) return Reason::none;
  return run.skipping ? Reason::operator_ : run.late;
}

/// What will not sound though its time is still to come: its verdict waits for its planned start, because until then an
/// edit may take it away.
Airing Conductor::doomed_airing(const Due& due, const Run& run) const {
  Airing made(due);
  made.frames = Frames{0};
  made.cost = unplayed_reason(due, run);
  if (made.cost == Reason::operator_) made.by = run.skipped_by;
  return made;
}

/// An edit takes nothing out of the plan that starts within a minute (contract 2); but what it mutes, or ends, is not
/// to be heard any more: planned as it was, and withheld.
Reason Conductor::withheld_since(const Due& due) const {
  const auto& newest = *timetable_.newest();
  if (due.under->hash == newest.hash) return Reason::none;
  switch (scheduler::taken_off(newest.schedule, due.item)) {
    case scheduler::TakenOff::no:
      break;
    case scheduler::TakenOff::calendar:
      return Reason::calendar;
    case scheduler::TakenOff::expired:
      return Reason::expired;
  }
  return Reason::none;
}

Airing Conductor::make_airing(const Due& due, const scheduler::Placed& placed, const Run& run) const {
  Airing made(due, placed);
  made.anchor -= Frames(steps_);
  if (made.shift() > Frames{0}) {
    made.moved = run.late;
    if (made.frames < made.item.frames) made.cost = run.late;
  }
  if (made.shift() < Frames{0} && run.skipping) {
    made.moved = Reason::operator_;
    made.by = run.skipped_by;
  }
  if (made.joined()) made.cost = run.late;
  made.hours = hours_of(*timetable_.newest(), made);
  if (!made.is_pause()) made.withheld = withheld_since(due);
  remember_begun(made);
  return made;
}

/// Before this boot. A start row alone is an intention: it is written ahead, and a beginning is a sign of life.
bool Conductor::may_have_sounded(const std::string& id) const {
  const auto found = begun_.find(id);
  if (found == begun_.end()) return false;
  return found->second.frames > Frames{0} || !last_life_ || found->second.start <= *last_life_;
}

void Conductor::remember_begun(Airing& airing) const {
  const auto found = begun_.find(airing.item.id);
  if (found == begun_.end() || found->second.frames <= Frames{0}) return;
  airing.attempt = 2;
  airing.played_before = found->second.frames;
  // Ahead of its time (a skip, a clock that went back) it may have got further than the last sign of life says.
  const Frames reached = found->second.reached, passed = airing.offset - airing.item.offset;
  if (passed < reached) airing.leave_out(reached + times::kProgressLost - passed);
  airing.began = found->second.start;
  airing.blame(Reason::power);
}

void Conductor::miss(const Due& due, Reason reason) {
  Airing airing(due);
  airing.cost = reason;
  if (reason == Reason::power) {
    remember_begun(airing);
    if (airing.is_pause() && last_life_ && airing.start < *last_life_) airing.keep_pause(*last_life_);
  }
  close(airing);
}

Airing* Conductor::airing_of(const std::string& id) {
  const auto found = std::find_if(airings_.begin(), airings_.end(), [&](const Airing& airing) {
    return airing.item.id == id && airing.stage != Airing::Stage::closed;
  });
  return found == airings_.end() ? nullptr : &*found;
}

}  // namespace loa::station
