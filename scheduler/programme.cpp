// On which days a programme's rules let it play.
#include <algorithm>

#include "scheduler/schedule.hpp"

namespace loa::scheduler {

bool Programme::plays_on(Date day) const {
  if ((from && day < *from) || (until && *until < day) || !repeat.contain(day)) return false;
  return std::none_of(except.begin(), except.end(), [&](const config::DateSpan& days) { return days.contains(day); });
}

}  // namespace loa::scheduler
