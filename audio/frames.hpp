// Frames, instants and the frames of a device: the units of everything in audio. Knows no device and no clock.
#pragma once

#include <chrono>
#include <cstdint>

namespace loa::audio {

/// The one rate of playout, in Hz.
inline constexpr int kRate = 48000;
/// Lengths at it.
using Frames = std::chrono::duration<std::int64_t, std::ratio<1, kRate>>;
/// Instants of the plan: whole frames since 1970-01-01T00:00:00Z.
using Instant = std::chrono::time_point<std::chrono::system_clock, Frames>;
/// Instants as CLOCK_REALTIME says them.
using Wall = std::chrono::sys_time<std::chrono::nanoseconds>;

/// The count of frames that a device has taken since its stream began: it never steps.
struct DeviceClock {
  using duration = Frames;
  using rep = Frames::rep;
  using period = Frames::period;
  using time_point = std::chrono::time_point<DeviceClock, Frames>;
  static constexpr bool is_steady = true;
};
using DeviceFrame = DeviceClock::time_point;

/// To the nearest nanosecond. Split at the second: the usual cast overflows beyond the year 2067, and a dead clock
/// battery may well say 2098.
constexpr Wall to_wall(Instant instant) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(instant);
  return Wall{seconds.time_since_epoch()} + std::chrono::round<std::chrono::nanoseconds>(instant - seconds);
}

/// The frame nearest to `wall`: the way back from to_wall.
constexpr Instant to_instant(Wall wall) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(wall);
  return Instant{seconds.time_since_epoch()} + std::chrono::round<Frames>(wall - seconds);
}

/// Samples are counted by std::size_t; interleaved, so frames times channels.
constexpr std::size_t samples_of(Frames frames, int channels) {
  return static_cast<std::size_t>(frames.count()) * static_cast<std::size_t>(channels);
}

}  // namespace loa::audio
