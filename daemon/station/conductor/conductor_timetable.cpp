#include "daemon/station/conductor/conductor_timetable.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <utility>

namespace loa::station {

namespace {

using std::chrono::days;
using std::chrono::sys_days;

/// The plan of every session that may have an item in [from, until). `known` is taken when it covers that, else made
/// anew.
std::shared_ptr<const DatedPlan> plan_around(const Snapshot& snapshot, Instant from, Instant until,
                                             const std::shared_ptr<const DatedPlan>& known = nullptr) {
  const auto& zone = snapshot.schedule.zone;
  const auto first = sys_days(zone.day(from)) - scheduler::kLongestSession;
  const auto last = sys_days(zone.day(until)) + days{1};
  if (known != nullptr && known->first <= first && last <= known->last) return known;
  return std::make_shared<const DatedPlan>(DatedPlan{first, last, snapshot.plan(first, last)});
}

bool by_start(const Due& left, const Due& right) {
  return left.item.start < right.item.start;
}

/// Collects what each reign owes, session by session.
class Merge {
 public:
  Merge(Instant from, Instant until) : from_(from), until_(until) {}

  void add(const Timetable::Reign& reign, Instant ends) {
    const auto& snapshot = reign.snapshot;
    const Instant begins = reign.from;
    reign.plan = plan_around(*snapshot, std::max(begins, from_), std::min(ends, until_), reign.plan);
    const auto& plan = reign.plan->plan;
    std::set<std::string> sessions;
    for (const auto& item : plan.items) {
      if (item.start < begins || item.start >= ends || !taken_.insert(item.id).second) continue;
      if (item.start < from_ || item.start >= until_) continue;
      found_[item.session].items.push_back({item, snapshot});
      sessions.insert(item.session);
    }
    for (const auto& session : plan.sessions) {
      if (sessions.contains(session.id)) found_[session.id].session = session;
    }
  }

  std::vector<DueSession> sorted() {
    std::vector<DueSession> sessions;
    for (auto& [id, session] : found_) {
      std::stable_sort(session.items.begin(), session.items.end(), by_start);
      sessions.push_back(std::move(session));
    }
    std::stable_sort(sessions.begin(), sessions.end(),
                     [](const auto& left, const auto& right) { return left.first() < right.first(); });
    return sessions;
  }

 private:
  Instant from_, until_;
  std::set<std::string> taken_;
  std::map<std::string, DueSession> found_;
};

}  // namespace

void Timetable::begin(SnapshotPtr snapshot, Instant from) {
  std::erase_if(reigns_, [&](const Reign& reign) { return reign.from >= from; });
  reigns_.push_back({std::move(snapshot), from, nullptr});
}

void Timetable::forget(Instant when) {
  auto kept = reigns_.begin();
  while (kept != reigns_.end() && std::next(kept) != reigns_.end() && std::next(kept)->from < when) ++kept;
  reigns_.erase(reigns_.begin(), kept);
}

SnapshotPtr Timetable::at(Instant when) const {
  SnapshotPtr found;
  for (const auto& reign : reigns_) {
    if (reign.from <= when) found = reign.snapshot;
  }
  return found;
}

std::vector<DueSession> Timetable::between(Instant from, Instant until) const {
  Merge merge(from, until);
  for (std::size_t i = 0; i < reigns_.size(); ++i) {
    const auto ends = i + 1 < reigns_.size() ? reigns_[i + 1].from : Instant::max();
    // An id of a reign that ended shortly before is still taken.
    if (ends < from - scheduler::kLongestSession) continue;
    if (reigns_[i].from >= until) continue;
    merge.add(reigns_[i], ends);
  }
  return merge.sorted();
}

Change compare(const Snapshot& old_one, const Snapshot& new_one, Instant from) {
  const Instant until = from + kLookAhead;
  const auto inside = [&](const scheduler::PlannedItem& item) { return item.start >= from && item.start < until; };
  Change change;
  std::set<std::string> kept;
  const auto next = plan_around(new_one, from, until), last = plan_around(old_one, from, until);
  for (const auto& item : next->plan.items) {
    if (item.start < from) continue;
    kept.insert(item.id);
    if (inside(item) && item.ordered_by.empty()) ++change.after;
  }
  for (const auto& item : last->plan.items) {
    if (!inside(item)) continue;
    if (item.ordered_by.empty()) ++change.before;
    if (!kept.contains(item.id)) change.removed.push_back(item.id);
  }
  return change;
}

Instant first_reign(const Snapshot& snapshot, Instant now) {
  Instant from = now;
  const auto around = plan_around(snapshot, now, now);
  for (const auto& session : around->plan.sessions) {
    if (session.start <= now && now < session.end) from = std::min(from, session.start);
  }
  return from;
}

}  // namespace loa::station
