// Packets to frames. The last packet is held back until its successor comes, for in an MP4 the end of it is padding.
#include "daemon/media/ffmpeg_sound.hpp"

extern "C" {
#include <libavcodec/packet.h>
}

#include <algorithm>
#include <cmath>

#include "audio/decode_inspect.hpp"

namespace loa::media {
namespace {

constexpr double kShort = 0.05;              // s that a container may promise too much
constexpr double kShortCounted = 0.15;       // … and one that counts delay and padding
constexpr double kLongestPacket = 2;         // s
constexpr std::int64_t kMostPadding = 8192;  // frames

std::string codec_name(const Codec& codec, const TrackFacts& facts) {
  const auto name = codec.name();
  if (!name.starts_with("pcm_")) return name;
  if (facts.container == "w64" || facts.container == "wav") return "wav";
  return facts.container == "aiff" || facts.container == "au" || facts.container == "caf" ? facts.container : "pcm";
}

}  // namespace

std::unique_ptr<audio::SoundStream> FfmpegSound::open(int fd, audio::Refusal& why) {
  audio::FileView view{fd, 0, -1, {}};
  std::vector<double> places;
  if (const auto bytes = std::make_unique<audio::FileBytes>(fd); bytes->has(0, "OggS")) {
    auto mending = audio::mend_ogg(*bytes);
    view.patches = std::move(mending.patches);
    places = std::move(mending.places);
  }
  auto sound = over(Input::open(view, why), why);
  if (!sound) return nullptr;
  for (const double place : places) sound->damage_.at(place, 0);
  return sound;
}

std::unique_ptr<audio::SoundStream> FfmpegSound::open_address(const std::string& address, double patience,
                                                              audio::Refusal& why) {
  return over(Input::open_address(address, patience, why), why);
}

/// Nothing without an input: `why` says so already.
std::unique_ptr<FfmpegSound> FfmpegSound::over(std::unique_ptr<Input> input, audio::Refusal& why) {
  if (!input) return nullptr;
  auto codec = std::make_unique<Codec>(input->parameters());
  if (!codec->good()) {
    why = {"unsupported-format", "a coding that is not played"};
    return nullptr;
  }
  std::unique_ptr<FfmpegSound> sound(new FfmpegSound(std::move(input), std::move(codec)));
  why = sound->begin();
  if (why) return nullptr;
  return sound;
}

FfmpegSound::FfmpegSound(std::unique_ptr<Input> input, std::unique_ptr<Codec> codec)
    : input_(std::move(input)), codec_(std::move(codec)) {}

/// Decodes until the first sound: what the container says of rate and channels may be wrong.
audio::Refusal FfmpegSound::begin() {
  while (ready_.empty() && held_.empty() && step()) {
  }
  if (refusal_) return refusal_;
  if (input_->disk_failed()) return {"unreadable", "a read failed"};
  if (!converter_) return {"empty", "no sound in the file"};
  return audio::format_refusal(info_);
}

double FfmpegSound::now() const {
  if (!converter_) return 0;
  const auto waiting = (ready_.size() + held_.size()) / static_cast<std::size_t>(info_.channels);
  return static_cast<double>(frames() + static_cast<std::int64_t>(waiting)) / info_.sample_rate;
}

/// False at the end.
bool FfmpegSound::step() {
  if (ended_) return false;
  const auto read = input_->next();
  if (input_->complained() || read == Input::Read::damage) damage_.at(now(), 0);
  if (read == Input::Read::packet) take_packet();
  if (read == Input::Read::end || refusal_) end();
  return !ended_;
}

void FfmpegSound::take_packet() {
  if (input_->locked()) {
    refusal_ = {"encrypted", "its sound is encrypted"};
    return;
  }
  const auto& decoded = codec_->decode(input_->packet());
  const auto duration = input_->packet_duration();
  // The layers of MPEG have no delay: what gives no sound is the beginning of a frame.
  cut_ = decoded.samples.empty() && input_->facts().container == "mp3";
  if (decoded.failed && decoded.samples.empty()) return lose(duration);
  if (decoded.failed) damage_.at(now(), duration);
  take(decoded);
  const auto given = static_cast<std::int64_t>(held_.size()) / std::max(1, info_.channels);
  excess_ = duration > 0 ? given - std::llround(duration * info_.sample_rate) : 0;
}

/// What was held is no longer the last; `decoded` is.
void FfmpegSound::take(const Decoded& decoded) {
  if (decoded.samples.empty()) return;
  if (!converter_) {
    info_ = {0, decoded.sample_rate, decoded.channels, codec_name(*codec_, input_->facts())};
    converter_ = std::make_unique<Converter>(info_.sample_rate, info_.channels);
    guard_ = audio::SoundGuard(info_.sample_rate, info_.channels);
  }
  ready_.insert(ready_.end(), held_.begin(), held_.end());
  held_.clear();
  converter_->add(decoded.samples, decoded.sample_rate, decoded.channels, held_);
}

void FfmpegSound::lose(double seconds) {
  damage_.at(now(), seconds);
  if (!converter_ || seconds <= 0 || seconds > kLongestPacket) return;
  Decoded silence;
  silence.sample_rate = info_.sample_rate;
  silence.channels = info_.channels;
  const auto count = std::llround(seconds * info_.sample_rate) * info_.channels;
  silence.samples.assign(static_cast<std::size_t>(count), 0.0F);
  take(silence);
}

/// How many frames of `decoded` are sound: by iTunes' note, else by the edit list, which counts in milliseconds or so
/// and is made exact by the table of times.
std::int64_t FfmpegSound::most_frames(std::int64_t decoded) const {
  const auto& facts = input_->facts();
  if (facts.container != "mov") return decoded;
  const auto believed = [&](std::int64_t frames) {
    return frames > 0 && frames <= decoded && frames > decoded - kMostPadding;
  };
  if (believed(facts.exact_frames)) return facts.exact_frames;
  auto most = decoded - std::clamp<std::int64_t>(excess_, 0, kMostPadding);
  const auto said = facts.duration ? std::llround(*facts.duration * info_.sample_rate) : decoded;
  if (believed(said)) most = std::min<std::int64_t>(most, said);
  const auto rounding = info_.sample_rate / 500;
  const bool close = facts.table_frames > most && facts.table_frames <= most + rounding;
  return close && believed(facts.table_frames) ? facts.table_frames : most;
}

void FfmpegSound::end() {
  ended_ = true;
  if (refusal_) return;
  const auto& rest = codec_->decode(static_cast<const AVPacket*>(nullptr));
  if (!rest.samples.empty()) {
    take(rest);
    excess_ = 0;
  }
  if (!converter_) return;
  converter_->finish(held_);
  ready_.insert(ready_.end(), held_.begin(), held_.end());
  held_.clear();
  const auto decoded = frames() + static_cast<std::int64_t>(ready_.size()) / info_.channels;
  const auto beyond = std::min(decoded - most_frames(decoded), decoded - frames());
  ready_.resize(ready_.size() - static_cast<std::size_t>(std::max<std::int64_t>(0, beyond) * info_.channels));
  if (input_->cut() || cut_) damage_.cut();
  const auto lacking = input_->facts().duration.value_or(0) - now();
  const auto& container = input_->facts().container;
  if (lacking > (container == "asf" || container == "caf" ? kShortCounted : kShort)) damage_.missing(lacking);
}

std::span<const float> FfmpegSound::next() {
  while (ready_.empty() && !guard_.stopped() && step()) {
  }
  if (guard_.stopped()) return {};
  out_.swap(ready_);
  ready_.clear();
  guard_.take(out_);
  return out_;
}

audio::Verdict FfmpegSound::judge() const {
  if (refusal_) return {refusal_, {}, {}};
  if (input_->disk_failed()) return {{"unreadable", "a read failed"}, {}, {}};
  if (input_->stalled()) return {{"stalled", "the stream gave nothing any more"}, {}, {}};
  if (auto refusal = guard_.refusal()) return {std::move(refusal), {}, {}};
  if (frames() == 0) return {{"empty", "no sound in the file"}, {}, {}};
  auto verdict = damage_.judge(static_cast<double>(frames()) / info_.sample_rate);
  if (verdict.refusal || verdict.warning || input_->facts().sound_tracks < 2) return verdict;
  verdict.warning = {"several-tracks",
                     std::to_string(input_->facts().sound_tracks) + " sound tracks; the default one plays"};
  return verdict;
}

}  // namespace loa::media
