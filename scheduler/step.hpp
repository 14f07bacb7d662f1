// What to do next with a planned session, given now: pure. The daemon asks; it never decides by itself.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "scheduler/plan.hpp"

namespace loa::scheduler {

enum class Action { play, miss };

/// One item of a session as it will really be done.
struct Placed {
  const PlannedItem* item = nullptr;
  Action action = Action::play;
  Instant start;     // when it will sound (play)
  Frames offset{0};  // where in the clip it begins
  Frames frames{0};  // how many will sound
  Frames fade{0};
  Instant anchor;  // frames are counted from here
};

/// How a session is aired by a station that comes to it at `now` (before its start, or late): contract 2 and 4.
/// join: passed items are missed, the current one joined where it would be; start: all from the beginning within grace,
/// shifted, pins and the slot's end (`limit`) stand; skip: a session that has begun is missed. Items without frames are
/// missed. `items`: of this session, in order, none with a verdict; the answer has one entry for each, in that order.
std::vector<Placed> place_session(const PlannedSession& session, const std::vector<const PlannedItem*>& items,
                                  Instant now);

/// After `skip` at `now`: the next item at once, the rest forward until a pin, which stands (also at the next item).
std::vector<Placed> place_after_skip(const PlannedSession& session, const std::vector<const PlannedItem*>& rest,
                                     Instant now);

}  // namespace loa::scheduler
