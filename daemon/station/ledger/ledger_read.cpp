// Reading the ledger back, newest first. Knows files and lines; must not know what a row means.
#include "daemon/station/ledger/ledger_read.hpp"

#include <algorithm>

namespace loa::station {

namespace {

bool is_month_file(std::string_view name) {
  constexpr std::string_view kShape = "0000-00.jsonl";
  if (name.size() != kShape.size()) return false;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const bool digit = name[i] >= '0' && name[i] <= '9';
    if (kShape[i] == '0' ? !digit : name[i] != kShape[i]) return false;
  }
  return true;
}

}  // namespace

bool lines_backwards(std::string_view text, const std::function<bool(std::string_view line)>& visit) {
  const auto last = text.rfind('\n');
  text = text.substr(0, last == text.npos ? 0 : last);
  while (!text.empty()) {
    const auto newline = text.rfind('\n');
    const auto begin = newline == text.npos ? 0 : newline + 1;
    if (!visit(text.substr(begin))) return false;
    text = text.substr(0, begin == 0 ? 0 : begin - 1);
  }
  return true;
}

std::vector<std::string> ledger_files(const Disk& disk) {
  auto names = disk.list(std::string(kLedgerFolder));
  std::erase_if(names, [](const auto& name) { return !is_month_file(name); });
  return names;
}

void newest_first(const Disk& disk, const std::function<bool(const boost::json::object& row)>& visit) {
  auto files = ledger_files(disk);
  std::reverse(files.begin(), files.end());
  const auto visit_line = [&](std::string_view line) {
    const auto read = wire::read_row(line);
    return read.fault != wire::RowFault::none || visit(read.row);
  };
  for (const auto& file : files) {
    std::error_code error;
    const auto text = disk.read(std::string(kLedgerFolder) + "/" + file, error);
    if (text && !lines_backwards(*text, visit_line)) return;
  }
}

std::vector<boost::json::object> rows_back_to(const Disk& disk,
                                              const std::function<bool(const boost::json::object& row)>& reached) {
  std::vector<boost::json::object> rows;
  newest_first(disk, [&](const boost::json::object& row) {
    rows.push_back(row);
    return !reached(row);
  });
  std::reverse(rows.begin(), rows.end());
  return rows;
}

std::vector<boost::json::object> rows_since(const Disk& disk, std::uint64_t seq) {
  std::vector<boost::json::object> rows;
  newest_first(disk, [&](const boost::json::object& row) {
    const auto number = wire::number_of(row, "seq");
    if (number >= seq) rows.push_back(row);
    return number > seq;
  });
  std::reverse(rows.begin(), rows.end());
  return rows;
}

}  // namespace loa::station
