// From the stamps of a device to the one line between its frames and wall time. Notices when the wall clock steps.
// Pure arithmetic: it reads no clock.
#pragma once

#include <deque>
#include <optional>
#include <vector>

#include "audio/device.hpp"
#include "audio/frame_map.hpp"

namespace loa::audio {

/// A stamp says: frame `first` is heard at wall + lead. Callbacks that came late say it too late, on a busy machine
/// half of them: of a quarter second the lower quartile counts, and a line through some seconds of these is the map. A
/// shift of more than kStep that lasts for kSustained is a step of the wall clock (or frames that the device lost): the
/// line begins anew. A clock that is slewed faster than kMostPpm is followed by such beginnings.
class ClockMap {
 public:
  static constexpr Frames kBlock{12'000};
  static constexpr std::size_t kBlocks = 64;  // 16 s
  static constexpr std::chrono::nanoseconds kStep = std::chrono::milliseconds{5};
  static constexpr Frames kSustained{4'800};
  static constexpr double kMostPpm = 1'000;

  /// `latency`: what the system does not report; + = the sound comes later.
  explicit ClockMap(std::chrono::nanoseconds latency) : latency_(latency) {}

  void add(const Stamp& stamp);
  /// Nothing before the first stamp.
  std::optional<FrameMap> map() const;
  /// How often the line began anew.
  int steps() const { return steps_; }

 private:
  /// What a stamp says about wall time minus the time by frames.
  struct Point {
    DeviceFrame frame{};
    std::chrono::nanoseconds offset{0};
  };
  static Point nth_of(std::vector<Point> points, std::size_t n);
  static double slope_of(const std::deque<Point>& blocks);
  std::chrono::nanoseconds predicted(DeviceFrame at) const;
  bool stepped(const Point& point);
  void close_block();
  void fit();

  std::chrono::nanoseconds latency_;
  std::vector<Point> open_block_;
  std::deque<Point> blocks_;
  std::vector<Point> strange_;  // consecutive ones that the line does not explain
  Point fitted_;                // a point of the line …
  double ppm_ = 0;              // … and its slope
  int steps_ = 0;
};

}  // namespace loa::audio
