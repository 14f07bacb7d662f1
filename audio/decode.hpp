// A recording decoded from its first frame to its last, or refused: it knows where libsndfile comes out short without
// saying so. Knows nothing of loudness or of what the sound is for.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "audio/decode_inspect.hpp"
#include "audio/sound_stream.hpp"

namespace loa::audio {

/// Codes of Refusal, all of them: mp3-no-length mp3-joined flac-joined damaged truncated chained-ogg wav-lying-size
/// not-audio unsupported-format empty too-long too-large unreadable bad-samples rate-unsupported.

/// One recording, read once from start to end, by one thread. Borrows the descriptor.
class Decoder final : public SoundStream {
 public:
  /// Inspects the whole file. Nothing when it is refused; `why` says so.
  static std::unique_ptr<Decoder> open(int fd, Refusal& why);
  /// A part of a file, or one with a mended header.
  static std::unique_ptr<Decoder> open_view(const FileView& view, Refusal& why);

  const SoundInfo& info() const override { return source_->info(); }
  std::span<const float> next() override;
  std::int64_t frames() const override { return guard_.frames(); }
  Verdict judge() const override { return {verdict(), {}, {}}; }
  /// After the end: empty when the recording came out whole.
  Refusal verdict() const;

 private:
  Decoder(std::unique_ptr<SoundSource> source, Inspection inspection);
  Refusal length_refusal() const;

  std::unique_ptr<SoundSource> source_;
  Inspection inspection_;
  std::vector<float> block_;
  SoundGuard guard_;
};

}  // namespace loa::audio
