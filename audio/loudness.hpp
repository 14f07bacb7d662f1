// Loudness (by libebur128) and true peak after EBU R 128 and ITU-R BS.1770. Knows no file.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>

namespace loa::audio {

/// Measures one piece of sound as it passes. One thread.
class LoudnessMeter {
 public:
  enum class Peak { no, yes };  // whether the true peak is asked for

  LoudnessMeter(int channels, int sample_rate, Peak peak);
  ~LoudnessMeter();
  LoudnessMeter(const LoudnessMeter&) = delete;
  LoudnessMeter& operator=(const LoudnessMeter&) = delete;

  void add(std::span<const float> samples);  // interleaved whole frames
  /// Gated integrated loudness, LUFS. Nothing for less than 400 ms of sound or for silence (below -70 LUFS).
  std::optional<double> loudness() const;
  /// The same, but sound of less than 400 ms is measured as if it were repeated: what a short signal tune is levelled
  /// by.
  std::optional<double> loudness_repeated() const;
  /// dBTP of the loudest channel. Nothing when not asked for or for digital silence.
  std::optional<double> true_peak() const;

 private:
  void find_peaks(std::span<const float> samples);

  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace loa::audio
