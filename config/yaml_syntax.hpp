// Says in the operator's words why a block is not YAML. Knows the usual slips; must not know keys.
#pragma once

#include "config/yaml_prepare.hpp"
#include "config/yaml_tree.hpp"

namespace loa::config::yaml {

/// Top-level block: bytes [begin, end), from a key at column 1 to before the next one.
struct Block {
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// One diagnostic, at the place where the mistake is rather than where the parser stumbled.
void explain(const Prepared& text, const Block& block, const Fault& fault, Diagnostics& diagnostics);

}  // namespace loa::config::yaml
