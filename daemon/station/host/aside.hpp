// Work that may never end: what a network drive that hangs or a dying disk does not give back. It gets a thread that
// nobody waits for.
#pragma once

#include <chrono>
#include <functional>

namespace loa::station {

/// Runs `work` in a thread of its own. `work` must own whatever it touches: it may outlive everything else.
void run_aside(std::function<void()> work);

/// Until no such thread runs any more; false when one still does after `patience`. The process must then end by
/// std::_Exit: such a thread may come back while the process takes down what it uses.
bool aside_ends(std::chrono::milliseconds patience);

}  // namespace loa::station
