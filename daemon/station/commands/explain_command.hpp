// `loa explain INSTANT|ID`: which rules, in which file and line, decide what plays or why nothing does.
#pragma once

#include "daemon/station/commands/cli_invocation.hpp"

namespace loa::station {

int explain_command(const Invocation& invocation);

}  // namespace loa::station
