// Finds a section by its key and reads the names in it.
#include "playlists/section.hpp"

#include <algorithm>
#include <optional>
#include <set>

#include "config/value_shape.hpp"

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

/// The names of one section. One that has a mistake and would be another's without it is answered as such.
class SectionNames {
 public:
  explicit SectionNames(const config::Node& section) : section_(section) {}

  std::optional<std::string> read(const config::Node& id, Diagnostics& diagnostics) {
    Diagnostics found;
    auto written = config::read_id(id, found);
    if (!written && id.is_scalar() && is_taken(config::id_like(id.scalar))) {
      diagnostics
          .error("duplicate-id", id.span,
                 msg("“{0}” is no id, and “{1}” is taken", config::shown(id.scalar), config::id_like(id.scalar)))
          .would(msg("nobody could say which of the two is meant"))
          .mend(msg("give it another name, of a-z, 0-9 and “-”"));
      return written;
    }
    diagnostics.append(std::move(found));
    return written;
  }

 private:
  bool is_taken(const std::string& name) {
    if (given_.empty()) {
      for (const auto& [id, value] : section_.entries) given_.insert(id->scalar);
    }
    return !name.empty() && !given_.insert(name).second;
  }

  const config::Node& section_;
  std::set<std::string, std::less<>> given_;
};

}  // namespace

std::vector<NamedNode> read_section(const NodePtr& root, std::string_view key, Diagnostics& diagnostics,
                                    const std::vector<std::string_view>& no_names) {
  std::vector<NamedNode> named;
  if (!root || !root->is_mapping()) return named;
  for (const auto& [name, section] : root->entries) {
    if (name->scalar != key || !is_entries(section, name->span, key, diagnostics)) continue;
    SectionNames names(*section);
    for (const auto& [id, value] : section->entries) {
      const bool no_name = std::find(no_names.begin(), no_names.end(), id->scalar) != no_names.end();
      auto written = no_name ? id->scalar : names.read(*id, diagnostics);
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
