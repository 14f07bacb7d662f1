// A plan for programs: one JSON object a line (contract 3), or CSV for a spreadsheet.
#pragma once

#include <string>

#include "scheduler/plan.hpp"

namespace loa::station {

std::string plan_json(const scheduler::Plan& plan, const calendar::Zone& zone);
/// Starts with a byte order mark and a line of names.
std::string plan_csv(const scheduler::Plan& plan, const calendar::Zone& zone);

std::string_view name_of(scheduler::Fault fault);                // "" for none
std::string_view name_of(scheduler::Interruption interruption);  // "" for none
/// "PL 22/11" of a repeat, else "".
std::string repeat_mark_of(const scheduler::PlannedItem& item);
/// The clip is longer than what is planned of it.
bool is_cut(const scheduler::PlannedItem& item);

}  // namespace loa::station
