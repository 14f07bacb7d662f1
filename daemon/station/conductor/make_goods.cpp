#include "daemon/station/conductor/make_goods.hpp"

#include <set>
#include <utility>

#include "daemon/station/conductor/owed.hpp"

namespace loa::station {

namespace {

using scheduler::Instant;
using scheduler::MakeGood;
using wire::text_of;

constexpr std::string_view kMakeGoodKind = "make-good";
constexpr std::chrono::days kOwedFor{31}, kAhead{33};
constexpr std::size_t kMostAtOnce = 200;

class Debts {
 public:
  Debts(scheduler::Schedule schedule, const playlists::Catalogue& catalogue, Instant from)
      : schedule_(std::move(schedule)), catalogue_(catalogue), from_(from) {}

  MakingGood settle(const std::vector<boost::json::object>& rows) {
    // By what was missed: the row that gave it a place, or that of its item, should the disk not have taken the first.
    std::map<std::string, const boost::json::object*> made;
    for (const auto& row : rows) {
      if (auto missed = text_of(row, "makes_good"); !missed.empty()) made[std::move(missed)] = &row;
    }
    for (const auto& row : rows) {
      const auto planned = instant_in(row, "planned_start");
      if (!is_missed_play(row) || !planned || *planned < from_ - kOwedFor) continue;
      const MakeGood missed{text_of(row, "id"), text_of(row, "campaign"), text_of(row, "article")};
      const auto known = made.find(missed.missed);
      if (!is_known(missed) || (known != made.end() && stands(*known->second))) continue;
      if (known != made.end()) schedule_.make_goods.erase(text_of(*known->second, "id"));
      settled_.more = settled_.chosen.size() == kMostAtOnce;
      if (settled_.more) break;
      find_place(missed);
    }
    return std::move(settled_);
  }

 private:
  bool is_known(const MakeGood& missed) const {
    return schedule_.campaign(missed.campaign) != nullptr && schedule_.repertoire.articles.contains(missed.article);
  }

  /// Its time has come, or will come as planned.
  bool stands(const boost::json::object& row) {
    const auto start = instant_in(row, "planned_start");
    if (!start || *start < from_) return true;
    if (!planned_) plan();
    return planned_->contains(text_of(row, "id"));
  }

  void plan() {
    const auto today = std::chrono::sys_days(schedule_.zone.day(from_));
    planned_.emplace();
    for (const auto& item :
         scheduler::make_plan(schedule_, catalogue_, today - std::chrono::days(1), today + kAhead).items) {
      if (!item.makes_good.empty()) planned_->insert(item.id);
    }
  }

  void find_place(const MakeGood& missed) {
    const std::pair of{missed.campaign, missed.article};
    const auto known = settled_.without_place.find(of);
    if (known != settled_.without_place.end()) {
      ++known->second;
    } else if (auto place = scheduler::place_for(missed, schedule_, catalogue_, from_)) {
      schedule_.make_goods[place->id] = missed;
      settled_.chosen.push_back({std::move(place->id), place->start, missed});
    } else {
      settled_.without_place[of] = 1;
    }
  }

  scheduler::Schedule schedule_;
  const playlists::Catalogue& catalogue_;
  Instant from_;
  std::optional<std::set<std::string>> planned_;
  MakingGood settled_;
};

}  // namespace

bool is_missed_play(const boost::json::object& row) {
  return text_of(row, "kind") == "item" && text_of(row, "verdict") == "missed" && !text_of(row, "campaign").empty();
}

wire::Fields make_good_row(const ChosenPlace& chosen, const calendar::Zone& zone) {
  return {{"kind", kMakeGoodKind},
          {"id", chosen.place},
          {"planned_start", calendar::rfc3339(chosen.start, zone)},
          {"makes_good", chosen.missed.missed},
          {"campaign", chosen.missed.campaign},
          {"article", chosen.missed.article}};
}

scheduler::MakeGoods make_goods_in(const std::vector<boost::json::object>& rows) {
  scheduler::MakeGoods found;
  std::map<std::string, std::string> places;  // by what was missed
  for (const auto& row : rows) {
    if (text_of(row, "kind") != kMakeGoodKind) continue;
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
