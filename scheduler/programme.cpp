// On which days a programme's rules let it play, and a limit counts.
#include "scheduler/schedule.hpp"

namespace loa::scheduler {

bool Programme::valid_on(Date day) const {
  return (!from || *from <= day) && (!until || day <= *until);
}

bool Programme::plays_on(const CivilDay& day) const {
  return valid_on(day.date) && repeat.contains(day) && !except.contains(day);
}

bool Limit::in_force(const CivilDay& day) const {
  return (!rule.from || *rule.from <= day.date) && (!rule.until || day.date <= *rule.until) && days.contains(day) &&
         !except.contains(day);
}

}  // namespace loa::scheduler
