#include "daemon/station/commands/cli_help.hpp"

#include <fmt/format.h>

#include "config/unicode.hpp"
#include "daemon/station/commands/cli_parse.hpp"

namespace loa::station {

namespace {

using config::Language;
using config::msg;
using config::Text;

constexpr std::size_t kNames = 22;

std::string line(const std::string& name, const std::string& words) {
  const auto cells = config::count_cells(name);
  if (cells >= kNames) return fmt::format("  {}\n  {:{}}  {}\n", name, "", kNames, words);
  return fmt::format("  {}{:{}}  {}\n", name, "", kNames - cells, words);
}

std::string heading(const Text& words, Language language) {
  return "\n" + words.in(language) + "\n";
}

std::string option_lines(const std::vector<OptionSpec>& options, Language language) {
  std::string lines;
  for (const auto& option : options) {
    const std::string name = "--" + option.name + (option.value.empty() ? "" : " " + option.value);
    lines += line(name, option.help.in(language));
  }
  return lines;
}

std::string usage_of(const CommandSpec& command) {
  std::string words = "loa " + command.name;
  for (const auto& option : command.options) {
    const std::string one = "--" + option.name + (option.value.empty() ? "" : " " + option.value);
    words += option.required ? " " + one : " [" + one + "]";
  }
  for (const auto& format : command.formats) words += format == "json" ? " [--json]" : " [--format " + format + "]";
  if (!command.arguments.empty()) words += " " + command.arguments;
  return words;
}

std::string later_commands(const std::vector<CommandSpec>& table) {
  std::string names;
  for (const auto& command : table) {
    if (command.function == nullptr) names += (names.empty() ? "" : ", ") + command.name;
  }
  return names;
}

std::string exit_codes(Language language) {
  return heading(msg("Exit codes:"), language) + line("0", msg("done, also with warnings").in(language)) +
         line("1", msg("the files or the request have errors").in(language)) +
         line("2", msg("wrong usage").in(language)) +
         line("3", msg("the world failed: device, disk, network, no running daemon").in(language));
}

}  // namespace

std::string version_line() {
  return "loa " LOA_VERSION "\n";
}

std::string help_of_program(const std::vector<CommandSpec>& table, Language language) {
  std::string help =
      msg("Loa plays what is planned for loudspeaker radio, on time, and proves what was played.").in(language);
  help += "\n" + heading(msg("Usage:"), language) + "  loa [--station DIR] [--lang vi|en] [--now INSTANT] COMMAND\n";
  help += heading(msg("Commands:"), language);
  for (const auto& command : table) {
    if (command.function != nullptr) help += line(command.name, command.help.in(language));
  }
  help += heading(msg("Options of every command, before or after it:"), language);
  help += option_lines(common_options(), language) + exit_codes(language);
  help += heading(msg("Not yet in this version:"), language) + "  " + later_commands(table) + "\n";
  return help + "\n" + msg("`loa help COMMAND` tells more about a command.").in(language) + "\n";
}

std::string help_of_command(const CommandSpec& command, Language language) {
  std::string help = "loa " + command.name + ": " + command.help.in(language) + "\n";
  help += heading(msg("Usage:"), language) + "  " + usage_of(command) + "\n";
  if (!command.options.empty()) help += heading(msg("Options:"), language) + option_lines(command.options, language);
  help += heading(msg("Options of every command, before or after it:"), language);
  return help + option_lines(common_options(), language);
}

}  // namespace loa::station
