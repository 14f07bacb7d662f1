// Reads a file of the operator without being blocked or filled by it: no devices, no pipes, nothing over the limit.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "config/diagnostics.hpp"

namespace loa::config {

/// The bytes of a regular file (symlinks are followed). Every failure is reported under `name`.
std::optional<std::string> read_operator_file(const std::filesystem::path& path, const std::string& name,
                                              Diagnostics& diagnostics);

}  // namespace loa::config
