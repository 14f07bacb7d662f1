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

}  // namespace loa::scheduler
