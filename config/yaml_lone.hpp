// Words that stand where a key with its value is expected: alone, or behind a comma that cuts a text. `bytes`: the
// file.
#pragma once

#include <string_view>

#include "config/diagnostics.hpp"
#include "config/node.hpp"

namespace loa::config::yaml {

/// A key without a colon and a value.
bool is_lone(std::string_view bytes, const Node& key, const Node& value);

/// A word that stands alone where a key with a value is expected.
void report_lone_word(const Node& word, Diagnostics& diagnostics);

/// "{days: mon, wed, fri}": of "wed" and "fri", read as keys of `map` so far.
bool is_cut_off(std::string_view bytes, const Node& map, const Node& key, const Node& value);

/// All that a comma has cut off the last value of `map`. True: it is no part of that value, its own key is what it
/// lacks.
bool report_comma(std::string_view bytes, const Node& map, Span cut, Diagnostics& diagnostics);

}  // namespace loa::config::yaml
