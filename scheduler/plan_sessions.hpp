// Which sessions there are on which days, and what stands at each position of theirs. Knows no lengths of time yet.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "scheduler/plan_recordings.hpp"

namespace loa::scheduler {

/// What stands in a place instead of what would be chosen for it.
struct MadeGood {
  std::uint32_t sub = 0;  // of the place
  const Recording* recording = nullptr;
  const MakeGood* because = nullptr;
  const Campaign* campaign = nullptr;  // null: the files know it no more
};

/// What one position of `items` gives on the session's day.
struct Entry {
  const ItemRule* rule = nullptr;
  std::uint32_t position = 0;  // as written, from 1
  std::optional<Instant> pin;  // the first such instant at or after the session's start
  RecordingList clips;         // of a fill and of a campaign: those to choose from
  Frames pause{0};
  enum class Kind { article, playlist, pause, fill, campaign, relay } kind = Kind::article;
  const Campaign* campaign = nullptr;
  std::uint32_t places = 0;  // of a campaign
  std::vector<MadeGood> made_good{};

  const MadeGood* made_good_in(std::uint32_t sub) const;  // null: nothing is
};

/// A programme on one date at one of its times.
struct Occurrence {
  const Programme* programme = nullptr;
  const CalendarLine* by = nullptr;        // the line of the calendar that put it there,
  const CalendarLine* timed_by = nullptr;  // and that moved it
  Date date;                               // of the id, before `move` and `shift`
  Date held;                               // local, of its start
  TimeOfDay at;                            // local, of its start
  Instant start;
  SharedText id;               // contract 1.3
  std::vector<Entry> entries;  // empty: nothing of it is for this day, and no session is held

  /// By rank, then by time: the order in which sessions follow each other on air.
  friend bool operator<(const Occurrence& a, const Occurrence& b);
};

/// Whether `entry` has nothing to play on `day`: it is left out.
bool offers_nothing(const Entry& entry, Date day);
/// What `programme` plays on `day` one after the other, without pins and what is made good; with what offers nothing.
std::vector<Entry> chain_entries(const Programme& programme, Recordings& recordings, Date day);

/// The session of a slot of `day`, whether or not the timetable has it.
Occurrence occurrence_of(const Schedule& schedule, Recordings& recordings, const Slot& slot, Date day);

/// Of one day of the timetable, before `shift` takes some to the day beside it; of the programmes that are `wanted`.
std::vector<Occurrence> occurrences_of(const Schedule& schedule, const Timetable& timetable, Recordings& recordings,
                                       Date day, const std::function<bool(const Programme&)>& wanted);
/// Those that start on a local date in [from, to), unsorted; of the programmes that are `wanted`.
std::vector<Occurrence> occurrences(const Schedule& schedule, Recordings& recordings, Date from, Date to,
                                    const std::function<bool(const Programme&)>& wanted);

}  // namespace loa::scheduler
