// Tells a recording's kind by its first bytes.
#include <array>
#include <string_view>

#include "audio/decode_inspect.hpp"
#include "audio/decode_mp3_frame.hpp"

namespace loa::audio {
namespace {

using namespace std::string_view_literals;

/// How far into a file an MP3 may begin: some start with a picture or the rest of a frame.
constexpr std::int64_t kSearch = 128 * 1024;

struct Magic {
  std::int64_t at;
  std::string_view bytes;
};

/// Sound (or video with sound) of kinds that are not played.
constexpr std::array kOtherSound = {
    Magic{4, "ftyp"},
    Magic{0, "#!AMR"},
    Magic{0, "\x30\x26\xB2\x75"},
    Magic{0, "FORM"},
    Magic{0, ".snd"},
    Magic{0, "caff"},
    Magic{0, "MThd"},
    Magic{0, "MAC "},
    Magic{0, "wvPk"},
    Magic{0, "\x1A\x45\xDF\xA3"},
    Magic{0, "ADIF"},
    Magic{8, "AVI "},
    Magic{0, "FLV"},
    Magic{0, ".RMF"},
    Magic{0, "TTA1"},
    Magic{0, "Creative"},
    Magic{0, "\x0B\x77"},
    Magic{0, "DSD "},
    Magic{0, "\0\0\x01\xBA"sv},
};

constexpr std::array kNoSound = {
    Magic{0, "PK\x03\x04"}, Magic{0, "%PDF"}, Magic{0, "Rar!"}, Magic{0, "\xFF\xD8\xFF"},     Magic{0, "\x89PNG"},
    Magic{0, "GIF8"},       Magic{0, "7z"},   Magic{0, "MZ"},   Magic{0, "\xD0\xCF\x11\xE0"},
};

template <std::size_t N>
bool any_of(FileBytes& bytes, std::int64_t from, const std::array<Magic, N>& list) {
  for (const auto& magic : list) {
    if (bytes.has(from + magic.at, magic.bytes)) return true;
  }
  return false;
}

bool is_wav(FileBytes& bytes) {
  if (bytes.has(0, "riff\x2E\x91\xCF\x11")) return true;
  const bool riff = bytes.has(0, "RIFF") || bytes.has(0, "RIFX") || bytes.has(0, "RF64");
  return riff && bytes.has(8, "WAVE");
}

/// The header of an MPEG frame that is not of layer III: AAC in ADTS, or layer I or II.
bool is_other_mpeg(FileBytes& bytes, std::int64_t at) {
  const auto header = bytes.big(at, 3);
  const bool adts = (header & 0xFFF600) == 0xFFF000;
  const bool layers = (header & 0xFFE000) == 0xFFE000 && (header & 0x000400) != 0 && (header & 0x0000F0) != 0x0000F0;
  return adts || layers;
}

}  // namespace

std::int64_t behind_id3(FileBytes& bytes, std::int64_t at) {
  while (bytes.has(at, "ID3")) {
    std::int64_t size = 0;
    for (int i = 6; i < 10; ++i) size = (size << 7) | (bytes.byte(at + i) & 0x7F);
    at += 10 + size + ((bytes.byte(at + 5) & 0x10) != 0 ? 10 : 0);
  }
  return at;
}

Kind kind_of(FileBytes& bytes) {
  if (is_wav(bytes)) return Kind::wav;
  if (bytes.has(0, "OggS")) return Kind::ogg;
  const auto start = behind_id3(bytes, 0);
  if (bytes.has(start, "fLaC")) return Kind::flac;
  if (any_of(bytes, start, kOtherSound) || bytes.has(0, "RIFF")) return Kind::unsupported;
  if (any_of(bytes, start, kNoSound)) return Kind::not_audio;
  if (find_mp3_frame(bytes, start, start + kSearch, std::nullopt)) return Kind::mp3;
  if (is_other_mpeg(bytes, start)) return Kind::unsupported;
  return bytes.has(0, "ID3") ? Kind::unsupported : Kind::not_audio;
}

}  // namespace loa::audio
