// Which names of a schedule/ folder are schedule files, and which only look like ones. Knows names; opens nothing.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "config/diagnostics.hpp"

namespace loa::config {

/// The names to be read, in their order; what is passed over is reported. `shown`: the folder as people see it,
/// "schedule" or "../chung/schedule". A folder that is there but cannot be read is reported; of one that is missing the
/// caller says so.
std::vector<std::string> schedule_names(const std::filesystem::path& folder, const std::string& shown,
                                        Diagnostics& diagnostics);

/// Whether the program has the right to open what lies in `folder`; else that is reported.
bool may_enter(const std::filesystem::path& folder, const std::string& shown, Diagnostics& diagnostics);

/// The ending, of those that browsers and copy programs write until a file is whole; "" when it is none of them.
std::string_view unfinished_ending(std::string_view name);

/// The entry of `folder` that was probably meant by `name`: other case, ".yml", ".yaml.txt"; "" when there is none.
std::string look_alike(const std::filesystem::path& folder, const std::string& name);

}  // namespace loa::config
