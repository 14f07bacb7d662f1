// Which names of a schedule/ folder are schedule files, and which only look like ones. Knows names; opens nothing.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "config/diagnostics.hpp"

namespace loa::config {

/// The names to be read, in their order; what is passed over is reported. `shown`: the folder as people see it,
/// "schedule" or "../chung/schedule". A folder that is missing or cannot be listed is empty; the caller says so.
std::vector<std::string> schedule_names(const std::filesystem::path& folder, const std::string& shown,
                                        Diagnostics& diagnostics);

/// The entry of `folder` that was probably meant by `name`: other case, ".yml", ".yaml.txt"; "" when there is none.
std::string look_alike(const std::filesystem::path& folder, const std::string& name);

}  // namespace loa::config
