// Makes any fields fit for a row: numbers of at most 3 decimals, texts that are UTF-8, nothing that is null.
// Knows values, not names.
#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <string_view>

namespace loa::wire {

/// Members that are null, not finite or beyond 2^53 are left out, at every depth of objects.
boost::json::object cleaned(boost::json::object fields);

/// The nearest value with at most 3 decimals, by the shortest decimal text of `value`; half goes to even; -0 is 0.
double rounded(double value);

/// Each byte that is part of no UTF-8 sequence becomes U+FFFD.
std::string valid_utf8(std::string_view text);

}  // namespace loa::wire
