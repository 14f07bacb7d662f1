// Where a missed play of a campaign is made good (contract 2). Pure.
#pragma once

#include <optional>
#include <string>

#include "scheduler/plan.hpp"

namespace loa::scheduler {

struct GoodPlace {
  std::string id;  // of the item that gives way
  Instant start;
};

/// The first item from `from` on in whose place `missed` can be heard whole: a place of its campaign that
/// another article has, or the first of a fill; within the permitted hours, on a day on which campaign and article are
/// valid, and `apart` from the article's other plays. Looks a month ahead; nothing: there is no such place, or the
/// files know campaign or article no more.
std::optional<GoodPlace> place_for(const MakeGood& missed, Schedule schedule, const playlists::Catalogue& catalogue,
                                   Instant from);

/// Those that a plan of today or later can still depend on, given that the newest was chosen today or before. A place
/// lies at most kGoodPlaceAhead after the day it was chosen on; a later plan looks back from there kGoodPlaceReach for
/// repeats (`days_ago`), and to the first day whose plays a campaign of then counts. Depends on no clock: the set of
/// the same rows and files is the same on any day.
MakeGoods that_still_matter(MakeGoods make_goods, const Schedule& schedule);
inline constexpr std::chrono::days kGoodPlaceAhead{33}, kGoodPlaceReach{370};

}  // namespace loa::scheduler
