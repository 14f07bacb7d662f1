// `loa init DIR`.
#pragma once

#include "daemon/station/commands/cli_invocation.hpp"

namespace loa::station {

int init_command(const Invocation& invocation);

}  // namespace loa::station
