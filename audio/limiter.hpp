// A look-ahead true-peak limiter. Pure signal processing: knows no file, no device, no loudness.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <span>
#include <vector>

#include "audio/loudness_peak.hpp"

namespace loa::audio {

/// Lowers its gain over 5 ms ahead of a peak and lets it come back over some 0.2 s, so that no true peak (8 times
/// oversampled) stands above the ceiling by more than a quarter of a dB. All channels get the same gain. Made for 48
/// kHz. For offline use: it allocates. One thread.
class Limiter {
 public:
  /// `ceiling`: dBTP.
  Limiter(int channels, double ceiling);

  /// What is ready of the sound so far; valid until the next call. Frame n that went in is frame n that comes out.
  std::span<const float> add(std::span<const float> samples);  // interleaved whole frames
  /// The rest: all output together is as long as the input.
  std::span<const float> finish();
  /// The deepest gain so far, 0 … 1.
  double deepest() const { return deepest_; }

 private:
  /// The mean of the last `size` values.
  class Box {
   public:
    explicit Box(std::size_t size)
        : values_(size, 1.0), sum_(static_cast<double>(size)), share_(1 / static_cast<double>(size)) {}
    double push(double value);

   private:
    std::vector<double> values_;
    std::size_t at_ = 0;
    double sum_, share_;
  };

  /// The least of the last `size` values.
  class Minimum {
   public:
    explicit Minimum(std::int64_t size) : size_(size) {}
    double push(double value);

   private:
    struct Entry {
      std::int64_t at;
      double value;
    };
    std::int64_t size_;
    std::int64_t now_ = 0;
    std::deque<Entry> falling_;
  };

  void take(const float* frame);
  void give(std::size_t slot, double gain);
  double gain_for(double peak);

  std::size_t channels_;
  double ceiling_;
  std::vector<float> delay_;     // ring of frames
  std::vector<TruePeak> peaks_;  // of each channel
  Minimum least_;
  Box first_;
  Box second_;
  double released_ = 1;
  std::int64_t at_rest_ = 0;  // frames since the gain was last below 1
  double deepest_ = 1;
  std::int64_t frames_in_ = 0;
  std::vector<float> out_;
};

}  // namespace loa::audio
