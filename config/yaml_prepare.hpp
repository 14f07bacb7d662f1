// What is wrong with a YAML text before any parser looks at it: tabs, invisible blanks, control characters, quotes
// that stay open, a second document. Each is reported and replaced by something harmless of the same length, so that
// the rest can be read and its mistakes found in the same run. Must not know keys.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "config/diagnostics.hpp"
#include "config/yaml_scan.hpp"

namespace loa::config::yaml {

struct Prepared {
  const SourceText* source = nullptr;
  std::string bytes;      // as long as the source
  std::size_t begin = 0;  // of the text, after a byte order mark
  Scan scan;
  std::vector<std::size_t> reported;  // places of mistakes that have been said, in order
  bool second_document = false;       // its keys are read as if they stood in the first
  bool hopeless = false;              // so many of them that the rest is not worth a look

  bool reported_within(std::size_t first, std::size_t last) const;
};

Prepared prepare(const SourceText& source, Diagnostics& diagnostics);

}  // namespace loa::config::yaml
