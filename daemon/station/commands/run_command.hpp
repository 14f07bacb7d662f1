// `loa run` and the commands that ask the running daemon.
#pragma once

#include "daemon/station/commands/cli_invocation.hpp"

namespace loa::station {

int run_command(const Invocation& invocation);
int now_command(const Invocation& invocation);
/// stop, skip, accept: what the daemon did, in words.
int order_command(const Invocation& invocation);

}  // namespace loa::station
