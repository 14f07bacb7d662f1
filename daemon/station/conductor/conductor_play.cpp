// Files that a person wants to hear while the station runs. The plan goes before them: they sound where it leaves room,
// behind the same gate, each with its row (docs/decisions/0004).
#include <algorithm>
#include <filesystem>
#include <utility>

#include "daemon/station/conductor/conductor.hpp"
#include "daemon/station/conductor/conductor_rows.hpp"
#include "daemon/station/conductor/conductor_times.hpp"

namespace loa::station {

namespace {

using config::msg;

constexpr std::chrono::days kFurthest{31};
constexpr std::chrono::hours kLongestItem{24};

bool holds(Instant start, Instant end, Instant when) {
  return start <= when && when < end;
}

std::string name_of_file(const PlayableItem& item) {
  return item.item.file.filename().string();
}

}  // namespace

/// "play/7.2/<planned start>": the numbers keep orders apart, the instant finds the start row after a power cut.
Airing Conductor::make_played(const PlannedOrder& planned, const PlayableItem& item) const {
  const auto& snapshot = timetable_.newest();
  scheduler::PlannedItem made;
  made.id = planned.order.id + "/" + calendar::rfc3339(planned.planned, snapshot->schedule.zone);
  made.title = name_of_file(item);
  made.clip = item.item.file.string();
  made.sha256 = item.sha256;
  made.start = planned.planned;
  made.frames = made.clip_frames = planned.order.frames;
  made.anchor = planned.order.anchor - Frames(steps_);
  Airing airing(Due{std::move(made), snapshot});
  airing.place = planned.index;
  airing.master = item.master;
  airing.hours = hours_of(*snapshot, airing);
  if (airing.start < now_) airing.blame(Reason::operator_);  // asked for too late
  return airing;
}

/// Why none of it is taken; empty when nothing stands against it.
config::Text Conductor::refusal(const std::vector<PlannedOrder>& orders, const std::vector<PlayableItem>& items) const {
  Instant last = now_;
  for (const auto& order : orders) last = std::max(last, order.planned);
  if (last > now_ + kFurthest) {
    return msg("files can be played at most {0} days ahead", static_cast<long long>(kFurthest.count()));
  }
  const auto due = timetable_.between(now_ - kLongestItem, last + Frames(1));
  for (const auto& order : orders) {
    const auto id = planned_at(order.planned, due);
    if (id.empty()) continue;
    return msg("{0} would begin at {1}, where the plan has {2}; nothing is played", name_of_file(items[order.index]),
               calendar::rfc3339(order.planned, timetable_.newest()->schedule.zone), id);
  }
  return {};
}

Outcome Conductor::play(std::uint64_t number, const std::vector<PlayableItem>& items, const std::string& by) {
  tick();
  if (timetable_.empty() || stopping_) return {false, msg("the station is not ready to play")};
  const auto orders = play_orders(items, soonest(now_ + times::kAtOnce), number);
  if (auto why = refusal(orders, items); !why.empty()) return {false, std::move(why)};
  Instant before = Instant::max();
  for (const auto& order : orders) {
    Airing airing = make_played(order, items[order.index]);
    airing.play = number;
    airing.by = by;
    const Instant sounds_before = std::exchange(before, airing.start);
    if (sounds_before != Instant::max()) {
      airing.arm_at = std::max(airing.arm_at, std::min(sounds_before, airing.start - times::kArmLeast));
    }
    airings_.push_back(std::move(airing));
  }
  tick();
  return {true, {}};
}

void Conductor::withdraw(std::uint64_t number, const std::string& by) {
  for (auto& airing : airings_) {
    if (airing.play == number && airing.stage != Airing::Stage::closed && !airing.cancelled) {
      cut(airing, Reason::operator_, by);
    }
  }
  tick();
}

/// The planned item whose time it is at `when`; "" = none. `due`: what may not be on the way through the air yet.
std::string Conductor::planned_at(Instant when, const std::vector<DueSession>& due) const {
  std::set<std::string> known;
  for (const auto& airing : airings_) {
    if (!airing.is_planned()) continue;
    known.insert(airing.item.id);
    if (holds_time(airing) && holds(airing.start, airing.end(), when)) return airing.item.id;
  }
  for (const auto& session : due) {
    for (const auto& [item, under] : session.items) {
      if (known.contains(item.id) || consumed_.contains(item.id)) continue;
      if (holds(item.start, item.end(), when)) return item.id;
    }
  }
  return {};
}

/// Planned and not over, whether it can sound or not: also a planned silence is kept.
bool Conductor::holds_time(const Airing& airing) const {
  return airing.is_planned() && airing.stage != Airing::Stage::closed && !airing.cancelled;
}

/// What was played when the plan's time comes has its end; what would begin within it never sounds. The player cuts it
/// on the planned item's frame by itself; this is for what a reload or a skip brought, and for planned silence.
void Conductor::yield_to_plan() {
  std::vector<std::pair<Instant, Instant>> planned;
  for (const auto& airing : airings_) {
    if (holds_time(airing)) planned.emplace_back(airing.start, airing.end());
  }
  for (auto& played : airings_) {
    if (played.is_planned() || played.announcement != 0 || played.stage == Airing::Stage::closed || played.cancelled)
      continue;
    const Instant when = std::max(now_, played.start);
    const bool taken = std::any_of(planned.begin(), planned.end(),
                                   [when](const auto& time) { return holds(time.first, time.second, when); });
    if (taken) cut(played, Reason::overrun, "");
  }
}

/// Nothing that was played goes on after a restart; what had its start row has its end now.
void Conductor::close_plays(const History& history) {
  for (const auto& open : history.plays) {
    auto row = open.row;
    row.kind = wire::ItemRow::Kind::item;
    row.frames_played = open.frames.count();
    row.verdict = open.frames > Frames{0} ? Verdict::partial : Verdict::missed;
    row.reason = Reason::power;
    if (open.frames <= Frames{0}) {
      row.start.clear();
      row.device.clear();
      row.level_lufs.reset();
    }
    ledger_.append(row.fields());
  }
}

void Conductor::tell_played(const Airing& airing, const Judgement& judgement) const {
  if (!options_.played) return;
  Played played;
  played.index = airing.place;
  played.planned = airing.item.start;
  played.frames = std::min(airing.played(), airing.whole);
  if (airing.began && played.frames > Frames{0}) {
    played.start = airing.began;
    played.end = airing.ended.value_or(*airing.began + played.frames);
  }
  played.note = airing.note;
  played.verdict = name_of(judgement.verdict);
  played.reason = name_of(judgement.reason);
  options_.played(airing.play, played);
}

}  // namespace loa::station
