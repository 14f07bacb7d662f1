// What makes a sound recognisable however it was heard: how the power of its bands between 300 and 3900 Hz moves. A
// horn loudspeaker, an FM receiver, an automatic gain and clipping leave that; standing noise and hum do not move.
// Pure; knows no file, device or clock.
#pragma once

#include <array>
#include <complex>
#include <cstddef>
#include <memory>
#include <span>
#include <vector>

#include "audio/frames.hpp"

namespace loa::audio {

inline constexpr std::size_t kHeardBands = 18;
/// From one HeardFrame to the next.
inline constexpr Frames kHeardHop{960};

struct HeardFrame {
  std::array<float, kHeardBands> moves{};  // dB over what the band had of late, without what all bands did together
  float power = 0;                         // mean square between 300 and 3900 Hz, of full scale
};

/// What is quieter in a recording was not made to be heard; what an input hears may be much softer than what was
/// played.
inline constexpr float kPlayedFloor = 1e-7F, kHeardFloor = 1e-11F;

/// Of one stream of mono sound at 48 kHz. Frame n is of the 2048 samples from n * kHeardHop on. One thread.
class HeardBands {
 public:
  /// `floor`: mean square in a band below which nothing moves.
  explicit HeardBands(float floor);
  void add(std::span<const float> mono, std::vector<HeardFrame>& out);
  /// After a gap: what comes is another stream.
  void reset();

 private:
  static constexpr std::size_t kDecimation = 4, kTaps = 48, kFrameSamples = 512;

  void narrow();
  HeardFrame frame();
  void transform();

  float floor_;
  std::array<float, kTaps> history_{};  // of 48 kHz samples, a ring
  std::size_t at_ = 0, phase_ = 0;
  std::vector<float> narrow_;  // at 12 kHz, from the next frame's first sample on
  std::array<std::complex<float>, kFrameSamples> spectrum_{};
  std::array<float, kHeardBands> mean_{};  // of late, dB
  std::array<std::array<float, kHeardBands>, 2> before_{};
  bool begun_ = false;
};

}  // namespace loa::audio
