#include "scheduler/campaign.hpp"

#include <algorithm>

namespace loa::scheduler {

namespace {

constexpr std::chrono::days kLongestCounted{2 * 366};

}  // namespace

bool Campaign::valid_on(Date day) const {
  return (!from || *from <= day) && (!until || day <= *until);
}

Date Campaign::counted_from(Date day) const {
  if (!from) return day.year() / day.month() / std::chrono::day(1);
  // Every plan of it has to be made from there on: what goes on for ever is counted year by year.
  const auto longest = std::chrono::sys_days(*from) + kLongestCounted;
  const bool goes_on = !until || std::chrono::sys_days(*until) > longest;
  return goes_on ? std::max(*from, Date(day.year() / std::chrono::January / 1)) : *from;
}

}  // namespace loa::scheduler
