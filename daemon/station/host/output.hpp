// How answers reach people and programs: standard output and error, one JSON object a line, CSV, columns of a table.
// Knows cells and quoting; must not know what is said.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/text.hpp"

namespace loa::station {

/// The answer, to standard output. False when it could not be written whole (disk full, closed): exit 3.
bool answer(std::string_view words);
/// Everything else, to standard error: "loa: " and one line.
void say(config::Language language, const config::Text& text);
/// Several lines as they are, to standard error.
void say_lines(std::string_view lines);

enum class Stream { out, err };
bool is_terminal(Stream stream);
/// A terminal, and nobody set NO_COLOR.
bool wants_colour(Stream stream);

/// One object of contract 3: keys in the order they are given, absent values left out, at most 3 decimals.
class JsonLine {
 public:
  JsonLine& text(std::string_view key, std::string_view value);  // "" = absent
  JsonLine& whole(std::string_view key, std::int64_t value);
  JsonLine& number(std::string_view key, double value);
  JsonLine& number(std::string_view key, const std::optional<double>& value);
  JsonLine& boolean(std::string_view key, bool value);
  JsonLine& flag(std::string_view key, bool value);            // false = absent
  JsonLine& raw(std::string_view key, std::string_view json);  // JSON as it is
  std::string line() const { return body_ + "}\n"; }

 private:
  void key(std::string_view name);
  std::string body_ = "{";
};

/// One line of RFC 4180 with CRLF. A cell that a spreadsheet would take for a formula gets an apostrophe in front.
std::string csv_line(const std::vector<std::string>& cells);
inline constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";  // without it Excel reads UTF-8 as Latin

/// Shortest form with at most 3 decimals: "12.5", "-16", "0".
std::string decimal(double value);

/// `words` in one line, cut with "…" or filled with spaces to exactly `cells` columns of a terminal.
std::string left(std::string_view words, std::size_t cells);
std::string right(std::string_view words, std::size_t cells);

/// Rows as aligned columns, two spaces between; the last column is neither filled nor cut. No other column
/// is wider than `widest`.
std::string table(const std::vector<std::vector<std::string>>& rows, std::size_t widest = 48);

}  // namespace loa::station
