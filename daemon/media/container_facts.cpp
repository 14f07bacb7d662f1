#include "daemon/media/container_facts.hpp"

#include <algorithm>
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

}  // namespace

ContainerFacts container_facts(audio::FileBytes& bytes) {
  if (bytes.has(0, kAsfHeader)) return asf_facts(bytes);
  if (bytes.has(0, "RIFF") && bytes.has(8, "AVI ")) return avi_facts(bytes);
  return {};
}

}  // namespace loa::media
