// The parts of an explanation: each tells one kind of rule. Internal to it.
#pragma once

#include <string>
#include <utility>

#include "scheduler/explain.hpp"
#include "scheduler/plan_draft.hpp"

namespace loa::scheduler {

/// What an explanation is told from, and what has been told. One per question; not thread-safe.
struct Telling {
  const Schedule& schedule;
  const playlists::Catalogue& catalogue;
  Recordings& recordings;
  const Draft& draft;
  Timetable timetable;
  Explanation told{};
  const LayerStep* told_off = nullptr;  // the calendar's step that has been told as what keeps the programme off

  void add(Topic topic, config::Text words, config::Span at = {}) {
    told.steps.push_back({topic, std::move(words), at, {}});
  }
  /// The local time to the second: "05:30", "05:30:15".
  std::string clock(Instant instant) const;
};

/// The operator's own words at a place, in one line; long ones are cut.
std::string quoted(const config::Span& span);
/// The same of days; "" for days that nothing is written of.
std::string quoted(const DaySet& days);
/// "clip “x” (nhac/x.mp3)", "a pause".
config::Text named(const PlannedItem& item);

/// The answer and every rule behind an item; its session's rules follow.
void tell_item(Telling& telling, const DraftSession& session, const LaidItem& item);
/// Which clip of a position it is: of a playlist, a folder, a fill.
void tell_choice(Telling& telling, const DraftSession& session, const LaidItem& item);
/// The article, its days, its recording and what stands in for it.
void tell_recording(Telling& telling, const DraftSession& session, const LaidItem& item);
/// The first and last day on which it may be aired, beside `day`.
void tell_validity(Telling& telling, const playlists::Article& article, Date day);
/// The article that would be played in the place of a recording that cannot be; "" = none.
std::string substitute_in(const Telling& telling, const Recording& recording, Date day);
/// Why nothing of a position is planned on the session's day; false when something could be.
bool tell_position(Telling& telling, const ItemRule& rule, const Occurrence& session);

/// The answer and the rules of a session.
void tell_session(Telling& telling, const DraftSession& session);
/// Programme, days, calendar, hours, priorities and limits of a session.
void tell_rules(Telling& telling, const DraftSession& session);
/// The programme's own rules on a day, and what the lines of the calendar make of it.
void tell_programme(Telling& telling, const ProgrammeDay& day, Date date);
/// Only what keeps it off, in one step; false when nothing does.
bool tell_off(Telling& telling, const ProgrammeDay& day, Date date, std::optional<TimeOfDay> time);
/// The line of permitted hours of an instant, or that there is none; false then.
bool tell_hours(Telling& telling, Instant instant);

/// Why nothing sounds at an instant.
void tell_silence(Telling& telling, Instant instant);
/// Programmes that would have this time by their own rules and do not.
void tell_kept_off(Telling& telling, Instant instant);

/// The session's day, the whole of it with its programmes.
const ProgrammeDay& day_of(const DayStory& story, const Programme& programme);

}  // namespace loa::scheduler
