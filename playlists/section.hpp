// One top-level section of a schedule file, as a list of named things. Knows not what they are.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "config/fields.hpp"

namespace loa::playlists {

struct NamedNode {
  std::string id;  // "" when the name cannot be one: read the rest for its mistakes, keep nothing
  config::Span at;
  config::NodePtr value;
};

/// The entries of `key` in the mapping `root`, as written. A section that is absent or empty has none (empty: a
/// warning), one that is no mapping is an error; names that are no ids are
/// reported (one twice in the same section was, by read_yaml).
std::vector<NamedNode> read_section(const config::NodePtr& root, std::string_view key,
                                    config::Diagnostics& diagnostics);

}  // namespace loa::playlists
