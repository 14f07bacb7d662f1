// What lies beside the operator's files and does not belong to them any more: a copied station that kept its id, the
// schemas that an older version of the program gave the editor.
#pragma once

#include <filesystem>
#include <string>

#include "config/diagnostics.hpp"

namespace loa::station {

/// A warning for each folder beside `station` that is a station with this id ("": none is looked for).
void check_beside(const std::filesystem::path& station, const std::string& id, config::Diagnostics& diagnostics);

/// A warning for each schema in .loa/ that is not this program's, in either language.
void check_schemas(const std::filesystem::path& station, config::Diagnostics& diagnostics);

}  // namespace loa::station
