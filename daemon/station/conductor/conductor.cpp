// Boot, tick, sign of life.
#include "daemon/station/conductor/conductor.hpp"

#include <algorithm>
#include <utility>

#include "daemon/station/conductor/conductor_rows.hpp"
#include "daemon/station/conductor/conductor_times.hpp"

namespace loa::station {

namespace {

std::string boot_note(const History& history) {
  static const auto utc = calendar::Zone::find("UTC");
  if (!history.last_life || !utc) return "first start";
  return "last sign of life " + calendar::rfc3339(*history.last_life, *utc);
}

}  // namespace

Conductor::Conductor(Clock& clock, Ledger& ledger, PlayerLink& player, HubLink& hub, MasterShelf& shelf,
                     ConductorOptions options)
    : clock_(clock),
      ledger_(ledger),
      player_(player),
      hub_(hub),
      shelf_(shelf),
      options_(std::move(options)),
      trust_(clock.trust()),
      amplifiers_(options_.keyer, ledger),
      hearing_(options_.listener, ledger) {
  look();
}

void Conductor::look() {
  now_ = clock_.now();
  steady_ = clock_.steady();
  attention_.look(steady_);
  if (const auto moved = step_watch_.look(clock_)) on_step(*moved);
  if (const auto trust = clock_.trust(); trust != trust_) {
    ledger_.append(incident_row("clock", std::string(name_of(trust))));
    trust_ = trust;
  }
}

void Conductor::boot(const History& history) {
  look();
  booted_at_ = steady_;
  watch_.expect(steady_);
  last_life_ = history.last_life;
  begun_ = history.begun;
  // A clock that stands behind the last sign of life must not let anything be played a second time.
  boot_floor_ = now_;
  if (last_life_ && *last_life_ > now_ && *last_life_ - now_ < times::kBelievable) boot_floor_ = *last_life_;
  for (const auto& id : history.closed) consumed_.emplace(id, Closed{now_, steady_});
  ledger_.append(incident_row("boot", boot_note(history)));
  restore(history);
  close_plays(history);
  restore_announcements(history);
  if (!timetable_.empty()) {
    close_owed(history);
    write_plan({}, "");
  }
  ledger_.checkpoint();
}

/// The plans that were in force, each read once.
void Conductor::restore(const History& history) {
  std::map<std::string, SnapshotPtr> read;
  for (const auto& plan : history.plans) {
    const auto [entry, fresh] = read.try_emplace(plan.hash);
    if (fresh) entry->second = options_.load(plan.hash);
    if (entry->second) timetable_.begin(entry->second, plan.from);
  }
}

void Conductor::close_owed(const History& history) {
  for (const auto& due : timetable_.between(history.since, boot_floor_)) {
    // A session that still runs is placed by its `late` rule, with the plan that is taken next.
    if (due.session.end > boot_floor_) continue;
    for (const auto& item : due.items) {
      if (!consumed_.contains(item.item.id)) miss(item, Reason::power);
    }
  }
}

void Conductor::tick() {
  if (busy_ || finished_) return;
  busy_ = true;
  look();
  if (watch_.hung(steady_) && attention_.judges(steady_)) replace_player("hung");
  if (!timetable_.empty()) amplifiers_.use(timetable_.newest()->settings.amplifier);
  if (!timetable_.empty()) hearing_.use(timetable_.newest()->settings.audio.listen);
  hearing_.look(steady_);
  if (!stopping_) {
    refresh_board();
    begin_due_announcements();
    put_off_sessions();
    place_due();
  }
  yield_to_higher();
  yield_to_plan();
  refresh_gate();
  for (auto& airing : airings_) advance(airing);
  sweep();
  turn_keys();
  report_progress();
  repeat_plan_monthly();
  if (stopping_) finish_if_quiet();
  busy_ = false;
}

void Conductor::sweep() {
  std::erase_if(airings_, [](const Airing& airing) { return airing.stage == Airing::Stage::closed; });
}

void Conductor::report_progress() {
  const auto sounding = std::find_if(airings_.begin(), airings_.end(),
                                     [](const Airing& one) { return one.stage == Airing::Stage::sounding; });
  const bool idle = sounding == airings_.end();
  const Steady every = idle ? Steady(times::kProgressIdle) : Steady(times::kProgressSounding);
  if (timetable_.empty() || (progress_sent_ && steady_ - *progress_sent_ < every)) return;
  progress_sent_ = steady_;
  Progress progress;
  progress.at = calendar::rfc3339(now_, timetable_.newest()->schedule.zone);
  if (!idle) {
    progress.id = sounding->item.id;
    progress.attempt = sounding->attempt;
    progress.frames = sounding->played().count();
    progress.reached = sounding->reached().count();
  }
  progress.waiting = hearing_.unwritten();
  ledger_.note_progress(progress);
  ledger_.tick();
}

/// Each month's file of the ledger names the plan that it is about.
void Conductor::repeat_plan_monthly() {
  if (timetable_.empty()) return;
  const auto today = calendar::rfc3339(now_, timetable_.newest()->schedule.zone);
  if (today.substr(0, plan_month_.size()) != plan_month_ && timetable_.newest_from() <= now_) write_plan({}, "");
}

}  // namespace loa::station
