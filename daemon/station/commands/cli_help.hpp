// Help texts, made from the table of commands: nothing that a command can do is missing in them.
#pragma once

#include "daemon/station/commands/cli_commands.hpp"

namespace loa::station {

std::string help_of_program(const std::vector<CommandSpec>& table, config::Language language);
std::string help_of_command(const CommandSpec& command, config::Language language);
std::string version_line();

}  // namespace loa::station
