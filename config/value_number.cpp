// Reads numbers and true | false. Decimal only; must not know what is counted.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "config/fields.hpp"
#include "config/unicode.hpp"
#include "config/value_shape.hpp"

namespace loa::config {
namespace {

struct Form {
  bool whole;
  double low, high;
  Text words() const {
    return whole ? msg("a whole number from {0} to {1}", fmt::format("{}", low), fmt::format("{}", high))
                 : msg("a number from {0} to {1}", fmt::format("{}", low), fmt::format("{}", high));
  }
};

std::string_view unsigned_part(std::string_view word) {
  if (word.starts_with('-') || word.starts_with('+')) word.remove_prefix(1);
  return word;
}

bool is_decimal(std::string_view word) {
  const auto digits = unsigned_part(word);
  const auto point = std::min(digits.find('.'), digits.size());
  const auto all_digits = [](std::string_view part) {
    return !part.empty() && part.find_first_not_of("0123456789") == std::string_view::npos;
  };
  return all_digits(digits.substr(0, point)) && (point == digits.size() || all_digits(digits.substr(point + 1)));
}

bool is_octal(std::string_view word) {
  const auto digits = unsigned_part(word);
  return digits.size() > 1 && digits[0] == '0' && digits[1] != '.';
}

std::string without_zeros(std::string_view word) {
  const bool negative = word.starts_with('-');
  auto digits = unsigned_part(word);
  while (digits.size() > 1 && digits[0] == '0' && digits[1] != '.') digits.remove_prefix(1);
  return (negative ? "-" : "") + std::string(digits);
}

double value_of(std::string_view decimal) {
  if (decimal.starts_with('+')) decimal.remove_prefix(1);
  double value = 0;
  std::from_chars(decimal.data(), decimal.data() + decimal.size(), value);
  return value;
}

bool fits(double value, const Form& form) {
  return value >= form.low && value <= form.high;
}

/// What stands behind the digits of "1h", "0:45", "50%": of them the digits alone are another number.
bool counts_something_else(std::string_view rest) {
  auto plain = folded(rest);
  std::erase(plain, ' ');
  static constexpr std::string_view hours[] = {"h", "g", "gio", "tieng", "hour", "hours"};
  return plain.starts_with(':') || plain.starts_with('%') || plain.starts_with('/') ||
         std::find(std::begin(hours), std::end(hours), plain) != std::end(hours) ||
         std::any_of(plain.begin(), plain.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// -16,5, "-16 LUFS", a dash instead of the minus: the number that was meant, or "". Never for 1e1 and 0x1, whose digits
// alone are another number.
std::string number_meant(std::string word, const Form& form) {
  for (const std::string_view dash : {"\u2212", "\u2013", "\u2014"}) {
    if (word.starts_with(dash)) word.replace(0, dash.size(), "-");
  }
  std::replace(word.begin(), word.end(), ',', '.');
  const auto end = std::min(word.find_first_not_of("+-.0123456789"), word.size());
  if (end < word.size() && std::string_view("eExX").find(word[end]) != std::string_view::npos) return {};
  if (form.whole && counts_something_else(word.substr(end))) return {};
  word.resize(end);
  if (form.whole && word.find('.') != std::string::npos) return {};
  return is_decimal(word) && fits(value_of(word), form) ? without_zeros(word) : std::string();
}

void report(const Node& node, Diagnostics& diagnostics, const char* code, Text message, Text hint) {
  diagnostics.error(code, node.span, std::move(message))
      .would(msg("the value is not known, so the default would hold"))
      .mend(std::move(hint));
}

std::optional<double> number_of(const Node& node, Diagnostics& diagnostics, const Form& form) {
  const auto word = plain_word(node, diagnostics, form.words());
  if (!word) return std::nullopt;
  const auto text = shown(*word);
  if (!is_decimal(*word)) {
    const auto meant = number_meant(text, form);
    report(node, diagnostics, "not-a-number", msg("“{0}” is not a number", text),
           meant.empty() ? msg("write {0}", form.words()) : write_this(meant));
    return std::nullopt;
  }
  if (is_octal(*word)) {
    report(node, diagnostics, "octal-number",
           msg("{0} begins with a zero; other programs read that as an octal number", text),
           write_this(without_zeros(text)));
    return std::nullopt;
  }
  return value_of(*word);
}

// Out of range but for its sign: loudness, peaks and soft gains are written below zero.
Text range_advice(double value, const Form& form) {
  if (form.high <= 0 && value > 0 && fits(-value, form)) return write_this(fmt::format("{}", -value));
  return msg("write {0}", form.words());
}

std::optional<double> in_range(const Node& node, Diagnostics& diagnostics, const Form& form) {
  const auto value = number_of(node, diagnostics, form);
  if (!value) return std::nullopt;
  const bool broken = form.whole && node.scalar.find('.') != std::string::npos;
  if (!broken && fits(*value, form)) return value;
  report(node, diagnostics, broken ? "not-whole" : "out-of-range",
         broken ? msg("{0} is not a whole number", shown(node.scalar)) : msg("{0} is out of range", shown(node.scalar)),
         broken ? msg("write {0}", form.words()) : range_advice(*value, form));
  return std::nullopt;
}

}  // namespace

std::optional<double> read_number(const Node& node, Diagnostics& diagnostics, double low, double high) {
  return in_range(node, diagnostics, {false, low, high});
}

std::optional<long long> read_whole(const Node& node, Diagnostics& diagnostics, long long low, long long high) {
  const auto value = in_range(node, diagnostics, {true, static_cast<double>(low), static_cast<double>(high)});
  if (!value) return std::nullopt;
  return static_cast<long long>(*value);
}

std::optional<bool> read_flag(const Node& node, Diagnostics& diagnostics) {
  const auto form = msg("true or false");
  const auto word = plain_word(node, diagnostics, form);
  if (!word) return std::nullopt;
  if (*word == "true") return true;
  if (*word == "false") return false;
  const auto plain = folded(shown(*word));
  const auto one_of = [&](std::initializer_list<std::string_view> words) {
    return std::find(words.begin(), words.end(), plain) != words.end();
  };
  const bool yes = one_of({"yes", "on", "y", "1", "co", "true", "bat", "dung"});
  const bool no = one_of({"no", "off", "n", "0", "khong", "false", "tat", "sai"});
  report(node, diagnostics, "not-true-or-false", msg("“{0}” is neither true nor false", shown(*word)),
         yes  ? write_this("true")
         : no ? write_this("false")
              : msg("write {0}", form));
  return std::nullopt;
}

}  // namespace loa::config
