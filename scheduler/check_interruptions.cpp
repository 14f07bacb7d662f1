// Findings about higher priorities: what they break into, and what does not sound because of them.
#include <algorithm>
#include <vector>

#include "scheduler/check_draft.hpp"

namespace loa::scheduler {

namespace {

using config::msg;
using config::Severity;
using config::Text;

constexpr std::chrono::days kLongestSession{2};

bool sounds(const DraftSession& session) {
  return std::any_of(session.items.begin(), session.items.end(),
                     [](const LaidItem& item) { return item.recording != nullptr && item.frames > Frames(0); });
}

Text words(const DraftSession& session, const DraftSession& higher, const calendar::Zone& zone) {
  const auto& programme = *session.occurrence.programme;
  const auto& other = *higher.occurrence.programme;
  const auto at = config::to_string(session.occurrence.at);
  if (!sounds(session)) {
    return msg("“{0}” at {1} does not sound: “{2}” has its time ({3})", programme.id, at, other.id,
               other.span.file_line());
  }
  return msg("“{0}” at {1} is interrupted by “{2}” from {3} to {4} ({5})", programme.id, at, other.id,
             time_words(higher.occurrence.start, zone), time_words(higher.end, zone), other.span.file_line());
}

Text consequence(const DraftSession& session) {
  const auto& programme = *session.occurrence.programme;
  if (!sounds(session)) return msg("every item of it would be overridden");
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

bool breaks_into(const DraftSession& higher, const DraftSession& session) {
  return higher.occurrence.programme->priority < session.occurrence.programme->priority &&
         higher.occurrence.start < session.limit && session.occurrence.start < higher.end;
}

/// Those that can break into others, by their start.
std::vector<const DraftSession*> sessions_above(const Draft& draft) {
  std::vector<const DraftSession*> above;
  for (const auto& session : draft.sessions) {
    if (session.occurrence.programme->priority != playlists::Priority::ordinary && sounds(session)) {
      above.push_back(&session);
    }
  }
  std::sort(above.begin(), above.end(),
            [](const DraftSession* a, const DraftSession* b) { return a->occurrence.start < b->occurrence.start; });
  return above;
}

const DraftSession* first_to_break(const std::vector<const DraftSession*>& above, const DraftSession& session) {
  const auto earliest = session.occurrence.start - kLongestSession;
  auto each = std::partition_point(above.begin(), above.end(),
                                   [&](const DraftSession* other) { return other->occurrence.start < earliest; });
  for (; each != above.end() && (*each)->occurrence.start < session.limit; ++each) {
    if (breaks_into(**each, session)) return *each;
  }
  return nullptr;
}

}  // namespace

void report_interruptions(const Checked& checked, Findings& findings) {
  const auto above = sessions_above(checked.draft);
  for (const auto& session : checked.draft.sessions) {
    if (session.busy.empty() || session.occurrence.date < checked.today) continue;
    const auto* higher = first_to_break(above, session);
    if (higher == nullptr) continue;
    const auto& programme = *session.occurrence.programme;
    const auto& other = higher->occurrence.programme->span;
    auto* found = findings.note(Severity::warning, "interrupted", programme.span, other,
                                config::to_string(session.occurrence.at), session.occurrence.date);
    if (found == nullptr) continue;
    found->message = words(session, *higher, checked.schedule.zone);
    found->would(consequence(session));
    found->mend(msg("move one of them, if this is not meant"));
  }
}

}  // namespace loa::scheduler
