// `loa add FILE --article ID`: a recording from anywhere into the library, under the name that the schedule asks for.
#pragma once

#include "daemon/station/commands/cli_invocation.hpp"

namespace loa::station {

int add_command(const Invocation& invocation);

}  // namespace loa::station
