// Named holidays by date: data that the operator can edit (contract 1.1, `holidays`).
#pragma once

#include <map>
#include <string>
#include <vector>

#include "config/diagnostics.hpp"
#include "config/station_folder.hpp"

namespace loa::scheduler {

struct Holiday {
  std::string name;                    // for people: "Quốc khánh"
  std::vector<config::DateSpan> days;  // dates, yearly and lunar ones; no holiday names
  config::Span at;
};

/// By id. Immutable after reading; shared by all sets of days that name one.
using Holidays = std::map<std::string, Holiday, std::less<>>;

Holidays read_holidays(const config::ScheduleFile& file, config::Diagnostics& diagnostics);

}  // namespace loa::scheduler
