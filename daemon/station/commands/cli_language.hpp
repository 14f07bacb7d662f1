// Which language people are spoken to in: --lang, then station.yaml, then the locale, then Vietnamese.
#pragma once

#include <filesystem>
#include <optional>

#include "config/settings.hpp"
#include "config/text.hpp"

namespace loa::station {

/// What station.yaml says, without a word about its mistakes: enough to choose a language and a zone before the station
/// is really read. Defaults when there is no such file.
config::StationSettings settings_of(const std::filesystem::path& station);

/// `given`: --lang when it was given and is a language.
config::Language choose_language(std::optional<config::Language> given, const std::filesystem::path& station);

}  // namespace loa::station
