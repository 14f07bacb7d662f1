// From any channels to one or two. Pure.
#pragma once

#include <array>
#include <span>
#include <vector>

namespace loa::audio {

/// Which of the source's channels make the sound. `left`, `right`: of two channels only the one, for recordings whose
/// other one is dead, or wired the wrong way round so that they cancel each other out.
enum class Mix { all, left, right };

/// One weight per source channel for each channel that comes out; weights add up to 1 at most, so nothing can clip.
class Mixer {
 public:
  /// `from`: 1 … 8, in the order of WAV files (5.1: L R C LFE Ls Rs); `to`: 1 | 2.
  Mixer(int from, int to, Mix mix);
  /// Interleaved frames; valid until the next call.
  std::span<const float> mix(std::span<const float> samples);

 private:
  std::size_t from_;
  std::size_t to_;
  std::array<std::vector<float>, 2> weights_;
  std::vector<float> out_;
};

}  // namespace loa::audio
