// Loudness from libebur128. True peaks are our own: finer than those of libebur128, and quicker, because it looks
// between all samples, also where nothing can be higher than what was found already.
#include "audio/loudness.hpp"

#include <ebur128.h>

#include <algorithm>
#include <cmath>
#include <new>
#include <vector>

#include "audio/loudness_peak.hpp"

namespace loa::audio {
namespace {

struct MeterCloser {
  void operator()(ebur128_state* state) const { ebur128_destroy(&state); }
};
using Meter = std::unique_ptr<ebur128_state, MeterCloser>;

Meter make_meter(int channels, int sample_rate) {
  Meter meter(ebur128_init(static_cast<unsigned>(channels), static_cast<unsigned long>(sample_rate), EBUR128_MODE_I));
  if (!meter) throw std::bad_alloc();
  return meter;
}

/// One gating block: what R 128 needs at least.
std::size_t block_frames(int sample_rate) {
  return static_cast<std::size_t>(sample_rate) * 2 / 5;
}

std::optional<double> loudness_of(ebur128_state* meter) {
  double lufs = 0;
  if (ebur128_loudness_global(meter, &lufs) != EBUR128_SUCCESS || !std::isfinite(lufs)) return std::nullopt;
  return lufs;
}

}  // namespace

struct LoudnessMeter::State {
  int channels;
  int sample_rate;
  Meter meter;
  std::vector<TruePeak> peaks;   // of each channel; none when not asked for
  float highest = 0;             // true peak
  std::vector<float> beginning;  // the sound itself while it is shorter than one block
  std::size_t frames = 0;
};

LoudnessMeter::LoudnessMeter(int channels, int sample_rate, Peak peak)
    : state_(new State{channels, sample_rate, make_meter(channels, sample_rate), {}, 0, {}, 0}) {
  if (peak == Peak::yes) state_->peaks.resize(static_cast<std::size_t>(channels));
}

LoudnessMeter::~LoudnessMeter() = default;

void LoudnessMeter::add(std::span<const float> samples) {
  const auto frames = samples.size() / static_cast<std::size_t>(state_->channels);
  if (state_->frames < block_frames(state_->sample_rate)) {
    state_->beginning.insert(state_->beginning.end(), samples.begin(), samples.end());
  }
  state_->frames += frames;
  if (!state_->peaks.empty()) find_peaks(samples);
  if (ebur128_add_frames_float(state_->meter.get(), samples.data(), frames) != EBUR128_SUCCESS) throw std::bad_alloc();
}

void LoudnessMeter::find_peaks(std::span<const float> samples) {
  auto& peaks = state_->peaks;
  float highest = state_->highest;
  for (std::size_t at = 0; at + peaks.size() <= samples.size(); at += peaks.size()) {
    for (std::size_t channel = 0; channel < peaks.size(); ++channel) {
      const float sample = samples[at + channel];
      highest = std::max({highest, std::abs(sample), peaks[channel].push(sample, highest)});
    }
  }
  state_->highest = highest;
}

std::optional<double> LoudnessMeter::loudness() const {
  return loudness_of(state_->meter.get());
}

std::optional<double> LoudnessMeter::loudness_repeated() const {
  const auto enough = block_frames(state_->sample_rate);
  if (state_->frames >= enough || state_->frames == 0) return loudness();
  const auto meter = make_meter(state_->channels, state_->sample_rate);
  for (std::size_t fed = 0; fed < 2 * enough; fed += state_->frames) {
    ebur128_add_frames_float(meter.get(), state_->beginning.data(), state_->frames);
  }
  return loudness_of(meter.get());
}

std::optional<double> LoudnessMeter::true_peak() const {
  float highest = state_->highest;
  for (auto rest : state_->peaks) {  // what lies between the last samples
    for (std::size_t i = 0; i < 2 * TruePeak::kDelay; ++i) highest = std::max(highest, rest.push(0, highest));
  }
  if (highest <= 0) return std::nullopt;
  return 20 * std::log10(static_cast<double>(highest));
}

}  // namespace loa::audio
