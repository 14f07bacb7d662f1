#include "daemon/station/conductor/conductor_wanted.hpp"

#include <set>
#include <utility>

namespace loa::station {

namespace {

class Shopping {
 public:
  void add(const std::string& sha256, double gain, const std::string& clip, Instant first) {
    if (sha256.empty() || !seen_.insert({sha256, gain}).second) return;
    list_.push_back({sha256, gain, clip, first});
  }
  std::vector<Wanted> take() { return std::move(list_); }

 private:
  std::set<std::pair<std::string, double>> seen_;
  std::vector<Wanted> list_;
};

bool may_stand_in(const Snapshot& snapshot, const playlists::Article& article, const playlists::Facts& facts) {
  if (facts.refused) return false;
  return !snapshot.schedule.needs_approval(article.approval) || snapshot.catalogue.approval(facts.sha256) != nullptr;
}

}  // namespace

std::optional<Substitute> substitute_for(const Snapshot& snapshot, const scheduler::PlannedItem& item) {
  const auto& articles = snapshot.schedule.repertoire.articles;
  // A substitute that is not there itself may have one of its own. Circles are refused by `check`; the count ends them.
  auto id = item.substitute;
  for (auto steps = articles.size(); steps > 0 && !id.empty(); --steps) {
    const auto found = articles.find(id);
    if (found == articles.end() || !found->second.valid_on(item.day)) return {};
    Substitute made{&found->second, playlists::with_date(found->second.clip, item.day), nullptr};
    made.facts = snapshot.catalogue.facts(made.clip);
    if (made.facts != nullptr && may_stand_in(snapshot, *made.article, *made.facts)) return made;
    id = found->second.missing;
  }
  return {};
}

std::vector<Wanted> wanted_masters(const Snapshot& snapshot, Instant now) {
  const auto today = std::chrono::sys_days(snapshot.schedule.zone.day(now));
  Shopping shopping;
  // Yesterday's sessions may run past midnight.
  for (const auto& item : snapshot.plan(today - std::chrono::days{1}, today + kMastersAhead).items) {
    if (item.end() < now) continue;
    // One that waits for its approval may get it a minute before its time.
    const bool own = item.what != scheduler::What::relay &&
                     (item.fault == scheduler::Fault::none || item.fault == scheduler::Fault::unapproved);
    if (own) shopping.add(item.sha256, item.gain, item.clip, item.start);
    const auto other = own ? std::nullopt : substitute_for(snapshot, item);
    if (other) shopping.add(other->facts->sha256, other->article->gain, other->clip, item.start);
  }
  return shopping.take();
}

}  // namespace loa::station
