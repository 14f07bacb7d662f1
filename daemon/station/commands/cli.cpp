#include "daemon/station/commands/cli.hpp"

#include <algorithm>
#include <cstdlib>

#include "config/diagnostics.hpp"
#include "daemon/station/commands/cli_help.hpp"
#include "daemon/station/commands/cli_language.hpp"
#include "daemon/station/commands/cli_parse.hpp"
#include "daemon/station/host/output.hpp"

namespace loa::station {

namespace {

namespace fs = std::filesystem;
using config::Language;
using config::msg;
using config::Text;

std::optional<std::string> option_of(const ParsedWords& parsed, std::string_view name) {
  const auto found = parsed.options.find(name);
  return found == parsed.options.end() ? std::nullopt : std::optional(found->second);
}

fs::path station_of(const ParsedWords& parsed) {
  const char* inherited = std::getenv("LOA_STATION");
  const std::string fallback = inherited != nullptr && *inherited != '\0' ? inherited : ".";
  return fs::absolute(option_of(parsed, "station").value_or(fallback)).lexically_normal();
}

/// One command line being answered: each step either answers it (an exit code) or passes it on.
class CommandLine {
 public:
  explicit CommandLine(const std::vector<std::string>& words)
      : table_(command_table()), parsed_(parse_words(table_, words)) {
    const auto given = option_of(parsed_, "lang");
    const auto named = given ? config::language_named(*given) : std::nullopt;
    wrong_language_ = given && !named;
    language_ = choose_language(named, station_of(parsed_));
  }

  int run() {
    if (parsed_.no_value) return wrong(msg("{0} needs a value", *parsed_.no_value));
    if (wrong_language_) return wrong(msg("--lang takes vi or en, not “{0}”", *option_of(parsed_, "lang")));
    if (parsed_.options.contains("version")) return answer(version_line()) ? kDone : kWorldFailed;
    if (parsed_.command.empty()) return without_command();
    const CommandSpec& spec = *find_command(table_, parsed_.command);
    if (spec.function == nullptr) return not_yet(msg("`loa {0}` is not yet supported in this version", spec.name));
    if (parsed_.options.contains("help")) return help(&spec);
    if (const auto code = usage_fault(spec)) return *code;
    return spec.function(invocation(spec));
  }

 private:
  int wrong(const Text& text, const Text& advice = {}) const {
    std::string lines = "loa: " + text.in(language_) + "\n";
    if (!advice.empty()) lines += "  " + advice.in(language_) + "\n";
    say_lines(lines);
    return kWrongUsage;
  }

  int not_yet(const Text& text) const { return wrong(text); }

  int help(const CommandSpec* spec) const {
    const std::string words = spec != nullptr ? help_of_command(*spec, language_) : help_of_program(table_, language_);
    return answer(words) ? kDone : kWorldFailed;
  }

  /// `loa`, `loa --help`, `loa help`, `loa plna`.
  int without_command() const {
    if (!parsed_.unknown.empty()) return unknown(parsed_.unknown.front(), command_names());
    if (parsed_.options.contains("help")) return help(nullptr);
    return wrong(msg("which command?"), msg("`loa help` lists them"));
  }

  int unknown(const std::string& word, const std::vector<std::string>& known) const {
    const bool option = word.starts_with("-");
    const std::string near = config::nearest(word, known);
    const Text what = option ? msg("there is no option “{0}” here", word) : msg("there is no command “{0}”", word);
    return wrong(what, near.empty() ? msg("`loa help` lists them") : msg("did you mean “{0}”?", near));
  }

  std::vector<std::string> command_names() const {
    std::vector<std::string> names{"help"};
    for (const auto& command : table_) names.push_back(command.name);
    return names;
  }

  static std::vector<std::string> option_names(const CommandSpec& spec) {
    std::vector<std::string> names;
    for (const auto& options : {spec.options, common_options()}) {
      for (const auto& option : options) names.push_back("--" + option.name);
    }
    return names;
  }

  std::optional<int> usage_fault(const CommandSpec& spec) const {
    if (!parsed_.unknown.empty()) {
      const std::string& word = parsed_.unknown.front();
      if (word.starts_with("-")) return unknown(word.substr(0, word.find('=')), option_names(spec));
      return wrong(msg("`loa {0}` does not expect “{1}”", spec.name, word), usage_hint(spec));
    }
    if (spec.arguments.empty() && !parsed_.arguments.empty()) {
      return wrong(msg("`loa {0}` does not expect “{1}”", spec.name, parsed_.arguments.front()), usage_hint(spec));
    }
    for (const auto& option : spec.options) {
      if (option.required && !parsed_.options.contains(option.name)) {
        return wrong(msg("`loa {0}` needs --{1} {2}", spec.name, option.name, option.value), usage_hint(spec));
      }
    }
    if (parsed_.arguments.size() < spec.least_arguments) {
      return wrong(msg("`loa {0}` needs {1}", spec.name, spec.arguments), usage_hint(spec));
    }
    return format_fault(spec);
  }

  static Text usage_hint(const CommandSpec& spec) { return msg("`loa help {0}` tells more", spec.name); }

  std::optional<int> format_fault(const CommandSpec& spec) const {
    const auto format = option_of(parsed_, "format");
    const bool json = parsed_.options.contains("json");
    if (json && format && *format != "json") return wrong(msg("--json and --format {0} exclude each other", *format));
    const std::string wanted = json ? "json" : format.value_or("text");
    const auto has = [&](const std::vector<std::string>& formats) {
      return std::find(formats.begin(), formats.end(), wanted) != formats.end();
    };
    if (wanted == "text" || has(spec.formats)) return std::nullopt;
    return wrong(msg("`loa {0}` has no format “{1}”", spec.name, wanted), usage_hint(spec));
  }

  Invocation invocation(const CommandSpec& spec) const {
    Invocation made;
    made.command = spec.name;
    made.station = station_of(parsed_);
    made.language = language_;
    made.format = parsed_.options.contains("json") ? "json" : option_of(parsed_, "format").value_or("text");
    made.now = option_of(parsed_, "now");
    for (const auto& option : spec.options) {
      if (auto words = option_of(parsed_, option.name)) made.options[option.name] = std::move(*words);
    }
    made.arguments = parsed_.arguments;
    return made;
  }

  std::vector<CommandSpec> table_;
  ParsedWords parsed_;
  bool wrong_language_ = false;
  Language language_ = Language::vi;
};

}  // namespace

int run_command_line(const std::vector<std::string>& words) {
  return CommandLine(words).run();
}

}  // namespace loa::station
