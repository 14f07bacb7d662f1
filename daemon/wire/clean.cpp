// Makes any fields fit for a row. Knows values, not names.
#include "daemon/wire/clean.hpp"

#include <array>
#include <boost/json/array.hpp>
#include <boost/json/value.hpp>
#include <charconv>
#include <cmath>
#include <cstdint>

namespace loa::wire {

namespace {

/// Length of the UTF-8 sequence that `text` begins with; 0 when it begins with none.
std::size_t sequence_length(std::string_view text) {
  const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u; };
  const auto follows = [&](std::size_t i, unsigned low, unsigned high) { return byte(i) >= low && byte(i) <= high; };
  const unsigned lead = byte(0);
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead <= 0xDF) return follows(1, 0x80, 0xBF) ? 2 : 0;
  if (lead >= 0xE0 && lead <= 0xEF) {
    const unsigned low = lead == 0xE0 ? 0xA0 : 0x80;
    const unsigned high = lead == 0xED ? 0x9F : 0xBF;  // no surrogates
    return follows(1, low, high) && follows(2, 0x80, 0xBF) ? 3 : 0;
  }
  if (lead >= 0xF0 && lead <= 0xF4) {
    const unsigned low = lead == 0xF0 ? 0x90 : 0x80;
    const unsigned high = lead == 0xF4 ? 0x8F : 0xBF;  // up to U+10FFFF
    return follows(1, low, high) && follows(2, 0x80, 0xBF) && follows(3, 0x80, 0xBF) ? 4 : 0;
  }
  return 0;
}

constexpr double kLargest = 9007199254740991;  // 2^53 - 1: beyond it readers of JSON do not agree (RFC 8785 3.2.2.3)

bool is_absent(const boost::json::value& value) {
  if (value.is_null()) return true;
  if (!value.is_number()) return false;
  return !(std::fabs(value.to_number<double>()) <= kLargest);
}

boost::json::value cleaned_value(boost::json::value value) {
  if (value.is_object()) return cleaned(std::move(value.get_object()));
  if (value.is_string()) return boost::json::value(valid_utf8(value.get_string()));
  if (value.is_double()) return rounded(value.get_double());
  if (value.is_array()) {
    for (auto& element : value.get_array()) element = cleaned_value(std::move(element));
  }
  return value;
}

/// Decimals beyond the third, as to_chars wrote them: above, at or below the half.
int against_half(std::string_view beyond) {
  if (beyond.empty() || beyond[0] < '5') return -1;
  if (beyond[0] > '5') return 1;
  return beyond.find_first_not_of('0', 1) == beyond.npos ? 0 : 1;
}

}  // namespace

double rounded(double value) {
  if (!(std::fabs(value) < 9e12)) return std::nearbyint(value);  // doubles this large have hardly a third decimal
  std::array<char, 400> buffer{};                                // the smallest double has 340 decimals
  const auto* end =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), std::fabs(value), std::chars_format::fixed).ptr;
  const std::string_view text(buffer.data(), static_cast<std::size_t>(end - buffer.data()));
  const auto point = text.find('.');
  if (point == text.npos || text.size() - point - 1 <= 3) return value == 0 ? 0 : value;
  std::int64_t thousandths = 0;
  for (const char c : text.substr(0, point + 4)) {
    if (c != '.') thousandths = thousandths * 10 + (c - '0');
  }
  const int half = against_half(text.substr(point + 4));
  if (half > 0 || (half == 0 && thousandths % 2 == 1)) ++thousandths;
  const double size = static_cast<double>(thousandths) / 1000;
  return thousandths == 0 ? 0 : std::copysign(size, value);
}

std::string valid_utf8(std::string_view text) {
  std::string valid;
  valid.reserve(text.size());
  while (!text.empty()) {
    const auto length = sequence_length(text);
    if (length == 0) valid += "\uFFFD";
    if (length > 0) valid += text.substr(0, length);
    text.remove_prefix(length == 0 ? 1 : length);
  }
  return valid;
}

boost::json::object cleaned(boost::json::object fields) {
  boost::json::object clean;
  for (auto& member : fields) {
    if (is_absent(member.value())) continue;
    clean[valid_utf8(member.key())] = cleaned_value(std::move(member.value()));
  }
  return clean;
}

}  // namespace loa::wire
