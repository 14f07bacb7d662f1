// One top-level section of a schedule file, as a list of named things. Knows not what they are.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "config/fields.hpp"

namespace loa::playlists {

struct NamedNode {
  std::string id;  // of a name with a mistake: the id that it was meant to be, or "": keep nothing then
  config::Span at;
  config::NodePtr value;
  bool meant = false;  // the name has a mistake, which has been said
};

/// The entries of `key` in the mapping `root`, as written. A section that is absent or empty has none (empty: a
/// warning), one that is no mapping is an error; names that are no ids are
/// reported (one twice in the same section was, by read_yaml). `no_names`: keys that stand there by mistake, and are
/// given as they are written.
std::vector<NamedNode> read_section(const config::NodePtr& root, std::string_view key, config::Diagnostics& diagnostics,
                                    const std::vector<std::string_view>& no_names = {});

/// Whether the section is there and no names can be read from it, which has been said or will be: what it would name
/// is not known then.
bool is_unreadable_section(const config::NodePtr& root, std::string_view key);

}  // namespace loa::playlists
