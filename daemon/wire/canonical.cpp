// RFC 8785 (JSON Canonicalization Scheme): one text for one value. Knows JSON only.
#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <charconv>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "daemon/wire/canonical.hpp"

namespace loa::wire {

namespace {

// UTF-8 orders by code point. UTF-16 differs in one respect: what needs surrogates (lead byte F0 and above) comes
// before U+E000 … U+FFFF (lead bytes EE and EF).
int rank_of(unsigned char lead) {
  if (lead >= 0xF0) return lead - 2;
  if (lead >= 0xEE) return lead + 16;
  return lead;
}

bool before_in_utf16(std::string_view a, std::string_view b) {
  const auto [left, right] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
  if (left == a.end() || right == b.end()) return right != b.end();
  return rank_of(static_cast<unsigned char>(*left)) < rank_of(static_cast<unsigned char>(*right));
}

void add_escaped(std::string& out, char c) {
  constexpr std::string_view digits = "0123456789abcdef";
  const auto code = static_cast<unsigned char>(c);
  switch (c) {
    case '"':
      out += "\\\"";
      return;
    case '\\':
      out += "\\\\";
      return;
    case '\b':
      out += "\\b";
      return;
    case '\f':
      out += "\\f";
      return;
    case '\n':
      out += "\\n";
      return;
    case '\r':
      out += "\\r";
      return;
    case '\t':
      out += "\\t";
      return;
  }
  if (code >= 0x20) {
    out += c;
    return;
  }
  out += "\\u00";
  out += digits[code >> 4];
  out += digits[code & 15];
}

bool is_plain(char c) {
  return static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\';
}

void add_string(std::string& out, std::string_view text) {
  out += '"';
  while (!text.empty()) {
    const auto plain = std::find_if_not(text.begin(), text.end(), is_plain);
    const auto length = static_cast<std::size_t>(plain - text.begin());
    out += text.substr(0, length);
    text.remove_prefix(length);
    if (text.empty()) break;
    add_escaped(out, text.front());
    text.remove_prefix(1);
  }
  out += '"';
}

/// The shortest digits that read back as `value` (> 0), and the power of ten n with value = 0.DIGITS * 10^n.
struct Decimal {
  std::string digits;
  int point = 0;
};

Decimal shortest(double value) {
  std::array<char, 32> buffer{};
  const auto end =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::scientific).ptr;
  const std::string_view text(buffer.data(), static_cast<std::size_t>(end - buffer.data()));
  const auto e = text.find('e');
  Decimal decimal;
  for (const char c : text.substr(0, e)) {
    if (c != '.') decimal.digits += c;
  }
  auto exponent = text.substr(e + 1);
  if (exponent.starts_with('+')) exponent.remove_prefix(1);
  std::from_chars(exponent.data(), exponent.data() + exponent.size(), decimal.point);
  ++decimal.point;
  return decimal;
}

std::string with_exponent(const Decimal& decimal) {
  const int exponent = decimal.point - 1;
  std::string text = decimal.digits.substr(0, 1);
  if (decimal.digits.size() > 1) text += '.' + decimal.digits.substr(1);
  return text + (exponent < 0 ? "e-" : "e+") + std::to_string(std::abs(exponent));
}

// ECMAScript's Number::toString for a positive finite value.
std::string positive(double value) {
  const auto decimal = shortest(value);
  const int count = static_cast<int>(decimal.digits.size());
  const int point = decimal.point;
  if (point > 21 || point <= -6) return with_exponent(decimal);
  if (count <= point) return decimal.digits + std::string(static_cast<std::size_t>(point - count), '0');
  if (point <= 0) return "0." + std::string(static_cast<std::size_t>(-point), '0') + decimal.digits;
  const auto whole = static_cast<std::size_t>(point);
  return decimal.digits.substr(0, whole) + '.' + decimal.digits.substr(whole);
}

void add_number(std::string& out, double value) {
  if (!std::isfinite(value)) {
    out += "null";  // JSON has no such number; what held one does not read back as its own canonical text
  } else if (value == 0) {
    out += '0';
  } else {
    if (value < 0) out += '-';
    out += positive(std::fabs(value));
  }
}

void add_value(std::string& out, const boost::json::value& value);

using Members = std::vector<const boost::json::key_value_pair*>;

Members sorted_members(const boost::json::object& object) {
  Members members;
  members.reserve(object.size());
  for (const auto& member : object) members.push_back(&member);
  const auto before = [](const auto* a, const auto* b) { return before_in_utf16(a->key(), b->key()); };
  if (!std::is_sorted(members.begin(), members.end(), before)) std::sort(members.begin(), members.end(), before);
  return members;
}

void add_member(std::string& out, const boost::json::key_value_pair& member) {
  add_string(out, member.key());
  out += ':';
  add_value(out, member.value());
}

void add_object(std::string& out, const boost::json::object& object) {
  out += '{';
  bool first = true;
  for (const auto* member : sorted_members(object)) {
    if (!std::exchange(first, false)) out += ',';
    add_member(out, *member);
  }
  out += '}';
}

void add_array(std::string& out, const boost::json::array& array) {
  out += '[';
  for (std::size_t i = 0; i < array.size(); ++i) {
    if (i > 0) out += ',';
    add_value(out, array[i]);
  }
  out += ']';
}

void add_value(std::string& out, const boost::json::value& value) {
  switch (value.kind()) {
    case boost::json::kind::null:
      out += "null";
      return;
    case boost::json::kind::bool_:
      out += value.get_bool() ? "true" : "false";
      return;
    case boost::json::kind::int64:
      add_number(out, static_cast<double>(value.get_int64()));
      return;
    case boost::json::kind::uint64:
      add_number(out, static_cast<double>(value.get_uint64()));
      return;
    case boost::json::kind::double_:
      add_number(out, value.get_double());
      return;
    case boost::json::kind::string:
      add_string(out, value.get_string());
      return;
    case boost::json::kind::array:
      add_array(out, value.get_array());
      return;
    case boost::json::kind::object:
      add_object(out, value.get_object());
      return;
  }
}

}  // namespace

std::string canonical(const boost::json::value& value) {
  std::string text;
  add_value(text, value);
  return text;
}

RowTexts row_texts(const boost::json::object& row) {
  RowTexts texts{"{", "{"};
  std::string text;
  for (const auto* member : sorted_members(row)) {
    text.clear();
    add_member(text, *member);
    if (texts.whole.size() > 1) texts.whole += ',';
    texts.whole += text;
    if (member->key() == "hash" || member->key() == "sig") continue;
    if (texts.bare.size() > 1) texts.bare += ',';
    texts.bare += text;
  }
  texts.whole += '}';
  texts.bare += '}';
  return texts;
}

}  // namespace loa::wire
