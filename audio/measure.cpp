// One pass: decode, meter.
#include "audio/measure.hpp"

#include "audio/loudness.hpp"

namespace loa::audio {

Measurement measure(int fd) {
  Measurement found;
  const auto decoder = Decoder::open(fd, found.refusal);
  if (!decoder) return found;
  const auto& info = decoder->info();
  found.sample_rate = info.sample_rate;
  found.channels = info.channels;
  found.codec = info.codec;
  LoudnessMeter meter(info.channels, info.sample_rate, LoudnessMeter::Peak::yes);
  for (auto block = decoder->next(); !block.empty(); block = decoder->next()) meter.add(block);
  found.frames = decoder->frames();
  found.refusal = decoder->verdict();
  if (found.refusal) return found;
  found.loudness = meter.loudness();
  found.true_peak = meter.true_peak();
  return found;
}

}  // namespace loa::audio
