// RFC 8785 (JSON Canonicalization Scheme): one text for one value. Knows JSON; of rows only what their hash leaves out.
#pragma once

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <string>

namespace loa::wire {

/// Keys sorted by UTF-16 code units, shortest numbers, no white space. Texts must be UTF-8; a number that is not finite
/// becomes null, which no JSON text of it would have been.
std::string canonical(const boost::json::value& value);

/// A row's canonical text as it is, and without its members `hash` and `sig` (what the hash is over), in one pass.
struct RowTexts {
  std::string whole;
  std::string bare;
};
RowTexts row_texts(const boost::json::object& row);

}  // namespace loa::wire
