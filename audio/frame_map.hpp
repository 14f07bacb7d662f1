// One straight line between the frames of a device and wall time. A plain value; made by ClockMap, or by hand where no
// device keeps the time (render).
#pragma once

#include <cmath>

#include "audio/frames.hpp"

namespace loa::audio {

struct FrameMap {
  DeviceFrame frame{};  // this frame is heard …
  Wall wall{};          // … at this instant
  double ppm = 0;       // a second of frames lasts 1 + ppm / 1e6 seconds: + = the device is slow

  /// The frame heard nearest to `instant`.
  DeviceFrame frame_at(Instant instant) const {
    const auto distance = static_cast<double>((to_wall(instant) - wall).count());
    return frame + Frames{std::llround(distance / nanoseconds_per_frame())};
  }
  /// When `at` is heard.
  Wall wall_at(DeviceFrame at) const {
    const auto distance = static_cast<double>((at - frame).count());
    return wall + std::chrono::nanoseconds{std::llround(distance * nanoseconds_per_frame())};
  }

 private:
  double nanoseconds_per_frame() const { return 1e9 / 48000.0 * (1.0 + ppm * 1e-6); }
};

}  // namespace loa::audio
