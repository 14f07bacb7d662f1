// Where the text of a YAML value begins and ends; yaml-cpp tells only where it begins, and that not always.
#pragma once

#include <cstddef>
#include <string_view>

namespace loa::config::yaml {

/// Past anchors and tags that stand before the value at `begin`.
std::size_t skip_properties(std::string_view bytes, std::size_t begin);
/// End of the plain, quoted or block scalar that begins at `begin` and has `value`.
std::size_t end_of_scalar(std::string_view bytes, std::size_t begin, std::string_view value);
/// The first byte from `begin` on that is neither blank nor line end nor comment; the size when there is none.
std::size_t skip_blanks(std::string_view bytes, std::size_t begin);

}  // namespace loa::config::yaml
