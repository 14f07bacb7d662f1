// What a running station tells its operator about an edit: mistakes, taken, held. Words only.
#pragma once

#include <string>

#include "config/diagnostics.hpp"
#include "daemon/station/conductor/conductor.hpp"
#include "daemon/station/page/page_facts.hpp"

namespace loa::station {
/// What a page says of it. `none`: nothing new.
EditState edit_state(Taken taken, bool initial);
void say_taken(Taken taken, bool initial, const Status& status, config::Language language);

}  // namespace loa::station
