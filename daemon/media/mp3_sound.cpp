#include "daemon/media/mp3_sound.hpp"

#include <algorithm>

#include "audio/decode_mp3_frame.hpp"

namespace loa::media {

std::unique_ptr<audio::SoundStream> Mp3Sound::open(int fd, audio::Refusal& why) {
  std::unique_ptr<Mp3Sound> sound(new Mp3Sound(fd));
  why = {};
  if (sound->bytes_->failed()) {
    why = {"unreadable", "a read failed"};
  } else if (sound->index_.entries.empty()) {
    why = {"damaged", "no MPEG frame is whole"};
  } else if (!sound->codec_.good()) {
    why = {"unsupported-format", "no MP3 decoder"};
  } else {
    why = audio::format_refusal(sound->info_);
  }
  if (why) return nullptr;
  return sound;
}

Mp3Sound::Mp3Sound(int fd)
    : bytes_(std::make_unique<audio::FileBytes>(fd)), index_(index_mp3(*bytes_)), codec_("mp3float") {
  if (index_.entries.empty()) return;
  std::erase_if(index_.parts, [](const Mp3Part& part) { return part.count == 0; });
  const auto& first = index_.parts.front();
  const auto frame = audio::mp3_frame(*bytes_, index_.entries[first.first].at);
  channels_ = frame ? frame->channels : 2;
  info_ = {0, first.sample_rate, channels_, "mp3"};
  converter_ = std::make_unique<Converter>(info_.sample_rate, info_.channels);
  guard_ = audio::SoundGuard(info_.sample_rate, info_.channels);
  begin_part();
}

double Mp3Sound::now() const {
  const auto waiting = static_cast<std::int64_t>(out_.size()) / info_.channels;
  return static_cast<double>(frames() + waiting) / info_.sample_rate;
}

void Mp3Sound::begin_part() {
  const auto& part = index_.parts[part_];
  entry_ = part.first;
  skip_ = part.skip;
  keep_ = part.keep;
  codec_.restart();
}

void Mp3Sound::give(std::span<const float> samples, int channels) {
  const auto& part = index_.parts[part_];
  const auto there = static_cast<std::int64_t>(samples.size()) / channels;
  const auto left_out = std::min(skip_, there);
  skip_ -= left_out;
  const auto kept = keep_ < 0 ? there - left_out : std::min(keep_, there - left_out);
  if (keep_ >= 0) keep_ -= kept;
  const auto from = static_cast<std::size_t>(left_out * channels);
  converter_->add(samples.subspan(from, static_cast<std::size_t>(kept * channels)), part.sample_rate, channels, out_);
}

void Mp3Sound::decode_entry() {
  const auto& part = index_.parts[part_];
  const auto& entry = index_.entries[entry_];
  const auto seconds = static_cast<double>(part.samples) / part.sample_rate;
  if (place_ < index_.places.size() && index_.places[place_] <= entry_) {
    damage_.at(now(), 0);
    ++place_;
  }
  ++entry_;
  frame_.resize(static_cast<std::size_t>(entry.size));
  bytes_->copy(entry.at, frame_);
  static const Decoded nothing;
  const auto& decoded = entry.size > 0 ? codec_.decode(frame_) : nothing;
  const bool whole = static_cast<std::int64_t>(decoded.samples.size()) == std::int64_t{part.samples} * decoded.channels;
  if (entry.size == 0 || decoded.failed || !whole || decoded.samples.empty()) damage_.at(now(), seconds);
  if (!decoded.samples.empty() && whole) {
    channels_ = decoded.channels;
    return give(decoded.samples, channels_);
  }
  give(std::vector<float>(static_cast<std::size_t>(part.samples * channels_), 0.0F), channels_);
}

std::span<const float> Mp3Sound::next() {
  out_.clear();
  while (out_.empty() && !guard_.stopped() && !finished_) {
    if (entry_ < index_.parts[part_].first + index_.parts[part_].count) {
      decode_entry();
    } else if (part_ + 1 < index_.parts.size()) {
      ++part_;
      begin_part();
    } else {
      finished_ = true;
      converter_->finish(out_);
    }
  }
  guard_.take(out_);
  return out_;
}

audio::Verdict Mp3Sound::judge() const {
  if (bytes_->failed()) return {{"unreadable", "a read failed"}, {}, {}};
  if (auto refusal = guard_.refusal()) return {std::move(refusal), {}, {}};
  if (frames() == 0) return {{"empty", "no sound in the file"}, {}, {}};
  auto damage = damage_;
  const auto& last = index_.parts.back();
  if (index_.missing > 0) damage.missing(static_cast<double>(index_.missing * last.samples) / last.sample_rate);
  if (index_.cut) damage.cut();
  return damage.judge(static_cast<double>(frames()) / info_.sample_rate);
}

}  // namespace loa::media
