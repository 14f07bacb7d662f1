// The plainest planner that says what contract sections 1 and 2 say: one cursor that walks through each session, rank
// by rank from the highest. Written from the contract and docs/ alone; slow, without windows, caches or findings.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tests/scheduler/plain_timetable.hpp"

namespace loa::scheduler::plain {

struct PlainItem {
  std::string id, clip;  // clip "": a pause
  Time start = 0, frames = 0;
  Time offset = 0;       // where in the clip it begins
  Time clip_frames = 0;  // where in the clip it should end
  Time fade = 0;         // that ends with it
  std::string fault;     // "" | missing | unreached | overridden | limited
  std::string broken;    // "" | continued | broken-off | delayed
  bool pinned = false;   // begins at its own time
};

struct PlainSession {
  std::string id;
  Time start = 0, end = 0;
  bool overridden = false;  // nothing of it has any time
  int rank = 2;
  std::vector<PlainItem> items;
};

/// Of what starts on the local dates [from, to): by start, then id.
std::vector<PlainSession> plain_plan(const Timetable& timetable, Day from, Day to);

/// A programme whose session begins in the slot of another of its rank, as the text alone proves; nothing: there is
/// none.
std::optional<std::string> overlapping(const Timetable& timetable, Day from, Day to);

/// Whether the permitted hours let this instant sound.
bool may_sound(const Timetable& timetable, Time instant);

/// A local time as an instant: one that is skipped is read with the offset before the gap, of two the first counts.
Time instant_of(const Timetable& timetable, Day day, Seconds time);

}  // namespace loa::scheduler::plain
