// From what was observed of one planned item to its verdict and reason (contract 4): a pure table.
// Knows no clock, no player and no ledger.
#pragma once

#include <chrono>
#include <optional>

#include "daemon/wire/player_messages.hpp"
#include "daemon/wire/row.hpp"
#include "scheduler/plan.hpp"

namespace loa::station {

using wire::Reason;
using wire::Verdict;

/// A whole item whose start is further off than this was late.
inline constexpr std::chrono::milliseconds kExact{50};

/// What is known of an item when its time is over. `Reason::none` = nothing is known.
struct Observation {
  scheduler::Fault fault = scheduler::Fault::none;
  bool stood_in = false;     // of a relay: its fallback sounded, for a while or all the time
  bool substituted = false;  // something else sounded in its place
  bool cut_by_plan = false;  // the plan itself gives it less than its recording's length
  scheduler::Interruption interruption = scheduler::Interruption::none;  // in the plan
  bool outside_hours = false;
  Reason withheld = Reason::none;  // calendar, expired: the files that are in force next keep it silent
  wire::Frames whole{0};           // how much had to sound (a shorter substitute: its length)
  wire::Frames played{0};          // how much did, over all attempts; of a pause the silence that was kept
  /// Signed, + late, against the planned frame (joined items: against the frame joined at).
  std::optional<std::chrono::nanoseconds> start_error;
  Reason cost = Reason::none;   // what took frames from it
  Reason moved = Reason::none;  // what moved its start on purpose: power (late: start), operator_ (skip)
};

struct Judgement {
  Verdict verdict = Verdict::missed;
  Reason reason = Reason::none;
  bool operator==(const Judgement&) const = default;
};

Judgement judge(const Observation& seen);

}  // namespace loa::station
