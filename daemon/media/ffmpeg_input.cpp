// libavformat over FileBytes. format_whitelist, codec_whitelist, protocol_whitelist and io_open each bar what a hostile
// file may ask for: playlists, other files, addresses, pictures.
#include "daemon/media/ffmpeg_input.hpp"

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/avstring.h>
}

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstring>
#include <new>
#include <sstream>
#include <utility>

#include "audio/decode_bytes.hpp"
#include "daemon/media/container_facts.hpp"
#include "daemon/media/ffmpeg_codec.hpp"
#include "daemon/media/ffmpeg_log.hpp"

namespace loa::media {
namespace {

constexpr int kBlock = 64 * 1024;
constexpr int kMostFailures = 1000;

/// Containers (and bare streams) that people's telephones, recorders, cameras and editors write.
const char* const kContainers =
    "aac,ac3,eac3,aiff,alac,amr,amrnb,amrwb,ape,asf,asf_o,au,avi,caf,dts,flac,flv,gsm,ircam,latm,loas,m4v,matroska,"
    "webm,mov,mp4,m4a,3gp,3g2,mj2,mp3,mpeg,mpegts,mxf,nut,ogg,rm,sox,tak,tta,voc,w64,wav,wv,xwma,g729,mpc,mpc8,"
    "truehd,ivf,dv,nistsphere";

/// Streams, and the containers of their pieces.
const char* const kStreams = "mp3,aac,ogg,flac,hls,mpegts,mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,wav";
const char* const kProtocols = "http,https,tcp,tls,crypto";

struct Source {
  explicit Source(const audio::FileView& view) : bytes(view) {}
  audio::FileBytes bytes;
  std::int64_t at = 0;
};

int read_bytes(void* opaque, std::uint8_t* out, int count) {
  auto& source = *static_cast<Source*>(opaque);
  const auto got = source.bytes.copy(source.at, {out, static_cast<std::size_t>(std::max(0, count))});
  source.at += static_cast<std::int64_t>(got);
  return got == 0 ? AVERROR_EOF : static_cast<int>(got);
}

std::int64_t seek_bytes(void* opaque, std::int64_t offset, int whence) {
  auto& source = *static_cast<Source*>(opaque);
  if ((whence & AVSEEK_SIZE) != 0) return source.bytes.size();
  whence &= ~AVSEEK_FORCE;
  const auto base = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? source.at : source.bytes.size();
  if (base + offset < 0) return AVERROR(EINVAL);
  source.at = base + offset;
  return source.at;
}

int open_nothing(AVFormatContext*, AVIOContext**, const char*, int, AVDictionary**) {
  return AVERROR(EPERM);
}

std::string text_of(int error) {
  char text[AV_ERROR_MAX_STRING_SIZE] = {};
  av_strerror(error, text, sizeof text);
  return text;
}

bool is_sound(const AVStream& stream) {
  return stream.codecpar->codec_type == AVMEDIA_TYPE_AUDIO;
}

/// The track that is marked as the default one, else the first that has sound in it.
const AVStream* choose(const AVFormatContext& context) {
  const AVStream* chosen = nullptr;
  for (unsigned i = 0; i < context.nb_streams; ++i) {
    const auto* stream = context.streams[i];
    if (!is_sound(*stream)) continue;
    const bool better = chosen == nullptr || ((stream->disposition & AV_DISPOSITION_DEFAULT) != 0 &&
                                              (chosen->disposition & AV_DISPOSITION_DEFAULT) == 0);
    if (better) chosen = stream;
  }
  return chosen;
}

bool is_locked(const AVCodecParameters& parameters) {
  return parameters.codec_tag == MKTAG('d', 'r', 'm', 's') || parameters.codec_tag == MKTAG('e', 'n', 'c', 'a');
}

/// "HH:MM:SS.fraction", as Matroska notes it of a track.
std::optional<double> noted_duration(const AVStream& stream) {
  const auto* entry = av_dict_get(stream.metadata, "DURATION", nullptr, 0);
  int hours = 0;
  int minutes = 0;
  double seconds = 0;
  if (entry == nullptr || std::sscanf(entry->value, "%d:%d:%lf", &hours, &minutes, &seconds) != 3) return std::nullopt;
  return hours * 3600 + minutes * 60 + seconds;
}

std::optional<double> said_duration(const AVFormatContext& context, const AVStream& stream) {
  if (const auto noted = noted_duration(stream)) return noted;
  if (context.duration_estimation_method != AVFMT_DURATION_FROM_STREAM) return std::nullopt;
  if (stream.duration > 0) return static_cast<double>(stream.duration) * av_q2d(stream.time_base);
  if (context.nb_streams != 1 || context.duration <= 0) return std::nullopt;
  return static_cast<double>(context.duration) / AV_TIME_BASE;
}

/// iTunSMPB: " 00000000 00000840 000001CA 00000000003F31F6 …": delay, padding, frames of sound.
std::int64_t itunes_frames(const AVFormatContext& context) {
  const auto* entry = av_dict_get(context.metadata, "iTunSMPB", nullptr, 0);
  if (entry == nullptr) return -1;
  std::istringstream text(entry->value);
  std::uint64_t zero = 0;
  std::uint64_t delay = 0;
  std::uint64_t padding = 0;
  std::uint64_t frames = 0;
  text >> std::hex >> zero >> delay >> padding >> frames;
  return text && frames > 0 && frames < (1ULL << 40) ? static_cast<std::int64_t>(frames) : -1;
}

}  // namespace

struct Input::State {
  using Clock = std::chrono::steady_clock;

  explicit State(const audio::FileView& view) : State() {
    source.emplace(view);
    auto* buffer = static_cast<unsigned char*>(av_malloc(kBlock));
    io = avio_alloc_context(buffer, kBlock, 0, &*source, &read_bytes, nullptr, &seek_bytes);
    if (io == nullptr) throw std::bad_alloc();
    context->pb = io;
    context->io_open = &open_nothing;
    context->flags |= AVFMT_FLAG_CUSTOM_IO;
  }
  explicit State(double seconds) : State() {
    patience = std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(seconds));
    context->interrupt_callback = {&out_of_patience, this};
    wait();
  }
  ~State() {
    avformat_close_input(&context);
    av_packet_free(&packet);
    if (io != nullptr) av_freep(&io->buffer);
    avio_context_free(&io);
  }
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  audio::Refusal begin();
  audio::Refusal begin(const std::string& address);
  audio::Refusal choose_track();
  int open(const char* address, const char* containers, const char* protocols);
  /// From now on it has its patience to give something.
  void wait() { until = Clock::now() + patience; }
  static int out_of_patience(void* opaque) {
    auto& state = *static_cast<State*>(opaque);
    state.stalled = state.stalled || Clock::now() > state.until;
    return state.stalled ? 1 : 0;
  }
  bool disk_failed() const { return source && source->bytes.failed(); }

  std::optional<Source> source;  // none: the network
  Clock::duration patience{};
  Clock::time_point until{};
  bool stalled = false;
  ContainerFacts known;
  AVPacket* packet = nullptr;
  AVIOContext* io = nullptr;
  AVFormatContext* context = nullptr;
  const AVStream* track = nullptr;
  int failures = 0;
  bool ended = false;

 private:
  State() : packet(av_packet_alloc()), context(avformat_alloc_context()) {
    if (context == nullptr || packet == nullptr) throw std::bad_alloc();
    context->error_recognition = AV_EF_CRCCHECK;
  }
};

int Input::State::open(const char* address, const char* containers, const char* protocols) {
  AVDictionary* options = nullptr;
  av_dict_set(&options, "format_whitelist", containers, 0);
  av_dict_set(&options, "codec_whitelist", allowed_decoders(), 0);
  av_dict_set(&options, "protocol_whitelist", protocols, 0);
  const int opened = avformat_open_input(&context, address, nullptr, &options);
  av_dict_free(&options);
  return opened;
}

audio::Refusal Input::State::begin() {
  known = container_facts(source->bytes);
  if (known.locked) return {"encrypted", "a WMA that only the buyer's PC can open"};
  const int opened = open("", kContainers, "none");
  if (disk_failed()) return {"unreadable", "a read failed"};
  if (opened == AVERROR_INVALIDDATA && source->bytes.has(4, "ftyp")) {
    return {"truncated", "an MP4 without its table of contents: its end is missing"};
  }
  if (opened < 0) return {"not-audio", text_of(opened)};
  if (context->probe_score <= AVPROBE_SCORE_RETRY) return {"not-audio", "like no sound file"};
  return choose_track();
}

audio::Refusal Input::State::begin(const std::string& address) {
  if (!address.starts_with("http://") && !address.starts_with("https://")) return {"unreachable", "no http address"};
  context->max_analyze_duration = AV_TIME_BASE;
  const int opened = open(address.c_str(), kStreams, kProtocols);
  if (opened < 0) return {stalled ? "stalled" : "unreachable", text_of(opened)};
  return choose_track();
}

audio::Refusal Input::State::choose_track() {
  if (avformat_find_stream_info(context, nullptr) < 0) return {"damaged", "no track is readable"};
  track = choose(*context);
  if (track == nullptr) return {"no-sound-track", "no sound beside the pictures"};
  for (unsigned i = 0; i < context->nb_streams; ++i) {
    if (context->streams[i] != track) context->streams[i]->discard = AVDISCARD_ALL;
  }
  if (is_locked(*track->codecpar)) return {"encrypted", "an M4P that only the buyer's player can open"};
  return {};
}

std::unique_ptr<Input> Input::open(const audio::FileView& view, audio::Refusal& why) {
  hear_complaints();
  auto state = std::make_unique<State>(view);
  why = state->begin();
  if (why) return nullptr;
  return std::unique_ptr<Input>(new Input(std::move(state)));
}

std::unique_ptr<Input> Input::open_address(const std::string& address, double patience, audio::Refusal& why) {
  hear_complaints();
  auto state = std::make_unique<State>(patience);
  why = state->begin(address);
  if (why) return nullptr;
  return std::unique_ptr<Input>(new Input(std::move(state)));
}

Input::Input(std::unique_ptr<State> state) : state_(std::move(state)) {
  const auto& context = *state_->context;
  const std::string names = context.iformat->name;
  facts_.container = names.substr(0, names.find(','));
  facts_.sound_tracks = static_cast<int>(std::count_if(context.streams, context.streams + context.nb_streams,
                                                       [](const AVStream* s) { return is_sound(*s); }));
  facts_.duration = state_->known.seconds ? state_->known.seconds : said_duration(context, *state_->track);
  const auto& base = state_->track->time_base;
  if (base.num == 1 && base.den == state_->track->codecpar->sample_rate) facts_.table_frames = state_->known.frames;
  facts_.exact_frames = itunes_frames(context);
}

Input::~Input() = default;

const AVCodecParameters* Input::parameters() const {
  return state_->track->codecpar;
}

Input::Read Input::next() {
  while (!state_->ended) {
    const auto before = complaints();
    state_->wait();
    av_packet_unref(state_->packet);
    const int got = av_read_frame(state_->context, state_->packet);
    complained_ = complained_ || complaints() != before;
    if (got == AVERROR_EOF) break;
    if (got >= 0 && state_->packet->stream_index != state_->track->index) continue;
    if (got >= 0) return Read::packet;
    if (state_->stalled || state_->disk_failed() || ++state_->failures > kMostFailures) break;
    return Read::damage;
  }
  state_->ended = true;
  return Read::end;
}

bool Input::complained() {
  const bool corrupt = state_->packet != nullptr && (state_->packet->flags & AV_PKT_FLAG_CORRUPT) != 0;
  return std::exchange(complained_, false) || corrupt;
}

bool Input::cut() const {
  return state_->known.cut;
}

bool Input::disk_failed() const {
  return state_->disk_failed();
}

bool Input::stalled() const {
  return state_->stalled;
}

const AVPacket* Input::packet() const {
  return state_->packet;
}

double Input::packet_duration() const {
  return static_cast<double>(state_->packet->duration) * av_q2d(state_->track->time_base);
}

bool Input::locked() const {
  return av_packet_get_side_data(state_->packet, AV_PKT_DATA_ENCRYPTION_INFO, nullptr) != nullptr;
}

}  // namespace loa::media
