// One pass: decode, meter.
#include "audio/measure.hpp"

#include <utility>

#include "audio/decode.hpp"
#include "audio/loudness.hpp"

namespace loa::audio {

Measurement measure(int fd) {
  return measure(fd, Decoder::open);
}

Measurement measure(int fd, const OpenSound& open) {
  Measurement found;
  const auto decoder = open(fd, found.refusal);
  if (!decoder) return found;
  const auto& info = decoder->info();
  found.sample_rate = info.sample_rate;
  found.channels = info.channels;
  found.codec = info.codec;
  LoudnessMeter meter(info.channels, info.sample_rate, LoudnessMeter::Peak::yes);
  for (auto block = decoder->next(); !block.empty(); block = decoder->next()) meter.add(block);
  found.frames = decoder->frames();
  auto verdict = decoder->judge();
  found.refusal = std::move(verdict.refusal);
  found.warning = std::move(verdict.warning);
  found.places = std::move(verdict.places);
  if (found.refusal) return found;
  found.loudness = meter.loudness();
  found.true_peak = meter.true_peak();
  return found;
}

}  // namespace loa::audio
