// libebur128 behind plain values.
#include "audio/loudness.hpp"

#include <ebur128.h>

#include <algorithm>
#include <cmath>
#include <new>
#include <vector>

namespace loa::audio {
namespace {

struct MeterCloser {
  void operator()(ebur128_state* state) const { ebur128_destroy(&state); }
};
using Meter = std::unique_ptr<ebur128_state, MeterCloser>;

Meter make_meter(int channels, int sample_rate, int mode) {
  Meter meter(ebur128_init(static_cast<unsigned>(channels), static_cast<unsigned long>(sample_rate), mode));
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
  Peak peak;
  Meter meter;
  std::vector<float> beginning;  // the sound itself while it is shorter than one block
  std::size_t frames = 0;
};

LoudnessMeter::LoudnessMeter(int channels, int sample_rate, Peak peak)
    : state_(new State{channels, sample_rate, peak, nullptr, {}, 0}) {
  const int mode = EBUR128_MODE_I | (peak == Peak::yes ? EBUR128_MODE_TRUE_PEAK : 0);
  state_->meter = make_meter(channels, sample_rate, mode);
}

LoudnessMeter::~LoudnessMeter() = default;

void LoudnessMeter::add(std::span<const float> samples) {
  const auto frames = samples.size() / static_cast<std::size_t>(state_->channels);
  if (state_->frames < block_frames(state_->sample_rate)) {
    state_->beginning.insert(state_->beginning.end(), samples.begin(), samples.end());
  }
  state_->frames += frames;
  if (ebur128_add_frames_float(state_->meter.get(), samples.data(), frames) != EBUR128_SUCCESS) throw std::bad_alloc();
}

std::optional<double> LoudnessMeter::loudness() const {
  return loudness_of(state_->meter.get());
}

std::optional<double> LoudnessMeter::loudness_repeated() const {
  const auto enough = block_frames(state_->sample_rate);
  if (state_->frames >= enough || state_->frames == 0) return loudness();
  const auto meter = make_meter(state_->channels, state_->sample_rate, EBUR128_MODE_I);
  for (std::size_t fed = 0; fed < 2 * enough; fed += state_->frames) {
    ebur128_add_frames_float(meter.get(), state_->beginning.data(), state_->frames);
  }
  return loudness_of(meter.get());
}

std::optional<double> LoudnessMeter::true_peak() const {
  if (state_->peak == Peak::no) return std::nullopt;
  double highest = 0;
  for (int channel = 0; channel < state_->channels; ++channel) {
    double peak = 0;
    ebur128_true_peak(state_->meter.get(), static_cast<unsigned>(channel), &peak);
    highest = std::max(highest, peak);
  }
  if (highest <= 0) return std::nullopt;
  return 20 * std::log10(highest);
}

}  // namespace loa::audio
