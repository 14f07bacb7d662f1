// The shape of every fade: half a wave of a cosine, without a corner at either end. Knows no cue and no sample.
#pragma once

#include <cmath>
#include <numbers>

#include "audio/frames.hpp"

namespace loa::audio {

/// Gain of the `into`-th frame (from 0) of a fade over `length` frames: falls from 1, and is 0 from its last frame on.
inline float falling(Frames into, Frames length) {
  const auto done = static_cast<double>(into.count() + 1), whole = static_cast<double>(length.count());
  return done >= whole ? 0.0F : static_cast<float>(0.5 + 0.5 * std::cos(std::numbers::pi * done / whole));
}

/// Rises from nearly 0, and is 1 from `length` on.
inline float rising(Frames into, Frames length) {
  const auto done = static_cast<double>(into.count() + 1), whole = static_cast<double>(length.count() + 1);
  return done >= whole ? 1.0F : static_cast<float>(0.5 - 0.5 * std::cos(std::numbers::pi * done / whole));
}

}  // namespace loa::audio
