// The coming days as a person looks them up: per day its sessions with time and title.
#pragma once

#include "daemon/station/library/snapshot.hpp"
#include "daemon/station/page/page_lines.hpp"

namespace loa::station {

/// Of a programme that begins more often on one day, the times stand in one line.
inline constexpr std::size_t kTimesApart = 4;

/// `days` days, the first the one of `now`. What will not sound as planned is counted for today and tomorrow.
void write_days(const Snapshot& snapshot, Instant now, int days, PageLines& lines);

}  // namespace loa::station
