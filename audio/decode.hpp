// A recording decoded from its first frame to its last, or refused: it knows where libsndfile comes out short without
// saying so. Knows nothing of loudness or of what the sound is for.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "audio/decode_inspect.hpp"
#include "audio/sndfile.hpp"

namespace loa::audio {

/// Codes of Refusal, all of them: mp3-no-length mp3-joined flac-joined damaged truncated chained-ogg wav-lying-size
/// not-audio unsupported-format empty too-long too-large unreadable bad-samples rate-unsupported.

constexpr std::int64_t kLargestFile = std::int64_t{2} << 30;  // bytes
constexpr std::int64_t kLongestSeconds = 4 * 3600;
constexpr int kLowestRate = 8000;
constexpr int kHighestRate = 192000;
constexpr int kMostChannels = 8;

/// One recording, read once from start to end, by one thread. Borrows the descriptor.
class Decoder {
 public:
  /// Inspects the whole file. Nothing when it is refused; `why` says so.
  static std::unique_ptr<Decoder> open(int fd, Refusal& why);

  const SoundInfo& info() const { return source_->info(); }
  /// The next frames, interleaved, valid until the next call; none at the end.
  std::span<const float> next();
  /// Frames given out so far.
  std::int64_t frames() const { return frames_; }
  /// After the end: empty when the recording came out whole.
  Refusal verdict() const;

 private:
  Decoder(std::unique_ptr<SoundSource> source, Inspection inspection);
  Refusal length_refusal() const;

  std::unique_ptr<SoundSource> source_;
  Inspection inspection_;
  std::vector<float> block_;
  std::int64_t frames_ = 0;
  bool bad_samples_ = false;
  bool too_long_ = false;
};

}  // namespace loa::audio
