#include "scheduler/plan_diff.hpp"

#include <algorithm>
#include <string_view>
#include <tuple>
#include <unordered_map>

namespace loa::scheduler {

namespace {

/// The id without the station's.
std::string_view name_of(const PlannedItem& item) {
  const std::string_view id = item.id;
  return id.substr(id.find('/') + 1);
}

std::unordered_map<std::string_view, const PlannedItem*> by_name(const Plan& plan) {
  std::unordered_map<std::string_view, const PlannedItem*> items;
  items.reserve(plan.items.size());
  for (const auto& item : plan.items) items.emplace(name_of(item), &item);
  return items;
}

void compare(const PlannedItem& before, const PlannedItem& after, std::vector<PlanChange>& found) {
  const auto sounds = [](const PlannedItem& item) {
    return std::make_tuple(item.what, std::string_view(item.clip), std::string_view(item.sha256),
                           std::string_view(item.relay), std::string_view(item.taken_from),
                           item.fault == Fault::unapproved);
  };
  if (before.start != after.start || before.frames != after.frames) {
    found.push_back({PlanChange::Kind::moved, &before, &after});
  }
  if (sounds(before) != sounds(after)) found.push_back({PlanChange::Kind::replaced, &before, &after});
}

}  // namespace

std::vector<PlanChange> differences(const Plan& before, const Plan& after) {
  std::vector<PlanChange> found;
  const auto known = by_name(before), wanted = by_name(after);
  for (const auto& item : after.items) {
    const auto same = known.find(name_of(item));
    if (same == known.end()) {
      found.push_back({PlanChange::Kind::added, nullptr, &item});
    } else {
      compare(*same->second, item, found);
    }
  }
  for (const auto& item : before.items) {
    if (!wanted.contains(name_of(item))) found.push_back({PlanChange::Kind::removed, &item, nullptr});
  }
  std::stable_sort(found.begin(), found.end(), [](const PlanChange& a, const PlanChange& b) {
    return std::make_tuple(a.item().start, name_of(a.item())) < std::make_tuple(b.item().start, name_of(b.item()));
  });
  return found;
}

}  // namespace loa::scheduler
