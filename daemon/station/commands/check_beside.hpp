// Stations whose folders lie side by side: a copied folder that kept its id. Knows the neighbours' station.yaml only.
#pragma once

#include <filesystem>
#include <string>

#include "config/diagnostics.hpp"

namespace loa::station {

/// A warning for each folder beside `station` that is a station with this id ("": none is looked for).
void check_beside(const std::filesystem::path& station, const std::string& id, config::Diagnostics& diagnostics);

}  // namespace loa::station
