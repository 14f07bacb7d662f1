// Any text as each kind of value: it is read or exactly one thing is said; what was read can be written and read again.
#include <cstdint>
#include <cstdlib>

#include "config/fields.hpp"
#include "config/unicode.hpp"

namespace {

using namespace loa::config;  // a program of one file

void require(bool holds) {
  if (!holds) std::abort();
}

Node node_of(const SourceText& source) {
  Node node;
  node.kind = Node::Kind::scalar;
  node.scalar = std::string(source.bytes());
  node.span = {&source, 0, source.bytes().size()};
  return node;
}

template <class Read>
auto answered(const Node& node, Read read) {
  Diagnostics diagnostics;
  const auto value = read(node, diagnostics);
  require(value.has_value() != diagnostics.has_errors());
  require(diagnostics.count(Severity::error) <= 1);
  require(valid_utf8(to_text(diagnostics, Language::vi, true)));
  return value;
}

// What is written back is read as the same value.
template <class Value, class Read>
void check_round(const Value& value, Read read) {
  Sources sources;
  Diagnostics diagnostics;
  require(read(node_of(sources.add("b", to_string(value))), diagnostics) == value);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Sources sources;
  const auto& source = sources.add("a", std::string(reinterpret_cast<const char*>(data), size));
  const auto node = node_of(source);
  const auto time = [](const Node& from, Diagnostics& diagnostics) { return read_time(from, diagnostics, true); };
  if (const auto value = answered(node, time)) check_round(*value, time);
  if (const auto value = answered(node, read_duration)) check_round(*value, read_duration);
  if (const auto value = answered(node, read_date)) check_round(*value, read_date);
  answered(node, read_dates);
  answered(node, read_days);
  answered(node, read_flag);
  answered(node, read_words);
  answered(node, [](const Node& from, Diagnostics& diagnostics) { return read_number(from, diagnostics, -24, 6); });
  answered(node, [](const Node& from, Diagnostics& diagnostics) { return read_whole(from, diagnostics, 1, 2); });
  answered(node, [](const Node& from, Diagnostics& diagnostics) {
    return read_choice(from, diagnostics, {"cut", "fade"});
  });
  const auto id = [](const Node& from, Diagnostics& diagnostics) { return read_id(from, diagnostics); };
  if (const auto value = answered(node, id)) require(!value->empty() && value->size() <= 64);
  return 0;
}
