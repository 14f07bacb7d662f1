// From any sample rate to 48 kHz, by libsoxr. Knows no file.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace loa::audio {

/// The length of a recording's master, in frames at 48 kHz: frames * 48000 / sample_rate, rounded half up.
std::int64_t master_length(std::int64_t frames, int sample_rate);

/// One piece of sound from start to end. Frame n of the source comes out at frame n * 48000 / rate: nothing is delayed.
/// One thread.
class Resampler {
 public:
  Resampler(int channels, int sample_rate);
  ~Resampler();
  Resampler(const Resampler&) = delete;
  Resampler& operator=(const Resampler&) = delete;

  /// What came out so far for `samples` (interleaved); valid until the next call.
  std::span<const float> add(std::span<const float> samples);
  /// The rest, so that all output together has exactly master_length() frames.
  std::span<const float> finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace loa::audio
