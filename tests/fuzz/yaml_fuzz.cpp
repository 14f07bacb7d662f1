// Any bytes as a schedule file: no crash, an answer, places within the text, and reports that are valid UTF-8.
#include <cstdint>
#include <cstdlib>

#include "config/unicode.hpp"
#include "config/yaml.hpp"

namespace {

using namespace loa::config;  // a program of one file

void require(bool holds) {
  if (!holds) std::abort();
}

void check_place(const Span& at, const SourceText& source) {
  require(at.source == nullptr || at.source == &source);
  require(at.begin <= at.end && at.end <= source.bytes().size());
}

void check_tree(const Node& node, const SourceText& source, std::size_t& budget) {
  require(budget-- > 0);
  check_place(node.span, source);
  check_place(node.owner, source);
  for (const auto& item : node.items) check_tree(*item, source, budget);
  for (const auto& [key, value] : node.entries) {
    require(key->is_scalar());
    check_tree(*value, source, budget);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Sources sources;
  const auto& source = sources.add("a.yaml", std::string(reinterpret_cast<const char*>(data), size));
  Diagnostics diagnostics;
  YamlLimits limits;
  limits.nodes = 2000;
  const auto root = read_yaml(source, diagnostics, limits);
  require(root != nullptr || !diagnostics.all().empty());
  std::size_t budget = 2 * limits.nodes;
  if (root) {
    require(root->is_mapping());
    check_tree(*root, source, budget);
  }
  for (const auto& diagnostic : diagnostics.all()) check_place(diagnostic.at, source);
  require(valid_utf8(to_text(diagnostics, Language::vi, false)));
  require(valid_utf8(to_json_lines(diagnostics, Language::en)));
  return 0;
}
