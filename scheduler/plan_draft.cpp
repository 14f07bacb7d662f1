// Lays out each session by itself, then lets neighbours and permitted hours end what runs over.
#include "scheduler/plan_draft.hpp"

#include <algorithm>
#include <iterator>

namespace loa::scheduler {

namespace {

namespace chr = std::chrono;

Date day_after(Date day, int days) {
  return Date(chr::sys_days(day) + chr::days(days));
}

DraftSession lay_out_alone(Occurrence occurrence) {
  DraftSession session;
  const auto& programme = *occurrence.programme;
  if (programme.length) session.slot_end = occurrence.start + Frames(*programme.length);
  session.items = lay_out(occurrence, session.slot_end, Lengths::known);
  session.occurrence = std::move(occurrence);
  if (session.bound()) trim(session.items, *session.slot_end, Cut::slot, programme.overrun == Overrun::cut);
  session.content_end = content_end(session.occurrence, session.items);
  return session;
}

/// The last instant at which the session, `grace` late, could still sound.
Instant latest_sound(const DraftSession& session) {
  const auto end = session.bound() ? *session.slot_end : session.content_end;
  return session.finishes() ? end + Frames(session.occurrence.programme->grace) : end;
}

/// The sessions of [from, to) that have something to play; the others go to `idle`.
std::vector<Occurrence> held(const Schedule& schedule, Recordings& recordings, Date from, Date to,
                             std::vector<Occurrence>* idle = nullptr) {
  auto sessions = occurrences(schedule, recordings, from, to);
  const auto empty = std::stable_partition(sessions.begin(), sessions.end(),
                                           [](const Occurrence& session) { return !session.entries.empty(); });
  if (idle != nullptr) idle->assign(std::make_move_iterator(empty), std::make_move_iterator(sessions.end()));
  sessions.erase(empty, sessions.end());
  return sessions;
}

/// Who follows whom, among the draft's sessions (sorted) and those `around` its window.
void find_next(Draft& draft, std::vector<Occurrence> around) {
  std::sort(around.begin(), around.end());
  auto other = around.begin();
  for (std::size_t i = 0; i < draft.sessions.size(); ++i) {
    auto& session = draft.sessions[i];
    while (other != around.end() && *other < session.occurrence) ++other;
    const Occurrence* next = i + 1 < draft.sessions.size() ? &draft.sessions[i + 1].occurrence : nullptr;
    if (other != around.end() && (next == nullptr || *other < *next)) next = &*other;
    if (next == nullptr || next->programme->priority != session.occurrence.programme->priority) continue;
    if (next->start <= latest_sound(session)) session.next = next->start;
  }
}

/// Sessions before and behind the window that can matter inside it. The day before: where a zone skips a whole day,
/// its sessions fall on the next one.
std::vector<Occurrence> surroundings(const Schedule& schedule, Recordings& recordings, const Draft& draft, Date from,
                                     Date to) {
  auto horizon = to;
  for (const auto& session : draft.sessions) {
    horizon = std::max(horizon, day_after(schedule.zone.day(latest_sound(session)), 1));
  }
  auto around = held(schedule, recordings, day_after(from, -1), from);
  auto later = held(schedule, recordings, to, day_after(horizon, 1));
  around.insert(around.end(), std::make_move_iterator(later.begin()), std::make_move_iterator(later.end()));
  return around;
}

void find_hours(const Schedule& schedule, Draft& draft) {
  std::vector<DraftSession*> finishing;
  for (auto& session : draft.sessions) {
    if (session.finishes()) finishing.push_back(&session);
  }
  if (finishing.empty()) return;
  auto from = finishing.front()->occurrence.start, until = from;
  for (const auto* session : finishing) {
    from = std::min(from, session->occurrence.start);
    until = std::max(until, latest_sound(*session));
  }
  const auto hours = permitted(schedule, from, until + chr::days(1));
  for (auto* session : finishing) {
    const auto start = session->occurrence.start;
    for (const auto& interval : hours) {
      if (interval.from <= start && start < interval.until) session->hours_end = interval.until;
    }
  }
}

void settle(DraftSession& session) {
  const bool hard = session.occurrence.programme->overrun == Overrun::cut;
  if (session.finishes() && session.hours_end) trim(session.items, *session.hours_end, Cut::hours, hard);
  if (session.next) trim(session.items, *session.next, Cut::next, hard);
  const auto sounds_until = content_end(session.occurrence, session.items);
  session.end = session.bound() ? std::min(*session.slot_end, session.next.value_or(*session.slot_end)) : sounds_until;
  session.limit = session.end;
  if (!session.finishes()) return;
  session.limit = latest_sound(session);
  if (session.hours_end) session.limit = std::min(session.limit, *session.hours_end);
  if (session.next) session.limit = std::min(session.limit, *session.next);
  session.limit = std::max(session.limit, session.end);
}

}  // namespace

Draft make_draft(const Schedule& schedule, Recordings& recordings, Date from, Date to) {
  Draft draft;
  for (auto& occurrence : held(schedule, recordings, from, to, &draft.idle)) {
    draft.sessions.push_back(lay_out_alone(std::move(occurrence)));
  }
  std::sort(draft.sessions.begin(), draft.sessions.end(),
            [](const DraftSession& a, const DraftSession& b) { return a.occurrence < b.occurrence; });
  find_next(draft, surroundings(schedule, recordings, draft, from, to));
  find_hours(schedule, draft);
  for (auto& session : draft.sessions) settle(session);
  return draft;
}

}  // namespace loa::scheduler
