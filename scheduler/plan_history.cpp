// Day by day: the sessions in their order, and for each what it gives its campaigns.
#include "scheduler/plan_history.hpp"

#include <algorithm>
#include <iterator>
#include <tuple>
#include <utility>

#include "scheduler/asked_id.hpp"
#include "scheduler/plan_draft.hpp"

namespace loa::scheduler {

namespace {

namespace chr = std::chrono;

/// Sessions of one day may begin among those of the next where a zone skips a whole day.
constexpr chr::days kInterleaved{1};

Frames length_of(const Entry& entry) {
  if (entry.kind == Entry::Kind::article) return entry.clips.front()->length;
  auto length = entry.pause;
  for (const auto* recording : entry.clips) length += recording->length;
  return length;
}

}  // namespace

bool History::Session::operator<(const Session& other) const {
  if (start != other.start) return start < other.start;
  return std::tie(date, slot.nominal, slot.programme->id) <
         std::tie(other.date, other.slot.nominal, other.slot.programme->id);
}

History::History(const Schedule& schedule, Recordings& recordings, const Busy& busy, Campaigns& campaigns)
    : schedule_(schedule),
      recordings_(recordings),
      busy_(busy),
      campaigns_(campaigns),
      timetable_(schedule),
      chains_(schedule.programmes.size()) {
  for (const auto& [place, what] : schedule.make_goods) {
    const auto id = parse_id(place);
    if (id) made_good_.emplace(id->date, id->programme);
  }
  for (const auto& programme : schedule.programmes) {
    auto& chain = chain_of(programme);
    chain.is_chain = is_chain(programme);
    for (const auto& rule : programme.items) {
      chain.differs_by_day = chain.differs_by_day || rule.days || recordings.differ_by_day(rule);
      chain.has_places = chain.has_places || std::holds_alternative<CampaignItem>(rule.what);
    }
  }
}

bool History::is_chain(const Programme& programme) {
  return std::none_of(programme.items.begin(), programme.items.end(), [](const ItemRule& rule) {
    const auto* relay = std::get_if<RelayItem>(&rule.what);
    return rule.pin.has_value() || std::holds_alternative<FillItem>(rule.what) || (relay && !relay->length);
  });
}

/// Nothing in it stands for something else.
bool History::is_chain(const Session& session) {
  const auto& programme = *session.slot.programme;
  return chain_of(programme).is_chain && (made_good_.empty() || !made_good_.contains({session.date, programme.id}));
}

History::Chain& History::chain_of(const Programme& programme) {
  return chains_[static_cast<std::size_t>(&programme - schedule_.programmes.data())];
}

/// Of a chain; with those that offer nothing on its day.
const std::vector<Entry>& History::entries_of(const Session& session) {
  auto& chain = chain_of(*session.slot.programme);
  if (chain.day && (!chain.differs_by_day || chain.day == session.date)) return chain.entries;
  chain.day = session.date;
  chain.entries = chain_entries(*session.slot.programme, recordings_, session.date);
  return chain.entries;
}

void History::walk(Date from, Date to, Date seen) {
  const chr::days reach(timetable_.shifts_days() ? 1 : 0);
  for (auto day = chr::sys_days(from) - reach; day < chr::sys_days(seen) + reach; day += chr::days(1)) {
    add(Date(day), from, seen);
    const Date complete(day - reach - kInterleaved);
    const auto last = std::find_if(sessions_.rbegin(), sessions_.rend(),
                                   [&](const Session& session) { return session.held <= complete; });
    pass(last.base(), to);
    if (to <= complete && pending_.empty()) break;
  }
  pass(sessions_.end(), to);
  play_pending(std::nullopt);
}

/// The ordinary sessions of `date` that are held on a day of [from, seen).
void History::add(Date date, Date from, Date seen) {
  const auto known = static_cast<std::ptrdiff_t>(sessions_.size());
  for (const auto& slot : timetable_.on(date)) {
    const Date held(chr::floor<chr::days>(slot.start));
    if (held < from || seen <= held || slot.programme->priority != playlists::Priority::ordinary) continue;
    sessions_.push_back({slot, date, held, schedule_.zone.instant(slot.start)});
  }
  const auto added = sessions_.begin() + known;
  if (!std::is_sorted(added, sessions_.end())) std::sort(added, sessions_.end());
  if (known > 0 && added != sessions_.end() && *added < *std::prev(added)) {
    std::inplace_merge(sessions_.begin(), added, sessions_.end());
  }
}

/// The first sessions up to `end`; those from `to` on are there only for what is before them.
void History::pass(std::vector<Session>::iterator end, Date to) {
  for (auto session = sessions_.begin(); session != end; ++session) {
    auto turn = turn_of(*session);
    if (!turn) continue;
    if (!busy_.keeps_off(*session->slot.programme, session->start)) play_pending(session->start);
    if (session->held < to) pending_.push_back(std::move(*turn));
  }
  sessions_.erase(sessions_.begin(), end);
}

void History::play_pending(std::optional<Instant> next) {
  for (auto& turn : pending_) play(std::move(turn), next);
  pending_.clear();
}

/// Nothing: nothing of it is for its day, and it is not held.
std::optional<History::Turn> History::turn_of(const Session& session) {
  if (!is_chain(session)) {
    auto occurrence = occurrence_of(schedule_, recordings_, session.slot, session.date);
    if (occurrence.entries.empty()) return std::nullopt;
    return Turn{session, std::move(occurrence)};
  }
  const auto& entries = entries_of(session);
  const bool is_held = std::any_of(entries.begin(), entries.end(),
                                   [&](const Entry& entry) { return !offers_nothing(entry, session.date); });
  return is_held ? std::optional(Turn{session, std::nullopt}) : std::nullopt;
}

void History::play(Turn turn, std::optional<Instant> next) {
  const auto& session = turn.session;
  if (!turn.occurrence) {
    if (!chain_of(*session.slot.programme).has_places || play_chain(session, next)) return;
    turn.occurrence = occurrence_of(schedule_, recordings_, session.slot, session.date);
  }
  lay_out_alone(schedule_, std::move(*turn.occurrence), busy_.from(session.start), campaigns_, next);
}

/// As lay_out_alone() does it: one item after the other, whole up to where the session ends. False, and as if it had
/// not been tried, where something breaks in.
bool History::play_chain(const Session& session, std::optional<Instant> next) {
  auto cursor = session.start;
  for (const auto& entry : entries_of(session)) {
    if (offers_nothing(entry, session.date)) continue;
    if (entry.campaign == nullptr) cursor += length_of(entry);
    for (std::uint32_t sub = 1; sub <= entry.places; ++sub) {
      const auto* chosen = campaigns_.choose(entry, session.date, cursor);
      if (chosen == nullptr) break;
      cursor += chosen->length;
    }
  }
  const auto* met = busy_.next(session.start);
  if (met != nullptr && met->from < cursor) {
    campaigns_.settle(Instant::min());
    return false;
  }
  const auto& programme = *session.slot.programme;
  auto until = counted_until(schedule_, programme, session.start, next).value_or(Instant::max());
  const bool bound = programme.length && programme.overrun != Overrun::finish;
  if (bound) until = std::min<Instant>(until, session.start + Frames(*programme.length));
  campaigns_.settle(until);
  return true;
}

}  // namespace loa::scheduler
