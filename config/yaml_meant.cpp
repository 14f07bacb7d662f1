// The advice for a line that is not YAML. Must not know what keys are for.
#include "config/yaml_meant.hpp"

#include <algorithm>

#include "config/value_shape.hpp"
#include "config/yaml_scan.hpp"

namespace loa::config::yaml {
namespace {

using std::string_view;

/// What may stand within braces: a list or a quoted text as it is, one in quotes else; "" when it is not clear.
std::string as_value(string_view text) {
  if (text.empty() || shown(text) != text) return {};
  const bool whole = (text[0] == '"' && text.find('"', 1) == text.size() - 1) ||
                     (text[0] == '\'' && text.find('\'', 1) == text.size() - 1) ||
                     (text[0] == '[' && text.find(']') == text.size() - 1);
  if (whole) return std::string(text);
  return text.find_first_of("\"'[]{}#") == string_view::npos ? in_quotes(text) : std::string();
}

string_view inner(string_view text) {
  if (text.starts_with("“")) text.remove_prefix(string_view("“").size());
  if (text.ends_with("”")) text.remove_suffix(string_view("”").size());
  return text;
}

}  // namespace

std::size_t wrong_mark(string_view text) {
  if (text.size() > 1 && text[0] == '-' && text[1] != '-' && !is_blank(text[1])) return 1;
  for (const string_view mark : {"– ", "— ", "• ", "· ", "* ", "+ "}) {
    if (text.starts_with(mark)) return mark.size();
  }
  const auto digits = text.find_first_not_of("0123456789");
  if (digits == string_view::npos || digits == 0 || digits > 2) return 0;
  return (text[digits] == '.' || text[digits] == ')') && text.substr(digits + 1).starts_with(' ') ? digits + 2 : 0;
}

Text colon_advice(string_view key, string_view value) {
  const auto colon = value.find(": ");
  const auto word = value.substr(0, colon);
  auto rest = value.substr(std::min(colon + 2, value.size()));
  rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
  if (word == "holiday") return msg("write {0} without a blank", "holiday:" + shown(rest));
  const auto braced = word == "rrule" || word == "lunar" || word == "dates" ? as_value(rest) : std::string();
  if (!braced.empty()) return msg("put it in braces: {0}: {{{1}}}", key, std::string(word) + ": " + braced);
  return quote_this(key, inner(value));
}

}  // namespace loa::config::yaml
