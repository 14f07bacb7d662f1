// Findings about limits: which session breaks which, by the name of the decision.
#include "scheduler/check_draft.hpp"

namespace loa::scheduler {

namespace {

using config::msg;
using config::Severity;
using config::Text;

Text consequence(const Breach& breach) {
  if (!breach.limit->rule.enforce) return msg("it would be played all the same");
  if (breach.kind == Breach::Kind::sessions_per_day) return msg("it would stay silent");
  return msg("what is beyond the limit would stay silent");
}

}  // namespace

Text breach_words(const Breach& breach, const Occurrence& session) {
  const auto& programme = session.programme->id;
  const auto at = config::to_string(session.at);
  const auto& rule = breach.limit->rule;
  const auto place = rule.at.file_line();
  switch (breach.kind) {
    case Breach::Kind::sessions_per_day:
      return msg("“{0}” at {1} is session {2} of the day; “{3}” allows {4} ({5})", programme, at, breach.number,
                 rule.name, *rule.sessions_per_day, place);
    case Breach::Kind::minutes_per_session:
      return msg("“{0}” at {1} has {2} of sound; “{3}” allows {4} minutes a session ({5})", programme, at,
                 length_words(breach.sound), rule.name, *rule.minutes_per_session, place);
    case Breach::Kind::minutes_per_day:
      break;
  }
  return msg("with “{0}” at {1} the day has {2} of sound; “{3}” allows {4} minutes a day ({5})", programme, at,
             length_words(breach.sound), rule.name, *rule.minutes_per_day, place);
}

void report_limits(const Checked& checked, Findings& findings) {
  // What a programme with a mistake was meant to be is not known: told is what the others break without it.
  for (const auto& breach : breaches(checked.schedule, checked.draft, false)) {
    const auto& session = checked.draft.sessions[breach.session].occurrence;
    if (session.date < checked.today) continue;
    // Of a programme that breaks it several times a day the first time is told.
    const auto variant = std::to_string(static_cast<int>(breach.kind));
    auto* found = findings.note(breach.limit->rule.enforce ? Severity::error : Severity::warning, "limit",
                                session.programme->span, breach.limit->rule.at, variant, session.date);
    if (found == nullptr) continue;
    found->message = breach_words(breach, session);
    found->would(consequence(breach));
    found->mend(msg("take something away on that day, or make an exception of it (“except” of the limit)"));
  }
}

}  // namespace loa::scheduler
