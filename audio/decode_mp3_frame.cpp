// Tables of the standard and the layout that LAME documents for its tag.
#include "audio/decode_mp3_frame.hpp"

#include <array>

namespace loa::audio {
namespace {

constexpr std::array<int, 15> kBitRatesMpeg1 = {0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320};
constexpr std::array<int, 15> kBitRatesMpeg2 = {0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160};
constexpr std::array<int, 3> kRates = {44100, 48000, 32000};

constexpr std::uint64_t kMpeg1 = 3;
constexpr std::uint64_t kMpeg2 = 2;
constexpr std::uint64_t kReserved = 1;
constexpr std::uint64_t kLayer3 = 1;
constexpr std::uint64_t kMono = 3;

std::optional<Mp3Length> xing_length(FileBytes& bytes, std::int64_t at) {
  if (!bytes.has(at, "Xing") && !bytes.has(at, "Info")) return std::nullopt;
  const auto flags = bytes.big(at + 4, 4);
  std::int64_t next = at + 8;
  Mp3Length length;
  if (flags & 1) length.frames = static_cast<std::int64_t>(bytes.big(next, 4));
  next += (flags & 1 ? 4 : 0) + (flags & 2 ? 4 : 0) + (flags & 4 ? 100 : 0) + (flags & 8 ? 4 : 0);
  // The tag of LAME, which FFmpeg writes too: 9 bytes of name; delay and padding are 12 bits each, 21 bytes in.
  if (bytes.has(next, "LAME") || bytes.has(next, "Lav")) {
    const auto both = static_cast<std::int64_t>(bytes.big(next + 21, 3));
    length.delay = both >> 12;
    length.padding = both & 0xFFF;
    length.gapless = true;
  }
  return length;
}

}  // namespace

std::optional<Mp3Frame> mp3_frame(FileBytes& bytes, std::int64_t at) {
  const auto header = bytes.big(at, 4);
  const auto version = (header >> 19) & 3;
  const auto bit_rate = (header >> 12) & 15;
  const auto rate = (header >> 10) & 3;
  if (header >> 21 != 0x7FF || version == kReserved || ((header >> 17) & 3) != kLayer3) return std::nullopt;
  if (bit_rate == 0 || bit_rate == 15 || rate == 3 || (header & 3) == 2) return std::nullopt;
  const bool mpeg1 = version == kMpeg1;
  Mp3Frame frame;
  frame.sample_rate = kRates[rate] / (mpeg1 ? 1 : version == kMpeg2 ? 2 : 4);
  frame.samples = mpeg1 ? 1152 : 576;
  frame.channels = ((header >> 6) & 3) == kMono ? 1 : 2;
  const int bits = (mpeg1 ? kBitRatesMpeg1 : kBitRatesMpeg2)[bit_rate] * 1000;
  frame.size = frame.samples / 8 * bits / frame.sample_rate + static_cast<std::int64_t>((header >> 9) & 1);
  frame.side_info = 4 + (mpeg1 ? (frame.channels == 1 ? 17 : 32) : (frame.channels == 1 ? 9 : 17));
  return frame;
}

std::optional<Mp3Length> mp3_length(FileBytes& bytes, std::int64_t at, const Mp3Frame& frame) {
  for (const std::int64_t checksum : {0, 2}) {
    if (const auto length = xing_length(bytes, at + frame.side_info + checksum)) return length;
  }
  if (!bytes.has(at + 36, "VBRI")) return std::nullopt;
  Mp3Length length;
  length.frames = static_cast<std::int64_t>(bytes.big(at + 36 + 14, 4));
  return length;
}

std::optional<std::int64_t> find_mp3_frame(FileBytes& bytes, std::int64_t at, std::int64_t until,
                                           const std::optional<Mp3Frame>& model) {
  for (; at < until; ++at) {
    if (bytes.byte(at) != 0xFF) continue;
    const auto frame = mp3_frame(bytes, at);
    if (!frame || (model && !frame->like(*model))) continue;
    if (at + frame->size == bytes.size()) return at;
    const auto next = mp3_frame(bytes, at + frame->size);
    if (next && next->like(*frame)) return at;
  }
  return std::nullopt;
}

}  // namespace loa::audio
