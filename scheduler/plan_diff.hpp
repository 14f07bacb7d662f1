// What two plans do differently: for `diff`, and for whoever saves an edit.
#pragma once

#include <vector>

#include "scheduler/plan.hpp"

namespace loa::scheduler {

struct PlanChange {
  enum class Kind {
    added,     // `after` alone has it
    removed,   // `before` alone has it
    moved,     // it begins at another instant, or lasts longer or shorter
    replaced,  // another recording, other content of the same, or one that is approved now and was not, or the reverse
  };
  Kind kind = Kind::added;
  const PlannedItem* before = nullptr;  // of the plan asked about; null: not there
  const PlannedItem* after = nullptr;

  const PlannedItem& item() const { return after != nullptr ? *after : *before; }
};

/// By time, then id; an item that is moved and replaced has both. Items are the same by their ids, whatever the
/// station's id is (a copy may have another). Keeps pointers into both plans.
std::vector<PlanChange> differences(const Plan& before, const Plan& after);

}  // namespace loa::scheduler
