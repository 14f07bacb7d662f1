// The two clocks that a stamp needs.
#include "audio/device.hpp"

#include <ctime>

namespace loa::audio {
namespace {

std::chrono::nanoseconds read_clock(clockid_t clock) noexcept {
  timespec now{};
  clock_gettime(clock, &now);
  return std::chrono::seconds{now.tv_sec} + std::chrono::nanoseconds{now.tv_nsec};
}

}  // namespace

Moment moment_now() noexcept {
  return {Wall{read_clock(CLOCK_REALTIME)}, std::chrono::nanoseconds{0}, read_clock(CLOCK_MONOTONIC_RAW)};
}

}  // namespace loa::audio
