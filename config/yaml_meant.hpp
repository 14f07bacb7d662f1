// What a line that is not YAML was meant to be. Knows text only.
#pragma once

#include <string_view>

#include "config/diagnostics.hpp"

namespace loa::config::yaml {

/// What stands for the dash of an item where it begins, with its blanks: "-" without one, "– ", "1. "; else 0.
std::size_t wrong_mark(std::string_view text);

/// For the text of `key` with a colon in it. A key with its value: braces; a holiday with a blank: without it; else
/// quotes.
Text colon_advice(std::string_view key, std::string_view value);

}  // namespace loa::config::yaml
