// Recurrence rules by other hands: libical, python3-dateutil, and a plain reading of RFC 5545 that tries every day and
// second; and rules made up by the number of a seed. For tests and benchmarks.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "scheduler/calendar/recurrence.hpp"

namespace loa::testing {

using calendar::LocalTime;
using Times = std::vector<LocalTime>;

/// The first `limit` occurrences of `rule` from `dtstart` on that lie before `until`.
struct RecurrenceQuestion {
  std::string rule;
  LocalTime dtstart, until;
  std::size_t limit = 40;
};

/// Any rule that RFC 5545 allows, without UNTIL in UTC and BYSECOND=60; `until` fits the frequency.
RecurrenceQuestion made_up_question(std::uint64_t seed);

Times ask_loa(const RecurrenceQuestion& question);
/// Nothing where libical refuses the rule or needs longer than `patience` of processor time: it tries every second
/// until the year 2582 for a rule that never comes.
using Answers = std::vector<std::optional<Times>>;
Answers ask_libical(const std::vector<RecurrenceQuestion>& questions,
                    std::chrono::milliseconds patience = std::chrono::milliseconds(20));
/// Nothing where dateutil refuses the rule or needs longer than `patience`.
Answers ask_dateutil(const std::vector<RecurrenceQuestion>& questions,
                     std::chrono::milliseconds patience = std::chrono::milliseconds(60));
/// One question, however long it takes; nothing when libical refuses the rule.
std::optional<Times> ask_libical(const RecurrenceQuestion& question);
/// Slow, and simple enough to be held against the RFC by eye.
Times ask_plainly(const RecurrenceQuestion& question);

/// In which way the peer is known to misread the rule; empty: it must agree. libical besides needs a DTSTART that the
/// rule matches, see synchronised().
std::string libical_differs(const calendar::RecurrenceRule& rule);
std::string dateutil_differs(const calendar::RecurrenceRule& rule);

/// The same question from the rule's first occurrence on (RFC 5545 3.8.5.3: DTSTART "SHOULD be synchronized with the
/// recurrence rule"; what happens otherwise "is undefined" there, and libical then goes astray).
RecurrenceQuestion synchronised(RecurrenceQuestion question);

/// "19970902T090000"; spaces between several.
std::string compact(LocalTime at);
std::string compact(const Times& times);
LocalTime from_compact(const std::string& text);

}  // namespace loa::testing
