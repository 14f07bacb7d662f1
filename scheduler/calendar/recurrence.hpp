// When a recurrence rule occurs (RFC 5545 3.3.10, docs/recurrence.md), in local civil time. Knows rules and the
// calendar; must not know clocks or schedules.
#pragma once

#include <functional>
#include <limits>
#include <optional>
#include <vector>

#include "scheduler/calendar/recurrence_days.hpp"
#include "scheduler/calendar/recurrence_rule.hpp"
#include "scheduler/calendar/recurrence_times.hpp"

namespace loa::calendar {

/// A rule with its DTSTART. DTSTART itself occurs only when the rule matches it, and COUNT counts only what matches
/// (contract 2). Occurrences are whole seconds of local civil time, ascending, each once, within the years 1 to 9999;
/// Zone::instant gives the instant of one (a skipped local time with the offset before the gap, a repeated one the
/// first). A question costs what it answers, plus a jump to where it begins: the past since DTSTART is walked only to
/// count for COUNT, a few nanoseconds a day. Immutable; thread-safe; cheap to make.
class Recurrence {
 public:
  /// `dtstart`: fractions of a second are cut off; outside the years 1 to 9999 nothing occurs. `zone`: for UNTIL in
  /// UTC.
  Recurrence(RecurrenceRule rule, LocalTime dtstart, Zone zone);

  /// Calls `take` with each occurrence of [from, to) until it answers false.
  void visit(LocalTime from, LocalTime to, const std::function<bool(LocalTime)>& take) const;
  /// The occurrences of [from, to), at most `limit`, the earliest.
  std::vector<LocalTime> between(LocalTime from, LocalTime to,
                                 std::size_t limit = std::numeric_limits<std::size_t>::max()) const;
  /// The first occurrence at or after.
  std::optional<LocalTime> next(LocalTime from) const;
  bool occurs(LocalTime at) const;
  /// True when there is no occurrence at all, as with FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30. Found within milliseconds.
  bool never() const;

  const RecurrenceRule& rule() const { return rule_; }
  LocalTime dtstart() const { return dtstart_; }

 private:
  class Expansion;

  RecurrenceRule rule_;
  LocalTime dtstart_;
  Zone zone_;
  DayFilter days_;
  DayTimes times_;
};

}  // namespace loa::calendar
