// What a running station tells its operator about an edit: mistakes, taken, held. Words only.
#pragma once

#include <string>

#include "config/diagnostics.hpp"
#include "daemon/station/conductor/conductor.hpp"
#include "daemon/station/page/page_facts.hpp"

namespace loa::station {

/// To standard error; nothing when there is nothing, or mere warnings that were `said` last (a recording that arrives
/// slowly makes many edits).
void say_findings(const config::Diagnostics& diagnostics, config::Language language, std::string& said);
/// What the edit changes on air in the next 7 days; a few lines. Gives them without colours.
std::string say_changes(const Snapshot& before, const Snapshot& after, Instant now, config::Language language);
/// Both were read from the same files, only the recordings are others.
bool same_texts(const Snapshot& one, const Snapshot& other);
/// What a page says of it. `none`: nothing new.
EditState edit_state(Taken taken, bool initial);
void say_taken(Taken taken, bool initial, const Status& status, config::Language language);

}  // namespace loa::station
