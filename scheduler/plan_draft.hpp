// The plan before it is written out: sessions with all that the plan needs and that its findings are told from.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "scheduler/campaigns.hpp"

namespace loa::scheduler {

struct DraftSession {
  Occurrence occurrence;
  std::vector<LaidItem> items;
  std::optional<Instant> slot_end;   // start + length, where a length is given
  Instant content_end;               // of its items before the neighbours and the hours ended them
  std::optional<Instant> next;       // start of the next session of the same priority, if it matters here
  std::optional<Instant> hours_end;  // of the permitted interval that it begins in, where `finish` asks for it
  Instant end;                       // as planned
  Instant limit;                     // what runs late may sound until here
  std::vector<Interval> busy;        // of higher priorities within it

  /// Higher priorities have all of its time: it keeps nobody silent, be it below it or of its own priority.
  bool overridden() const;
  bool sounds() const { return !items.empty() && !overridden(); }
  bool finishes() const { return occurrence.programme->overrun == Overrun::finish; }
  /// The slot's length is given and binds.
  bool bound() const { return slot_end && !finishes(); }
};

struct Draft {
  std::vector<DraftSession> sessions;  // by priority, start, id; held on [from, to)
  std::vector<Occurrence> idle;        // sessions with nothing for their day: not held
};

/// A session by itself, but for what is `busy` (lay_out); its campaigns count what is heard of it whole. `next`: the
/// session of its priority behind it.
DraftSession lay_out_alone(const Schedule& schedule, Occurrence occurrence, std::span<const Interval> busy,
                           Campaigns& campaigns, std::optional<Instant> next);
/// Until when a play of a session counts as whole: up to `next`, with `finish` up to where the permitted hours end.
/// Else nobody needs to know these before all sessions are there.
std::optional<Instant> counted_until(const Schedule& schedule, const Programme& programme, Instant start,
                                     std::optional<Instant> next);

/// As the plan shows them.
PlannedSession planned_session(const DraftSession& session);
PlannedItem planned_item(const DraftSession& session, const LaidItem& item);

/// The same for a session whatever the window around it: neighbours beyond the window count.
Draft make_draft(const Schedule& schedule, Recordings& recordings, Date from, Date to);

/// Takes away what is not held on [from, to).
void keep_days(Draft& draft, Date from, Date to);

}  // namespace loa::scheduler
