// Reading the ledger back: its month files on a Disk, good rows only, from the newest backwards.
// Knows files and lines; must not know what a row means. Reads only: safe while another process or thread appends.
#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "daemon/station/seams.hpp"
#include "daemon/wire/row.hpp"

namespace loa::station {

inline constexpr std::string_view kLedgerFolder = "ledger";

/// Names of the month files ("2026-11.jsonl"), oldest first; other files are no part of the ledger.
std::vector<std::string> ledger_files(const Disk& disk);

/// Calls visit(line) for each whole line of a file, the last one first, until it says false. False when it did.
bool lines_backwards(std::string_view text, const std::function<bool(std::string_view line)>& visit);

/// Every good row, newest first, until `visit` says false or the ledger ends. Month files are read one by one, as far
/// back as needed; a file that cannot be read and lines that are no good rows are passed over.
void newest_first(const Disk& disk, const std::function<bool(const boost::json::object& row)>& visit);

/// The good rows from the one that `reached` says true for (it is part of the answer), or from the ledger's first, to
/// the newest; in order of seq.
std::vector<boost::json::object> rows_back_to(const Disk& disk,
                                              const std::function<bool(const boost::json::object& row)>& reached);

/// The good rows with this seq and later, in order.
std::vector<boost::json::object> rows_since(const Disk& disk, std::uint64_t seq);

}  // namespace loa::station
