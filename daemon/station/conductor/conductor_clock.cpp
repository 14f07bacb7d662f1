#include "daemon/station/conductor/conductor_clock.hpp"

namespace loa::station {

namespace {

/// Wall minus steady; nothing when this process was put aside between the two readings.
std::optional<std::chrono::nanoseconds> offset_of(const Clock& clock) {
  const auto before = clock.steady();
  const auto wall = clock.wall();
  const auto apart = clock.steady() - before;
  if (apart > Steady(StepWatch::kTogether)) return {};
  return wall.time_since_epoch() - before - apart / 2;
}

}  // namespace

std::optional<std::chrono::nanoseconds> StepWatch::look(const Clock& clock) {
  auto offset = offset_of(clock);
  for (int i = 1; i < kReadings && !offset; ++i) offset = offset_of(clock);
  if (!offset) return {};  // the next look will tell
  const auto moved = *offset - offset_.value_or(*offset);
  offset_ = offset;
  if (std::chrono::abs(moved) < kNothing) return {};
  return moved;
}

}  // namespace loa::station
