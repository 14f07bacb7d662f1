// Keeps texts from the parsers that would cost them too much. Knows counts only.
#include "config/yaml_tree.hpp"

namespace loa::config::yaml {

void report_too_deep(Diagnostics& diagnostics, Span at, const YamlLimits& limits) {
  diagnostics.error("too-deep", at, msg("lists and keys are nested deeper than {0} levels", limits.depth))
      .would(msg("nothing of this file can be read or played"))
      .mend(msg("a schedule needs about six: look for brackets that are never closed"));
}

void report_too_many(Diagnostics& diagnostics, Span at, const YamlLimits& limits) {
  diagnostics.error("too-many-values", at, msg("the file has more than {0} values", limits.nodes))
      .would(msg("nothing of this file can be read or played"))
      .mend(msg("split it into several files"));
}

bool is_over_limits(const Prepared& text, const YamlLimits& limits, Diagnostics& diagnostics) {
  const auto& scan = text.scan;
  if (scan.deepest > limits.depth) {
    report_too_deep(diagnostics, {text.source, scan.deepest_at, scan.deepest_at + 1}, limits);
    return true;
  }
  // What yaml-cpp counts can be a little less than what the scan counts.
  if (scan.values <= limits.nodes + limits.nodes / 10 && scan.marks <= 2 * limits.nodes) return false;
  report_too_many(diagnostics, {text.source, 0, 1}, limits);
  return true;
}

}  // namespace loa::config::yaml
