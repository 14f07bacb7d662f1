#include "daemon/media/ways.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "audio/decode.hpp"
#include "audio/decode_inspect.hpp"
#include "daemon/media/chain_sound.hpp"
#include "daemon/media/ffmpeg_sound.hpp"
#include "daemon/media/mp3_sound.hpp"

namespace loa::media {
namespace {

/// Refusals that another decoder might lift.
constexpr std::array<std::string_view, 9> kTryAgain = {"mp3-no-length",  "mp3-joined",         "flac-joined",
                                                       "damaged",        "truncated",          "chained-ogg",
                                                       "wav-lying-size", "unsupported-format", "not-audio"};

bool try_again(const audio::Refusal& refusal) {
  return std::find(kTryAgain.begin(), kTryAgain.end(), refusal.code) != kTryAgain.end();
}

/// Text that names other recordings, by its first words.
bool is_playlist(audio::FileBytes& bytes) {
  const std::int64_t start = bytes.has(0, "\xEF\xBB\xBF") ? 3 : 0;
  for (const std::string_view word :
       {"#EXTM3U", "#EXTINF", "[playlist]", "ffconcat", "<asx", "<ASX", "http://", "https://"}) {
    if (bytes.has(start, word)) return true;
  }
  return false;
}

bool is_image(audio::FileBytes& bytes) {
  using namespace std::string_view_literals;
  for (const auto magic : {"\xFF\xD8\xFF"sv, "\x89PNG"sv, "GIF8"sv, "PK\x03\x04"sv, "%PDF"sv}) {
    if (bytes.has(0, magic)) return true;
  }
  return false;
}

/// Another decoder, and whether it finds for itself all that is missing or damaged.
struct Way {
  audio::OpenSound open;
  bool thorough = true;
};

/// The other ways for a recording that our own decoders refused, in the order in which they are tried.
std::vector<Way> other_ways(int fd) {
  if (audio::file_refusal(fd)) return {};
  const auto bytes = std::make_unique<audio::FileBytes>(fd);
  if (is_playlist(*bytes) || is_image(*bytes)) return {};
  switch (audio::kind_of(*bytes)) {
    case audio::Kind::mp3:
      return {{Mp3Sound::open, true}};
    case audio::Kind::wav:
      // One that is short is not given to a decoder that does not notice.
      if (audio::Refusal ignored; ChainSound::open(fd, ignored)) return {{ChainSound::open, true}};
      return {{FfmpegSound::open, false}};
    case audio::Kind::flac:
    case audio::Kind::ogg:
      return {{ChainSound::open, true}, {FfmpegSound::open, false}};
    default:
      return {{FfmpegSound::open, true}};
  }
}

bool tells_of_damage(const audio::Refusal& refusal) {
  return refusal.code == "damaged" || refusal.code == "truncated";
}

/// What is said of a recording that no way takes: the more exact of the two.
audio::Refusal said_of(const audio::Refusal& ours, const audio::Refusal& theirs) {
  const bool unknown = theirs.code == "not-audio" || theirs.code == "unsupported-format";
  return unknown ? ours : theirs;
}

audio::Refusal named(int fd, audio::Refusal refusal) {
  if (refusal.code != "not-audio") return refusal;
  const auto bytes = std::make_unique<audio::FileBytes>(fd);
  if (is_playlist(*bytes)) return {"playlist", "a list of recordings, none itself"};
  return refusal;
}

}  // namespace

audio::Measurement measure_any(int fd) {
  auto found = audio::measure(fd);
  if (!try_again(found.refusal)) return found;
  const auto ours = found.refusal;
  for (const auto& way : other_ways(fd)) {
    found = audio::measure(fd, way.open);
    if (!found.refusal && !found.warning && !way.thorough && tells_of_damage(ours)) found.warning = ours;
    if (!found.refusal) return found;
  }
  found.refusal = named(fd, said_of(ours, found.refusal));
  return found;
}

audio::MadeMaster make_any_master(int source, int out, const audio::MasterRecipe& recipe) {
  auto made = audio::make_master(source, out, recipe);
  if (!try_again(made.refusal)) return made;
  const auto ours = made.refusal;
  for (const auto& way : other_ways(source)) {
    made = audio::make_master(source, out, recipe, way.open);
    if (!made.refusal) return made;
  }
  made.refusal = named(source, said_of(ours, made.refusal));
  return made;
}

}  // namespace loa::media
