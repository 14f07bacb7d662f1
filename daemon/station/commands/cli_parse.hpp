// The wall around CLI11: words in, what stood in them out. Must not know what a command does, nor speak to people.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "daemon/station/commands/cli_commands.hpp"

namespace loa::station {

struct ParsedWords {
  std::string command;  // "" when there was none
  std::map<std::string, std::string, std::less<>>
      options;  // common ones too: station lang now format json help version
  std::vector<std::string> arguments;
  std::vector<std::string> unknown;     // options or words that nobody expected, in order
  std::optional<std::string> no_value;  // an option whose value is missing: "--from"
};

/// Options may stand before or after the command.
ParsedWords parse_words(const std::vector<CommandSpec>& table, const std::vector<std::string>& words);

/// Options that every command has.
std::vector<OptionSpec> common_options();

}  // namespace loa::station
