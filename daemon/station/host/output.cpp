#include "daemon/station/host/output.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <cmath>
#include <cstdlib>

#include "config/unicode.hpp"
#include "daemon/station/host/write_all.hpp"

namespace loa::station {

namespace {

int number_of(Stream stream) {
  return stream == Stream::out ? STDOUT_FILENO : STDERR_FILENO;
}

/// OWASP ASVS 1.2.10: what a spreadsheet may run.
bool may_be_formula(std::string_view cell) {
  return !cell.empty() && std::string_view("=+-@\t\r").find(cell.front()) != std::string_view::npos;
}

bool is_number(std::string_view cell) {
  return !cell.empty() && cell.find_first_not_of("0123456789.-") == std::string_view::npos &&
         cell.rfind('-') == (cell.front() == '-' ? 0 : std::string_view::npos) && cell != "-";
}

std::string csv_cell(std::string_view cell) {
  const bool harmful = may_be_formula(cell) && !is_number(cell);
  std::string words = harmful ? "'" : "";
  words += cell;
  if (words.find_first_of(",;\"\r\n") == std::string::npos) return words;
  std::string quoted = "\"";
  for (const char letter : words) {
    if (letter == '"') quoted += '"';
    quoted += letter;
  }
  return quoted + '"';
}

/// At most `cells` columns, ending in "…" when something was left out.
std::string cut(const std::string& words, std::size_t cells) {
  if (config::count_cells(words) <= cells) return words;
  std::string kept;
  std::size_t used = 1;
  for (const auto& cluster : config::clusters(words)) {
    used += static_cast<std::size_t>(cluster.cells);
    if (used > cells) break;
    kept += words.substr(cluster.begin, cluster.end - cluster.begin);
  }
  return kept + "…";
}

std::string space_for(const std::string& words, std::size_t cells) {
  return std::string(cells - std::min(cells, config::count_cells(words)), ' ');
}

std::string row_of(const std::vector<std::string>& row, const std::vector<std::size_t>& widths) {
  std::string line;
  for (std::size_t column = 0; column < row.size(); ++column) {
    if (column > 0) line += "  ";
    const bool last = column + 1 == widths.size();
    line += last ? config::printable(row[column]) : left(row[column], widths[column]);
  }
  line.erase(line.find_last_not_of(' ') + 1);
  return line + "\n";
}

}  // namespace

bool answer(std::string_view words) {
  return !write_all(STDOUT_FILENO, words);
}

void say(config::Language language, const config::Text& text) {
  say_lines("loa: " + text.in(language) + "\n");
}

void say_lines(std::string_view lines) {
  write_all(STDERR_FILENO, lines);
}

bool is_terminal(Stream stream) {
  return ::isatty(number_of(stream)) == 1;
}

bool wants_colour(Stream stream) {
  const char* refused = std::getenv("NO_COLOR");
  return is_terminal(stream) && (refused == nullptr || *refused == '\0');
}

void JsonLine::key(std::string_view name) {
  if (body_.size() > 1) body_ += ",";
  body_ += boost::json::serialize(boost::json::string_view(name.data(), name.size()));
  body_ += ":";
}

JsonLine& JsonLine::text(std::string_view name, std::string_view value) {
  if (value.empty()) return *this;
  key(name);
  body_ += boost::json::serialize(boost::json::string_view(value.data(), value.size()));
  return *this;
}

JsonLine& JsonLine::whole(std::string_view name, std::int64_t value) {
  key(name);
  body_ += std::to_string(value);
  return *this;
}

JsonLine& JsonLine::number(std::string_view name, double value) {
  if (!std::isfinite(value)) return *this;  // JSON has no such number; it does not apply
  key(name);
  body_ += decimal(value);
  return *this;
}

JsonLine& JsonLine::number(std::string_view name, const std::optional<double>& value) {
  return value ? number(name, *value) : *this;
}

JsonLine& JsonLine::boolean(std::string_view name, bool value) {
  key(name);
  body_ += value ? "true" : "false";
  return *this;
}

JsonLine& JsonLine::raw(std::string_view name, std::string_view json) {
  key(name);
  body_ += json;
  return *this;
}

JsonLine& JsonLine::flag(std::string_view name, bool value) {
  if (!value) return *this;
  key(name);
  body_ += "true";
  return *this;
}

std::string csv_line(const std::vector<std::string>& cells) {
  std::string line;
  for (const auto& cell : cells) {
    if (&cell != &cells.front()) line += ",";
    line += csv_cell(cell);
  }
  return line + "\r\n";
}

std::string decimal(double value) {
  std::string words = fmt::format("{:.3f}", value);
  words.erase(words.find_last_not_of('0') + 1);
  if (words.back() == '.') words.pop_back();
  return words == "-0" ? "0" : words;
}

std::string left(std::string_view words, std::size_t cells) {
  const std::string shown = cut(config::printable(words), cells);
  return shown + space_for(shown, cells);
}

std::string right(std::string_view words, std::size_t cells) {
  const std::string shown = cut(config::printable(words), cells);
  return space_for(shown, cells) + shown;
}

std::string table(const std::vector<std::vector<std::string>>& rows, std::size_t widest) {
  std::vector<std::size_t> widths;
  for (const auto& row : rows) {
    widths.resize(std::max(widths.size(), row.size()));
    for (std::size_t column = 0; column < row.size(); ++column) {
      const auto cells = config::count_cells(config::printable(row[column]));
      widths[column] = std::max(widths[column], std::min(cells, widest));
    }
  }
  std::string lines;
  for (const auto& row : rows) lines += row_of(row, widths);
  return lines;
}

}  // namespace loa::station
