#include "daemon/station/commands/cli_language.hpp"

#include <cstdlib>
#include <string>

namespace loa::station {

namespace {

std::optional<config::Language> of_locale() {
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* value = std::getenv(name);
    if (value != nullptr && *value != '\0') return config::language_named(value);
  }
  return std::nullopt;
}

}  // namespace

config::Language choose_language(std::optional<config::Language> given, const std::filesystem::path& station) {
  if (given) return *given;
  if (const auto named = settings_of(station).language) return *named;
  return of_locale().value_or(config::Language::vi);
}

}  // namespace loa::station
