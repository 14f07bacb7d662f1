// Notices that somebody set the wall clock: wall time and steady time part by more than slewing explains.
// Knows the Clock; must not know what is played.
#pragma once

#include <optional>

#include "daemon/station/seams.hpp"

namespace loa::station {

class StepWatch {
 public:
  /// Less than this between two looks is nothing: slewing moves both clocks alike, and what still starts within this of
  /// its time counts as on time.
  static constexpr std::chrono::milliseconds kNothing{50};
  /// Both clocks must be read within this of each other, else they are read again, so often.
  static constexpr std::chrono::milliseconds kTogether{2};
  static constexpr int kReadings = 4;

  /// How far the wall clock was set since the look before (+ forward), if it was.
  std::optional<std::chrono::nanoseconds> look(const Clock& clock);

 private:
  std::optional<std::chrono::nanoseconds> offset_;  // wall minus steady
};

}  // namespace loa::station
