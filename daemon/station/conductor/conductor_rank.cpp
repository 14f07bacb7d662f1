// A higher priority has the air. The plan gives every item its pieces around it; this is for what the plan of its start
// did not know: an edit that brought the higher one, a session that begins late (contract 2).
#include <algorithm>

#include "daemon/station/conductor/conductor.hpp"
#include "daemon/station/conductor/conductor_times.hpp"

namespace loa::station {

namespace {

constexpr Frames kBreak = std::chrono::seconds(2);  // the fade of an interruption

bool is_above(const Run& higher, const Run& run) {
  return higher.session.priority < run.session.priority && !higher.session.overridden && higher.stopped_by.empty();
}

/// When its time is over: of a session that runs late and finishes, when the last of it is.
Instant end_of(const Run& run, const std::vector<Airing>& airings) {
  Instant end = run.session.end;
  if (run.session.overrun != scheduler::Overrun::finish) return end;
  for (const auto& airing : airings) {
    const bool sounds = airing.stage != Airing::Stage::closed && !airing.cancelled && !airing.silent();
    if (sounds && airing.item.session == run.session.id) end = std::max(end, airing.end());
  }
  return end;
}

/// What is to begin when a higher priority was planned to be over, and is not: the rest of it, as soon as that is.
void join_behind(const Run& higher, Airing& airing, Instant end) {
  if (airing.stage != Airing::Stage::planned || airing.start < higher.session.end) return;
  if (end <= airing.start || airing.end() <= end) return;
  airing.blame(Reason::emergency);
  airing.leave_out(end - airing.start);
  airing.arm_at = airing.start - times::kArmAhead;
}

}  // namespace

/// When a higher priority breaks into it, the fade before; nothing when none does.
std::optional<Instant> Conductor::broken_at(const Airing& airing) const {
  if (!airing.is_planned() || airing.stage == Airing::Stage::closed || airing.cancelled) return std::nullopt;
  const auto run = runs_.find(airing.item.session);
  if (run == runs_.end() || airing.frames <= Frames{0}) return std::nullopt;
  std::optional<Instant> first;
  for (const auto& [id, higher] : runs_) {
    const auto start = higher.session.start;
    if (!is_above(higher, run->second) || airing.end() <= start) continue;
    if (end_of(higher, airings_) <= airing.start) continue;
    const auto broken = std::max(airing.start, start - kBreak);
    first = std::min(first.value_or(broken), broken);
  }
  return first;
}

void Conductor::yield_to_higher() {
  for (auto& airing : airings_) {
    const auto run = runs_.find(airing.item.session);
    if (!airing.is_planned() || run == runs_.end()) continue;
    for (const auto& [id, higher] : runs_) {
      if (is_above(higher, run->second)) join_behind(higher, airing, end_of(higher, airings_));
    }
  }
  for (auto& airing : airings_) {
    const auto broken = broken_at(airing);
    if (broken && *broken <= now_) cut(airing, Reason::emergency, "", kBreak);
  }
}

}  // namespace loa::station
