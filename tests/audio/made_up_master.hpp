// Masters that exist only in a test: every frame says which master and which of its frames it is.
#pragma once

#include <algorithm>
#include <map>
#include <memory>
#include <string>

#include "audio/playout.hpp"

namespace loa::audio::test {

/// Frame `at` of a made-up master: exact in a float, never zero, different in each master.
inline float sample_of(int number, std::int64_t at) {
  return static_cast<float>(number * 4096 + at % 4096 + 1) / 65536.0F;
}

class MadeUpMaster final : public MasterReader {
 public:
  MadeUpMaster(int number, int channels, std::int64_t frames, std::int64_t breaks_at)
      : number_(number), channels_(channels), frames_(frames), breaks_at_(breaks_at) {}
  int channels() const override { return channels_; }
  std::int64_t frames() const override { return frames_; }
  std::int64_t read(std::int64_t at, std::span<float> out) override {
    const auto width = static_cast<std::size_t>(channels_);
    const auto wanted = static_cast<std::int64_t>(out.size() / width);
    const auto got = std::clamp<std::int64_t>(std::min(frames_, breaks_at_) - at, 0, wanted);
    for (std::size_t i = 0; i < static_cast<std::size_t>(got); ++i) {
      for (std::size_t c = 0; c < width; ++c) {
        const float side = c == 0 ? 1.0F : -0.5F;
        out[i * width + c] = side * sample_of(number_, at + static_cast<std::int64_t>(i));
      }
    }
    if (got < wanted) fault_ = "made to break";
    return got;
  }
  std::string fault() const override { return fault_; }

 private:
  int number_, channels_;
  std::int64_t frames_, breaks_at_;
  std::string fault_;
};

/// "1" … "9": mono masters of ten minutes; "2ch": a stereo one; "short": 100 frames; "breaks": fails at frame 50;
/// anything else cannot be opened.
inline std::unique_ptr<MasterReader> open_made_up(const std::string& path) {
  constexpr std::int64_t kLong = 48000 * 600;
  if (path == "2ch") return std::make_unique<MadeUpMaster>(1, 2, kLong, kLong);
  if (path == "short") return std::make_unique<MadeUpMaster>(1, 1, 100, 100);
  if (path == "breaks") return std::make_unique<MadeUpMaster>(1, 1, kLong, 50);
  if (path.size() == 1 && path[0] >= '1' && path[0] <= '9') {
    return std::make_unique<MadeUpMaster>(path[0] - '0', 1, kLong, kLong);
  }
  return nullptr;
}

}  // namespace loa::audio::test
