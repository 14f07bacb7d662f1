// Makes a master from a recording: 48 kHz FLAC of 24 bits, mixed, levelled, limited. Knows no path and no schedule.
//
// 24 bits: what a limiter and a gain leave of a 16 bit recording is not rounded a second time, so no dither is needed
// and soft hours (gains below 0 on air) stay clean; the cost is disk, and masters are capped in size.
#pragma once

#include <cstdint>
#include <optional>

#include "audio/sound_stream.hpp"

namespace loa::audio {

struct MasterRecipe {
  int channels = 1;              // 1 | 2
  std::optional<double> target;  // LUFS of the master; absent: the loudness stays what it is
  double gain = 0;               // dB on top of that
  double peak = -1;              // dBTP that the master does not exceed
};

struct MadeMaster {
  Refusal refusal;       // of the recording
  bool written = false;  // false without a refusal: the output failed (the disk)
  std::int64_t frames = 0;
  std::optional<double> loudness;   // LUFS of the master
  std::optional<double> true_peak;  // dBTP of the master
};

/// Reads `source` at least twice and (re)writes `out`; borrows both. What has no loudness (silence) is only given the
/// gain; what is shorter than 400 ms is levelled as if it were repeated. Never more than +40 dB.
/// An offset (direct current) that would be heard or take room is taken out. `out` negative: nothing is written, only
/// the levels are found.
MadeMaster make_master(int source, int out, const MasterRecipe& recipe);
/// With another decoder.
MadeMaster make_master(int source, int out, const MasterRecipe& recipe, const OpenSound& open);

}  // namespace loa::audio
