#pragma once

#include "daemon/station/commands/cli_invocation.hpp"

namespace loa::station {

/// `loa approve ARTICLE|CLIP… [--date DATE] --by NAME`: who approved which recording, into the ledger.
int approve_command(const Invocation& invocation);

}  // namespace loa::station
