// `loa play` where a `run` holds the device: the files go to it and it tells what became of them.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "daemon/station/commands/cli_invocation.hpp"
#include "daemon/station/conductor/play_orders.hpp"

namespace loa::station {

/// Who has the device that is asked for: nobody's daemon, the station's, or one of the station that does not answer.
enum class Holder { nobody, run, silent };
Holder holder_of_device(const Invocation& invocation);
/// Until every file has its row, or the daemon ends. Each is told once. The exit code.
int play_through_run(const Invocation& invocation, const std::vector<PlayItem>& items,
                     const std::function<void(const Played&)>& tell);

/// --by, else who is logged in; under sudo, who was.
std::string who_asks(const Invocation& invocation);

}  // namespace loa::station
