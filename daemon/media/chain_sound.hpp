// Several recordings in one file one after the other (chained Ogg, joined FLAC), or one whose header lies: each part
// decoded by our exact decoders.
#pragma once

#include <memory>
#include <vector>

#include "audio/decode.hpp"
#include "daemon/media/damage.hpp"
#include "daemon/media/ffmpeg_convert.hpp"

namespace loa::media {

class ChainSound final : public audio::SoundStream {
 public:
  /// Nothing when a part of it is refused: `why` is that one's.
  static std::unique_ptr<audio::SoundStream> open(int fd, audio::Refusal& why);

  const audio::SoundInfo& info() const override { return info_; }
  std::span<const float> next() override;
  std::int64_t frames() const override { return guard_.frames(); }
  audio::Verdict judge() const override;

 private:
  explicit ChainSound(std::vector<audio::FileView> links) : links_(std::move(links)) {}
  audio::Refusal begin();
  bool open_next();

  std::vector<audio::FileView> links_;
  std::size_t next_link_ = 0;
  std::unique_ptr<audio::Decoder> decoder_;
  std::unique_ptr<Converter> converter_;
  audio::SoundInfo info_;
  audio::SoundGuard guard_{1, 1};
  audio::Refusal refusal_;
  audio::Refusal warning_;
  Damage damage_;
  std::vector<float> out_;
};

}  // namespace loa::media
