// When each sample of an input was heard, by the steady clock: from when blocks of them came. Pure.
#pragma once

#include <chrono>
#include <cstdint>

#include "audio/frames.hpp"

namespace loa::audio {

/// Blocks come late by different times, never early: the earliest of them are the line, and it follows a card that is
/// slower or faster by up to kMostPpm. Lost samples show as lateness that stays.
class HeardClock {
 public:
  static constexpr std::int64_t kMostPpm = 1'000;
  static constexpr std::chrono::milliseconds kLost{60};

  /// All samples up to `count` have come by `arrived`.
  void add(std::int64_t count, std::chrono::nanoseconds arrived);
  /// The first sample that was heard at `instant` or later; may be negative or beyond those that came.
  std::int64_t sample_at(std::chrono::nanoseconds instant) const;
  std::chrono::nanoseconds time_of(std::int64_t sample) const;

 private:
  bool begun_ = false;
  std::int64_t count_ = 0;
  std::chrono::nanoseconds at_{0};          // when sample count_ was heard
  std::chrono::nanoseconds least_late_{0};  // of the blocks since …
  std::chrono::nanoseconds since_{0};
};

}  // namespace loa::audio
