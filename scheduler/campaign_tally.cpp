#include "scheduler/campaign_tally.hpp"

#include <algorithm>

namespace loa::scheduler {

namespace {

namespace chr = std::chrono;

constexpr chr::days kFurthest{3 * 366};

const CampaignItem* campaign_item(const ItemRule& rule) {
  return std::get_if<CampaignItem>(&rule.what);
}

class Counting {
 public:
  Counting(const Schedule& schedule, Date today) : today_(today) {
    for (const auto& campaign : schedule.campaigns) {
      index_[&campaign] = tallies_.size();
      tallies_.emplace_back().campaign = &campaign;
    }
    for (std::size_t i = 0; i < schedule.programmes.size(); ++i) {
      const auto& programme = schedule.programmes[i];
      for (std::size_t j = 0; j < programme.items.size(); ++j) {
        const auto* item = campaign_item(programme.items[j]);
        const auto* campaign = item != nullptr ? schedule.campaign(item->id) : nullptr;
        if (campaign == nullptr) continue;
        tally_of(campaign).offers.push_back({i, j, &programme.items[j], 0});
        its_campaigns_[&programme].insert(campaign);
      }
    }
  }

  void candidates(Recordings& recordings, Date from, Date to) {
    for (auto& tally : tallies_) {
      if (tally.offers.empty() || !tally.campaign->owes_total()) continue;
      const auto first = std::max(*tally.campaign->from, from), last = std::min(*tally.campaign->until, to);
      for (auto day = chr::sys_days(first); day <= chr::sys_days(last); day += chr::days(1)) {
        const auto clips = recordings.of(*tally.offers.front().rule, Date(day));
        if (clips.data() == known_ && !tally.plays.empty()) continue;
        known_ = clips.data();
        for (const auto* recording : clips) tally.plays.try_emplace(recording->clip.article, 0);
      }
      known_ = nullptr;
    }
  }

  void session(const DraftSession& session) {
    const auto its = its_campaigns_.find(session.occurrence.programme);
    if (its != its_campaigns_.end()) {
      for (const auto* campaign : its->second) {
        if (campaign->valid_on(session.occurrence.date)) tally_of(campaign).by_day[session.occurrence.held];
      }
    }
    for (const auto& entry : session.occurrence.entries) {
      if (entry.campaign != nullptr) offered(session, entry);
    }
    each_item(session.items, [&](std::span<const LaidItem> pieces) { played(session, pieces); });
  }

  std::vector<CampaignTally> take() { return std::move(tallies_); }

 private:
  CampaignTally& tally_of(const Campaign* campaign) { return tallies_[index_.at(campaign)]; }

  void offered(const DraftSession& session, const Entry& entry) {
    auto& tally = tally_of(entry.campaign);
    tally.places += entry.places;
    tally.empty += entry.places;  // until they are seen
    if (session.occurrence.held < today_) return;
    for (auto& offer : tally.offers) {
      if (offer.rule == entry.rule) ++offer.sessions_ahead;
    }
  }

  void played(const DraftSession& session, std::span<const LaidItem> pieces) {
    const auto& item = pieces.front();
    const auto* campaign = item.campaign();
    if (campaign == nullptr || item.recording == nullptr) return;
    auto& tally = tally_of(campaign);
    if (item.entry->campaign == campaign) --tally.empty;
    if (!is_whole(pieces)) {
      ++tally.lost;
      return;
    }
    ++tally.plays[item.recording->clip.article];
    ++tally.by_day[session.occurrence.held];
  }

  Date today_;
  std::vector<CampaignTally> tallies_;
  std::map<const Campaign*, std::size_t> index_;
  std::map<const Programme*, std::set<const Campaign*>> its_campaigns_;
  const void* known_ = nullptr;  // the list of candidates that was looked at last
};

}  // namespace

long long CampaignTally::missing(const std::string& article) const {
  const auto found = plays.find(article);
  if (!campaign->owes_total() || found == plays.end()) return 0;
  return std::max(*campaign->total - found->second, 0LL);
}

long long CampaignTally::missing() const {
  long long sum = 0;
  for (const auto& [article, count] : plays) sum += missing(article);
  return sum;
}

std::vector<CampaignTally> tally_campaigns(const Schedule& schedule, Recordings& recordings, const Draft& draft,
                                           Date today) {
  Counting counting(schedule, today);
  const auto days = campaign_days(schedule, today);
  if (days) counting.candidates(recordings, days->from, days->to);
  for (const auto& session : draft.sessions) counting.session(session);
  return counting.take();
}

std::optional<CampaignDays> campaign_days(const Schedule& schedule, Date today) {
  std::optional<CampaignDays> days;
  const Date furthest = chr::sys_days(today) + kFurthest;
  for (const auto& campaign : schedule.campaigns) {
    if ((campaign.until && *campaign.until < today) || (campaign.from && *campaign.from > furthest)) continue;
    if (!days) days = CampaignDays{today, today};
    days->from = std::min(days->from, campaign.counted_from(today));
    if (campaign.until) days->to = std::max(days->to, Date(chr::sys_days(*campaign.until) + chr::days(2)));
  }
  if (days) {
    days->from = chr::sys_days(days->from) - chr::days(1);
    days->to = std::min(days->to, furthest);
  }
  return days;
}

}  // namespace loa::scheduler
