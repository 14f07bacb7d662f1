// `loa devices`.
#pragma once

#include "daemon/station/commands/cli_invocation.hpp"

namespace loa::station {

int devices_command(const Invocation& invocation);

}  // namespace loa::station
