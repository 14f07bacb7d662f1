// `loa library`.
#pragma once

#include "daemon/station/commands/cli_invocation.hpp"

namespace loa::station {

int library_command(const Invocation& invocation);

}  // namespace loa::station
