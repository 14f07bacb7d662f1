#include "scheduler/campaign.hpp"

namespace loa::scheduler {

bool Campaign::valid_on(Date day) const {
  return (!from || *from <= day) && (!until || day <= *until);
}

Date Campaign::counted_from(Date day) const {
  return from.value_or(day.year() / day.month() / std::chrono::day(1));
}

}  // namespace loa::scheduler
