// Sound whose rate or channels change on the way, made into one of a fixed rate and number of channels.
#pragma once

#include <memory>
#include <span>
#include <vector>

struct SwrContext;

namespace loa::media {

/// What already has the rate and channels goes through unchanged. One thread.
class Converter {
 public:
  Converter(int sample_rate, int channels) : sample_rate_(sample_rate), channels_(channels) {}
  ~Converter();
  Converter(const Converter&) = delete;
  Converter& operator=(const Converter&) = delete;

  /// Appends to `out` what is ready of interleaved `samples`.
  void add(std::span<const float> samples, int sample_rate, int channels, std::vector<float>& out);
  /// Appends what is still inside.
  void finish(std::vector<float>& out);

 private:
  void change(int sample_rate, int channels);

  int sample_rate_;
  int channels_;
  SwrContext* swr_ = nullptr;  // null: straight through
  int from_rate_ = 0;
  int from_channels_ = 0;
};

}  // namespace loa::media
