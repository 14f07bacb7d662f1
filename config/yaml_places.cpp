// Finds the ends of values in the text. Knows how YAML writes scalars; must not know what they mean.
#include "config/yaml_places.hpp"

#include <algorithm>

#include "config/yaml_scan.hpp"

namespace loa::config::yaml {
namespace {

bool is_space(char c) {
  return is_blank(c) || is_line_end(c);
}

std::size_t end_of_quoted(std::string_view bytes, std::size_t begin) {
  const char quote = bytes[begin];
  for (auto at = begin + 1; at < bytes.size(); ++at) {
    if (quote == '"' && bytes[at] == '\\') {
      ++at;
    } else if (bytes[at] == quote) {
      if (quote == '"' || at + 1 == bytes.size() || bytes[at + 1] != quote) return at + 1;
      ++at;
    }
  }
  return bytes.size();
}

// Line ends within a plain scalar were folded into blanks or line feeds.
std::size_t end_of_plain(std::string_view bytes, std::size_t begin, std::string_view value) {
  auto at = begin;
  for (std::size_t i = 0; i < value.size() && at < bytes.size();) {
    if (bytes[at] == value[i]) {
      ++at;
      ++i;
    } else if (is_space(bytes[at])) {
      while (at < bytes.size() && is_space(bytes[at])) ++at;
      while (i < value.size() && is_space(value[i])) ++i;
    } else {
      break;
    }
  }
  return at;
}

}  // namespace

std::size_t skip_blanks(std::string_view bytes, std::size_t begin) {
  for (auto at = begin; at < bytes.size();) {
    if (is_space(bytes[at])) {
      ++at;
    } else if (bytes[at] == '#') {
      at = line_end(bytes, at);
    } else {
      return at;
    }
  }
  return bytes.size();
}

std::size_t skip_properties(std::string_view bytes, std::size_t begin) {
  auto at = begin;
  while (at < bytes.size() && (bytes[at] == '&' || bytes[at] == '!')) {
    while (at < bytes.size() && !is_space(bytes[at])) ++at;
    at = skip_blanks(bytes, at);
  }
  return at;
}

std::size_t end_of_scalar(std::string_view bytes, std::size_t begin, std::string_view value) {
  if (begin >= bytes.size()) return bytes.size();
  const char first = bytes[begin];
  if (first == '"' || first == '\'') return end_of_quoted(bytes, begin);
  if (first == '|' || first == '>') return line_end(bytes, begin);
  return end_of_plain(bytes, begin, value);
}

}  // namespace loa::config::yaml
