// What `loa devices` shows: every sound device, opened for a moment to see how well it keeps time.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "audio/device.hpp"

namespace loa::player {

struct Timekeeping {
  double latency_ms = 0;
  double error_bound_ms = 0;  // 95 of 100 buffers are heard within this of their time
};

/// From the stamps of a device that ran for a moment; nothing when it does not keep time (ALSA's null device takes
/// frames as fast as it can) or did not run.
std::optional<Timekeeping> timekeeping_of(const std::vector<audio::Stamp>& stamps);

/// Prints one JSON object a line to standard output: name host_api outputs inputs default latency_ms error_bound_ms.
/// Each device is tried in a child process; one that hangs is killed and shown without its figures. At most 20 s in
/// all. Returns the exit code.
int list_devices();

}  // namespace loa::player
