// How one session is being done: when the station came to it, and what an operator did with it.
#pragma once

#include <set>
#include <string>

#include "daemon/wire/row.hpp"
#include "scheduler/step.hpp"

namespace loa::station {

struct Run {
  scheduler::PlannedSession session;
  scheduler::Instant at;                   // when the station came to it, or the last skip
  wire::Reason late = wire::Reason::none;  // why what had passed by then did not sound
  std::set<std::string> excluded;          // ids that were over by then
  bool skipping = false;                   // placed by place_after_skip
  std::string skipped_by;
  std::string stopped_by;  // nothing of it sounds any more
};

}  // namespace loa::station
