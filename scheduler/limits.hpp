// Limits of sessions and minutes: what breaks them on a day, and what an enforced one keeps silent. Internal to the
// plan.
#pragma once

#include <vector>

#include "scheduler/plan_draft.hpp"

namespace loa::scheduler {

/// A session that breaks a limit.
struct Breach {
  enum class Kind { sessions_per_day, minutes_per_session, minutes_per_day };
  Kind kind = Kind::sessions_per_day;
  const Limit* limit = nullptr;
  std::size_t session = 0;     // in the draft
  long long number = 0;        // sessions_per_day: which of the day it is, from 1
  Frames sound{0};             // minutes_…: of the session, or of the day with it
  std::size_t first_item = 0;  // the first of its items beyond the limit
};

/// Every breach, by day and limit. Counted are sessions below emergency and the sound of their items, silence not; a
/// session belongs to the local date of its start. `mistaken`: programmes with a mistake count as they are; else not.
std::vector<Breach> breaches(const Schedule& schedule, const Draft& draft, bool mistaken = true);

/// What is beyond an enforced limit stays silent: its items keep their time and have Fault::limited. Of a session that
/// is one too many all of them, else those from the first that does not fit whole.
void enforce_limits(const Schedule& schedule, Draft& draft);

}  // namespace loa::scheduler
