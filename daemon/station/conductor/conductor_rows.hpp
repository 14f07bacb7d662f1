// The rows that the conductor writes, as fields: what a verdict, a plan or an incident says.
// Knows names and forms; must not decide anything.
#pragma once

#include <string>
#include <vector>

#include "daemon/station/conductor/airing.hpp"
#include "daemon/station/conductor/conductor_timetable.hpp"
#include "daemon/wire/item_row.hpp"

namespace loa::station {

/// `device`: the one that sounds, as it calls itself. `now`: what is joined starts no earlier than this.
wire::Fields start_row(const Airing& airing, const scheduler::Schedule& rules, const std::string& device, Instant now);
wire::Fields item_row(const Airing& airing, const scheduler::Schedule& rules, const Judgement& judgement,
                      const std::string& device);
/// What sounds, for people who read rows without the files: title, field, author, clip, sha256, approval.
wire::Fields article_row(const Airing& airing);
/// In whose place it plays: title, first and last day, what is owed.
wire::Fields campaign_row(const Airing& airing);
/// `from`: since when it is in force, key `start` (the row itself may be written a minute earlier). `by`: who accepted.
wire::Fields plan_row(const Snapshot& snapshot, Instant from, const std::vector<std::string>& removed,
                      const std::string& by);
/// Of an announcement that is to be repeated: who, what, from when until when, how often.
wire::Fields announce_row(const AnnounceOrder& order, const calendar::Zone& zone);
/// Somebody ended them.
wire::Fields announcements_over_row(const std::string& by, std::size_t count);
/// boot, shutdown, clock, device …
wire::Fields incident_row(std::string_view kind, std::string_view note);

}  // namespace loa::station
