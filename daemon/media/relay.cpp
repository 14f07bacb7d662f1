#include "daemon/media/relay.hpp"

#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <span>

#include "audio/frames.hpp"
#include "audio/master_mix.hpp"
#include "audio/resample.hpp"
#include "daemon/media/ffmpeg_sound.hpp"

namespace loa::media {
namespace {

bool pour(int fd, std::span<const float> samples) {
  const auto* bytes = reinterpret_cast<const char*>(samples.data());
  for (auto left = samples.size_bytes(); left > 0;) {
    const auto wrote = ::write(fd, bytes, left);
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote <= 0) return false;
    bytes += wrote;
    left -= static_cast<std::size_t>(wrote);
  }
  return true;
}

}  // namespace

wire::Measured relay(const RelayTask& task) {
  std::signal(SIGPIPE, SIG_IGN);
  wire::Measured told;
  audio::Refusal why;
  const auto sound = FfmpegSound::open_address(task.address, task.patience, why);
  if (sound) {
    const auto& info = sound->info();
    told.codec = info.codec;
    told.sample_rate = info.sample_rate;
    told.channels = info.channels;
    audio::Mixer mixer(info.channels, task.channels, audio::Mix::all);
    audio::Resampler resampler(task.channels, info.sample_rate);
    bool read = true;
    const auto give = [&](std::span<const float> samples) {
      read = read && pour(task.out, samples);
      told.frames += static_cast<std::int64_t>(samples.size()) / task.channels;
    };
    for (auto block = sound->next(); read && !block.empty(); block = sound->next())
      give(resampler.add(mixer.mix(block)));
    if (read) give(resampler.finish());
    why = read ? sound->judge().refusal : audio::Refusal{};
  }
  told.length = told.frames;
  told.problem = why.code;
  told.detail = why.detail;
  told.refused = static_cast<bool>(why);
  return told;
}

}  // namespace loa::media
