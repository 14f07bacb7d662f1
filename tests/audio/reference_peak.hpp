// The true peak as libebur128 finds it: what our own meter and limiter are held against.
#pragma once

#include <ebur128.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace loa::audio {

/// dBTP of the loudest channel, at 48 kHz.
inline double reference_peak(const std::vector<float>& sound, int channels) {
  const auto count = static_cast<unsigned>(channels);
  ebur128_state* meter = ebur128_init(count, 48000, EBUR128_MODE_TRUE_PEAK);
  ebur128_add_frames_float(meter, sound.data(), sound.size() / count);
  double highest = 0;
  for (unsigned channel = 0; channel < count; ++channel) {
    double peak = 0;
    ebur128_true_peak(meter, channel, &peak);
    highest = std::max(highest, peak);
  }
  ebur128_destroy(&meter);
  return 20 * std::log10(highest);
}

}  // namespace loa::audio
