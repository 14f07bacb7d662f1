// The header of one MPEG audio frame of layer III (ISO/IEC 11172-3 and 13818-3), and the length header that encoders
// put into the first one. Reads bytes only.
#pragma once

#include <cstdint>
#include <optional>

#include "audio/decode_bytes.hpp"

namespace loa::audio {

struct Mp3Frame {
  std::int64_t size = 0;  // bytes, header included
  int sample_rate = 0;
  int samples = 0;  // of sound it decodes to: 1152 or 576
  int channels = 0;
  std::int64_t side_info = 0;  // bytes from the frame's start to its main data, without the CRC

  /// Frames of one stream: all but size and channels agree (joint stereo and mono frames do not mix, but bit rates do).
  bool like(const Mp3Frame& other) const { return sample_rate == other.sample_rate && samples == other.samples; }
};

/// What a Xing, Info or VBRI header says.
struct Mp3Length {
  std::optional<std::int64_t> frames;  // of sound, itself not counted
  // Samples that a good player leaves out, of the encoder's: before the sound (the decoder's own 529 not counted) and
  // behind it.
  std::int64_t delay = 0;
  std::int64_t padding = 0;
  bool gapless = false;  // they are said
};

/// Nothing where no layer III header stands; free-format frames count as none.
std::optional<Mp3Frame> mp3_frame(FileBytes& bytes, std::int64_t at);
std::optional<Mp3Length> mp3_length(FileBytes& bytes, std::int64_t at, const Mp3Frame& frame);

/// The first frame at or after `at`, like `model` if one is given, that is followed by another one or the file's end.
std::optional<std::int64_t> find_mp3_frame(FileBytes& bytes, std::int64_t at, std::int64_t until,
                                           const std::optional<Mp3Frame>& model);

}  // namespace loa::audio
