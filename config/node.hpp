// A YAML document as a tree that keeps every place. Aliases are expanded by reference; visits are counted by the
// reader.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "config/source_text.hpp"

namespace loa::config {

struct Node {
  enum class Kind { null, scalar, sequence, mapping };

  Kind kind = Kind::null;
  Span span;           // of the value's text; of an alias: its place of use
  Span owner;          // the key or list item that it is the value of; the same as span at the root
  std::string scalar;  // the text as written, unescaped; "" unless scalar
  bool quoted = false;
  bool flow = false;                       // stands within { } or [ ]
  bool flow_style = false;                 // is itself written with { } or [ ]
  bool dropped = false;                    // mapping: something in it was no key, has been said, and is left out
  std::vector<std::string> dropped_words;  // of it: each word that had no colon; "" for what was none
  bool reported = false;  // null: what stood here was wrong and has been said; readers say no more about it
  std::vector<std::shared_ptr<const Node>> items;                                            // sequence
  std::vector<std::pair<std::shared_ptr<const Node>, std::shared_ptr<const Node>>> entries;  // mapping, as written

  bool is_mapping() const { return kind == Kind::mapping; }
  bool is_sequence() const { return kind == Kind::sequence; }
  bool is_scalar() const { return kind == Kind::scalar; }
  bool is_null() const { return kind == Kind::null; }
};

}  // namespace loa::config
