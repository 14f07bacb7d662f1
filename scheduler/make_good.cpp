#include "scheduler/make_good.hpp"

#include <algorithm>
#include <charconv>

#include "scheduler/asked_id.hpp"
#include "scheduler/plan_recordings.hpp"

namespace loa::scheduler {

namespace {

namespace chr = std::chrono;

constexpr chr::days kStep{7}, kAhead{31};

class Search {
 public:
  Search(const MakeGood& missed, Schedule schedule, const playlists::Catalogue& catalogue, Instant from)
      : missed_(missed), schedule_(std::move(schedule)), catalogue_(catalogue), from_(from) {}

  std::optional<GoodPlace> run() {
    campaign_ = schedule_.campaign(missed_.campaign);
    if (campaign_ == nullptr || !schedule_.repertoire.articles.contains(missed_.article)) return std::nullopt;
    const auto first = chr::sys_days(schedule_.zone.day(from_));
    for (auto day = first; day < first + kAhead; day += kStep) {
      if (campaign_->until && Date(day) > *campaign_->until) break;
      if (auto place = within(day)) return place;
    }
    return std::nullopt;
  }

 private:
  std::optional<GoodPlace> within(chr::sys_days first) {
    // Neighbours within `apart` count, also those before the first day.
    const auto apart = chr::ceil<chr::days>(campaign_->apart) + chr::days(1);
    const auto plan = make_plan(schedule_, catalogue_, first - apart, first + kStep + apart);
    Recordings recordings(schedule_, catalogue_);
    for (const auto& item : plan.items) {
      if (item.start < from_ || Date(first) > item.day || item.day >= Date(first + kStep)) continue;
      if (!can_be_heard(recordings, item.day)) continue;
      if (may_give_way(item) && is_apart(plan, item.start) && is_heard_in(item)) return GoodPlace{item.id, item.start};
    }
    return std::nullopt;
  }

  /// Asked first, since trying out a place costs a plan.
  bool can_be_heard(Recordings& recordings, Date day) const {
    const auto clips = recordings.of(missed_.article, day, 0);
    return clips.size() == 1 && clips.front()->fault == Fault::none;
  }

  bool may_give_way(const PlannedItem& item) const {
    if (!item.makes_good.empty() || item.fault != Fault::none || item.interruption != Interruption::none) return false;
    if (!campaign_->valid_on(item.day) || item.frames < item.clip_frames) return false;
    if (item.campaign == missed_.campaign) return item.article != missed_.article;
    return item.campaign.empty() && is_first_of_fill(item);
  }

  bool is_first_of_fill(const PlannedItem& item) const {
    if (!item.index.ends_with(".1")) return false;
    const auto* programme = schedule_.programme(item.programme);
    std::size_t position = 0;
    std::from_chars(item.index.data(), item.index.data() + item.index.size(), position);
    return programme != nullptr && position > 0 && position <= programme->items.size() &&
           std::holds_alternative<FillItem>(programme->items[position - 1].what);
  }

  bool is_apart(const Plan& plan, Instant at) const {
    return std::none_of(plan.items.begin(), plan.items.end(), [&](const PlannedItem& item) {
      return item.campaign == missed_.campaign && item.article == missed_.article &&
             chr::abs(item.start - at) < Frames(campaign_->apart);
    });
  }

  /// Tried out: it has the place, its own length, and the time is permitted.
  bool is_heard_in(const PlannedItem& place) {
    schedule_.make_goods[place.id] = missed_;
    const auto plan = make_plan(schedule_, catalogue_, place.day, chr::sys_days(place.day) + chr::days(1));
    schedule_.make_goods.erase(place.id);
    return std::any_of(plan.items.begin(), plan.items.end(), [&](const PlannedItem& item) {
      return item.id == place.id && item.makes_good == missed_.missed && item.fault == Fault::none &&
             item.frames > Frames(0) && item.frames == item.clip_frames && is_permitted(item);
    });
  }

  bool is_permitted(const PlannedItem& item) const {
    const auto hours = permitted(schedule_, item.start, item.end());
    return std::any_of(hours.begin(), hours.end(),
                       [&](const Interval& each) { return each.from <= item.start && item.end() <= each.until; });
  }

  const MakeGood& missed_;
  Schedule schedule_;
  const playlists::Catalogue& catalogue_;
  Instant from_;
  const Campaign* campaign_ = nullptr;
};

}  // namespace

std::optional<GoodPlace> place_for(const MakeGood& missed, Schedule schedule, const playlists::Catalogue& catalogue,
                                   Instant from) {
  return Search(missed, std::move(schedule), catalogue, from).run();
}

MakeGoods that_still_matter(MakeGoods make_goods, const Schedule& schedule) {
  const auto day_of_place = [](const auto& each) {
    const auto id = parse_id(each.first);
    return id ? std::chrono::sys_days(id->date) : std::chrono::sys_days::max();
  };
  std::optional<std::chrono::sys_days> newest;
  for (const auto& each : make_goods) {
    const auto day = day_of_place(each);
    if (day != std::chrono::sys_days::max()) newest = std::max(newest.value_or(day), day);
  }
  if (!newest) return make_goods;
  const auto chosen = *newest - kGoodPlaceAhead;
  auto first = chosen - kGoodPlaceReach;
  for (const auto& campaign : schedule.campaigns) {
    const bool is_over = campaign.until && std::chrono::sys_days(*campaign.until) < chosen;
    if (!is_over) first = std::min(first, std::chrono::sys_days(campaign.counted_from(Date(chosen))));
  }
  std::erase_if(make_goods, [&](const auto& each) { return day_of_place(each) < first; });
  return make_goods;
}

}  // namespace loa::scheduler
