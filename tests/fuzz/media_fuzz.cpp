// Any bytes as a recording: no crash, no endless work, an answer that agrees with itself, by every way there is.
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>

#include "daemon/media/chain_sound.hpp"
#include "daemon/media/ffmpeg_sound.hpp"
#include "daemon/media/mp3_sound.hpp"
#include "daemon/media/ways.hpp"

namespace {

using namespace loa;

void require(bool holds) {
  if (!holds) std::abort();
}

void decode(const audio::OpenSound& open, int fd) {
  audio::Refusal why;
  const auto sound = open(fd, why);
  require((sound == nullptr) == static_cast<bool>(why));
  if (!sound) return;
  const auto channels = static_cast<std::size_t>(sound->info().channels);
  require(channels >= 1 && channels <= audio::kMostChannels);
  std::int64_t frames = 0;
  for (auto block = sound->next(); !block.empty() && frames < 2'000'000; block = sound->next()) {
    require(block.size() % channels == 0);
    frames += static_cast<std::int64_t>(block.size() / channels);
    require(sound->frames() == frames);
  }
  const auto verdict = sound->judge();
  require(!(verdict.refusal && verdict.warning));
  for (const double place : verdict.places) require(place >= 0);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const int fd = ::memfd_create("recording", MFD_CLOEXEC);
  require(fd >= 0 && ::write(fd, data, size) == static_cast<ssize_t>(size));
  decode(media::FfmpegSound::open, fd);
  decode(media::Mp3Sound::open, fd);
  decode(media::ChainSound::open, fd);
  ::close(fd);
  return 0;
}
