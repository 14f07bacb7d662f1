// An MP3 as a stream of sound, frame by frame of its index: joined files one after the other, each without its
// encoder's delay and padding, what is lost as silence.
#pragma once

#include <memory>
#include <vector>

#include "audio/sound_stream.hpp"
#include "daemon/media/damage.hpp"
#include "daemon/media/ffmpeg_codec.hpp"
#include "daemon/media/ffmpeg_convert.hpp"
#include "daemon/media/mp3_index.hpp"

namespace loa::media {

class Mp3Sound final : public audio::SoundStream {
 public:
  static std::unique_ptr<audio::SoundStream> open(int fd, audio::Refusal& why);

  const audio::SoundInfo& info() const override { return info_; }
  std::span<const float> next() override;
  std::int64_t frames() const override { return guard_.frames(); }
  audio::Verdict judge() const override;

 private:
  explicit Mp3Sound(int fd);
  void begin_part();
  void decode_entry();
  void give(std::span<const float> samples, int channels);
  double now() const;

  std::unique_ptr<audio::FileBytes> bytes_;
  Mp3Index index_;
  Codec codec_;
  audio::SoundInfo info_;
  audio::SoundGuard guard_{1, 1};
  std::unique_ptr<Converter> converter_;
  Damage damage_;
  std::size_t part_ = 0;
  std::size_t entry_ = 0;
  std::size_t place_ = 0;
  std::int64_t skip_ = 0;   // samples of this part still to be left out
  std::int64_t keep_ = -1;  // and to be given out; -1: all
  int channels_ = 0;        // of the last frame
  bool finished_ = false;
  std::vector<std::uint8_t> frame_;
  std::vector<float> out_;
};

}  // namespace loa::media
