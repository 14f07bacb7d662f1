// On which days a programme's rules let it play, and a limit counts.
#include <algorithm>
#include <tuple>

#include "scheduler/schedule.hpp"

namespace loa::scheduler {

namespace {

/// In a list by id.
template <class Named>
const Named* by_id(const std::vector<Named>& list, std::string_view id) {
  const auto found = std::lower_bound(list.begin(), list.end(), id,
                                      [](const Named& each, std::string_view wanted) { return each.id < wanted; });
  return found != list.end() && found->id == id ? &*found : nullptr;
}

}  // namespace

const Programme* Schedule::programme(std::string_view id) const {
  return by_id(programmes, id);
}

const Campaign* Schedule::campaign(std::string_view id) const {
  return by_id(campaigns, id);
}

const Relay* Schedule::relay(std::string_view id) const {
  return by_id(relays, id);
}

bool Programme::valid_on(Date day) const {
  return (!from || *from <= day) && (!until || day <= *until);
}

Off Programme::off_on(const CivilDay& day) const {
  if (from && day.date < *from) return Off::before_from;
  if (until && *until < day.date) return Off::after_until;
  if (!repeat.contains(day)) return Off::not_repeated;
  return except.contains(day) ? Off::excepted : Off::none;
}

bool Schedule::needs_approval(playlists::ApprovalRule rule) const {
  using playlists::ApprovalRule;
  return rule == ApprovalRule::by_station ? approval_required : rule == ApprovalRule::required;
}

bool Schedule::asks_for_approval() const {
  const auto asks = [this](const auto& each) { return needs_approval(each.second.approval); };
  const auto& [articles, playlists] = std::tie(repertoire.articles, repertoire.playlists);
  return std::any_of(articles.begin(), articles.end(), asks) || std::any_of(playlists.begin(), playlists.end(), asks);
}

bool Limit::in_force(const CivilDay& day) const {
  return (!rule.from || *rule.from <= day.date) && (!rule.until || day.date <= *rule.until) && days.contains(day) &&
         !except.contains(day);
}

}  // namespace loa::scheduler
