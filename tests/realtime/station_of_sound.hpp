// A feeder and a sound card's callback, each on its thread, on time that the card's frames make: hours of them, with
// random orders, gates, buffers that come short, steps of the clock and a hush at the end.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <random>

#include "audio/device.hpp"
#include "audio/output.hpp"
#include "daemon/player/feeder.hpp"

namespace loa::test {

/// What happened, so that a test can say that something did. Written by the card's thread and the feeder's.
struct Happened {
  std::int64_t buffers = 0, frames = 0, sounding = 0, underruns = 0, orders = 0, ends = 0;
  bool hushed = false;
};

/// Runs in the calling process; the card's thread ends the process when it does what it may not (watch.hpp).
Happened play_for(audio::Frames length, int channels, std::uint64_t seed);

}  // namespace loa::test
