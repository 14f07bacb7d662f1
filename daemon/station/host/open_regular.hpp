// Opening what people name without falling into what is no file.
#pragma once

#include <string>

namespace loa::station {

/// For reading; the descriptor is the caller's. -1 with errno: EISDIR also for a pipe, a device or a socket, which
/// might give bytes for ever, or none. Does not wait for whoever writes into it.
int open_regular(const std::string& file);

}  // namespace loa::station
