#include "daemon/station/conductor/make_goods.hpp"

#include <set>
#include <utility>

#include "daemon/station/conductor/owed.hpp"

namespace loa::station {

namespace {

using scheduler::Instant;
using scheduler::MakeGood;
using wire::text_of;

constexpr std::string_view kKind = "make-good";
constexpr std::chrono::days kOwedFor{31}, kAhead{33};
constexpr std::size_t kMostAtOnce = 200;  // the others the next time

class Debts {
 public:
  Debts(scheduler::Schedule schedule, const playlists::Catalogue& catalogue, Instant from)
      : schedule_(std::move(schedule)), catalogue_(catalogue), from_(from) {}

  MakingGood settle(const std::vector<boost::json::object>& rows) {
    std::map<std::string, std::string> places;  // by what was missed
    for (const auto& [place, missed] : make_goods_in(rows)) places[missed.missed] = place;
    for (const auto& row : rows) {
      const auto planned = instant_in(row, "planned_start");
      if (!is_missed_play(row) || !planned || *planned < from_ - kOwedFor) continue;
      const MakeGood missed{text_of(row, "id"), text_of(row, "campaign"), text_of(row, "article")};
      const auto known = places.find(missed.missed);
      if (known != places.end() && stands(known->second)) continue;
      if (known != places.end()) schedule_.make_goods.erase(known->second);
      if (settled_.chosen.size() < kMostAtOnce) find_place(missed);
    }
    return std::move(settled_);
  }

 private:
  /// It is over, or still planned.
  bool stands(const std::string& place) {
    if (!planned_) plan();
    return planned_->contains(place) || place < first_unseen_;
  }

  void plan() {
    const auto today = std::chrono::sys_days(schedule_.zone.day(from_));
    // Ids of one station sort by their dates.
    first_unseen_ = schedule_.station + "/" + config::to_string(config::Date(today - std::chrono::days(1)));
    planned_.emplace();
    for (const auto& item :
         scheduler::make_plan(schedule_, catalogue_, today - std::chrono::days(1), today + kAhead).items) {
      if (!item.makes_good.empty()) planned_->insert(item.id);
    }
  }

  void find_place(const MakeGood& missed) {
    const std::pair of{missed.campaign, missed.article};
    auto place = hopeless_.contains(of) ? std::nullopt : scheduler::place_for(missed, schedule_, catalogue_, from_);
    if (!place) {
      hopeless_.insert(of);
      settled_.without_place.push_back(missed);
      return;
    }
    schedule_.make_goods[*place] = missed;
    settled_.chosen.push_back({std::move(*place), missed});
  }

  scheduler::Schedule schedule_;
  const playlists::Catalogue& catalogue_;
  Instant from_;
  std::optional<std::set<std::string>> planned_;
  std::string first_unseen_;
  std::set<std::pair<std::string, std::string>> hopeless_;  // campaign and article for which there is no place
  MakingGood settled_;
};

}  // namespace

bool is_missed_play(const boost::json::object& row) {
  return text_of(row, "kind") == "item" && text_of(row, "verdict") == "missed" && !text_of(row, "campaign").empty();
}

wire::Fields make_good_row(const ChosenPlace& chosen) {
  return {{"kind", kKind},
          {"id", chosen.place},
          {"makes_good", chosen.missed.missed},
          {"campaign", chosen.missed.campaign},
          {"article", chosen.missed.article}};
}

MakeGoods make_goods_in(const std::vector<boost::json::object>& rows) {
  MakeGoods found;
  std::map<std::string, std::string> places;  // by what was missed
  for (const auto& row : rows) {
    if (text_of(row, "kind") != kKind) continue;
    const MakeGood missed{text_of(row, "makes_good"), text_of(row, "campaign"), text_of(row, "article")};
    auto place = text_of(row, "id");
    if (const auto before = places.find(missed.missed); before != places.end()) found.erase(before->second);
    places[missed.missed] = place;
    found.insert_or_assign(std::move(place), missed);
  }
  return found;
}

MakingGood make_good(scheduler::Schedule schedule, const playlists::Catalogue& catalogue,
                     const std::vector<boost::json::object>& rows, Instant from) {
  return Debts(std::move(schedule), catalogue, from).settle(rows);
}

}  // namespace loa::station
