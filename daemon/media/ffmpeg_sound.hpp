// A recording of any container that FFmpeg knows, as a stream of sound.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "audio/sound_stream.hpp"
#include "daemon/media/damage.hpp"
#include "daemon/media/ffmpeg_codec.hpp"
#include "daemon/media/ffmpeg_convert.hpp"
#include "daemon/media/ffmpeg_input.hpp"

namespace loa::media {

/// Encoder delay is left out, and padding where the container tells of it. A packet that does not decode is silence of
/// its length.
class FfmpegSound final : public audio::SoundStream {
 public:
  static std::unique_ptr<audio::SoundStream> open(int fd, audio::Refusal& why);
  /// A stream of the network; see Input. Its end is judged as `stalled` when it fell silent.
  static std::unique_ptr<audio::SoundStream> open_address(const std::string& address, double patience,
                                                          audio::Refusal& why);

  const audio::SoundInfo& info() const override { return info_; }
  std::span<const float> next() override;
  std::int64_t frames() const override { return guard_.frames(); }
  audio::Verdict judge() const override;

 private:
  FfmpegSound(std::unique_ptr<Input> input, std::unique_ptr<Codec> codec);
  static std::unique_ptr<FfmpegSound> over(std::unique_ptr<Input> input, audio::Refusal& why);
  audio::Refusal begin();
  bool step();
  void take_packet();
  void take(const Decoded& decoded);
  void lose(double seconds);
  void end();
  double now() const;
  std::int64_t most_frames(std::int64_t decoded) const;

  std::unique_ptr<Input> input_;
  std::unique_ptr<Codec> codec_;
  audio::SoundInfo info_;
  std::unique_ptr<Converter> converter_;
  audio::SoundGuard guard_{1, 1};
  std::vector<float> ready_;  // to be given out
  std::vector<float> held_;   // of the last packet: it may be padding
  std::int64_t excess_ = 0;   // frames that the last packet gave beyond its own length
  std::vector<float> out_;
  Damage damage_;
  audio::Refusal refusal_;
  bool cut_ = false;
  bool ended_ = false;
};

}  // namespace loa::media
