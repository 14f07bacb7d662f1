// The list of public holidays that is shipped with the program, carried inside it. Knows bytes only.
#pragma once

#include <string_view>

namespace loa::config {

/// config/holidays.yaml; lives as long as the program.
std::string_view shipped_holidays();

}  // namespace loa::config
