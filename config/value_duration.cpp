// Reads durations: 500ms 45s 30min 1h30min. Must not know what lasts so long.
#include <fmt/format.h>

#include <array>
#include <charconv>

#include "config/fields.hpp"
#include "config/value_shape.hpp"

namespace loa::config {
namespace {

struct Unit {
  std::string_view name;
  std::int64_t milliseconds;
};
constexpr std::array<Unit, 4> kUnits{{{"h", 3'600'000}, {"min", 60'000}, {"s", 1'000}, {"ms", 1}}};
constexpr std::int64_t kLongestDuration = 366LL * 24 * 3'600'000;

// Numbers with units, each unit once, from the largest to the smallest. Nothing when it has another form.
std::optional<std::int64_t> milliseconds_of(std::string_view word) {
  std::int64_t total = 0;
  std::size_t next_unit = 0;
  if (word.empty()) return std::nullopt;
  while (!word.empty()) {
    std::int64_t count = 0;
    const auto [end, fault] = std::from_chars(word.data(), word.data() + word.size(), count);
    const auto digits = static_cast<std::size_t>(end - word.data());
    if (fault != std::errc() || digits > 12 || word[0] == '-') return std::nullopt;
    word.remove_prefix(digits);
    const auto letters = std::min(word.find_first_of("0123456789"), word.size());
    while (next_unit < kUnits.size() && kUnits[next_unit].name != word.substr(0, letters)) ++next_unit;
    if (next_unit == kUnits.size()) return std::nullopt;
    if (count > kLongestDuration / kUnits[next_unit].milliseconds) return kLongestDuration + 1;
    total += count * kUnits[next_unit++].milliseconds;
    word.remove_prefix(letters);
  }
  return total;
}

// What people write for a unit, folded; "" when it is none.
std::string unit_meant(const std::string& gap) {
  static const std::vector<std::pair<std::string, std::vector<std::string>>> words = {
      {"h", {"h", "g", "gio", "hr", "hour", "hours", "tieng"}},
      {"min", {"min", "m", "p", "ph", "phut", "mins", "minute", "minutes", "'", "’"}},
      {"s", {"s", "giay", "sec", "secs", "second", "seconds"}},
      {"ms", {"ms", "msec", "miligiay"}}};
  for (const auto& [unit, forms] : words) {
    for (const auto& form : forms) {
      if (form == gap) return unit;
    }
  }
  return {};
}

std::string with_units(const Shape& shape) {
  std::string words;
  if (!shape.gaps.front().empty()) return {};
  for (std::size_t i = 0; i < shape.numbers.size(); ++i) {
    auto unit = unit_meant(shape.gaps[i + 1]);
    const bool minutes_after_hours = i == 1 && shape.gaps[2].empty() && words.ends_with('h');
    if (minutes_after_hours) unit = "min";
    if (unit.empty()) return {};
    words += shape.numbers[i] + unit;
  }
  return milliseconds_of(words) ? words : std::string();
}

// A time of day as a duration, by what its first part may have been: hours or minutes.
Text with_colon(const Shape& shape) {
  const auto& first = shape.numbers[0];
  if (first.find_first_not_of('0') == std::string::npos) return msg("write {0}min or {0}s", shape.numbers[1]);
  return msg("write {0}h{1}min or {0}min{1}s", first, shape.numbers[1]);
}

/// "1,5h": "1h30min"; "" for all else.
std::string tenths_of_hours(const Shape& shape) {
  if (unit_meant(shape.gaps.back()) != "h" || !shape.digits(1, 1, 1) || !shape.digits(0, 1, 2)) return {};
  constexpr int minutes_in_a_tenth = 6;
  return fmt::format("{}h{}min", shape.number(0), shape.number(1) * minutes_in_a_tenth);
}

Complaint complaint_about(const std::string& word, const Text& form) {
  const auto shape = shape_of(word);
  const auto text = shown(word);
  if (word.starts_with('-')) {
    return {"duration-negative", msg("“{0}” is less than nothing", text), msg("write {0}", form)};
  }
  if (shape.numbers.size() == 1 && shape.is("")) {
    return {"duration-without-unit", msg("{0} of what? A duration needs its unit", text),
            msg("write {0}min for minutes or {0}s for seconds", text)};
  }
  if (shape.numbers.size() > 1 && shape.is(":")) {
    return {"duration-with-colon", msg("“{0}” is a time of day; a duration is written with units", text),
            with_colon(shape)};
  }
  const bool fraction = shape.numbers.size() == 2 && (shape.gaps[1] == "." || shape.gaps[1] == ",");
  if (fraction) {
    return {"duration-fraction", msg("“{0}”: a duration has whole numbers only", text),
            tenths_of_hours(shape).empty() ? msg("use the next smaller unit, as in 1h30min")
                                           : write_this(tenths_of_hours(shape))};
  }
  const auto meant = with_units(shape);
  if (!meant.empty()) {
    return {"duration-unit", msg("“{0}” is not a duration: the units are h, min, s, ms, without spaces", text),
            write_this(meant)};
  }
  return {"not-a-duration", msg("“{0}” is not a duration", text), msg("write {0}", form)};
}

}  // namespace

std::optional<Duration> read_duration(const Node& node, Diagnostics& diagnostics) {
  const auto form = msg("a duration such as 500ms, 45s, 30min or 1h30min");
  const auto word = plain_word(node, diagnostics, form);
  if (!word) return std::nullopt;
  const auto length = milliseconds_of(*word);
  if (length && *length <= kLongestDuration) return Duration(*length);
  auto complaint = complaint_about(*word, form);
  if (length) complaint = {"out-of-range", msg("{0} is longer than a year", shown(*word)), msg("write {0}", form)};
  diagnostics.error(complaint.code, node.span, complaint.message)
      .would(msg("how long it lasts is not known, so it cannot be planned"))
      .mend(complaint.hint);
  return std::nullopt;
}

}  // namespace loa::config
