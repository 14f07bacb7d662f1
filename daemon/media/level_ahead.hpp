// The level of a sound that is not known to its end: each block is played as loud as all that is known by then asks
// for. Pure signal processing.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "audio/loudness.hpp"

namespace loa::media {

/// 48 kHz, interleaved.
class LevelAhead {
 public:
  static constexpr std::int64_t kBlock = 4'800;  // frames
  static constexpr double kSlew = 0.3;           // dB a block
  static constexpr double kMostGain = 30;        // dB

  LevelAhead(int channels, std::optional<double> target);

  void add(std::span<const float> samples);
  /// Heard, but not to be given out.
  void listen(std::span<const float> samples) { meter_.add(samples); }
  /// Frames that wait.
  std::int64_t ahead() const;
  /// The next block, or what is left; valid until the next call.
  std::span<const float> take();
  /// LUFS at which it plays by what is known now.
  std::optional<double> loudness() const;

 private:
  double wanted() const;

  int channels_;
  std::optional<double> target_;
  audio::LoudnessMeter meter_;
  std::vector<float> waiting_;
  std::size_t begin_ = 0;
  std::optional<double> gain_;  // dB, of the last block
  std::vector<float> out_;
};

}  // namespace loa::media
