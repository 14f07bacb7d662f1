// Finds a section by its key and reads the names in it.
#include "playlists/section.hpp"

#include <algorithm>

namespace loa::playlists {

using config::Diagnostics;
using config::msg;
using config::NodePtr;

namespace {

bool is_entries(const NodePtr& section, config::Span key, std::string_view name, Diagnostics& diagnostics) {
  if (section->is_mapping()) return true;
  if (section->reported) return false;
  if (section->is_null()) {
    diagnostics.warning("empty-section", key, msg("there is nothing under “{0}”", name))
        .mend(msg("write something below it, or take the line away"));
    return false;
  }
  diagnostics.error("wrong-type", section->span, msg("“{0}” takes named things, each with its name and a colon", name))
      .would(msg("nothing of it could be played"))
      .mend(msg("write each on a line of its own below, two blanks further in: its name, a colon, its keys"));
  return false;
}

}  // namespace

std::vector<NamedNode> read_section(const NodePtr& root, std::string_view key, Diagnostics& diagnostics) {
  std::vector<NamedNode> named;
  if (!root || !root->is_mapping()) return named;
  for (const auto& [name, section] : root->entries) {
    if (name->scalar != key || !is_entries(section, name->span, key, diagnostics)) continue;
    for (const auto& [id, value] : section->entries) {
      auto written = config::read_id(*id, diagnostics);
      const bool meant = !written;
      named.push_back({meant ? config::id_like(id->scalar) : std::move(*written), id->span, value, meant});
    }
  }
  return named;
}

bool is_unreadable_section(const NodePtr& root, std::string_view key) {
  if (!root) return false;
  return std::any_of(root->entries.begin(), root->entries.end(), [&](const auto& entry) {
    const auto& section = *entry.second;
    return entry.first->scalar == key && !section.is_mapping() && (section.reported || !section.is_null());
  });
}

}  // namespace loa::playlists
