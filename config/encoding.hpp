// Whether bytes are text that people can have meant: UTF-8, or what else it looks like. Knows nothing of YAML.
#pragma once

#include "config/diagnostics.hpp"

namespace loa::config {

/// False after having reported NUL bytes, UTF-16, TCVN3, Windows-1258 or broken UTF-8.
bool check_encoding(const SourceText& source, Diagnostics& diagnostics);

}  // namespace loa::config
