// `loa schema`.
#pragma once

#include "daemon/station/commands/cli_invocation.hpp"

namespace loa::station {

int schema_command(const Invocation& invocation);

}  // namespace loa::station
