// Takes words apart and checks what is common to all one-word values.
#include "config/value_shape.hpp"

#include <algorithm>

#include "config/unicode.hpp"

namespace loa::config {
namespace {

constexpr std::size_t kLongestWord = 100;  // bytes
constexpr std::size_t kMostNumbers = 10;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

std::string squeezed(std::string_view gap) {
  auto plain = folded(gap);
  std::erase(plain, ' ');
  return plain;
}

std::size_t end_of_run(std::string_view text, std::size_t from, bool digits) {
  while (from < text.size() && is_digit(text[from]) == digits) ++from;
  return from;
}

constexpr std::string_view kCurly[] = {"“", "”", "„", "‘", "’", "«", "»"};
constexpr std::string_view kInvisible[] = {"\u00A0", "\u2007", "\u202F", "\u200B", "\u200E", "\uFEFF", "\u3000"};

template <std::size_t size>
std::string without(std::string_view text, const std::string_view (&pieces)[size]) {
  std::string rest(text);
  for (const auto piece : pieces) {
    for (auto at = rest.find(piece); at != std::string::npos; at = rest.find(piece)) rest.erase(at, piece.size());
  }
  return rest;
}

Text kind_of(const Node& node) {
  switch (node.kind) {
    case Node::Kind::sequence:
      return msg("a list");
    case Node::Kind::mapping:
      return msg("keys with values");
    case Node::Kind::null:
      return msg("nothing");
    case Node::Kind::scalar:
      return msg("a text");
  }
  return {};
}

}  // namespace

bool Shape::is(std::string_view gap) const {
  if (numbers.empty() || !gaps.front().empty() || !gaps.back().empty()) return false;
  return std::all_of(gaps.begin() + 1, gaps.end() - 1, [&](const std::string& between) { return between == gap; });
}

bool Shape::digits(std::size_t index, std::size_t least, std::size_t most) const {
  return index < numbers.size() && numbers[index].size() >= least && numbers[index].size() <= most;
}

int Shape::number(std::size_t index) const {
  if (index >= numbers.size() || numbers[index].size() > 9) return -1;
  return std::stoi(numbers[index]);
}

Shape shape_of(std::string_view text) {
  const Shape none{{}, {""}};
  if (text.size() > kLongestWord) return none;
  Shape shape;
  for (std::size_t at = 0; shape.numbers.size() < kMostNumbers;) {
    const auto gap_end = end_of_run(text, at, false);
    shape.gaps.push_back(squeezed(text.substr(at, gap_end - at)));
    if (gap_end == text.size()) return shape;
    at = end_of_run(text, gap_end, true);
    shape.numbers.emplace_back(text.substr(gap_end, at - gap_end));
  }
  return none;
}

std::optional<std::string> any_text(const Node& node, Diagnostics& diagnostics, const Text& form) {
  if (node.reported) return std::nullopt;
  if (node.is_scalar()) return node.scalar;
  const bool empty = node.is_null();
  diagnostics
      .error(empty ? "empty-value" : "wrong-type", node.span, msg("expected {0}, found {1}", form, kind_of(node)))
      .would(msg("what is asked for here is not known, so it cannot be played"))
      .mend(msg("write {0}", form));
  return std::nullopt;
}

std::optional<std::string> plain_word(const Node& node, Diagnostics& diagnostics, const Text& form) {
  const auto text = any_text(node, diagnostics, form);
  if (!text) return std::nullopt;
  if (const auto bare = without(*text, kCurly); bare != *text) {
    diagnostics.error("curly-quotes", node.span, msg("the quotes in {0} are typographic ones", shown(*text)))
        .would(msg("they would be read as part of the value"))
        .mend(msg("write \"{0}\" with straight quotes, or {0} without any", shown(bare)));
    return std::nullopt;
  }
  if (const auto bare = without(*text, kInvisible); bare != *text) {
    diagnostics.error("non-breaking-space", node.span, msg("“{0}” holds an invisible character", shown(bare)))
        .would(msg("it would be read as part of the value"))
        .mend(msg("delete the value and type it again: {0}", shown(bare)));
    return std::nullopt;
  }
  return text;
}

Text write_this(std::string value) {
  return msg("write {0}", std::move(value));
}

std::string flow_list(const std::vector<std::string>& values) {
  std::string list;
  for (const auto& value : values) list += (list.empty() ? "[" : ", ") + value;
  return list.empty() ? "[]" : list + ']';
}

std::string in_quotes(std::string_view text) {
  if (shown(text) != text) return {};
  const bool plain = text.find_first_of("\"\\") == std::string_view::npos;
  if (!plain && text.find('\'') != std::string_view::npos) return {};
  const char mark = plain ? '"' : '\'';
  return mark + std::string(text) + mark;
}

Text quote_this(std::string_view text) {
  const auto quoted = in_quotes(text);
  return quoted.empty() ? msg("put the whole text in quotes") : msg("put the text in quotes: {0}", quoted);
}

Text quote_this(std::string_view key, std::string_view text) {
  const auto quoted = in_quotes(text);
  return quoted.empty() ? msg("put the whole text in quotes") : msg("put the text in quotes: {0}: {1}", key, quoted);
}

std::string shown(std::string_view value) {
  constexpr std::size_t most = 60;
  const auto head = printable(value.substr(0, most * 8));
  const auto letters = clusters(head);
  if (letters.size() <= most) return head;
  return head.substr(0, letters[most].begin) + "…";
}

}  // namespace loa::config
