// The YAML wall: only the files config/yaml*.cpp hear of yaml-cpp and libyaml.
#pragma once

#include <memory>

#include "config/diagnostics.hpp"
#include "config/node.hpp"

namespace loa::config {

/// Limits of contract 1: an answer within 1 s and 128 MiB whatever the file.
struct YamlLimits {
  std::size_t bytes = 4u << 20;
  std::size_t nodes = 200'000;  // aliases counted by visits
  std::size_t depth = 64;
};

/// Says that a file is over the limit; `size` in bytes.
void report_too_big(Diagnostics& diagnostics, const std::string& name, std::size_t size, const YamlLimits& limits);

/// The tree of one file, or null when there is nothing that can be used (every reason is in `diagnostics`).
/// Broken syntax is reported once for each broken top-level block; the blocks that are whole are in the tree,
/// so that the mistakes in them are reported in the same run. A tree with errors must not go on air.
std::shared_ptr<const Node> read_yaml(const SourceText& source, Diagnostics& diagnostics, YamlLimits limits = {});

}  // namespace loa::config
