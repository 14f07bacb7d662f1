// `loa play`: files on the device, exactly on time, without a station; where a `run` holds the device, through it.
#pragma once

#include "daemon/station/commands/cli_invocation.hpp"

namespace loa::station {

int play_command(const Invocation& invocation);

}  // namespace loa::station
