// Tells a lost text from a key that has lost its colon. Must not know what keys mean.
#include "config/yaml_lone.hpp"

#include <algorithm>

#include "config/key_words.hpp"
#include "config/value_shape.hpp"
#include "config/yaml_places.hpp"

namespace loa::config::yaml {
namespace {

using std::string_view;

/// `at "05:30"`, `at = 05:30`: the key with its colon; "" when it is one word or a text.
std::string key_and_value(string_view word) {
  const auto end = std::min(word.find_first_not_of("abcdefghijklmnopqrstuvwxyz_"), word.size());
  auto value = word.substr(end);
  value.remove_prefix(std::min(value.find_first_not_of(" ="), value.size()));
  const bool is_value = !value.empty() && value.size() < word.size() - end &&
                        string_view("\"'[{0123456789").find(value[0]) != string_view::npos;
  const bool whole = shown(word) == word;  // else the advice would be cut
  return end > 0 && is_value && whole ? std::string(word.substr(0, end)) + ": " + std::string(value) : std::string();
}

/// "mon, wed", "T2, CN", "2026-12-01, 2026-12-02": more likely a list than a text.
bool are_words(string_view text) {
  constexpr string_view small = "abcdefghijklmnopqrstuvwxyz0123456789-.:, ";
  const bool abbreviations = text.find_first_not_of("TCN2345678, ") == string_view::npos;
  const bool blanks =
      std::adjacent_find(text.begin(), text.end(), [](char a, char b) { return a != ',' && b == ' '; }) != text.end();
  return (abbreviations || text.find_first_not_of(small) == string_view::npos) && !blanks;
}

/// "nhac/nhac-hieu.flac": no part of a title.
bool is_path(string_view text) {
  const auto dot = text.rfind('.');
  const bool ending = dot != string_view::npos && text.size() - dot >= 4 && text.size() - dot <= 5;
  return text.find(' ') == string_view::npos && (text.find('/') != string_view::npos || ending);
}

bool is_name(string_view word) {
  return !word.empty() && word[0] >= 'a' && word[0] <= 'z' && weekday_meant(word).empty();
}

/// "a, b, c" of `article`: "- {article: a}, - {article: b}, - {article: c}"; "" when one of them is no name.
std::string one_line_each(const std::string& key, string_view whole) {
  std::string lines;
  while (!whole.empty()) {
    auto word = whole.substr(0, whole.find(','));
    whole.remove_prefix(std::min(word.size() + 1, whole.size()));
    word.remove_prefix(std::min(word.find_first_not_of(' '), word.size()));
    while (word.ends_with(' ')) word.remove_suffix(1);
    if (!is_name(word)) return {};
    lines += (lines.empty() ? "- {" : ", - {") + key + ": " + std::string(word) + '}';
  }
  return lines;
}

Text comma_advice(const std::string& key, string_view whole, const std::string& lost) {
  const auto takes = what_takes(key);
  const bool is_value = are_words(whole) ? takes != Takes::text : is_path(lost);
  if (whole.find_first_of("\"'") != string_view::npos) {
    return msg("take “{0}” away, or write it as a key with a colon and its value", lost);
  }
  if (!is_value || shown(whole) != whole) return quote_this(key, whole);
  if (takes == Takes::list) {
    return msg("several values are a list: {0}: [{1}]; a text with a comma stands in quotes", key, whole);
  }
  const auto lines = takes == Takes::name ? one_line_each(key, whole) : std::string();
  return lines.empty() ? msg("write the key that “{0}” belongs to and a colon before it, or take it away", lost)
                       : msg("one item plays one thing: write each on a line of its own, {0}", lines);
}

}  // namespace

bool is_lone(string_view bytes, const Node& key, const Node& value) {
  if (!key.is_scalar() || key.reported || !value.is_null() || value.reported) return false;
  const auto behind = skip_blanks(bytes, key.span.end);
  return behind >= bytes.size() || (bytes[behind] != ':' && key.span.end > key.span.begin);
}

void report_lone_word(const Node& node, Diagnostics& diagnostics) {
  const string_view word = node.scalar;
  const auto colon = word.find(':');
  const bool in_word = colon != string_view::npos && colon > 0 && word.find(' ') > colon;
  const auto is_digit = [&](std::size_t at) { return at < word.size() && word[at] >= '0' && word[at] <= '9'; };
  if (in_word && is_digit(colon - 1) && is_digit(colon + 1)) {  // "05:00-21:00"
    diagnostics.error("no-colon", node.span, msg("“{0}” stands here without a key", shown(word)))
        .would(msg("it would never take effect"))
        .mend(msg("write its key and a colon before it, as in at: \"05:30\""));
  } else if (in_word) {
    diagnostics.error("no-blank-after-colon", node.span, msg("“{0}”: a space is missing after the colon", shown(word)))
        .would(msg("it is neither a key nor a value and would never take effect"))
        .mend(shown(word) == word
                  ? write_this(std::string(word.substr(0, colon)) + ": " + std::string(word.substr(colon + 1)))
                  : msg("put a space after the colon"));
  } else {
    const auto meant = key_and_value(word);
    diagnostics.error("no-colon", node.span, msg("“{0}” has no colon and no value", shown(word)))
        .would(msg("it would never take effect"))
        .mend(!meant.empty()
                  ? write_this(meant)
                  : msg("write “{0}: …”, or begin the line with “- ” if it is an item of a list", shown(word)));
  }
}

bool is_cut_off(string_view bytes, const Node& map, const Node& key, const Node& value) {
  const bool text_before = map.flow_style && !map.entries.empty() && map.entries.back().second->is_scalar();
  const auto& word = key.scalar;
  const bool no_blank = word.find(':') < word.find(' ');
  const bool no_colon = !key.quoted && word.find_first_of("\"'[{") != std::string::npos;  // until "20:00"
  return text_before && !no_blank && !no_colon && is_lone(bytes, key, value);
}

bool report_comma(string_view bytes, const Node& map, Span cut, Diagnostics& diagnostics) {
  const auto [before, text] = map.entries.back();
  const auto whole = bytes.substr(text->span.begin, cut.end - text->span.begin);
  const auto lost = shown(bytes.substr(cut.begin, cut.end - cut.begin));
  const auto takes = what_takes(before->scalar);
  const bool alone = are_words(whole) ? takes == Takes::name || takes == Takes::other : is_path(lost);
  diagnostics
      .error("comma-splits", cut,
             alone ? msg("“{0}” stands behind a comma without a key", lost)
                   : msg("the comma cuts the text of “{0}”: “{1}” is no part of it", before->scalar, lost))
      .would(alone ? msg("it would never take effect")
                   : msg("lists and reports would show only “{0}”", shown(text->scalar)))
      .mend(comma_advice(before->scalar, whole, lost));
  return alone;
}

}  // namespace loa::config::yaml
