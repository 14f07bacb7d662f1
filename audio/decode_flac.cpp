// Finds the last frames of a FLAC file and holds their end against STREAMINFO: libsndfile stops where that says, though
// the file may go on, and never looks at a second file behind the first. What is damaged inside, the decoder's own
// checksums find.
#include <fmt/format.h>

#include <set>

#include "audio/decode_inspect.hpp"

namespace loa::audio {
namespace {

constexpr std::int64_t kTail = 256 * 1024;  // holds at least two frames of any FLAC file of two channels

/// CRC-8, polynomial 0x07 (the FLAC format, "frame header").
std::uint8_t checksum(FileBytes& bytes, std::int64_t from, std::int64_t until) {
  unsigned sum = 0;
  for (auto at = from; at < until; ++at) {
    sum ^= bytes.byte(at);
    for (int bit = 0; bit < 8; ++bit) sum = ((sum << 1) ^ ((sum & 0x80) != 0 ? 0x07U : 0U)) & 0xFF;
  }
  return static_cast<std::uint8_t>(sum);
}

struct Coded {
  std::uint64_t value = 0;
  int width = 0;  // bytes; 0: not well-formed
};

/// The frame's or sample's number, coded like UTF-8 with up to seven bytes.
Coded coded_number(FileBytes& bytes, std::int64_t at) {
  const unsigned lead = bytes.byte(at);
  if (lead < 0x80) return {lead, 1};
  int width = 0;
  while (width < 8 && (lead & (0x80U >> width))) ++width;
  if (width < 2 || width > 7) return {};
  std::uint64_t value = width == 7 ? 0 : lead & (0x7FU >> width);
  for (int i = 1; i < width; ++i) {
    if ((bytes.byte(at + i) & 0xC0) != 0x80) return {};
    value = (value << 6) | (bytes.byte(at + i) & 0x3FU);
  }
  return {value, width};
}

int block_size(FileBytes& bytes, unsigned code, std::int64_t after_number) {
  if (code == 1) return 192;
  if (code >= 2 && code <= 5) return 576 << (code - 2);
  if (code == 6) return bytes.byte(after_number) + 1;
  if (code == 7) return static_cast<int>(bytes.big(after_number, 2)) + 1;
  return code >= 8 ? 256 << (code - 8) : 0;
}

struct Frame {
  std::int64_t first = 0;  // sample
  std::int64_t end = 0;    // sample behind its last
};

/// `fixed`: the block size of all frames but the last.
std::optional<Frame> frame_at(FileBytes& bytes, std::int64_t at, std::int64_t fixed) {
  const auto sync = bytes.big(at, 2);
  if (sync != 0xFFF8 && sync != 0xFFF9) return std::nullopt;
  const unsigned size_code = bytes.byte(at + 2) >> 4;
  const unsigned rate_code = bytes.byte(at + 2) & 15;
  const auto number = coded_number(bytes, at + 4);
  if (number.width == 0 || size_code == 0 || rate_code == 15 || (bytes.byte(at + 3) & 1)) return std::nullopt;
  std::int64_t end = at + 4 + number.width;
  const auto samples = block_size(bytes, size_code, end);
  end += size_code == 6 ? 1 : size_code == 7 ? 2 : 0;
  end += rate_code == 12 ? 1 : rate_code >= 13 ? 2 : 0;
  if (end >= bytes.size() || checksum(bytes, at, end) != bytes.byte(end)) return std::nullopt;
  const auto first = static_cast<std::int64_t>(number.value) * (sync == 0xFFF8 ? fixed : 1);
  return Frame{first, first + samples};
}

/// The end of the furthest frame that follows directly on another one: bytes of sound that only look like a header do
/// not come in such pairs.
std::int64_t end_of_frames(FileBytes& bytes, std::int64_t fixed) {
  std::set<std::int64_t> ends;
  std::int64_t furthest = 0;
  for (auto at = std::max<std::int64_t>(0, bytes.size() - kTail); at < bytes.size(); ++at) {
    if (bytes.byte(at) != 0xFF) continue;
    const auto frame = frame_at(bytes, at, fixed);
    if (!frame) continue;
    if (frame->first == 0 || ends.contains(frame->first)) furthest = std::max(furthest, frame->end);
    ends.insert(frame->end);
  }
  return furthest;
}

/// Where another file was joined on: the mark and the head of a STREAMINFO, the last metadata block or not.
std::optional<std::int64_t> second_file(FileBytes& bytes, std::int64_t from) {
  using namespace std::string_view_literals;
  const auto more = bytes.find(from, "fLaC\0\0\0\x22"sv);
  return more ? more : bytes.find(from, "fLaC\x80\0\0\x22"sv);
}

}  // namespace

Inspection inspect_flac(FileBytes& bytes) {
  Inspection found;
  const auto info = behind_id3(bytes, 0) + 8;  // STREAMINFO must come first
  const auto fixed = static_cast<std::int64_t>(bytes.big(info, 2));
  const auto total = static_cast<std::int64_t>(bytes.big(info + 13, 5) & 0xFFFFFFFFFULL);
  const auto end = end_of_frames(bytes, fixed);
  if (const auto second = second_file(bytes, info)) {
    found.refusal = {"flac-joined", fmt::format("a second file begins at byte {}", *second)};
    return found;
  }
  if (total == 0) return found;  // a stream's header; decoding goes on to the end
  found.length = Inspection::Length{total, total, 0};
  if (end > 0 && end < total) found.refusal = {"truncated", fmt::format("{} frames, the header says {}", end, total)};
  if (end > total) found.refusal = {"damaged", fmt::format("{} frames, the header says {}", end, total)};
  return found;
}

}  // namespace loa::audio
