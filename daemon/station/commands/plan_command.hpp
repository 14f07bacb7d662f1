// `loa plan`.
#pragma once

#include "daemon/station/commands/cli_invocation.hpp"

namespace loa::station {

int plan_command(const Invocation& invocation);

}  // namespace loa::station
