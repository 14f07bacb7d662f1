// Every command of `loa` in one table: its words, its options, its help, and the function that does it.
// A new command is a line here and a function `int command(const Invocation&)`.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "config/text.hpp"
#include "daemon/station/commands/cli_invocation.hpp"

namespace loa::station {

struct OptionSpec {
  std::string name;   // "from", without its dashes
  std::string value;  // what stands after it in the help: "DATE"; "" = a flag
  config::Text help;
  bool required = false;
};

using CommandFunction = int (*)(const Invocation& invocation);

struct CommandSpec {
  std::string name;                    // "plan", "log verify"
  CommandFunction function = nullptr;  // null: of the contract, and not in this version yet
  config::Text help;
  std::vector<OptionSpec> options{};
  std::string arguments{};  // how the help names the positional ones: "FILE…"; "" = takes none
  std::size_t least_arguments = 0;
  std::vector<std::string> formats{};  // besides text; the first is what --json means
};

std::vector<CommandSpec> command_table();
const CommandSpec* find_command(const std::vector<CommandSpec>& table, std::string_view name);

}  // namespace loa::station
