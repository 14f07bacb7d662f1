// Notices that somebody set the wall clock: wall time and steady time part by more than slewing explains.
// Knows the Clock; must not know what is played.
#pragma once

#include <optional>

#include "daemon/station/seams.hpp"

namespace loa::station {

class StepWatch {
 public:
  /// Less than this between two looks is slewing.
  static constexpr std::chrono::milliseconds kSlewing{200};

  /// How far the wall clock was set since the look before (+ forward), if it was.
  std::optional<std::chrono::nanoseconds> look(const Clock& clock);

 private:
  std::optional<std::chrono::nanoseconds> offset_;  // wall minus steady
};

}  // namespace loa::station
