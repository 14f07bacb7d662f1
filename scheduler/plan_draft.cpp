// Lays out each session by itself, then lets neighbours and permitted hours end what runs over.
#include "scheduler/plan_draft.hpp"

#include <algorithm>
#include <functional>
#include <iterator>
#include <span>

#include "scheduler/limits.hpp"
#include "scheduler/plan_busy.hpp"
#include "scheduler/plan_history.hpp"

namespace loa::scheduler {

namespace {

namespace chr = std::chrono;

struct Window {
  Date from, to;  // `to` exclusive
};

/// Where the permitted hours that a session begins in end; nothing outside of them.
std::optional<Instant> hours_end(const Schedule& schedule, Instant start) {
  for (const auto& interval : permitted(schedule, start, start + chr::days(1))) {
    if (interval.from <= start && start < interval.until) return interval.until;
  }
  return std::nullopt;
}

bool has_places(const Occurrence& occurrence) {
  return std::any_of(occurrence.entries.begin(), occurrence.entries.end(),
                     [](const Entry& entry) { return entry.campaign != nullptr; });
}

/// The last instant at which the session, `grace` late, could still sound.
Instant latest_sound(const DraftSession& session) {
  const auto end = session.bound() ? *session.slot_end : session.content_end;
  return session.finishes() ? end + Frames(session.occurrence.programme->grace) : end;
}

/// The sessions of [from, to) that have something to play; the others are added to `idle`.
std::vector<Occurrence> held(const Schedule& schedule, Recordings& recordings, Date from, Date to,
                             const std::function<bool(const Programme&)>& wanted,
                             std::vector<Occurrence>* idle = nullptr) {
  auto sessions = occurrences(schedule, recordings, from, to, wanted);
  const auto empty = std::stable_partition(sessions.begin(), sessions.end(),
                                           [](const Occurrence& session) { return !session.entries.empty(); });
  if (idle != nullptr) {
    idle->insert(idle->end(), std::make_move_iterator(empty), std::make_move_iterator(sessions.end()));
  }
  sessions.erase(empty, sessions.end());
  return sessions;
}

/// Sessions before and behind the window that can matter inside it. The day before: where a zone skips a whole day,
/// its sessions fall on the next one.
std::vector<Occurrence> surroundings(const Schedule& schedule, Recordings& recordings,
                                     std::span<const DraftSession> rank, Date from, Date to) {
  auto horizon = to;
  for (const auto& session : rank) {
    horizon = std::max(horizon, day_after(schedule.zone.day(latest_sound(session)), 1));
  }
  if (rank.empty()) return {};
  const auto of_rank = [priority = rank.front().occurrence.programme->priority](const Programme& programme) {
    return programme.priority == priority;
  };
  auto around = held(schedule, recordings, day_after(from, -1), from, of_rank);
  auto later = held(schedule, recordings, to, day_after(horizon, 1), of_rank);
  around.insert(around.end(), std::make_move_iterator(later.begin()), std::make_move_iterator(later.end()));
  std::sort(around.begin(), around.end());
  return around;
}

void find_hours(const Schedule& schedule, std::span<DraftSession> rank) {
  std::vector<DraftSession*> finishing;
  for (auto& session : rank) {
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

/// Ends the session at `limit`. What would follow an interruption that lasts until then has lost its time to that.
void end_at(DraftSession& session, Instant limit, Cut why, const Busy& busy) {
  trim(session.items, limit, why, session.occurrence.programme->overrun == Overrun::cut);
  const auto met = busy.within(session.occurrence.start, limit);
  if (met.empty() || met.back().until < limit) return;
  for (auto& item : session.items) {
    if (item.fault == Fault::unreached && item.cut == why) item.fault = Fault::overridden;
  }
}

void settle(DraftSession& session, const Busy& busy) {
  const bool gated = session.finishes() && session.hours_end && (!session.next || *session.hours_end < *session.next);
  if (gated) {
    end_at(session, *session.hours_end, Cut::hours, busy);
  } else if (session.next) {
    end_at(session, *session.next, Cut::next, busy);
  }
  const auto sounds_until = content_end(session.occurrence, session.items);
  session.end = session.bound() ? std::min(*session.slot_end, session.next.value_or(*session.slot_end)) : sounds_until;
  session.limit = session.end;
  if (!session.finishes()) return;
  session.limit = latest_sound(session);
  if (session.hours_end) session.limit = std::min(session.limit, *session.hours_end);
  if (session.next) session.limit = std::min(session.limit, *session.next);
  session.limit = std::max(session.limit, session.end);
}

/// Each ends where the next one begins that is not overridden whatever its neighbours do. `rank` has one priority,
/// `around` its sessions beyond the window; both sorted.
void settle_all(std::span<DraftSession> rank, std::span<const Occurrence> around, const Busy& busy) {
  const Occurrence* next = nullptr;
  auto other = around.end();
  for (auto session = rank.rbegin(); session != rank.rend(); ++session) {
    while (other != around.begin() && session->occurrence < *std::prev(other)) --other;
    if (other != around.end() && (next == nullptr || *other < *next)) next = &*other;
    if (next != nullptr && next->start <= latest_sound(*session)) session->next = next->start;
    const bool keeps_silent = !session->overridden();
    settle(*session, busy);
    if (keeps_silent) next = &session->occurrence;
  }
}

/// For each the start of the first one behind it that is not kept off.
std::vector<std::optional<Instant>> starts_behind(const std::vector<Occurrence>& occurrences, const Busy& busy) {
  std::vector<std::optional<Instant>> starts(occurrences.size());
  std::optional<Instant> next;
  for (auto i = occurrences.size(); i-- > 0;) {
    starts[i] = next;
    if (!busy.keeps_off(*occurrences[i].programme, occurrences[i].start)) next = occurrences[i].start;
  }
  return starts;
}

/// The sessions of one priority, under those above it.
void lay_out_rank(const Schedule& schedule, Recordings& recordings, std::vector<Occurrence> occurrences, Window window,
                  Busy& busy, Campaigns& campaigns, Draft& draft) {
  const auto first = draft.sessions.size();
  draft.sessions.reserve(first + occurrences.size());
  const auto next = starts_behind(occurrences, busy);
  for (std::size_t i = 0; i < occurrences.size(); ++i) {
    const auto start = occurrences[i].start;
    draft.sessions.push_back(lay_out_alone(schedule, std::move(occurrences[i]), busy.from(start), campaigns, next[i]));
  }
  const std::span rank(draft.sessions.begin() + static_cast<std::ptrdiff_t>(first), draft.sessions.end());
  find_hours(schedule, rank);
  settle_all(rank, surroundings(schedule, recordings, rank, window.from, window.to), busy);
  for (auto& session : rank) session.busy = busy.within(session.occurrence.start, session.limit);
  for (const auto& session : rank) {
    if (session.sounds()) busy.add(session.occurrence.start, session.end);
  }
  busy.join();
}

/// The longest time over which a campaign keeps plays of one article apart, in whole days.
int days_apart(const Schedule& schedule) {
  int days = 0;
  for (const auto& campaign : schedule.campaigns) {
    days = std::max(days, static_cast<int>(chr::ceil<chr::days>(campaign.apart).count()) + 1);
  }
  return days;
}

/// Campaigns remember: the day from which everything has to be planned for those that have places in [from, to). What
/// one of them plays then depends on the others that play then, so it goes back as long as any of them counts from
/// before. A session may be held a day away from its own date (`shift`).
Date remembered_from(const Schedule& schedule, Date from, Date to) {
  auto first = day_after(from, -1);
  bool counts_from_before = false;
  for (bool again = true; again;) {
    again = false;
    for (const auto& campaign : schedule.campaigns) {
      const bool over = campaign.until && *campaign.until < first;
      const bool ahead = campaign.from && day_after(*campaign.from, -1) >= to;
      if (over || ahead) continue;
      counts_from_before = true;
      const auto counted_from = campaign.counted_from(first);
      again = again || counted_from < first;
      first = std::min(first, counted_from);
    }
  }
  return counts_from_before ? day_after(first, -1) : from;
}

bool is_ordinary(const Programme& programme) {
  return programme.priority == playlists::Priority::ordinary;
}

bool has_ranks(const Schedule& schedule) {
  return !std::all_of(schedule.programmes.begin(), schedule.programmes.end(), is_ordinary);
}

/// The sessions of all priorities in `sessions`, from the highest down.
void lay_out_ranks(const Schedule& schedule, Recordings& recordings, std::vector<Occurrence> sessions, Window window,
                   Busy& busy, Campaigns& campaigns, Draft& draft) {
  // They are in their order already where programmes of one priority are listed by their times.
  if (!std::is_sorted(sessions.begin(), sessions.end())) std::sort(sessions.begin(), sessions.end());
  for (auto rest = sessions.begin(); rest != sessions.end();) {
    const auto priority = rest->programme->priority;
    const auto last = std::find_if(rest, sessions.end(),
                                   [&](const Occurrence& each) { return each.programme->priority != priority; });
    lay_out_rank(schedule, recordings, {std::make_move_iterator(rest), std::make_move_iterator(last)}, window, busy,
                 campaigns, draft);
    rest = last;
  }
}

}  // namespace

std::optional<Instant> counted_until(const Schedule& schedule, const Programme& programme, Instant start,
                                     std::optional<Instant> next) {
  const auto end = programme.overrun == Overrun::finish ? hours_end(schedule, start) : std::nullopt;
  return end ? std::min(next.value_or(*end), *end) : next;
}

DraftSession lay_out_alone(const Schedule& schedule, Occurrence occurrence, std::span<const Interval> busy,
                           Campaigns& campaigns, std::optional<Instant> next) {
  DraftSession session;
  const auto& programme = *occurrence.programme;
  if (programme.length) session.slot_end = occurrence.start + Frames(*programme.length);
  session.items = lay_out(occurrence, session.slot_end, Lengths::known, busy, &campaigns);
  session.occurrence = std::move(occurrence);
  if (session.bound()) trim(session.items, *session.slot_end, Cut::slot, programme.overrun == Overrun::cut);
  if (has_places(session.occurrence)) next = counted_until(schedule, programme, session.occurrence.start, next);
  campaigns.settle(session.items, next);
  session.content_end = content_end(session.occurrence, session.items);
  return session;
}

bool DraftSession::overridden() const {
  const auto has_frames = [](const LaidItem& item) { return item.frames > Frames(0); };
  const auto is_overridden = [](const LaidItem& item) { return item.fault == Fault::overridden; };
  return std::none_of(items.begin(), items.end(), has_frames) && std::any_of(items.begin(), items.end(), is_overridden);
}

Draft make_draft(const Schedule& schedule, Recordings& recordings, Date from, Date to) {
  // A session that is interrupted depends on those of other days, three ranks of a day at most.
  const int margin = has_ranks(schedule) ? std::max(3, days_apart(schedule)) : 0;
  const auto first = remembered_from(schedule, day_after(from, -margin), day_after(to, margin));
  Window window{day_after(first, -margin), day_after(to, margin)};
  Busy busy;
  Campaigns campaigns(schedule.zone);
  Draft draft;
  if (margin > 0) {
    auto above = held(schedule, recordings, window.from, window.to, std::not_fn(is_ordinary), &draft.idle);
    lay_out_ranks(schedule, recordings, std::move(above), window, busy, campaigns, draft);
  }
  // Nothing is below the ordinary ones: of those before `from` only campaigns need to know.
  if (window.from < from) {
    History(schedule, recordings, busy, campaigns).walk(window.from, from, window.to);
    window.from = from;
  }
  auto ordinary = held(schedule, recordings, window.from, window.to, is_ordinary, &draft.idle);
  lay_out_ranks(schedule, recordings, std::move(ordinary), window, busy, campaigns, draft);
  keep_days(draft, from, to);
  enforce_limits(schedule, draft);
  return draft;
}

void keep_days(Draft& draft, Date from, Date to) {
  const auto outside = [&](const Occurrence& each) { return each.held < from || to <= each.held; };
  std::erase_if(draft.sessions, [&](const DraftSession& session) { return outside(session.occurrence); });
  std::erase_if(draft.idle, outside);
}

}  // namespace loa::scheduler
