// libsoxr's "high quality" recipe: 20 bit precision, linear phase, its delay already taken off.
#include "audio/resample.hpp"

#include <soxr.h>

#include <cmath>
#include <new>

#include "audio/frames.hpp"

namespace loa::audio {
namespace {

struct SoxrCloser {
  void operator()(soxr* handle) const { soxr_delete(handle); }
};

}  // namespace

struct Resampler::State {
  std::size_t channels;
  int sample_rate;
  std::unique_ptr<soxr, SoxrCloser> handle;  // none when the rate is right already
  std::int64_t frames_in = 0;
  std::int64_t frames_out = 0;
  std::vector<float> out;

  std::size_t room() const { return out.size() / channels; }
};

std::int64_t master_length(std::int64_t frames, int sample_rate) {
  const auto rate = static_cast<std::int64_t>(sample_rate);
  const auto whole = frames / rate;
  return whole * kRate + ((frames % rate) * kRate * 2 + rate) / (2 * rate);
}

Resampler::Resampler(int channels, int sample_rate)
    : state_(new State{static_cast<std::size_t>(channels), sample_rate, nullptr, 0, 0, {}}) {
  if (sample_rate == kRate) return;
  const auto format = soxr_io_spec(SOXR_FLOAT32_I, SOXR_FLOAT32_I);
  const auto quality = soxr_quality_spec(SOXR_HQ, 0);
  soxr_error_t error = nullptr;
  state_->handle.reset(
      soxr_create(sample_rate, kRate, static_cast<unsigned>(channels), &error, &format, &quality, nullptr));
  if (!state_->handle) throw std::bad_alloc();
}

Resampler::~Resampler() = default;

std::span<const float> Resampler::add(std::span<const float> samples) {
  auto& state = *state_;
  const auto frames = samples.size() / state.channels;
  state.frames_in += static_cast<std::int64_t>(frames);
  if (!state.handle) {
    state.frames_out += static_cast<std::int64_t>(frames);
    return samples;
  }
  // Room for what these frames make and for what the filter held back before.
  const auto room =
      static_cast<std::size_t>(master_length(static_cast<std::int64_t>(frames), state.sample_rate)) + 4096;
  if (state.room() < room) state.out.resize(room * state.channels);
  std::size_t taken = 0;
  std::size_t made = 0;
  soxr_process(state.handle.get(), samples.data(), frames, &taken, state.out.data(), state.room(), &made);
  state.frames_out += static_cast<std::int64_t>(made);
  return std::span<const float>(state.out).first(made * state.channels);
}

std::span<const float> Resampler::finish() {
  auto& state = *state_;
  const auto length = master_length(state.frames_in, state.sample_rate);
  const auto missing = static_cast<std::size_t>(length - state.frames_out);
  state.out.assign((missing + 1) * state.channels, 0.0F);  // what libsoxr does not give stays silence
  std::size_t made = 0;
  if (state.handle && missing > 0) {
    soxr_process(state.handle.get(), nullptr, 0, nullptr, state.out.data(), missing, &made);
  }
  state.frames_out = length;
  return std::span<const float>(state.out).first(missing * state.channels);
}

}  // namespace loa::audio
