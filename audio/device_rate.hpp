// How fast a device really takes frames, by a clock that nobody steps or slews. Pure arithmetic: it reads no clock.
#pragma once

#include <deque>
#include <optional>
#include <vector>

#include "audio/device.hpp"

namespace loa::audio {

/// Of half a second of stamps the lower quartile counts (late callbacks say too late a time); of a quarter minute of
/// these, each is held against the one two seconds later. A stall or an xrun spoils only the pairs that it lies
/// between, and noise makes the verdict careful: an error counts as far as three quarters of all pairs are beyond it.
class DeviceRate {
 public:
  static constexpr std::chrono::milliseconds kBlock{500};
  static constexpr std::size_t kBlocks = 32;  // 16 s
  static constexpr std::size_t kLeast = 16;   // 8 s
  static constexpr std::size_t kLag = 4;
  /// No crystal is wrong by more than some 0.02 %, and what resamples follows one. 0.5 % would move the end of a
  /// session of 45 minutes by 13 s: such a device keeps no time.
  static constexpr double kMostError = 0.005;

  void add(const Stamp& stamp);
  /// How much faster than 48,000 frames a second, beyond doubt: -0.5 takes 24,000; 0 when nothing is beyond doubt.
  /// Nothing before kLeast blocks.
  std::optional<double> error() const { return error_; }

 private:
  struct Point {
    std::chrono::nanoseconds heard;   // steady time of a frame
    std::chrono::nanoseconds behind;  // heard, less the time by frames
  };
  void close_block();
  void judge();

  std::vector<Point> open_block_;
  std::deque<Point> blocks_;
  std::optional<double> error_;
};

}  // namespace loa::audio
