// Reads the list of holidays: a name, and the days it falls on.
#include "scheduler/holidays.hpp"

#include <algorithm>

#include "playlists/section.hpp"

namespace loa::scheduler {

using config::Diagnostics;
using config::Fields;
using config::msg;

namespace {

Holiday read_holiday(const playlists::NamedNode& named, Diagnostics& diagnostics) {
  Fields fields(named.value, diagnostics, msg("a holiday"));
  Holiday holiday;
  holiday.at = named.at;
  holiday.name = fields.words("name").value_or(named.id);
  const auto dates = fields.require("dates", msg("write its days, as in dates: [2026-09-01..2026-09-02]"));
  if (dates) holiday.days = config::read_dates(*dates, diagnostics).value_or(std::vector<config::DateSpan>{});
  fields.finish();
  std::erase_if(holiday.days, [&](const config::DateSpan& span) {
    if (span.kind != config::DateSpan::Kind::holiday) return false;
    diagnostics.error("holiday-of-holiday", span.at, msg("a holiday is said by its dates, not by another holiday"))
        .would(msg("on which days it falls is not known"))
        .mend(msg("write the dates"));
    return true;
  });
  return holiday;
}

}  // namespace

Holidays read_holidays(const config::ScheduleFile& file, Diagnostics& diagnostics) {
  Holidays holidays;
  if (!file.root) return holidays;
  Fields fields(file.root, diagnostics, msg("the list of holidays"));
  fields.require("holidays", msg("begin the file with “holidays:”, below it each one's name and dates"));
  fields.finish();
  for (const auto& named : playlists::read_section(file.root, "holidays", diagnostics)) {
    auto holiday = read_holiday(named, diagnostics);
    if (!named.id.empty()) holidays.insert_or_assign(named.id, std::move(holiday));
  }
  return holidays;
}

}  // namespace loa::scheduler
