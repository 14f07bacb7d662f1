// Finds keys that occur twice in one mapping. Must not know what the keys mean.
#include <string_view>
#include <unordered_map>

#include "config/value_shape.hpp"
#include "config/yaml_tree.hpp"

namespace loa::config::yaml {
namespace {

void report(const Node& key, const Node& first, Diagnostics& diagnostics) {
  diagnostics
      .error("duplicate-key", key.span,
             msg("“{0}” stands here a second time, first in {1}", shown(key.scalar), first.span.file_line()))
      .would(msg("only one of them would take effect"))
      .mend(msg("delete one, or give it another name; what belongs together goes below one key"))
      .with(first.span);
}

void join(std::shared_ptr<const Node>& into, const Node& from, Diagnostics& diagnostics) {
  if (into->kind != from.kind || into->is_scalar()) return;
  auto joined = std::make_shared<Node>(*into);
  joined->items.insert(joined->items.end(), from.items.begin(), from.items.end());
  joined->entries.insert(joined->entries.end(), from.entries.begin(), from.entries.end());
  take_out_duplicates(*joined, diagnostics, false);
  into = std::move(joined);
}

}  // namespace

void take_out_duplicates(Node& mapping, Diagnostics& diagnostics, bool merge) {
  std::unordered_map<std::string_view, std::size_t> first;
  decltype(mapping.entries) kept;
  for (auto& entry : mapping.entries) {
    const auto [place, fresh] = first.emplace(entry.first->scalar, kept.size());
    if (fresh) {
      kept.push_back(std::move(entry));
      continue;
    }
    report(*entry.first, *kept[place->second].first, diagnostics);
    if (merge) join(kept[place->second].second, *entry.second, diagnostics);
  }
  mapping.entries = std::move(kept);
}

}  // namespace loa::config::yaml
