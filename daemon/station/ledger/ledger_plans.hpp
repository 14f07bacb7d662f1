// Which kept plans the ledger does not name. Knows plan rows; must not know what a plan is. Reads only.
#pragma once

#include <set>
#include <string>

#include "daemon/station/seams.hpp"

namespace loa::station {

/// Those of `hashes` that no `plan` row names: they never were in force, and nobody will ask for them. None when the
/// ledger cannot tell: a line is damaged, rows are lost, its beginning was taken away, a file cannot be read. Reads
/// from the newest month back until all are named; safe while another thread appends.
std::set<std::string> never_in_force(const Disk& disk, std::set<std::string> hashes);

}  // namespace loa::station
