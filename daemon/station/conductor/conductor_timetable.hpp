// Which snapshot is in force when, and the items that are owed by that: one plan out of several reigns.
// Pure: knows no clock and nothing of what sounded.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "daemon/station/library/snapshot.hpp"

namespace loa::station {

/// An item with the snapshot that owes its verdict.
struct Due {
  scheduler::PlannedItem item;
  SnapshotPtr under;
};

/// The items of one session, in order; of a session that two snapshots share, each gives its own part.
struct DueSession {
  scheduler::PlannedSession session;  // as the later snapshot says it
  std::vector<Due> items;             // never empty
  bool placed = false;                // the conductor's mark: its items have become airings or verdicts

  Instant first() const { return items.front().item.start; }
};

/// A plan and the local dates [first, last) that it covers.
struct DatedPlan {
  std::chrono::sys_days first, last;
  scheduler::Plan plan;
};

/// A snapshot is in force from its instant until that of the next: an item belongs to the one in force at its planned
/// start, and an id that two of them plan belongs to the earlier one.
class Timetable {
 public:
  struct Reign {
    SnapshotPtr snapshot;
    Instant from;
    mutable std::shared_ptr<const DatedPlan> plan;  // as last made: what is past is asked for again and again
  };

  /// `snapshot` takes over at `from`; what was to take over later than that never does.
  void begin(SnapshotPtr snapshot, Instant from);
  /// Lets go of what ended before `when`: a station that is edited daily runs for years. The newest stays.
  void forget(Instant when);

  bool empty() const { return reigns_.empty(); }
  const std::vector<Reign>& reigns() const { return reigns_; }  // by from
  const SnapshotPtr& newest() const { return reigns_.back().snapshot; }
  Instant newest_from() const { return reigns_.back().from; }
  /// What was in force at `when`; null before the first.
  SnapshotPtr at(Instant when) const;

  /// Items with a planned start in [from, until), by session, sessions by their first item.
  std::vector<DueSession> between(Instant from, Instant until) const;

 private:
  std::vector<Reign> reigns_;  // by from
};

/// What a new snapshot would do to the coming days.
struct Change {
  std::vector<std::string> removed;  // ids planned in the look-ahead that the new one does not plan, by start
  std::size_t before = 0;            // items that the old one plans in the look-ahead
  std::size_t after = 0;
  /// Less than half as many items: held until somebody says that it is meant.
  bool drastic() const { return after * 2 < before; }
};

/// How far ahead removed ids are named and items are counted.
inline constexpr std::chrono::hours kLookAhead{24 * 7};

Change compare(const Snapshot& old_one, const Snapshot& new_one, Instant from);

/// Where the first plan of a station begins: `now`, or the start of a session that is running then (its `late` rule
/// says what becomes of it).
Instant first_reign(const Snapshot& snapshot, Instant now);

}  // namespace loa::station
