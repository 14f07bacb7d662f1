// One pass: decode, meter.
#include "audio/measure.hpp"

#include <utility>

#include "audio/decode.hpp"
#include "audio/loudness.hpp"

namespace loa::audio {
namespace {

constexpr double kSilentLevel = -60;      // LUFS and dBTP
constexpr double kNearSilentLevel = -50;  // LUFS

constexpr double kSoftPeak = -30;  // dBTP, of what is too soft to have a loudness

bool is_near_silent(const Measurement& found) {
  if (found.loudness) return *found.loudness < kNearSilentLevel;
  const bool long_enough = found.frames * 5 >= std::int64_t{found.sample_rate} * 2;  // for a loudness: 400 ms
  return long_enough && found.true_peak.value_or(-1000) < kSoftPeak;
}

}  // namespace

bool is_silent(const Measurement& found) {
  return found.loudness.value_or(-1000) < kSilentLevel && found.true_peak.value_or(-1000) < kSilentLevel;
}

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
  FlawFinder flaws(info.channels, info.sample_rate, info.codec != "wav" && info.codec != "flac");
  for (auto block = decoder->next(); !block.empty(); block = decoder->next()) {
    meter.add(block);
    flaws.add(block);
  }
  found.frames = decoder->frames();
  auto verdict = decoder->judge();
  found.refusal = std::move(verdict.refusal);
  found.warning = std::move(verdict.warning);
  found.places = std::move(verdict.places);
  if (found.refusal) return found;
  found.loudness = meter.loudness();
  found.true_peak = meter.true_peak();
  if (is_silent(found)) return found;
  found.flaws = flaws.finish();
  if (is_near_silent(found)) found.flaws.insert(found.flaws.begin(), {"near-silent", 0, 0});
  return found;
}

}  // namespace loa::audio
