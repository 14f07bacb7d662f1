// The facts of one recording: true length, loudness, true peak, or why it must not go on air.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "audio/flaws.hpp"
#include "audio/sound_stream.hpp"

namespace loa::audio {

struct Measurement {
  Refusal refusal;          // with it, the facts are those that were found until then
  std::int64_t frames = 0;  // decoded, of the source
  int sample_rate = 0;
  int channels = 0;
  std::string codec;
  std::optional<double> loudness;   // LUFS, EBU R 128; absent for silence and for less than 400 ms
  std::optional<double> true_peak;  // dBTP; absent for digital silence
  Refusal warning;                  // it plays, and somebody should listen to it
  std::vector<double> places;       // s from its start: where it is damaged
  std::vector<Flaw> flaws;          // the gravest first; none of what is silent or refused
};

/// Nothing above -60 dB.
bool is_silent(const Measurement& found);

/// Decodes all of it once. Borrows the descriptor. Holds a block of sound at a time, however long the recording is.
Measurement measure(int fd);
/// With another decoder.
Measurement measure(int fd, const OpenSound& open);

}  // namespace loa::audio
