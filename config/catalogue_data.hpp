// The compiled Vietnamese catalogue, carried inside the program. Knows bytes only.
#pragma once

#include <string_view>

namespace loa::config {

/// The .mo file that messages/vi*.po were compiled to; lives as long as the program.
std::string_view vietnamese_catalogue();

}  // namespace loa::config
