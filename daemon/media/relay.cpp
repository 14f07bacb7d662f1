#include "daemon/media/relay.hpp"

#include <unistd.h>

#include <csignal>
#include <span>

#include "audio/frames.hpp"
#include "audio/master_mix.hpp"
#include "audio/resample.hpp"
#include "daemon/media/ffmpeg_sound.hpp"
#include "daemon/wire/descriptors.hpp"

namespace loa::media {

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
      read = read && wire::write_whole(task.out, std::as_bytes(samples));
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
