// One decoder of libavcodec: packets in, interleaved float out. Knows no container.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

struct AVCodecContext;
struct AVCodecParameters;
struct AVFrame;
struct AVPacket;
struct SwrContext;

namespace loa::media {

/// The sound of one packet or of several.
struct Decoded {
  std::vector<float> samples;  // interleaved, channels in the order of WAV files
  int sample_rate = 0;         // of the last of them; 0: nothing came
  int channels = 0;
  bool failed = false;  // the packet was refused, or its decoder complained
};

/// Channel layouts that WAV files do not know come out as stereo. One thread of its own, no more.
class Codec {
 public:
  /// By the container's word, or the decoder named so; good() tells.
  explicit Codec(const AVCodecParameters* parameters);
  explicit Codec(const char* name);
  ~Codec();
  Codec(const Codec&) = delete;
  Codec& operator=(const Codec&) = delete;

  bool good() const { return context_ != nullptr; }
  std::string name() const;
  /// Null: what is still inside (the end). Valid until the next call. A change of rate or channels within one packet
  /// ends it: the rest comes with the next.
  const Decoded& decode(const AVPacket* packet);
  /// Of raw bytes, which are copied.
  const Decoded& decode(std::span<const std::uint8_t> bytes);
  /// Forgets what went before.
  void restart();

 private:
  void open(const void* codec, const AVCodecParameters* parameters);
  void take_frames();
  bool prepare(const AVFrame& frame);
  void append(const AVFrame& frame);

  /// Of a frame, as far as the converter is concerned.
  struct Shape {
    int format = -1;
    int sample_rate = 0;
    int channels = 0;
    std::uint64_t mask = 0;  // 0: no layout is said
    bool operator==(const Shape&) const = default;
  };

  AVCodecContext* context_ = nullptr;
  AVFrame* frame_ = nullptr;
  AVPacket* packet_ = nullptr;
  SwrContext* swr_ = nullptr;
  Shape shape_;
  int kept_ = 0;  // channels that come out
  Decoded decoded_;
};

/// Names of the decoders that are allowed, by commas: sound, no more.
const char* allowed_decoders();

}  // namespace loa::media
