// Finds the last frames of a FLAC file and holds their end against STREAMINFO: libsndfile stops where that says, though
// the file may go on, and never looks at a second file behind the first. What is damaged inside, the decoder's own
// checksums find.
#include <fmt/format.h>

#include <array>
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

/// Hz; 0: the frame leaves it to STREAMINFO, or spells it out.
int rate_of(unsigned code) {
  constexpr std::array kRates = {0, 88200, 176400, 192000, 8000, 16000, 22050, 24000, 32000, 44100, 48000, 96000};
  return code < kRates.size() ? kRates[code] : 0;
}

struct Frame {
  std::int64_t first = 0;  // sample
  std::int64_t end = 0;    // sample behind its last
  int rate = 0;            // Hz; 0: not said
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
  return Frame{first, first + samples, rate_of(rate_code)};
}

/// What the last frames say.
struct Tail {
  std::int64_t end = 0;  // sample behind the furthest frame
  int rate = 0;
  bool again = false;  // frames that were there already come once more
};

/// Only frames that follow directly on another one count: bytes of sound that only look like a header do not come in
/// such pairs.
Tail tail_of(FileBytes& bytes, std::int64_t fixed) {
  Tail tail;
  std::set<std::int64_t> ends;
  for (auto at = std::max<std::int64_t>(0, bytes.size() - kTail); at < bytes.size(); ++at) {
    if (bytes.byte(at) != 0xFF) continue;
    const auto frame = frame_at(bytes, at, fixed);
    if (!frame) continue;
    const bool follows = ends.contains(frame->first);
    tail.again = tail.again || (follows && frame->end <= tail.end);
    if (follows) tail.rate = frame->rate;
    if (follows || frame->first == 0) tail.end = std::max(tail.end, frame->end);
    ends.insert(frame->end);
  }
  return tail;
}

/// Where another file was joined on: the mark and the head of a STREAMINFO, the last metadata block or not.
std::optional<std::int64_t> second_file(FileBytes& bytes, std::int64_t from) {
  using namespace std::string_view_literals;
  for (auto at = bytes.find(from, "fLaC"); at; at = bytes.find(*at + 4, "fLaC")) {
    if (bytes.has(*at + 4, "\0\0\0\x22"sv) || bytes.has(*at + 4, "\x80\0\0\x22"sv)) return at;
  }
  return std::nullopt;
}

}  // namespace

Inspection inspect_flac(FileBytes& bytes) {
  Inspection found;
  const auto info = behind_id3(bytes, 0) + 8;  // STREAMINFO must come first
  const auto rate = static_cast<int>(bytes.big(info + 10, 3) >> 4);
  const auto total = static_cast<std::int64_t>(bytes.big(info + 13, 5) & 0xFFFFFFFFFULL);
  const auto tail = tail_of(bytes, static_cast<std::int64_t>(bytes.big(info, 2)));
  if (total != 0) found.length = Inspection::Length{total, total, 0};  // else a stream's: decoding goes on to the end
  if (const auto second = second_file(bytes, info)) {
    found.refusal = {"flac-joined", fmt::format("a second file begins at byte {}", *second)};
  } else if (tail.rate != 0 && tail.rate != rate) {
    found.refusal = {"damaged", fmt::format("frames of {} Hz, the header says {}", tail.rate, rate)};
  } else if (tail.again) {
    found.refusal = {"damaged", "frames that come twice"};
  } else if (total != 0 && tail.end > 0 && tail.end != total) {
    found.refusal = {tail.end < total ? "truncated" : "damaged",
                     fmt::format("{} frames, the header says {}", tail.end, total)};
  }
  return found;
}

std::vector<std::int64_t> flac_links(FileBytes& bytes) {
  std::vector<std::int64_t> links = {0};
  for (auto next = second_file(bytes, behind_id3(bytes, 0) + 4); next; next = second_file(bytes, *next + 4)) {
    links.push_back(*next);
  }
  return links;
}

}  // namespace loa::audio
