// `loa render`: the conductor and the engine of `run`, faster than real time, into a file.
#pragma once

#include "daemon/station/commands/cli_invocation.hpp"

namespace loa::station {

int render_command(const Invocation& invocation);

}  // namespace loa::station
