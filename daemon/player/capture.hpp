// `loa-player --capture`: an input's sound into a named pipe, until nobody reads it any more. A process of its own,
// because a card that goes away may hang whoever uses it.
#pragma once

#include "daemon/player/options.hpp"

namespace loa::player {

/// Tells on standard output (wire::StreamNews). Returns the exit code; the caller ends the process at once.
int capture(const Options& options);

}  // namespace loa::player
