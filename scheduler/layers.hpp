// The layers of `calendar` over the timetable: what is muted, replaced, added, moved or shifted on which days.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "scheduler/calendar/zone.hpp"
#include "scheduler/day_set.hpp"

namespace loa::scheduler {

using config::Duration;
using config::TimeOfDay;

/// A programme as a line of the calendar names it.
struct NamedProgramme {
  std::string id;
  config::Span at;
};

/// One line of `calendar`.
struct CalendarLine {
  std::string name;  // for people; may be empty
  DaySet on;
  bool mute_all = false;  // wins over every other line
  std::vector<NamedProgramme> mute, add;
  std::vector<std::pair<NamedProgramme, NamedProgramme>> replace;  // who is replaced, by whom
  std::vector<std::pair<NamedProgramme, TimeOfDay>> move;
  std::vector<std::pair<NamedProgramme, Duration>> shift;  // + later, - earlier; less than a day
  config::Span span;
};

/// The line as findings and explanations name it: "“Tết Nguyên đán” (schedule/lich.yaml:40)"; without a name its place.
std::string cited(const CalendarLine& line);

struct Programme;
struct Schedule;

/// A programme at one of its times on a day, as the calendar leaves it.
struct Slot {
  const Programme* programme = nullptr;
  TimeOfDay nominal;            // by the rule, before `move` and `shift`: the id's (contract 1.3)
  calendar::LocalTime start{};  // as it is held
  // The line that put it there, and the line that changed its time; null: the timetable alone.
  const CalendarLine* by = nullptr;
  const CalendarLine* timed_by = nullptr;
};

/// Why a programme's own rules keep it off a day.
enum class Off { none, before_from, after_until, not_repeated, excepted };

/// What one line of the calendar does to one programme on a day.
struct LayerStep {
  enum class Kind {
    muted,
    muted_with_all,  // `mute: all`
    replaced,        // `other` plays in its place
    standing_in,     // it plays in the place of `other`
    added,
    moved,    // to `to`
    shifted,  // by `by`
  };
  Kind kind = Kind::muted;
  const CalendarLine* line = nullptr;
  const Programme* other = nullptr;
  TimeOfDay to{};
  Duration by{0};
  bool has_effect = true;  // false: it plays, or does not, as before
};

/// One programme on one day: what its own rules say, what the calendar makes of it.
struct ProgrammeDay {
  const Programme* programme = nullptr;
  Off off = Off::none;
  std::vector<TimeOfDay> times;         // by its own rules, also where it is kept off
  std::vector<LayerStep> steps;         // in the order in which they are applied
  bool plays = false;                   // itself, at the end
  const Programme* stand_in = nullptr;  // who plays in its place
  bool stands_in = false;               // it plays in the place of another
};

struct DayStory {
  std::vector<ProgrammeDay> programmes;  // in the schedule's order
  std::vector<Slot> slots;               // as on() gives them
};

/// Timetable and calendar together. Keeps a reference to the schedule; not thread-safe (remembers names).
class Timetable {
 public:
  explicit Timetable(const Schedule& schedule);

  /// By programme (in the schedule's order), then time; each programme at one nominal time once. `shift` and `move` may
  /// take the start to the day before or after.
  std::vector<Slot> on(Date day) const;
  /// The same with its reasons.
  DayStory story(Date day) const;
  /// The line with `mute: all` of that day, if any.
  const CalendarLine* silenced_by(Date day) const;
  /// Whether any line takes a start to another day, at the most one away.
  bool shifts_days() const { return shifts_days_; }

 private:
  struct Line {  // a line with its programmes found; names that are none are left out
    const CalendarLine* text;
    std::vector<std::size_t> mute, add;
    std::vector<std::pair<std::size_t, std::size_t>> replace;
    std::vector<std::pair<std::size_t, TimeOfDay>> move;
    std::vector<std::pair<std::size_t, Duration>> shift;
  };
  /// What a recurrence rule gives from `from` to before `until`: read ahead, since days are asked for in their order.
  struct Expanded {
    std::chrono::local_days from, until;
    std::vector<calendar::LocalTime> times;
  };
  class Day;

  /// The day with every line applied; `silent`: one of them mutes all.
  void apply_lines(Day& day, bool& silent) const;
  Line found(const CalendarLine& line) const;
  std::vector<TimeOfDay> times_by_rule(std::size_t programme, Date day) const;

  const Schedule& schedule_;
  mutable std::vector<Expanded> expanded_;  // by programme
  std::vector<Line> lines_;
  bool shifts_days_ = false;
};

}  // namespace loa::scheduler
