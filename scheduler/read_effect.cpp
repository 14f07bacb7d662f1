// Keys of a programme that are right and change nothing.
#include "scheduler/read_parts.hpp"

namespace loa::scheduler {

using config::Diagnostics;
using config::msg;

namespace {

constexpr std::chrono::days kLongestLook{366};
constexpr std::size_t kMostSpans = 1000;  // of `except` times `repeat`: beyond that nobody looks

/// Whether the rules without `except` let the programme play on a day of `span`. Long spans and those of every year:
/// yes.
bool takes_something(const Programme& without_except, const DateSpan& span) {
  const std::chrono::sys_days first = span.first, last = span.last;
  if (span.kind != DateSpan::Kind::dates || last - first > kLongestLook) return true;
  for (auto day = first; day <= last; day += std::chrono::days(1)) {
    if (without_except.plays_on(CivilDay(day))) return true;
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
  const auto& except = programme.except.words.dates;
  const auto& repeat = programme.repeat.words;
  if (except.empty() || repeat.form == Days::Form::never || except.size() * (1 + repeat.dates.size()) > kMostSpans) {
    return;
  }
  const auto rules = rules_of(programme);
  for (const auto& span : except) {
    if (takes_something(rules, span)) continue;
    diagnostics.warning("except-without-effect", span.at, msg("“{0}” does not play on this day anyway", programme.id))
        .would(msg("the exception changes nothing"))
        .mend(msg("look whether the date is the one you mean"));
  }
}

}  // namespace loa::scheduler
