#include "daemon/station/ledger/ledger_plans.hpp"

#include <optional>
#include <string_view>

#include "daemon/station/ledger/ledger_read.hpp"

namespace loa::station {

namespace {

/// Takes the named ones from `hashes`; the seq of the first row, or nothing when a line cannot be believed.
std::optional<std::uint64_t> take_named(std::string_view text, std::set<std::string>& hashes) {
  std::optional<std::uint64_t> first;
  // What stands behind the last newline is being written.
  for (auto end = text.find('\n'); end != text.npos; end = text.find('\n')) {
    const auto read = wire::read_row(text.substr(0, end));
    text.remove_prefix(end + 1);
    const auto kind = wire::text_of(read.row, "kind");
    if (read.fault != wire::RowFault::none || kind == "lost") return std::nullopt;
    if (!first) first = read.seq;
    if (kind == "plan") hashes.erase(wire::text_of(read.row, "plan"));
  }
  return first;
}

}  // namespace

std::set<std::string> never_in_force(const Disk& disk, std::set<std::string> hashes) {
  const auto files = ledger_files(disk);
  std::uint64_t first = 0;
  for (auto file = files.rbegin(); file != files.rend() && !hashes.empty(); ++file) {
    std::error_code error;
    const auto text = disk.read(std::string(kLedgerFolder) + "/" + *file, error);
    const auto begins = text ? take_named(*text, hashes) : std::nullopt;
    if (!begins) return {};
    first = *begins;
  }
  return first == 1 ? hashes : std::set<std::string>();
}

}  // namespace loa::station
