// Whether other files keep silent what was planned already, and why.
#pragma once

#include "scheduler/plan.hpp"

namespace loa::scheduler {

enum class TakenOff {
  no,        // they plan it, or say nothing of it
  calendar,  // a line of `calendar` mutes its programme that day, or has another in its place
  expired,   // its article, or its programme, may not be aired that day: `from`, `until`
};

/// By `schedule`, which is not the one that `item` was planned by. Pure.
TakenOff taken_off(const Schedule& schedule, const PlannedItem& item);

}  // namespace loa::scheduler
