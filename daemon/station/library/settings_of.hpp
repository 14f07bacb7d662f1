// The settings alone, before a station is really read, and those of other stations.
#pragma once

#include <filesystem>

#include "config/settings.hpp"

namespace loa::station {

/// What station.yaml says, without a word about its mistakes: enough to choose a language and a zone before the station
/// is really read. Defaults when there is no such file.
config::StationSettings settings_of(const std::filesystem::path& station);

}  // namespace loa::station
