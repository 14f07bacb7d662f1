// Shorthand for the tests of config/: one text in, its complaints out.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "config/diagnostics.hpp"
#include "config/node.hpp"
#include "config/yaml.hpp"

namespace loa::config {

/// A text that was read, with its tree and its complaints; owns what the places point into.
struct Said {
  explicit Said(std::string bytes, YamlLimits limits = {}) {
    root = read_yaml(sources.add("lich.yaml", std::move(bytes)), diagnostics, limits);
  }

  std::string text(Language language = Language::en) const { return to_text(diagnostics, language, false); }

  /// "line:column code", in their order.
  std::vector<std::string> places() const {
    std::vector<std::string> list;
    for (const auto& diagnostic : diagnostics.sorted()) {
      std::string place;
      if (diagnostic.at.source != nullptr) {
        const auto at = diagnostic.at.source->position(diagnostic.at.begin);
        place = std::to_string(at.line) + ':' + std::to_string(at.column) + ' ';
      }
      list.push_back(place + diagnostic.code);
    }
    return list;
  }

  /// The value of one key of the root, or null.
  std::shared_ptr<const Node> value(const std::string& key) const {
    for (const auto& [name, node] : root ? root->entries : decltype(root->entries)()) {
      if (name->scalar == key) return node;
    }
    return nullptr;
  }

  Sources sources;
  Diagnostics diagnostics;
  std::shared_ptr<const Node> root;
};

}  // namespace loa::config
