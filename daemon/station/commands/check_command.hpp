// `loa check`.
#pragma once

#include "daemon/station/commands/cli_invocation.hpp"

namespace loa::station {

int check_command(const Invocation& invocation);

}  // namespace loa::station
