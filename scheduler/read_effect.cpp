// Keys of a programme that are right and change nothing.
#include "scheduler/read_parts.hpp"

namespace loa::scheduler {

using config::Diagnostics;
using config::msg;

namespace {

constexpr std::chrono::days kLongestLook{366};
constexpr std::size_t kMostSpans = 1000;  // of `except` times `repeat`: beyond that nobody looks

/// Whether the rules without `except` let the programme play on a day of `span`. Long and yearly spans: yes.
bool takes_something(const Programme& without_except, const config::DateSpan& span) {
  const std::chrono::sys_days first = span.first, last = span.last;
  if (span.yearly || last - first > kLongestLook) return true;
  for (auto day = first; day <= last; day += std::chrono::days(1)) {
    if (without_except.plays_on(day)) return true;
  }
  return false;
}

Programme rules_of(const Programme& programme) {
  Programme rules;
  rules.repeat = programme.repeat;
  rules.from = programme.from;
  rules.until = programme.until;
  return rules;
}

}  // namespace

void check_effect(const Programme& programme, Diagnostics& diagnostics) {
  if (programme.except.empty() || programme.repeat.form == Days::Form::never) return;
  if (programme.except.size() * (1 + programme.repeat.dates.size()) > kMostSpans) return;
  const auto rules = rules_of(programme);
  for (const auto& span : programme.except) {
    if (takes_something(rules, span)) continue;
    diagnostics.warning("except-without-effect", span.at, msg("“{0}” does not play on this day anyway", programme.id))
        .would(msg("the exception changes nothing"))
        .mend(msg("look whether the date is the one you mean"));
  }
}

}  // namespace loa::scheduler
