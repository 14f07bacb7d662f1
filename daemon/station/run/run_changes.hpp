// What a new plan does differently, for people: what comes back from day to day is one line.
#pragma once

#include <string>
#include <vector>

#include "config/text.hpp"
#include "scheduler/plan_diff.hpp"

namespace loa::station {

/// At most `most` lines, then how many more; the last line counts the changes. `zone`: of the times shown.
std::string changes_text(const std::vector<scheduler::PlanChange>& changes, const calendar::Zone& zone,
                         config::Language language, std::size_t most, bool colour);

}  // namespace loa::station
