// `rrule`: the text of a recurrence rule with its first day; what cannot be said is refused with its reason.
#include "scheduler/read_parts.hpp"

namespace loa::scheduler {

using calendar::Frequency;
using calendar::Recurrence;
using calendar::RecurrenceError;
using calendar::RecurrenceRule;
using config::Diagnostics;
using config::msg;
using config::Span;
using config::Text;

namespace {

Text range_words(const RecurrenceError& error) {
  const auto low = std::to_string(error.low), high = std::to_string(error.high);
  if (!error.sign) return msg("{0} takes numbers from {1} to {2}", error.part, low, high);
  return msg("{0} takes numbers from {1} to {2}, or the same below nothing, counted from the end", error.part, low,
             high);
}

Text combination_words(const RecurrenceError& error) {
  using Reason = RecurrenceError::Reason;
  switch (error.reason) {
    case Reason::count_with_until:
      return msg("COUNT and UNTIL both say where it ends; only one may stand");
    case Reason::week_number_frequency:
      return msg("BYWEEKNO goes with FREQ=YEARLY only");
    case Reason::year_day_frequency:
      return msg("BYYEARDAY does not go with FREQ=DAILY, WEEKLY or MONTHLY");
    case Reason::month_day_frequency:
      return msg("BYMONTHDAY does not go with FREQ=WEEKLY");
    case Reason::ordinal_frequency:
      return msg("a number before the day of the week goes with FREQ=MONTHLY and YEARLY only");
    case Reason::ordinal_with_week_number:
      return msg("a number before the day of the week does not go with BYWEEKNO");
    default:
      return msg("BYSETPOS needs another BY… to choose from");
  }
}

Text words_of(const RecurrenceError& error) {
  using Reason = RecurrenceError::Reason;
  switch (error.reason) {
    case Reason::empty:
      return msg("there is no rule");
    case Reason::too_long:
      return msg("the rule is longer than any rule can need");
    case Reason::prefixed:
      return msg("the rule begins with FREQ; its first day is “from”, its time “at”");
    case Reason::not_a_part:
      return msg("a rule is made of NAME=VALUE with “;” between them");
    case Reason::unknown_part:
      return msg("a rule has no part “{0}”", error.part);
    case Reason::repeated_part:
      return msg("{0} stands twice", error.part);
    case Reason::not_supported:
      return msg("{0} is not supported: other calendars are said with “lunar”", error.part);
    case Reason::malformed:
      return msg("this is no value for {0}", error.part);
    case Reason::out_of_range:
      return range_words(error);
    case Reason::no_such_date:
      return msg("there is no such day or time");
    case Reason::frequency_missing:
      return msg("the rule does not say how often: FREQ is missing");
    default:
      return combination_words(error);
  }
}

/// Values of the parts that people mistake; "" where the text of the RFC has to be read.
Text advice_about(const RecurrenceError& error) {
  using Reason = RecurrenceError::Reason;
  if (error.reason == Reason::malformed && error.part == "FREQ") return msg("write DAILY, WEEKLY, MONTHLY or YEARLY");
  if (error.reason == Reason::malformed && error.part == "BYDAY") {
    return msg("the days are MO TU WE TH FR SA SU, in 2TU the second Tuesday");
  }
  if (error.reason == Reason::malformed && error.part == "UNTIL") {
    return msg("write the day without dashes, year first, as in UNTIL=20261231");
  }
  if (error.reason == Reason::unknown_part && (error.part == "EXDATE" || error.part == "EXCEPT")) {
    return msg("days on which it does not play stand at “except” of the programme");
  }
  if (error.reason == Reason::unknown_part && error.part.find(' ') != std::string::npos) {
    return msg("leave the blanks out, as in FREQ=MONTHLY;BYDAY=2TU");
  }
  if (error.reason == Reason::not_a_part || error.reason == Reason::empty) {
    return msg("write a rule such as FREQ=MONTHLY;BYDAY=2TU, the second Tuesday of each month, without “;” at its end");
  }
  return msg("see {0}; for example FREQ=MONTHLY;BYDAY=2TU, the second Tuesday of each month", error.section);
}

/// The bytes of the rule that are meant, where the text stands in the file as it is; else all of it.
Span place_of(const Days& words, const RecurrenceError& error) {
  const auto& whole = words.rule_at;
  if (whole.source == nullptr || error.end <= error.begin) return whole;
  const std::string_view bytes = whole.source->bytes();
  const auto found = bytes.substr(whole.begin, whole.end - whole.begin).find(words.rule);
  if (found == std::string_view::npos) return whole;
  const auto begin = whole.begin + found;
  return {whole.source, begin + error.begin, begin + error.end};
}

void refuse(Diagnostics& diagnostics, Span at, Text words, Text advice) {
  diagnostics.error("rrule", at, std::move(words))
      .would(msg("on which days it plays is not known, so it cannot be planned"))
      .mend(std::move(advice));
}

/// Whether the rule says more than days.
bool has_times(const RecurrenceRule& rule) {
  return rule.frequency < Frequency::daily || !rule.by_hour.empty() || !rule.by_minute.empty() ||
         !rule.by_second.empty();
}

}  // namespace

std::shared_ptr<const Recurrence> read_rule(const Days& words, const DayContext& context, Diagnostics& diagnostics) {
  if (words.rule.empty() && words.rule_at.source == nullptr) return nullptr;
  const auto read = calendar::parse_recurrence(words.rule);
  if (const auto* error = std::get_if<RecurrenceError>(&read)) {
    refuse(diagnostics, place_of(words, *error), words_of(*error), advice_about(*error));
    return nullptr;
  }
  const auto& rule = std::get<RecurrenceRule>(read);
  const auto from = words.rule_from ? words.rule_from : context.from;
  if (!from) {
    refuse(diagnostics, words.rule_at, msg("a recurrence rule counts from a first day, and there is none"),
           msg("add “from: 2026-11-01”: to the programme, or here as in {{rrule: \"FREQ=WEEKLY;INTERVAL=2\", from: "
               "2026-11-01}}"));
    return nullptr;
  }
  if (!context.start && has_times(rule)) {
    refuse(diagnostics, words.rule_at, msg("days are named here, and the rule names times"),
           msg("leave out BYHOUR, BYMINUTE and BYSECOND, and take FREQ=DAILY or a longer one"));
    return nullptr;
  }
  auto made = std::make_shared<const Recurrence>(
      rule, context.start.value_or(calendar::LocalTime(std::chrono::local_days(*from))), context.zone);
  if (!made->never()) return made;
  refuse(diagnostics, words.rule_at, msg("there is no day that this rule means"),
         msg("look whether its parts can be true of one day"));
  return nullptr;
}

}  // namespace loa::scheduler
