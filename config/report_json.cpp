// Shows complaints as JSON lines, for machines (contract 3). Knows the names of the fields and nothing else.
#include <boost/json.hpp>

#include <algorithm>

#include "config/diagnostics.hpp"
#include "config/unicode.hpp"

namespace loa::config {
namespace {

void add_place(boost::json::object& object, const Span& at) {
  const auto& source = *at.source;
  const auto begin = source.position(at.begin);
  const auto line_end = source.line_begin(begin.line) + source.line(begin.line).size();
  const auto end = source.position(std::clamp(at.end, at.begin, std::max(at.begin, line_end)));
  object["line"] = begin.line;
  object["column"] = begin.column;
  object["end_column"] = std::max(end.column, begin.column + 1);
}

std::string sentence(const Diagnostic& diagnostic, Language language) {
  auto words = diagnostic.message.in(language);
  if (diagnostic.on_air.empty()) return words;
  return words + "; " + msg("on air").in(language) + ": " + diagnostic.on_air.in(language);
}

boost::json::object object_of(const Diagnostic& diagnostic, Language language) {
  boost::json::object object;
  const bool placed = diagnostic.at.source != nullptr;
  object["file"] = printable(placed ? diagnostic.at.source->name() : diagnostic.file);
  if (placed) add_place(object, diagnostic.at);
  object["severity"] = diagnostic.severity == Severity::error ? "error" : "warning";
  object["code"] = diagnostic.code;
  object["message"] = printable(sentence(diagnostic, language));
  if (!diagnostic.hint.empty()) object["hint"] = printable(diagnostic.hint.in(language));
  return object;
}

}  // namespace

std::string to_json_lines(const Diagnostics& diagnostics, Language language) {
  std::string out;
  for (const auto& diagnostic : diagnostics.sorted()) {
    out += boost::json::serialize(object_of(diagnostic, language)) + '\n';
  }
  return out;
}

}  // namespace loa::config
