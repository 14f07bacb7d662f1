// Walks every page of an Ogg file (RFC 3533): one logical stream, whole, with every checksum right.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "audio/decode_inspect.hpp"

namespace loa::audio {
namespace {

constexpr std::int64_t kHeader = 27;
constexpr std::uint64_t kFirst = 2;
constexpr std::uint64_t kLast = 4;
constexpr std::int64_t kNoPacketEnds = -1;

struct Page {
  std::int64_t size = 0;  // bytes, header included
  std::uint64_t flags = 0;
  std::int64_t granule = 0;
  std::uint64_t serial = 0;
  std::uint64_t sequence = 0;
  std::int64_t body = 0;  // where its packets begin
};

Page page_at(FileBytes& bytes, std::int64_t at) {
  Page page;
  page.flags = bytes.byte(at + 5);
  page.granule = static_cast<std::int64_t>(bytes.little(at + 6, 8));
  page.serial = bytes.little(at + 14, 4);
  page.sequence = bytes.little(at + 18, 4);
  const auto segments = bytes.byte(at + 26);
  page.body = at + kHeader + segments;
  page.size = kHeader + segments;
  for (int i = 0; i < segments; ++i) page.size += bytes.byte(at + kHeader + i);
  return page;
}

/// The checksum of RFC 3533: polynomial 0x04C11DB7, neither reflected nor inverted.
std::array<std::uint32_t, 256> checksum_table() {
  std::array<std::uint32_t, 256> table{};
  for (std::uint32_t i = 0; i < 256; ++i) {
    std::uint32_t value = i << 24;
    for (int bit = 0; bit < 8; ++bit) value = (value << 1) ^ ((value >> 31) * 0x04C11DB7U);
    table[i] = value;
  }
  return table;
}

std::uint32_t checksum_of(FileBytes& bytes, std::int64_t at, std::int64_t size) {
  static const auto table = checksum_table();
  std::vector<std::uint8_t> page(static_cast<std::size_t>(size));
  bytes.copy(at, page);
  for (std::size_t i = 22; i < 26; ++i) page[i] = 0;
  std::uint32_t sum = 0;
  for (const auto byte : page) sum = (sum << 8) ^ table[(sum >> 24) ^ byte];
  return sum;
}

bool checksum_right(FileBytes& bytes, std::int64_t at, std::int64_t size) {
  return checksum_of(bytes, at, size) == static_cast<std::uint32_t>(bytes.little(at + 22, 4));
}

struct Stream {
  Page first;
  Page last;
  std::int64_t pages = 0;
  std::int64_t granule = 0;  // of the last page on which a packet ends
};

Refusal foreign_page(const Stream& stream, std::int64_t at) {
  if (stream.pages == 1) return {"unsupported-format", "several streams side by side"};
  return {"chained-ogg", fmt::format("another stream begins at byte {}", at)};
}

Refusal check_page(FileBytes& bytes, std::int64_t at, const Page& page, const Stream& stream) {
  if (at + kHeader > bytes.size() || at + page.size > bytes.size()) return {"truncated", "the last page is cut"};
  if (!checksum_right(bytes, at, page.size)) return {"damaged", fmt::format("wrong checksum at byte {}", at)};
  if (stream.pages == 0) return {};
  if (page.serial != stream.first.serial || (page.flags & kFirst)) return foreign_page(stream, at);
  if (page.sequence != stream.last.sequence + 1) return {"damaged", fmt::format("pages are missing at byte {}", at)};
  return {};
}

/// Pages up to the end of the stream; what is behind it must not be another one.
Refusal walk_pages(FileBytes& bytes, Stream& stream) {
  std::int64_t at = 0;
  while (at < bytes.size()) {
    if (!bytes.has(at, "OggS")) break;
    const auto page = page_at(bytes, at);
    if (const auto refusal = check_page(bytes, at, page, stream)) return refusal;
    if (stream.pages == 0) stream.first = page;
    if (page.granule != kNoPacketEnds) stream.granule = page.granule;
    stream.last = page;
    ++stream.pages;
    at += page.size;
  }
  const bool ended = (stream.last.flags & kLast) != 0;
  if (bytes.find(at, "OggS")) {
    if (ended) return {"chained-ogg", fmt::format("more after the stream's end at byte {}", at)};
    return {"damaged", fmt::format("bytes that are no page at byte {}", at)};
  }
  if (!ended) return {"truncated", "the stream's last page is missing"};
  return {};
}

/// In frames of 1/48000 s for Opus (less what RFC 7845 says to skip), of the source for Vorbis.
std::optional<Inspection::Length> length_of(FileBytes& bytes, const Stream& stream) {
  const auto head = stream.first.body;
  if (bytes.has(head, "OpusHead")) {
    const auto frames = stream.granule - static_cast<std::int64_t>(bytes.little(head + 10, 2));
    return Inspection::Length{frames - 48, frames + 48, 48000};
  }
  if (bytes.has(head, "\x01vorbis")) return Inspection::Length{stream.granule, stream.granule, 0};
  return std::nullopt;
}

}  // namespace

Inspection inspect_ogg(FileBytes& bytes) {
  Inspection found;
  Stream stream;
  found.refusal = walk_pages(bytes, stream);
  if (found.refusal) return found;
  found.length = length_of(bytes, stream);
  if (!found.length) found.refusal = {"unsupported-format", "an Ogg stream that is neither Vorbis nor Opus"};
  return found;
}

OggMending mend_ogg(FileBytes& bytes) {
  OggMending mending;
  const auto head = page_at(bytes, 0).body;
  const double rate = bytes.has(head, "\x01vorbis") ? static_cast<double>(bytes.little(head + 12, 4)) : 48000;
  std::int64_t granule = 0;
  for (std::int64_t at = 0; at < bytes.size();) {
    const auto page = bytes.has(at, "OggS") ? page_at(bytes, at) : Page{};
    const auto end = at + page.size;
    const bool framed = page.size > 0 && (end == bytes.size() || bytes.has(end, "OggS"));
    if (!framed) {
      at = bytes.find(at + 1, "OggS").value_or(bytes.size());
      continue;
    }
    if (!checksum_right(bytes, at, page.size)) {
      const auto sum = checksum_of(bytes, at, page.size);
      FileView::Patch patch{at + 22, {}};
      for (int i = 0; i < 4; ++i) patch.bytes += static_cast<char>(sum >> (8 * i));
      mending.patches.push_back(std::move(patch));
      mending.places.push_back(rate > 0 ? static_cast<double>(std::max<std::int64_t>(0, granule)) / rate : 0);
    }
    if (page.granule != kNoPacketEnds) granule = page.granule;
    at = end;
  }
  return mending;
}

std::vector<std::int64_t> ogg_links(FileBytes& bytes) {
  std::vector<std::int64_t> links;
  bool heads = false;  // the page before was a stream's first
  for (std::int64_t at = 0; at < bytes.size();) {
    if (!bytes.has(at, "OggS")) {
      at = bytes.find(at, "OggS").value_or(bytes.size());
      continue;
    }
    const auto page = page_at(bytes, at);
    const bool first = (page.flags & kFirst) != 0;
    if (first && !heads) links.push_back(at);
    heads = first;
    at += page.size;
  }
  return links;
}

}  // namespace loa::audio
