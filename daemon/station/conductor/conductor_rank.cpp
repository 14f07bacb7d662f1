// A higher priority has the air. The plan gives every item its pieces around it; this is for what the plan of its start
// did not know: an edit that brought the higher one, a session that begins late (contract 2).
#include <algorithm>

#include "daemon/station/conductor/conductor.hpp"
#include "daemon/station/conductor/conductor_times.hpp"

namespace loa::station {

namespace {

constexpr Frames kBreak = std::chrono::seconds(2);  // the fade of an interruption

}  // namespace

/// When a higher priority breaks into it, the fade before; nothing when none does.
std::optional<Instant> Conductor::broken_at(const Airing& airing) const {
  if (!airing.is_planned() || airing.stage == Airing::Stage::closed || airing.cancelled) return std::nullopt;
  const auto run = runs_.find(airing.item.session);
  if (run == runs_.end() || airing.frames <= Frames{0}) return std::nullopt;
  std::optional<Instant> first;
  for (const auto& [id, higher] : runs_) {
    const auto& session = higher.session;
    if (session.priority >= run->second.session.priority || session.overridden || !higher.stopped_by.empty()) {
      continue;
    }
    if (airing.end() <= session.start || session.end <= airing.start) continue;
    const auto broken = std::max(airing.start, session.start - kBreak);
    first = std::min(first.value_or(broken), broken);
  }
  return first;
}

void Conductor::yield_to_higher() {
  for (auto& airing : airings_) {
    const auto broken = broken_at(airing);
    if (broken && *broken <= now_) cut(airing, Reason::emergency, "", kBreak);
  }
}

}  // namespace loa::station
