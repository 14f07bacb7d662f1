#include "daemon/media/container_facts.hpp"

#include <algorithm>
#include <initializer_list>
#include <string_view>

namespace loa::media {
namespace {

using namespace std::string_view_literals;

constexpr auto kAsfHeader = "\x30\x26\xB2\x75\x8E\x66\xCF\x11"sv;
constexpr auto kFileProperties = "\xA1\xDC\xAB\x8C\x47\xA9\xCF\x11"sv;
/// Content Encryption, Extended and Advanced Content Encryption.
constexpr std::string_view kEncryption[] = {"\xFB\xB3\x11\x22\x23\xBD\xD2\x11"sv, "\x14\xE6\x8A\x29\x22\x26\x17\x4C"sv,
                                            "\xB6\x9B\x07\x7A\xA4\xDA\x12\x4E"sv};

/// The objects of an ASF header, one after the other: 16 bytes of name, 8 of size. Advanced Systems Format 3.
ContainerFacts asf_facts(audio::FileBytes& bytes) {
  ContainerFacts facts;
  const auto end = std::min<std::int64_t>(bytes.size(), static_cast<std::int64_t>(bytes.little(16, 8) & 0xFFFFFF));
  for (std::int64_t at = 30; at + 24 <= end;) {
    if (bytes.has(at, kFileProperties)) {
      const auto played = static_cast<double>(bytes.little(at + 64, 8)) / 1e7;
      const auto preroll = static_cast<double>(bytes.little(at + 80, 8)) / 1e3;
      const bool live = (bytes.byte(at + 88) & 1) != 0;
      if (!live && played > preroll) facts.seconds = played - preroll;
    }
    for (const auto name : kEncryption) facts.locked = facts.locked || bytes.has(at, name);
    const auto size = static_cast<std::int64_t>(bytes.little(at + 16, 8) & 0xFFFFFFFF);
    at += std::max<std::int64_t>(24, size);
  }
  return facts;
}

/// Cameras write several RIFFs of a GiB each into one file; the last may end beyond it.
ContainerFacts avi_facts(audio::FileBytes& bytes) {
  ContainerFacts facts;
  for (std::int64_t at = 0; bytes.has(at, "RIFF");) {
    const auto size = static_cast<std::int64_t>(bytes.little(at + 4, 4));
    at += 8 + size + size % 2;
    facts.cut = size > 0 && at > bytes.size() + 1;
    if (size == 0) break;
  }
  return facts;
}

/// A box of an MP4 (ISO/IEC 14496-12): where its contents begin and end.
struct Box {
  std::int64_t begin = 0;
  std::int64_t end = 0;
};

std::optional<Box> box_in(audio::FileBytes& bytes, const Box& parent, std::string_view name, int which = 0) {
  for (auto at = parent.begin; at + 8 <= parent.end;) {
    auto size = static_cast<std::int64_t>(bytes.big(at, 4));
    const int head = size == 1 ? 16 : 8;
    if (size == 1) size = static_cast<std::int64_t>(bytes.big(at + 8, 8) & 0xFFFFFFFFFF);
    if (size == 0) size = parent.end - at;
    if (size < head || at + size > parent.end) return std::nullopt;
    if (bytes.has(at + 4, name) && which-- == 0) return Box{at + head, at + size};
    at += size;
  }
  return std::nullopt;
}

std::optional<Box> box_below(audio::FileBytes& bytes, Box box, std::initializer_list<std::string_view> names) {
  for (const auto name : names) {
    const auto inner = box_in(bytes, box, name);
    if (!inner) return std::nullopt;
    box = *inner;
  }
  return box;
}

/// The sum of its times (stts) less what its one edit leaves out at the start (elst), in the track's own units.
std::int64_t track_length(audio::FileBytes& bytes, const Box& track) {
  const auto times = box_below(bytes, track, {"mdia", "minf", "stbl", "stts"});
  if (!times) return -1;
  std::int64_t sum = 0;
  const auto count = static_cast<std::int64_t>(bytes.big(times->begin + 4, 4));
  for (std::int64_t i = 0; i < count && times->begin + 16 + i * 8 <= times->end; ++i) {
    const auto at = times->begin + 8 + i * 8;
    sum += static_cast<std::int64_t>(bytes.big(at, 4) * bytes.big(at + 4, 4) & 0xFFFFFFFFFFFF);
    if (sum > (std::int64_t{1} << 50)) return -1;
  }
  const auto edits = box_below(bytes, track, {"edts", "elst"});
  if (!edits) return sum;
  if (bytes.big(edits->begin + 4, 4) != 1) return -1;
  const bool wide = bytes.byte(edits->begin) == 1;
  const auto start = static_cast<std::int32_t>(bytes.big(edits->begin + (wide ? 20 : 12), 4));
  return start < 0 || start > sum ? -1 : sum - start;
}

ContainerFacts mp4_facts(audio::FileBytes& bytes) {
  ContainerFacts facts;
  const auto movie = box_in(bytes, {0, bytes.size()}, "moov");
  for (int i = 0; movie && i < 16; ++i) {
    const auto track = box_in(bytes, *movie, "trak", i);
    if (!track) break;
    const auto handler = box_below(bytes, *track, {"mdia", "hdlr"});
    if (!handler || !bytes.has(handler->begin + 8, "soun")) continue;
    facts.frames = facts.frames == -1 ? track_length(bytes, *track) : -2;  // of several none
  }
  return facts;
}

}  // namespace

ContainerFacts container_facts(audio::FileBytes& bytes) {
  if (bytes.has(0, kAsfHeader)) return asf_facts(bytes);
  if (bytes.has(0, "RIFF") && bytes.has(8, "AVI ")) return avi_facts(bytes);
  if (bytes.has(4, "ftyp")) return mp4_facts(bytes);
  return {};
}

}  // namespace loa::media
