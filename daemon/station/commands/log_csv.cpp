// Rows as CSV for spreadsheets. Knows columns and quoting; must not know what rows mean.
#include "daemon/station/commands/log_csv.hpp"

#include <algorithm>
#include <array>

#include "daemon/wire/row.hpp"

namespace loa::station {

namespace {

constexpr std::array<std::string_view, 39> kCsvColumns{"seq",
                                                       "at",
                                                       "kind",
                                                       "id",
                                                       "session",
                                                       "what",
                                                       "article",
                                                       "campaign",
                                                       "clip",
                                                       "priority",
                                                       "planned_start",
                                                       "planned_end",
                                                       "start",
                                                       "end",
                                                       "verdict",
                                                       "reason",
                                                       "frames_planned",
                                                       "frames_played",
                                                       "start_error_ms",
                                                       "level_lufs",
                                                       "device",
                                                       "operator",
                                                       "order",
                                                       "makes_good",
                                                       "heard",
                                                       "note",
                                                       "repeat_of",
                                                       "relay",
                                                       "source",
                                                       "title",
                                                       "field",
                                                       "author",
                                                       "approval",
                                                       "sha256",
                                                       "clock",
                                                       "boot",
                                                       "station",
                                                       "prev",
                                                       "hash"};

bool has_column(std::string_view key) {
  return std::find(kCsvColumns.begin(), kCsvColumns.end(), key) != kCsvColumns.end();
}

std::string cell_of(const boost::json::value* value) {
  if (value == nullptr) return {};
  if (value->is_string()) return csv_cell(value->get_string());
  if (value->is_number() || value->is_bool()) return wire::canonical(*value);
  return csv_cell(wire::canonical(*value));
}

}  // namespace

std::string csv_cell(std::string_view text) {
  constexpr std::string_view kFormula = "=+-@\t\r";
  std::string cell;
  if (!text.empty() && kFormula.find(text.front()) != kFormula.npos) cell += '\'';
  cell += text;
  if (cell.find_first_of(",\"\r\n") == cell.npos) return cell;
  std::string quoted = "\"";
  for (const char c : cell) quoted.append(c == '"' ? 2 : 1, c);
  return quoted + '"';
}

std::string csv_head() {
  std::string line = "\uFEFF";
  for (const auto column : kCsvColumns) line.append(column).append(",");
  return line + "more\r\n";
}

std::string csv_line(const boost::json::object& row) {
  std::string line;
  for (const auto column : kCsvColumns) line += cell_of(row.if_contains(column)) + ',';
  boost::json::object more;
  for (const auto& member : row) {
    if (!has_column(member.key())) more[member.key()] = member.value();
  }
  if (!more.empty()) line += csv_cell(wire::canonical(more));
  return line + "\r\n";
}

}  // namespace loa::station
