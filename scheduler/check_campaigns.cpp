// Findings about campaigns: what they owe and will not get, why, and which programme could mend it.
#include <algorithm>

#include "scheduler/check_draft.hpp"

namespace loa::scheduler {

namespace {

namespace chr = std::chrono;
using config::msg;
using config::Severity;
using config::Text;
using Offer = CampaignTally::Offer;

constexpr std::size_t kNamed = 3;                // articles in one message
constexpr std::size_t kMostSimulated = 400'000;  // sessions and places, of all attempts to mend

long long places_of(const Offer& offer) {
  return std::get<CampaignItem>(offer.rule->what).count;
}

/// How many more places a session of `offer` would give up what is missing.
long long more_places(const Offer& offer, long long missing) {
  const auto sessions = static_cast<long long>(offer.sessions_ahead);
  return (missing + sessions - 1) / sessions;
}

/// Offers that could give more, those that need the least of it first.
std::vector<Offer> by_effort(const CampaignTally& tally) {
  auto offers = tally.offers;
  std::erase_if(offers, [](const Offer& offer) { return offer.sessions_ahead == 0; });
  std::stable_sort(offers.begin(), offers.end(),
                   [](const Offer& a, const Offer& b) { return a.sessions_ahead > b.sessions_ahead; });
  return offers;
}

/// Tries out what would mend a shortfall by planning it.
class Mending {
 public:
  explicit Mending(const CampaignCheck& check) : check_(check), left_(kMostSimulated) {}

  /// `made_more` places more a session at `offer`: what would still be missing; nothing when it was not tried.
  std::optional<long long> missing_with(const CampaignTally& tally, const Offer& offer, long long made_more) {
    const auto more = static_cast<std::size_t>(made_more) * offer.sessions_ahead;
    const auto cost = check_.draft.sessions.size() + tally.places + more;
    if (cost > left_) return std::nullopt;
    left_ -= cost;
    auto other = check_.schedule;
    auto& rule = other.programmes[offer.programme].items[offer.item];
    std::get<CampaignItem>(rule.what).count += static_cast<int>(made_more);
    Recordings recordings(other, check_.catalogue);
    const auto draft = make_draft(other, recordings, check_.days.from, check_.days.to);
    for (const auto& each : tally_campaigns(other, recordings, draft, check_.today)) {
      if (each.campaign->id == tally.campaign->id) return each.missing();
    }
    return std::nullopt;
  }

 private:
  const CampaignCheck& check_;
  std::size_t left_;
};

/// "“khai-sinh” 30 of 38, “can-cuoc” 31 of 38 and 2 more".
Text articles_words(const CampaignTally& tally) {
  std::vector<std::pair<std::string, long long>> missing;
  for (const auto& [article, count] : tally.plays) {
    if (tally.missing(article) > 0) missing.emplace_back(article, count);
  }
  std::string words;
  for (std::size_t i = 0; i < std::min(kNamed, missing.size()); ++i) {
    words += (i == 0 ? "“" : ", “") + missing[i].first + "” " + std::to_string(missing[i].second) + "/" +
             std::to_string(*tally.campaign->total);
  }
  if (missing.size() <= kNamed) return Text::verbatim(words);
  return msg("{0} and {1} more", words, static_cast<unsigned long>(missing.size() - kNamed));
}

Text reason_words(const CampaignTally& tally) {
  const auto needed = static_cast<unsigned long>(*tally.campaign->total) * tally.plays.size();
  if (tally.places < needed) {
    return msg("its programmes offer {0} places, {1} are needed", static_cast<unsigned long>(tally.places), needed);
  }
  if (tally.lost > 0) {
    return msg("{0} of its places are cut, overridden or kept silent", static_cast<unsigned long>(tally.lost));
  }
  if (tally.empty > 0) {
    return msg("{0} of its places stay empty, because no article may play twice within {1}",
               static_cast<unsigned long>(tally.empty), config::to_string(tally.campaign->apart));
  }
  return msg("its places lie where the articles that are missing may not play");
}

Text advice(const CampaignCheck& check, const CampaignTally& tally, Mending& mending) {
  const auto missing = tally.missing();
  for (const auto& offer : by_effort(tally)) {
    const auto more = more_places(offer, missing);
    if (places_of(offer) + more > kMostPlaces) continue;
    const auto rest = mending.missing_with(tally, offer, more);
    if (!rest) break;
    if (*rest > 0) continue;
    return msg("“{0}” could offer it: write “count: {1}” at {2} ({3} more places in {4} sessions)",
               check.schedule.programmes[offer.programme].id, static_cast<unsigned long>(places_of(offer) + more),
               offer.rule->at.file_line(),
               static_cast<unsigned long>(static_cast<std::size_t>(more) * offer.sessions_ahead),
               static_cast<unsigned long>(offer.sessions_ahead));
  }
  return msg(
      "no single programme could offer enough: give the campaign places in one more, prolong it, or lower “total”");
}

void report_total(const CampaignCheck& check, const CampaignTally& tally, Mending& mending, Findings& findings) {
  const auto& campaign = *tally.campaign;
  if (!campaign.owes_total() || *campaign.until < check.today || *campaign.until >= check.days.to) return;
  if (tally.missing() == 0) return;
  auto* found = findings.note(Severity::warning, "campaign-short", campaign.total_at, {}, campaign.id, *campaign.until);
  if (found == nullptr) return;
  found->message = msg("“{0}” will be {1} plays short: {2}; {3}", campaign.id,
                       static_cast<unsigned long>(tally.missing()), articles_words(tally), reason_words(tally));
  found->would(msg("by its last day these articles have been heard less often than is owed"));
  found->mend(advice(check, tally, mending));
}

void report_days(const CampaignCheck& check, const CampaignTally& tally, Date until, Findings& findings) {
  const auto& campaign = *tally.campaign;
  if (!campaign.per_day) return;
  for (const auto& [day, plays] : tally.by_day) {
    if (day < check.today || day >= until || plays >= *campaign.per_day) continue;
    auto* found = findings.note(Severity::warning, "campaign-day-short", campaign.per_day_at, {},
                                campaign.id + std::to_string(plays), day);
    if (found == nullptr) continue;
    found->message = msg("“{0}” plays {1} times on a day, {2} are owed", campaign.id, static_cast<unsigned long>(plays),
                         static_cast<unsigned long>(*campaign.per_day));
    found->would(msg("less is heard of it on that day than is owed"));
    found->mend(msg("give it more places (“count”) in a programme of that day, or lower “per_day”"));
  }
}

void report_unused(const CampaignTally& tally, Date today, Findings& findings) {
  const auto& campaign = *tally.campaign;
  if (!tally.offers.empty() || (campaign.until && *campaign.until < today)) return;
  auto* found = findings.note(Severity::warning, "campaign-without-place", campaign.span, {}, campaign.id,
                              std::max(today, campaign.from.value_or(today)));
  if (found == nullptr) return;
  found->message = msg("no programme offers “{0}” a place", campaign.id);
  found->would(msg("nothing of the campaign would be heard"));
  found->mend(msg("add {{campaign: {0}, count: 2}} to a programme", campaign.id));
}

/// Whether something that is told already may have taken places from it.
bool is_uncertain(const Schedule& schedule, const Campaign& campaign) {
  const auto offers = [&](const ItemRule& rule) {
    const auto* places = std::get_if<CampaignItem>(&rule.what);
    return places != nullptr && places->id == campaign.id;
  };
  const auto& programmes = schedule.programmes;
  return campaign.mistaken || std::any_of(programmes.begin(), programmes.end(), [&](const Programme& each) {
           return each.items_mistaken || (each.mistaken && std::any_of(each.items.begin(), each.items.end(), offers));
         });
}

}  // namespace

void report_campaigns(const CampaignCheck& check, Date until, Findings& findings) {
  Mending mending(check);
  for (const auto& tally : tally_campaigns(check.schedule, check.recordings, check.draft, check.today)) {
    if (is_uncertain(check.schedule, *tally.campaign)) continue;
    report_unused(tally, check.today, findings);
    if (tally.offers.empty()) continue;
    report_total(check, tally, mending, findings);
    report_days(check, tally, until, findings);
  }
}

}  // namespace loa::scheduler
