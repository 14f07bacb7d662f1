// What a draft gives each campaign: plays, places, and what became of them. Internal to the plan's findings.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "scheduler/plan_draft.hpp"

namespace loa::scheduler {

struct CampaignTally {
  /// One position of a programme that offers places.
  struct Offer {
    std::size_t programme = 0, item = 0;  // in the schedule, and in the programme
    const ItemRule* rule = nullptr;
    std::size_t sessions_ahead = 0;  // from the day that was asked about on
  };

  const Campaign* campaign = nullptr;
  std::map<std::string, long long, std::less<>> plays;  // by article, whole ones only
  std::map<Date, long long> by_day;                     // plays; days on which one of its programmes plays
  std::vector<Offer> offers;                            // in the order of their programmes
  std::size_t places = 0;                               // offered in all
  std::size_t empty = 0;                                // of them: nobody could play
  std::size_t lost = 0;                                 // of them: cut, overridden or kept silent

  /// How many plays of an article are missing from its total.
  long long missing(const std::string& article) const;
  long long missing() const;
};

/// By campaign, in the schedule's order; those that no item names have no offers. `draft`: from the day on which each
/// of them began to count. `today`: from when on places are ahead.
std::vector<CampaignTally> tally_campaigns(const Schedule& schedule, Recordings& recordings, const Draft& draft,
                                           Date today);

/// The days whose draft shows what campaigns that are not over give and owe; nothing when there is no such campaign.
/// Of what lies further ahead than three years nothing is said.
struct CampaignDays {
  Date from, to;  // `to` exclusive
};
std::optional<CampaignDays> campaign_days(const Schedule& schedule, Date today);

}  // namespace loa::scheduler
