// avcodec_send_packet and avcodec_receive_frame, and the planes of a frame made into one row of floats.
#include "daemon/media/ffmpeg_codec.hpp"

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavutil/channel_layout.h>
#include <libswresample/swresample.h>
}

#include <cstring>
#include <new>

#include "daemon/media/ffmpeg_log.hpp"

namespace loa::media {
namespace {

/// Of `from`: what comes out, in the order of WAV files. 5.1 has its surrounds behind or beside, by fashion.
AVChannelLayout kept_layout(const AVChannelLayout& from) {
  AVChannelLayout plain{};
  av_channel_layout_default(&plain, from.nb_channels);
  const bool unknown = from.order != AV_CHANNEL_ORDER_NATIVE;
  const bool usual =
      av_channel_layout_compare(&plain, &from) == 0 ||
      (from.order == AV_CHANNEL_ORDER_NATIVE &&
       (from.u.mask == AV_CH_LAYOUT_5POINT1 || from.u.mask == AV_CH_LAYOUT_5POINT1_BACK ||
        from.u.mask == AV_CH_LAYOUT_5POINT0 || from.u.mask == AV_CH_LAYOUT_5POINT0_BACK ||
        from.u.mask == AV_CH_LAYOUT_SURROUND || from.u.mask == AV_CH_LAYOUT_QUAD || from.u.mask == AV_CH_LAYOUT_2_2));
  if (unknown || usual || from.nb_channels <= 2) return unknown ? plain : from;
  AVChannelLayout stereo{};
  av_channel_layout_default(&stereo, 2);
  return stereo;
}

}  // namespace

const char* allowed_decoders() {
  return "aac,aac_latm,ac3,eac3,alac,amrnb,amrwb,libopencore_amrnb,libopencore_amrwb,ape,tta,wavpack,flac,mp1float,"
         "mp2float,"
         "mp3float,mp1,mp2,mp3,opus,vorbis,libopus,libvorbis,wmav1,wmav2,wmapro,wmalossless,wmavoice,gsm,gsm_ms,libgsm,"
         "libgsm_ms,libspeex,speex,libilbc,ilbc,qcelp,evrc,cook,sipr,ra_144,ra_288,atrac1,atrac3,atrac3p,dca,truehd,"
         "mlp,nellymoser,"
         "g722,g726,g726le,adpcm_g722,adpcm_g726,adpcm_g726le,g723_1,g729,truespeech,mace3,mace6,als,shorten,tak,mpc7,"
         "mpc8,"
         "msnsiren,"
         "adpcm_ima_wav,adpcm_ima_qt,adpcm_ms,adpcm_yamaha,adpcm_swf,adpcm_ct,adpcm_ima_dk3,adpcm_ima_dk4,"
         "adpcm_sbpro_2,adpcm_sbpro_3,adpcm_sbpro_4,pcm_alaw,pcm_mulaw,pcm_bluray,pcm_dvd,pcm_lxf,pcm_s8,pcm_s8_planar,"
         "pcm_u8,pcm_s16be,pcm_s16be_planar,pcm_s16le,pcm_s16le_planar,pcm_u16be,pcm_u16le,pcm_s24be,pcm_s24daud,"
         "pcm_s24le,pcm_s24le_planar,pcm_u24be,pcm_u24le,pcm_s32be,pcm_s32le,pcm_s32le_planar,pcm_u32be,pcm_u32le,"
         "pcm_s64be,pcm_s64le,pcm_f16le,pcm_f24le,pcm_f32be,pcm_f32le,pcm_f64be,pcm_f64le";
}

Codec::Codec(const AVCodecParameters* parameters) {
  open(avcodec_find_decoder(parameters->codec_id), parameters);
}

Codec::Codec(const char* name) {
  open(avcodec_find_decoder_by_name(name), nullptr);
}

void Codec::open(const void* codec, const AVCodecParameters* parameters) {
  if (codec == nullptr) return;
  const auto* decoder = static_cast<const AVCodec*>(codec);
  frame_ = av_frame_alloc();
  packet_ = av_packet_alloc();
  context_ = avcodec_alloc_context3(decoder);
  if (frame_ == nullptr || packet_ == nullptr || context_ == nullptr) throw std::bad_alloc();
  context_->thread_count = 1;
  context_->err_recognition = AV_EF_CRCCHECK | AV_EF_BITSTREAM | AV_EF_BUFFER;
  AVDictionary* options = nullptr;
  av_dict_set(&options, "codec_whitelist", allowed_decoders(), 0);
  const bool opened = (parameters == nullptr || avcodec_parameters_to_context(context_, parameters) >= 0) &&
                      avcodec_open2(context_, decoder, &options) >= 0;
  av_dict_free(&options);
  if (!opened) avcodec_free_context(&context_);
}

Codec::~Codec() {
  avcodec_free_context(&context_);
  av_frame_free(&frame_);
  av_packet_free(&packet_);
  swr_free(&swr_);
}

std::string Codec::name() const {
  return avcodec_get_name(context_->codec_id);
}

void Codec::restart() {
  avcodec_flush_buffers(context_);
}

const Decoded& Codec::decode(std::span<const std::uint8_t> bytes) {
  if (av_new_packet(packet_, static_cast<int>(bytes.size())) < 0) throw std::bad_alloc();
  std::memcpy(packet_->data, bytes.data(), bytes.size());
  const auto& decoded = decode(packet_);
  av_packet_unref(packet_);
  return decoded;
}

const Decoded& Codec::decode(const AVPacket* packet) {
  const auto before = complaints();
  decoded_ = {};
  const int sent = avcodec_send_packet(context_, packet);
  take_frames();
  decoded_.failed = (sent < 0 && sent != AVERROR(EAGAIN) && sent != AVERROR_EOF) || complaints() != before;
  return decoded_;
}

void Codec::take_frames() {
  while (avcodec_receive_frame(context_, frame_) == 0) {
    append(*frame_);
    av_frame_unref(frame_);
  }
}

/// False when the converter does not take such frames.
bool Codec::prepare(const AVFrame& frame) {
  const Shape shape{frame.format, frame.sample_rate, frame.ch_layout.nb_channels,
                    frame.ch_layout.order == AV_CHANNEL_ORDER_NATIVE ? frame.ch_layout.u.mask : 0};
  if (swr_ != nullptr && shape == shape_) return true;
  swr_free(&swr_);
  shape_ = shape;
  auto to = kept_layout(frame.ch_layout);
  auto from = shape.mask != 0 ? frame.ch_layout : to;
  kept_ = to.nb_channels;
  const auto format = static_cast<AVSampleFormat>(frame.format);
  const bool made = kept_ > 0 && swr_alloc_set_opts2(&swr_, &to, AV_SAMPLE_FMT_FLT, frame.sample_rate, &from, format,
                                                     frame.sample_rate, 0, nullptr) == 0;
  if (made && swr_init(swr_) >= 0) return true;
  swr_free(&swr_);
  return false;
}

void Codec::append(const AVFrame& frame) {
  if (frame.nb_samples <= 0 || frame.sample_rate <= 0) return;
  if (!prepare(frame)) {
    decoded_.failed = true;
    return;
  }
  if (decoded_.sample_rate != 0 && (decoded_.sample_rate != frame.sample_rate || decoded_.channels != kept_)) {
    decoded_.samples.clear();  // two kinds of sound in one packet: no encoder makes that
    decoded_.failed = true;
  }
  const auto before = decoded_.samples.size();
  decoded_.samples.resize(before + static_cast<std::size_t>(frame.nb_samples) * static_cast<std::size_t>(kept_));
  auto* out = reinterpret_cast<std::uint8_t*>(decoded_.samples.data() + before);
  swr_convert(swr_, &out, frame.nb_samples, const_cast<const std::uint8_t**>(frame.extended_data), frame.nb_samples);
  decoded_.sample_rate = frame.sample_rate;
  decoded_.channels = kept_;
}

}  // namespace loa::media
