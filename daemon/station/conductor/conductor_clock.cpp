#include "daemon/station/conductor/conductor_clock.hpp"

namespace loa::station {

std::optional<std::chrono::nanoseconds> StepWatch::look(const Clock& clock) {
  const auto offset = clock.wall().time_since_epoch() - clock.steady();
  const auto moved = offset - offset_.value_or(offset);
  offset_ = offset;
  if (std::chrono::abs(moved) < kSlewing) return {};
  return moved;
}

}  // namespace loa::station
