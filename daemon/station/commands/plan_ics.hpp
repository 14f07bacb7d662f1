// A plan for calendar programs: iCalendar (RFC 5545), one event a session.
#pragma once

#include <string>

#include "scheduler/plan.hpp"

namespace loa::station {

/// A whole calendar, lines ended by CRLF and folded at 75 octets. Times are in UTC, so that no zone has to be
/// described. The same plan gives the same bytes; a session keeps its UID from plan to plan. `station`: its name, for
/// people.
std::string plan_ics(const scheduler::Plan& plan, const calendar::Zone& zone, const std::string& station);

}  // namespace loa::station
