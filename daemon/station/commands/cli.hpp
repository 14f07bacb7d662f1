// The command line: from words to one Invocation, and from there to the command's function.
#pragma once

#include <string>
#include <vector>

namespace loa::station {

/// `words`: without the program's name. The exit code of contract 3.
int run_command_line(const std::vector<std::string>& words);

}  // namespace loa::station
