// libswresample, only where something has to be converted.
#include "daemon/media/ffmpeg_convert.hpp"

extern "C" {
#include <libavutil/channel_layout.h>
#include <libswresample/swresample.h>
}

#include <cstdint>
#include <new>

namespace loa::media {

Converter::~Converter() {
  swr_free(&swr_);
}

void Converter::change(int sample_rate, int channels) {
  swr_free(&swr_);
  from_rate_ = sample_rate;
  from_channels_ = channels;
  if (sample_rate == sample_rate_ && channels == channels_) return;
  AVChannelLayout from{};
  AVChannelLayout to{};
  av_channel_layout_default(&from, channels);
  av_channel_layout_default(&to, channels_);
  const bool made = swr_alloc_set_opts2(&swr_, &to, AV_SAMPLE_FMT_FLT, sample_rate_, &from, AV_SAMPLE_FMT_FLT,
                                        sample_rate, 0, nullptr) == 0;
  if (!made || swr_init(swr_) < 0) throw std::bad_alloc();
}

void Converter::add(std::span<const float> samples, int sample_rate, int channels, std::vector<float>& out) {
  if (sample_rate != from_rate_ || channels != from_channels_) {
    finish(out);
    change(sample_rate, channels);
  }
  if (swr_ == nullptr) {
    out.insert(out.end(), samples.begin(), samples.end());
    return;
  }
  const auto frames = static_cast<int>(samples.size()) / channels;
  const auto room = static_cast<std::size_t>(swr_get_out_samples(swr_, frames));
  const auto before = out.size();
  out.resize(before + room * static_cast<std::size_t>(channels_));
  auto* to = reinterpret_cast<std::uint8_t*>(out.data() + before);
  const auto* from = reinterpret_cast<const std::uint8_t*>(samples.data());
  const int got = swr_convert(swr_, &to, static_cast<int>(room), &from, frames);
  out.resize(before + static_cast<std::size_t>(got < 0 ? 0 : got) * static_cast<std::size_t>(channels_));
}

void Converter::finish(std::vector<float>& out) {
  if (swr_ == nullptr) return;
  const auto room = static_cast<std::size_t>(swr_get_out_samples(swr_, 0)) + 16;
  const auto before = out.size();
  out.resize(before + room * static_cast<std::size_t>(channels_));
  auto* to = reinterpret_cast<std::uint8_t*>(out.data() + before);
  const int got = swr_convert(swr_, &to, static_cast<int>(room), nullptr, 0);
  out.resize(before + static_cast<std::size_t>(got < 0 ? 0 : got) * static_cast<std::size_t>(channels_));
  swr_free(&swr_);
  from_rate_ = 0;
}

}  // namespace loa::media
