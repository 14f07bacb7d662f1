// The plan: a pure function from files, facts and dates to dated items with stable ids. What `loa plan` prints is what
// airs.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "playlists/catalogue.hpp"
#include "scheduler/schedule.hpp"

namespace loa::scheduler {

enum class What { clip, pause, relay };
enum class Fault {  // why an item of the plan will not sound as written, known before air
  none,
  missing,     // the recording is not there
  unmeasured,  // it is there and not measured yet
  refused,     // it is there and must not be played
  unreached,   // the session ends before it: 0 frames, missed/overrun
  overridden,  // a higher priority has its time: 0 frames, overridden/emergency
  limited,     // an enforced limit keeps it silent in its time: withheld/limit
  unapproved,  // nobody approved the recording as it is now; silent in its time: withheld/approval
};
enum class Interruption {  // by a programme of a higher priority
  none,
  continued,   // a piece of an item that goes on in another piece, or went on in this one
  broken_off,  // what is missing of it is not heard: partial/emergency
  delayed,     // begins after it, later than it would: late/emergency
};
struct Interval {
  Instant from, until;  // [from, until)
  bool operator==(const Interval&) const = default;
};

/// What many items have in common they share: a year has hundreds of thousands.
struct PlannedItem {
  std::string id;  // contract 1.3
  SharedText session;
  SharedText programme;
  std::string index;  // "2", "3.1"; of the pieces behind an interruption "2b", "2c"
  What what = What::clip;
  SharedText article;     // id; "" for a pause or a relay. Clips of a folder playlist: their path without the ending
  SharedText relay;       // id
  SharedText taken_from;  // what is relayed: an address of the network, or an input
  SharedText campaign;    // id; whose place it has
  SharedText makes_good;  // id of the missed item in whose stead it plays
  SharedText title;       // with its date filled in
  SharedText clip;        // below library/; "" for a pause or a relay
  SharedText sha256;      // of the recording; "" when it is not there or not measured
  /// When the recording was aired first, where this is a repeat (PL): local, of that session's start.
  std::optional<Date> repeat_of;
  bool of_the_day = false;  // the recording is of one day: its name holds the date
  Date day;                 // of its session's start: what `from`, `until` and the date in a clip's name are asked of
  Instant start;
  Frames frames{0};       // planned to sound; start + frames = end
  Frames clip_frames{0};  // where in the master it should end; offset + frames < clip_frames: cut by the plan
  Frames offset{0};       // where in the master it begins
  Frames fade{0};         // fade-out that ends with the item; 0: none, or a hard cut
  Instant anchor;         // the session's start or the last pin: frames are counted from here, never from a clock again
  bool pinned = false;
  playlists::Priority priority = playlists::Priority::ordinary;
  double gain = 0;              // dB of the article
  SharedText ordered_by;        // of the programme
  SharedText substitute;        // article to play when the recording, or what is relayed, is missing; "" = silence
  bool needs_approval = false;  // by the rules for its place
  Fault fault = Fault::none;
  Interruption interruption = Interruption::none;
  SharedText why;  // "schedule/lich.yaml:12": the rule's place

  Instant end() const { return start + frames; }
  bool operator==(const PlannedItem&) const = default;
};

struct PlannedSession {
  SharedText id;
  SharedText programme;
  SharedText title;
  Instant start;
  Instant end;              // of the slot (with `finish`: of the content)
  Instant limit;            // what runs late may sound until here: `end`, with `finish` up to `grace` later
  bool has_length = false;  // the slot's length was given
  Overrun overrun = Overrun::fade;
  Late late = Late::join;
  Frames grace{0};
  playlists::Priority priority = playlists::Priority::ordinary;
  std::vector<Interval> busy;  // of higher priorities within it, sorted: nothing of it sounds then
  bool overridden = false;     // higher priorities have all of its time: it keeps nobody silent
  SharedText why;
  SharedText by;  // the lines of the calendar that put it there or moved it: their names, or places; else ""

  bool operator==(const PlannedSession&) const = default;
};

struct Plan {
  std::vector<PlannedSession> sessions;  // by start, then id
  std::vector<PlannedItem> items;        // by start, then session, then position

  bool operator==(const Plan&) const = default;
};

/// No item starts further from its session's local date than this.
inline constexpr std::chrono::days kLongestSession{2};
/// So many days are looked at ahead, today among them (contract 3, check).
inline constexpr int kDaysAhead = 31;
/// What is cut, interrupted or overrun fades out over it (contract 1.2, 2).
inline constexpr Frames kFade = std::chrono::seconds(2);

/// Sessions whose local start date is in [from, to). Pure: the same in, the same out, on any machine.
/// With `findings` it also reports what recordings' lengths cause (cuts, unreached items, missing recordings) and
/// sessions that overlap or leave the permitted hours; each once, at its rule, with the first date.
Plan make_plan(const Schedule& schedule, const playlists::Catalogue& catalogue, Date from, Date to,
               config::Diagnostics* findings = nullptr);

/// "PL 22/11", as timetables mark a repeat on `day` of what was aired first on `first`; with the year when that is a
/// year ago or more.
std::string repeat_mark(Date first, Date day);

/// Permitted hours as instants, adjoining ones joined, sorted, that touch [from, until).
std::vector<Interval> permitted(const Schedule& schedule, Instant from, Instant until);

/// The line of permitted_hours that lets `instant` sound; null: none does.
const PermittedHours* permitting(const Schedule& schedule, Instant instant);

/// A stretch of soft hours as instants.
struct Softened {
  Instant from, until;
  double gain = 0;  // dB, below 0
};

/// Soft hours as instants that touch [from, until), by start. Where some overlap the softest counts.
std::vector<Softened> softened(const Schedule& schedule, Instant from, Instant until);

/// By how many dB soft hours change what sounds in [from, until): at most 0, on the mean of its power.
double softer_by(const Schedule& schedule, Instant from, Instant until);

/// The line of soft_hours that makes `instant` softest; null: none does.
const SoftHours* softening(const Schedule& schedule, Instant instant);

/// Every mistake of the files and everything that would go wrong on air in the `days` days from `today` (contract 3,
/// check).
void check(const Schedule& schedule, const playlists::Catalogue& catalogue, Date today, int days,
           config::Diagnostics& findings);

}  // namespace loa::scheduler
