// Messages to people: an English msgid with arguments, rendered in Vietnamese or English when shown.
// Knows the catalogue; must not know what any message is about.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "config/shared_text.hpp"

namespace loa::config {

enum class Language { vi, en };

std::optional<Language> language_named(std::string_view name);  // "vi" | "en" (also "vi_VN.UTF-8")

struct Argument;

/// A value; cheap to move. Nothing is looked up before in(). Placeholders are fmt's {0}, {1}, …
class Text {
 public:
  Text() = default;
  Text(const char* msgid, std::vector<Argument> arguments);
  Text(const char* singular, const char* plural, unsigned long count, std::vector<Argument> arguments);

  /// The words themselves, the same in every language (names, ids, numbers).
  static Text verbatim(std::string words);

  bool empty() const;
  const char* id() const;  // the msgid, for tests; "" when verbatim
  std::string in(Language language) const;

 private:
  const char* msgid_ = "";
  const char* plural_ = nullptr;
  unsigned long count_ = 0;
  std::string verbatim_;
  std::vector<Argument> arguments_;
};

struct Argument {
  Text text;
  Argument(Text value) : text(std::move(value)) {}                         // NOLINT: implicit on purpose
  Argument(std::string value) : text(Text::verbatim(std::move(value))) {}  // NOLINT
  Argument(std::string_view value) : Argument(std::string(value)) {}       // NOLINT
  Argument(const char* value) : Argument(std::string(value)) {}            // NOLINT
  Argument(const SharedText& value) : Argument(value.str()) {}             // NOLINT
  Argument(long long value) : Argument(std::to_string(value)) {}           // NOLINT
  Argument(unsigned long value) : Argument(std::to_string(value)) {}       // NOLINT
  Argument(int value) : Argument(std::to_string(value)) {}                 // NOLINT
};

/// msg("unknown key “{0}”", key): xgettext's keyword. The msgid is a literal.
template <class... Arguments>
Text msg(const char* msgid, Arguments&&... arguments) {
  return Text(msgid, {Argument(std::forward<Arguments>(arguments))...});
}
/// msgn("{0} item", "{0} items", n, n): with a plural (English; Vietnamese has one form).
template <class... Arguments>
Text msgn(const char* singular, const char* plural, unsigned long count, Arguments&&... arguments) {
  return Text(singular, plural, count, {Argument(std::forward<Arguments>(arguments))...});
}

}  // namespace loa::config
