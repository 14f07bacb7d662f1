// Findings about higher priorities: what they break into, and what does not sound because of them.
#include <algorithm>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "scheduler/check_draft.hpp"

namespace loa::scheduler {

namespace {

using config::msg;
using config::Severity;
using config::Text;

/// An item that is begun again once more than that and not heard whole never is, as far as anyone cares.
constexpr std::size_t kBegunAgain = 2;
constexpr std::size_t kToldTimes = 4;  // of one programme, broken into by one other

using Above = std::vector<const DraftSession*>;

bool sounds(const DraftSession& session) {
  return std::any_of(session.items.begin(), session.items.end(),
                     [](const LaidItem& item) { return item.recording != nullptr && item.frames > Frames(0); });
}

/// Until when a session that is due cannot begin; nothing when the air is free.
std::optional<Instant> waits_until(const DraftSession& session) {
  if (session.busy.empty() || session.busy.front().from > session.occurrence.start) return std::nullopt;
  return session.busy.front().until;
}

Text words(const DraftSession& session, const DraftSession& higher, const calendar::Zone& zone) {
  const auto& programme = *session.occurrence.programme;
  const auto& other = *higher.occurrence.programme;
  const auto at = config::to_string(session.occurrence.at);
  const auto place = other.span.file_line();
  if (!sounds(session)) {
    return msg("“{0}” at {1} does not sound: “{2}” has its time ({3})", programme.id, at, other.id, place);
  }
  if (higher.occurrence.start <= session.occurrence.start) {
    return msg("“{0}” at {1} is due while “{2}” has the air until {3} ({4})", programme.id, at, other.id,
               time_words(higher.end, zone), place);
  }
  return msg("“{0}” at {1} is interrupted by “{2}” from {3} to {4} ({5})", programme.id, at, other.id,
             time_words(higher.occurrence.start, zone), time_words(higher.end, zone), place);
}

Text consequence_of_waiting(const DraftSession& session, Instant until, const calendar::Zone& zone) {
  if (session.occurrence.programme->late == Late::start) {
    return msg("it would begin at {0}, from its beginning; the slot's end stands", time_words(until, zone));
  }
  return msg("it would be joined at {0}, where it would be by then; what comes before would not be heard",
             time_words(until, zone));
}

Text consequence(const DraftSession& session, const DraftSession& higher, const calendar::Zone& zone) {
  const auto& programme = *session.occurrence.programme;
  if (!sounds(session)) return msg("every item of it would be overridden");
  const auto until = waits_until(session);
  if (until && higher.occurrence.start <= session.occurrence.start) {
    return consequence_of_waiting(session, *until, zone);
  }
  switch (programme.interrupted) {
    case Interrupted::resume:
      return msg("the interrupted item would fade out and go on afterwards where it stopped; the slot's end stands");
    case Interrupted::restart:
      return msg("the interrupted item would fade out and begin again afterwards; the slot's end stands");
    case Interrupted::drop:
      break;
  }
  return msg("the interrupted item would fade out, and the next one begin afterwards; the slot's end stands");
}

/// Those that can break into others, by their start.
Above sessions_above(const Draft& draft) {
  Above above;
  for (const auto& session : draft.sessions) {
    if (session.occurrence.programme->priority != playlists::Priority::ordinary && sounds(session)) {
      above.push_back(&session);
    }
  }
  std::sort(above.begin(), above.end(),
            [](const DraftSession* a, const DraftSession* b) { return a->occurrence.start < b->occurrence.start; });
  return above;
}

/// Of each programme that breaks into the session the first time, by start.
Above interrupters(const Above& above, const DraftSession& session) {
  const auto earliest = session.occurrence.start - kLongestSession;
  auto each = std::partition_point(above.begin(), above.end(),
                                   [&](const DraftSession* other) { return other->occurrence.start < earliest; });
  Above found;
  for (; each != above.end() && (*each)->occurrence.start < session.limit; ++each) {
    const auto* programme = (*each)->occurrence.programme;
    const bool is_known = std::any_of(found.begin(), found.end(), [&](const DraftSession* other) {
      return other->occurrence.programme == programme;
    });
    if (!is_known && breaks_into(**each, session)) found.push_back(*each);
  }
  return found;
}

struct BrokenInto {
  const DraftSession* session;
  Above higher;
};

/// The times at which a programme is broken into by another.
class Times {
 public:
  explicit Times(const std::vector<BrokenInto>& all) {
    for (const auto& [session, higher] : all) {
      for (const auto* each : higher) times_[key(*session, *each)].insert(session->occurrence.at);
    }
  }
  /// Of a programme with very many times the first ones are told.
  bool is_told(const DraftSession& session, const DraftSession& higher) const {
    return place(session, higher) < kToldTimes;
  }
  /// How many more there are than are told; 0 for all but the last of these.
  std::size_t more(const DraftSession& session, const DraftSession& higher) const {
    const auto count = times_.at(key(session, higher)).size();
    return place(session, higher) + 1 == kToldTimes ? count - kToldTimes : 0;
  }

 private:
  using Key = std::pair<const Programme*, const Programme*>;

  static Key key(const DraftSession& session, const DraftSession& higher) {
    return {session.occurrence.programme, higher.occurrence.programme};
  }
  std::size_t place(const DraftSession& session, const DraftSession& higher) const {
    const auto& times = times_.at(key(session, higher));
    return static_cast<std::size_t>(std::distance(times.begin(), times.find(session.occurrence.at)));
  }

  std::map<Key, std::set<TimeOfDay>> times_;
};

void report_interruption(const DraftSession& session, const DraftSession& higher, std::size_t more,
                         const calendar::Zone& zone, Findings& findings) {
  const auto& programme = *session.occurrence.programme;
  auto* found = findings.note(Severity::warning, "interrupted", programme.span, higher.occurrence.programme->span,
                              config::to_string(session.occurrence.at), session.occurrence.date);
  if (found == nullptr) return;
  found->message = words(session, higher, zone);
  if (more > 0)
    found->message = msg("{0}; so it is at {1} other times", found->message, static_cast<unsigned long>(more));
  found->would(consequence(session, higher, zone));
  found->mend(msg("move one of them, if this is not meant"));
}

/// Items with a time of their own that lies in an interruption.
void report_pins(const DraftSession& session, const Above& higher, const calendar::Zone& zone, Findings& findings) {
  for (const auto& item : session.items) {
    if (item.piece > 0 || !item.entry->pin || item.sub > 1) continue;
    const auto pin = *item.entry->pin;
    const auto other = std::find_if(higher.begin(), higher.end(), [&](const DraftSession* each) {
      return each->occurrence.start <= pin && pin < each->end;
    });
    if (other == higher.end()) continue;
    const auto& by = *(*other)->occurrence.programme;
    auto* found = findings.note(Severity::warning, "pin-interrupted", item.entry->rule->pin_at, by.span,
                                config::to_string(session.occurrence.at), session.occurrence.date);
    if (found == nullptr) continue;
    found->message =
        msg("“{0}” has the air at {1}, the time of this item ({2})", by.id, time_words(pin, zone), by.span.file_line());
    found->would(item.fault == Fault::overridden ? msg("it would not be heard")
                                                 : msg("it would begin at {0}", time_words(item.start, zone)));
    found->mend(msg("give it another time, if this is not meant"));
  }
}

/// Items that begin again and again, and are broken into each time.
void report_never_whole(const DraftSession& session, const DraftSession& higher, Findings& findings) {
  std::map<std::pair<const Entry*, std::uint32_t>, std::pair<std::size_t, bool>> tries;  // how often; whole at last
  for (const auto& item : session.items) {
    if (item.recording == nullptr) continue;
    auto& [begun, whole] = tries[{item.entry, item.sub}];
    begun += item.frames > Frames(0) ? 1 : 0;
    whole = whole || (item.offset == Frames(0) && item.frames >= item.length);
  }
  const auto& by = *higher.occurrence.programme;
  for (const auto& [which, how] : tries) {
    if (how.second || how.first <= kBegunAgain) continue;
    const auto& entry = *which.first;
    auto* found = findings.note(Severity::warning, "never-whole", entry.rule->at, by.span,
                                config::to_string(session.occurrence.at) + '/' + std::to_string(which.second),
                                session.occurrence.date);
    if (found == nullptr) continue;
    found->message =
        msg("the item is broken into each time it begins again: it is never heard whole ({0})", by.span.file_line());
    found->would(msg("its beginning would be heard {0} times, its end never", static_cast<unsigned long>(how.first)));
    found->mend(msg("write “interrupted: resume” or “drop”, or begin it at another time"));
  }
}

}  // namespace

bool breaks_into(const DraftSession& higher, const DraftSession& session) {
  return higher.occurrence.programme->priority < session.occurrence.programme->priority && sounds(higher) &&
         higher.occurrence.start < session.limit && session.occurrence.start < higher.end;
}

void report_interruptions(const Checked& checked, Findings& findings) {
  const auto above = sessions_above(checked.draft);
  const auto& zone = checked.schedule.zone;
  std::vector<BrokenInto> broken_into;
  for (const auto& session : checked.draft.sessions) {
    if (session.busy.empty() || session.occurrence.date < checked.today) continue;
    if (session.occurrence.programme->mistaken) continue;  // on which days and at what time it was meant is not known
    auto higher = interrupters(above, session);
    std::erase_if(higher, [](const DraftSession* each) { return each->occurrence.programme->mistaken; });
    if (!higher.empty()) broken_into.push_back({&session, std::move(higher)});
  }
  const Times times(broken_into);
  for (auto& each : broken_into) {
    const auto& session = *each.session;
    std::erase_if(each.higher, [&](const DraftSession* other) { return !times.is_told(session, *other); });
    if (each.higher.empty()) continue;
    for (const auto* other : each.higher) {
      report_interruption(session, *other, times.more(session, *other), zone, findings);
    }
    report_pins(session, each.higher, zone, findings);
    if (session.occurrence.programme->interrupted == Interrupted::restart) {
      report_never_whole(session, *each.higher.front(), findings);
    }
  }
}

}  // namespace loa::scheduler
