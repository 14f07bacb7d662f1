// On which days a programme's rules let it play.
#include "scheduler/schedule.hpp"

namespace loa::scheduler {

bool Programme::valid_on(Date day) const {
  return (!from || *from <= day) && (!until || day <= *until);
}

bool Programme::plays_on(const CivilDay& day) const {
  return valid_on(day.date) && repeat.contains(day) && !except.contains(day);
}

}  // namespace loa::scheduler
