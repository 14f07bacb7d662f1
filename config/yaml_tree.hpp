// From text to a tree of Nodes by yaml-cpp's events, with every place and within limits. Must not know what keys mean.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "config/node.hpp"
#include "config/yaml.hpp"
#include "config/yaml_prepare.hpp"

namespace loa::config::yaml {

/// Why a text is not YAML, by yaml-cpp.
struct Fault {
  std::size_t offset = 0;  // byte in the whole text
  std::string words;       // yaml-cpp's own, English
};

struct Tree {
  std::shared_ptr<Node> root;  // null when there is a fault or nothing
  std::optional<Fault> fault;
  bool limit = false;  // a limit was passed, and reported
};

/// Nodes seen so far in one file; shared by its blocks.
struct Budget {
  YamlLimits limits;
  std::size_t nodes = 0;
};

/// Reads bytes [begin, end). Aliases, tags, merge keys, keys without values and duplicate keys below the root's
/// are reported here.
Tree build_tree(const Prepared& text, std::size_t begin, std::size_t end, Budget& budget, Diagnostics& diagnostics);

/// True after having said that brackets nest too deep, or that there are too many values: yaml-cpp would take
/// hundreds of MiB before its first event.
bool is_over_limits(const Prepared& text, const YamlLimits& limits, Diagnostics& diagnostics);

void report_too_deep(Diagnostics& diagnostics, Span at, const YamlLimits& limits);
void report_too_many(Diagnostics& diagnostics, Span at, const YamlLimits& limits);

/// Reports keys of one mapping that occur twice and leaves the first of each; with `merge`, what stands below the
/// later one joins the first, so that the mistakes in it are found.
void take_out_duplicates(Node& mapping, Diagnostics& diagnostics, bool merge);

}  // namespace loa::config::yaml
