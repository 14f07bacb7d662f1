// Why this is on air, or why nothing is: the rules that decided, each with its place in the files. Pure; asks the same
// draft and the same timetable that the plan is made of.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scheduler/asked_id.hpp"
#include "scheduler/plan.hpp"

namespace loa::scheduler {

/// What a step tells of. A new kind of rule has its word here, and its step where its session or item is told.
enum class Topic {
  answer,     // always the first
  item,       // the position of `items`
  days,       // `days` of an item
  time,       // `at` of an item, or what stands before it
  playlist,   // which of a playlist's or a folder's clips
  fill,       // which of a fill's clips
  campaign,   // whose place it is, or what it makes good
  article,    // the article, and the days on which it may be aired
  recording,  // its file
  approval,   // who approved it, or that nobody did
  missing,    // what is played in its place
  cut,        // what ends it before its time
  priority,   // who breaks in, who is broken into
  limit,      // limits of sessions and minutes
  hours,      // permitted hours
  programme,  // the programme and its own rules
  calendar,   // a line of `calendar`
  slot,       // length of the session
  other,      // a programme that would have this time
  neighbour,  // the session before, the next one
  nearest,    // ids that may have been meant
  last,       // when it was heard last
};
/// "answer", "item" …: for `--json`.
std::string_view name_of(Topic topic);

struct Step {
  Topic topic = Topic::answer;
  config::Text words;
  config::Span at;  // without a source: no line says it
  std::string id;   // of `nearest`: the id
};

struct Explanation {
  enum class Answer {
    sounds,     // this is heard
    silent,     // nothing is heard then
    session,    // asked about a session that is planned
    unplanned,  // the id has a programme, and is not planned
    day,        // asked about a day: who plays, who is kept off
    unknown,    // no such thing
    name,       // asked about an article, a playlist, a campaign or a programme, of which something airs
  };
  Answer answer = Answer::unknown;
  Instant instant;          // asked about, or where what was asked about begins
  std::vector<Step> steps;  // never empty; from the nearest reason outward
  std::optional<PlannedSession> session;
  std::vector<PlannedItem> items;   // of that session, in order
  std::optional<PlannedItem> item;  // the one that it is about
};

/// What sounds at `instant`, or why nothing does. The steps' places are in the schedule's sources.
Explanation explain(const Schedule& schedule, const playlists::Catalogue& catalogue, Instant instant);
/// Why the session or item is planned as it is, or why it is not.
Explanation explain(const Schedule& schedule, const playlists::Catalogue& catalogue, const AskedId& id);

/// The sessions of a local date, and the programmes that it does not have, each with its reason.
Explanation explain(const Schedule& schedule, const playlists::Catalogue& catalogue, Date day);

/// What airs from `now` on, in kDaysAhead days, of the article, playlist, campaign or programme of that id (else of
/// that title), or what keeps it off the air. `unplanned`: nothing of it is heard.
Explanation explain_name(const Schedule& schedule, const playlists::Catalogue& catalogue, const std::string& name,
                         Instant now);

/// "T2 23/11/2026 (15/10 âm lịch)".
config::Text both_calendars(Date day);

}  // namespace loa::scheduler
