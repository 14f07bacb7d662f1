// `loa diff OTHER_DIR`: what would change on air if the other folder were the station's.
#pragma once

#include "daemon/station/commands/cli_invocation.hpp"

namespace loa::station {

int diff_command(const Invocation& invocation);

}  // namespace loa::station
