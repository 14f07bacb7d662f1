// Rows as a table that people read: when, what came of it, why, what it was.
// Knows columns and words; must not know files.
#pragma once

#include <boost/json/object.hpp>
#include <ostream>
#include <vector>

#include "config/text.hpp"
#include "scheduler/calendar/zone.hpp"

namespace loa::station {

/// In the order given. Left out: checkpoints, article rows, and start rows whose item row is there too. Times are
/// local, dd/mm/yyyy. Columns are as wide as their widest cell.
void write_log_table(const std::vector<boost::json::object>& rows, const calendar::Zone& zone,
                     config::Language language, std::ostream& out);

}  // namespace loa::station
