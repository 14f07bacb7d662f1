// Which language people are spoken to in: --lang, then station.yaml, then the locale, then Vietnamese.
#pragma once

#include <filesystem>
#include <optional>

#include "config/text.hpp"
#include "daemon/station/library/settings_of.hpp"

namespace loa::station {

/// `given`: --lang when it was given and is a language.
config::Language choose_language(std::optional<config::Language> given, const std::filesystem::path& station);

}  // namespace loa::station
