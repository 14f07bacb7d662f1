#include "daemon/station/commands/cli_parse.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>

namespace loa::station {

namespace {

using config::msg;

/// One command as CLI11 knows it. Values land in `parsed` when CLI11 has read everything.
class Commands {
 public:
  Commands(const std::vector<CommandSpec>& table, ParsedWords& parsed) : parsed_(parsed) {
    prepare(app_);
    for (const auto& spec : table) add(spec);
  }

  void parse(std::vector<std::string> words) {
    std::vector<std::string> reversed(words.rbegin(), words.rend());
    app_.parse(reversed);
    find_command(app_, "");
  }

 private:
  /// Unknown words are kept, not thrown: the answer about them is ours.
  void prepare(CLI::App& app) {
    app.set_help_flag("");
    app.allow_extras();
    app.require_subcommand(0, 1);
    for (const auto& option : common_options()) add(app, option);
    app.add_flag_callback("-h", [this] { parsed_.options["help"] = ""; });
  }

  void add(CLI::App& app, const OptionSpec& option) {
    const std::string name = option.name;
    if (option.value.empty()) {
      app.add_flag_callback("--" + name, [this, name] { parsed_.options[name] = ""; });
    } else {
      app.add_option_function<std::string>("--" + name,
                                           [this, name](const std::string& words) { parsed_.options[name] = words; })
          ->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
    }
  }

  void add(const CommandSpec& spec) {
    const auto space = spec.name.find(' ');
    CLI::App* parent = space == std::string::npos ? &app_ : app_.get_subcommand(spec.name.substr(0, space));
    CLI::App* command = parent->add_subcommand(spec.name.substr(space == std::string::npos ? 0 : space + 1));
    prepare(*command);
    for (const auto& option : spec.options) add(*command, option);
    if (!spec.arguments.empty()) command->add_option("arguments", parsed_.arguments);
  }

  void find_command(const CLI::App& app, const std::string& name) {
    parsed_.command = name;
    for (const auto& word : app.remaining()) {
      // `loa help plan` asks what `loa plan --help` asks.
      const bool asks = name.empty() && word == "help" && parsed_.unknown.empty() && !parsed_.options.contains("help");
      if (asks) parsed_.options["help"] = "";
      if (!asks) parsed_.unknown.push_back(word);
    }
    for (const CLI::App* chosen : app.get_subcommands()) {
      find_command(*chosen, name.empty() ? chosen->get_name() : name + " " + chosen->get_name());
    }
  }

  ParsedWords& parsed_;
  CLI::App app_;
};

}  // namespace

std::vector<OptionSpec> common_options() {
  return {
      {"station", "DIR", msg("the station's folder; default $LOA_STATION, else the current folder")},
      {"lang", "vi|en", msg("the language of the answers")},
      {"now", "INSTANT", msg("take this for the present moment (check, plan, diff, explain, add)")},
      {"format", "FORMAT", msg("text, json or csv, where the command has it")},
      {"json", "", msg("the same as --format json: one object a line")},
      {"help", "", msg("this help")},
      {"version", "", msg("the program's version")},
  };
}

ParsedWords parse_words(const std::vector<CommandSpec>& table, const std::vector<std::string>& words) {
  ParsedWords parsed;
  Commands commands(table, parsed);
  const auto mark = std::find(words.begin(), words.end(), "--");
  try {
    commands.parse({words.begin(), mark});
  } catch (const CLI::ParseError& error) {
    // All that is left to CLI11 to complain about: an option at the end without its value ("--from: 1 required …").
    const std::string what = error.what();
    parsed.no_value = what.substr(0, what.find(':'));
  }
  // CLI11 loses what follows "--" after the first positional word: these are words whatever they look like.
  if (mark != words.end()) parsed.arguments.insert(parsed.arguments.end(), mark + 1, words.end());
  return parsed;
}

}  // namespace loa::station
