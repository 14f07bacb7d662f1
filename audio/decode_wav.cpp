// Reads the chunks of a WAV file (RIFF, RIFX, RF64, W64) and holds the length they claim against the file's own:
// libsndfile believes a length of 0 or of half the sound, and shortens one that is too large without a word.
#include <fmt/format.h>

#include <algorithm>

#include "audio/decode_inspect.hpp"

namespace loa::audio {
namespace {

constexpr std::uint64_t kPcm = 1;
constexpr std::uint64_t kFloat = 3;
constexpr std::uint64_t kMp3 = 0x55;
constexpr std::uint64_t kExtensible = 0xFFFE;
/// Programs that write into a pipe leave a length like 0x7FFFF000 or 0xFFFFFFFF behind.
constexpr std::int64_t kStreamLength = 0x7FFF0000;

struct Layout {
  bool wave64 = false;
  bool big = false;
  std::int64_t sizes_at = -1;  // of the ds64 chunk's contents (RF64)
  std::int64_t format_at = -1;
  std::int64_t data_at = -1;
  std::int64_t data_size = 0;  // as claimed
};

struct Chunk {
  std::int64_t at = 0;    // of its contents
  std::int64_t size = 0;  // of its contents, as claimed
  std::int64_t next = 0;
};

std::uint64_t number(FileBytes& bytes, const Layout& layout, std::int64_t at, int width) {
  return layout.big ? bytes.big(at, width) : bytes.little(at, width);
}

/// A size is 64 bits in W64 and counts its own header there; a monstrous one is as good as any larger than the file.
Chunk chunk_at(FileBytes& bytes, const Layout& layout, std::int64_t at) {
  constexpr std::uint64_t kMost = std::uint64_t{1} << 62;
  Chunk chunk;
  if (layout.wave64) {
    chunk.at = at + 24;
    chunk.size = static_cast<std::int64_t>(std::clamp<std::uint64_t>(bytes.little(at + 16, 8), 24, kMost)) - 24;
    chunk.next = at + (24 + chunk.size + 7) / 8 * 8;
  } else {
    chunk.at = at + 8;
    chunk.size = static_cast<std::int64_t>(number(bytes, layout, at + 4, 4));
    chunk.next = chunk.at + chunk.size + chunk.size % 2;
  }
  return chunk;
}

Layout layout_of(FileBytes& bytes) {
  Layout layout;
  layout.wave64 = bytes.has(0, "riff");
  layout.big = bytes.has(0, "RIFX");
  for (std::int64_t at = layout.wave64 ? 40 : 12; at + 8 <= bytes.size() && layout.data_at < 0;) {
    const auto chunk = chunk_at(bytes, layout, at);
    if (bytes.has(at, "ds64")) layout.sizes_at = chunk.at;
    if (bytes.has(at, "fmt ")) layout.format_at = chunk.at;
    if (bytes.has(at, "data")) {
      layout.data_at = chunk.at;
      layout.data_size = chunk.size;
    }
    at = chunk.next;
  }
  if (layout.sizes_at >= 0 && layout.data_size == 0xFFFFFFFF) {
    layout.data_size =
        static_cast<std::int64_t>(std::min<std::uint64_t>(bytes.little(layout.sizes_at + 8, 8), 1ULL << 62));
  }
  return layout;
}

bool printable(FileBytes& bytes, std::int64_t at) {
  for (int i = 0; i < 4; ++i) {
    if (bytes.byte(at + i) < 0x20 || bytes.byte(at + i) > 0x7E) return false;
  }
  return true;
}

/// Where well-formed chunks after the sound end: the file's end, unless what follows is no chunk.
std::int64_t end_of_chunks(FileBytes& bytes, const Layout& layout, std::int64_t at) {
  while (at + 8 <= bytes.size() && printable(bytes, at)) {
    const auto chunk = chunk_at(bytes, layout, at);
    if (chunk.at + chunk.size > bytes.size()) return at;
    at = chunk.next;
  }
  return std::min(at, bytes.size());
}

bool silence_from(FileBytes& bytes, std::int64_t at) {
  while (at < bytes.size() && bytes.byte(at) == 0) ++at;
  return at == bytes.size();
}

/// `slack`: bytes that are worth 10 ms.
Refusal size_refusal(FileBytes& bytes, const Layout& layout, std::int64_t slack) {
  const auto there = bytes.size() - layout.data_at;
  const auto claimed = layout.data_size;
  if (there <= 0) return {"empty", "no sound in the file"};
  if (claimed > there + slack) {
    if (claimed >= kStreamLength && !layout.wave64 && layout.sizes_at < 0) {
      return {"wav-lying-size", "written into a pipe: the length was never filled in"};
    }
    return {"truncated", fmt::format("{} bytes of sound, the header says {}", there, claimed)};
  }
  const auto behind = layout.data_at + claimed + (layout.wave64 ? (8 - claimed % 8) % 8 : claimed % 2);
  const auto rest = end_of_chunks(bytes, layout, behind);
  if (bytes.size() - rest > slack && !silence_from(bytes, rest)) {
    return {"wav-lying-size", fmt::format("{} bytes behind the sound that the header names", bytes.size() - rest)};
  }
  return claimed == 0 ? Refusal{"empty", "no sound in the file"} : Refusal{};
}

}  // namespace

Inspection inspect_wav(FileBytes& bytes) {
  Inspection found;
  const auto layout = layout_of(bytes);
  if (layout.format_at < 0 || layout.data_at < 0) {
    found.refusal = {"damaged", "no fmt or no data chunk"};
    return found;
  }
  auto format = number(bytes, layout, layout.format_at, 2);
  if (format == kExtensible) format = number(bytes, layout, layout.format_at + 24, 2);
  const auto per_second = static_cast<std::int64_t>(number(bytes, layout, layout.format_at + 8, 4));
  const auto frame = static_cast<std::int64_t>(number(bytes, layout, layout.format_at + 12, 2));
  if (format == kMp3) found.refusal = {"unsupported-format", "MP3 inside a WAV file"};
  if (!found.refusal) found.refusal = size_refusal(bytes, layout, std::clamp<std::int64_t>(per_second / 100, 8, 65536));
  if (!found.refusal && frame > 0 && (format == kPcm || format == kFloat)) {
    const auto frames = std::min(layout.data_size, bytes.size() - layout.data_at) / frame;
    found.length = Inspection::Length{frames, frames, 0};
  }
  return found;
}

std::optional<WavMending> mend_wav(FileBytes& bytes) {
  const auto layout = layout_of(bytes);
  const auto there = bytes.size() - layout.data_at;
  if (layout.format_at < 0 || layout.data_at < 0 || there <= 0 || there == layout.data_size) return std::nullopt;
  const auto per_second = static_cast<double>(number(bytes, layout, layout.format_at + 8, 4));
  const auto claimed = layout.data_size;
  WavMending mending;
  const bool stream = claimed >= kStreamLength && !layout.wave64;
  mending.beyond = claimed > 0 && claimed < there;
  if (claimed > there && !stream && per_second > 0) mending.missing = static_cast<double>(claimed - there) / per_second;
  const bool long_size = layout.wave64 || layout.sizes_at >= 0;
  mending.patch.at = layout.wave64          ? layout.data_at - 8
                     : layout.sizes_at >= 0 ? layout.sizes_at + 8
                                            : layout.data_at - 4;
  const auto size = static_cast<std::uint64_t>(there + (layout.wave64 ? 24 : 0));
  const int width = long_size ? 8 : 4;
  for (int i = 0; i < width; ++i) {
    mending.patch.bytes += static_cast<char>(size >> (8 * (layout.big ? width - 1 - i : i)));
  }
  return mending;
}

}  // namespace loa::audio
