// The bounds that hold for every decoder.
#include "audio/sound_stream.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <cmath>

namespace loa::audio {
namespace {

/// 40 dB over full scale. What is louder is a broken number, and levelling by it would make all the rest inaudible.
constexpr float kHighest = 100;

}  // namespace

void SoundGuard::take(std::span<const float> samples) {
  // A comparison with what is no number is false.
  bad_samples_ =
      bad_samples_ || !std::all_of(samples.begin(), samples.end(), [](float x) { return std::abs(x) <= kHighest; });
  frames_ += static_cast<std::int64_t>(samples.size()) / channels_;
  too_long_ = frames_ > kLongestSeconds * sample_rate_;
}

Refusal SoundGuard::refusal() const {
  if (too_long_) return {"too-long", "longer than 4 hours"};
  if (bad_samples_) return {"bad-samples", fmt::format("a sample is no sound, near frame {}", frames_)};
  return {};
}

Refusal format_refusal(const SoundInfo& info) {
  if (info.codec == "other") return {"unsupported-format", "a coding that is not played"};
  if (info.channels < 1 || info.channels > kMostChannels) {
    return {"unsupported-format", fmt::format("{} channels", info.channels)};
  }
  if (info.sample_rate < kLowestRate || info.sample_rate > kHighestRate) {
    return {"rate-unsupported", fmt::format("{} Hz", info.sample_rate)};
  }
  return {};
}

Refusal file_refusal(int fd) {
  struct stat status {};
  if (::fstat(fd, &status) != 0 || !S_ISREG(status.st_mode)) return {"unreadable", "not a regular file"};
  if (status.st_size == 0) return {"empty", "the file has no bytes"};
  if (status.st_size > kLargestFile) return {"too-large", fmt::format("{} bytes", status.st_size)};
  return {};
}

}  // namespace loa::audio
