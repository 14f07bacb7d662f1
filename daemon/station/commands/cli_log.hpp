// `loa log` and `loa log verify`: from the command line's words to the ledger's readers.
#pragma once

#include "daemon/station/commands/cli_invocation.hpp"

namespace loa::station {

int show_log(const Invocation& invocation);
int verify_log(const Invocation& invocation);

}  // namespace loa::station
