// `loa announce`: a file or a live input over whatever sounds, through the running station.
#pragma once

#include "daemon/station/commands/cli_invocation.hpp"

namespace loa::station {

int announce_command(const Invocation& invocation);

}  // namespace loa::station
