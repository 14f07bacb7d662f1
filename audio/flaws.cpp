#include "audio/flaws.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace loa::audio {
namespace {

constexpr float kFullScale = 0.99995F;  // 32767 of 32768
constexpr float kClose = 0.944F;        // -0.5 dB
constexpr double kCloseShare = 0.01;
constexpr float kSame = 2.5F / 32768;
constexpr int kFlat = 4;  // samples: a sine of 50 Hz at full scale has three
constexpr std::int64_t kClippedPlaces = 10;
constexpr float kDigitalSilence = 2.5F / 32768;  // dither may be in it
constexpr double kSounds = 1e-5;                 // power, -50 dB
constexpr double kDead = 1e-4;                   // of the other channel's power, -40 dB
constexpr double kDeadPower = 1e-6;              // -60 dB: a microphone that is on is louder
constexpr double kCancels = 0.0631;              // of the louder channel's power, -12 dB
constexpr double kThroughout = 0.97;             // of what sounds
constexpr double kMostly = 0.6;                  // of what sounds
constexpr double kDeadToTheEnd = 20;             // seconds
constexpr double kCancelled = 10;                // seconds
constexpr double kSilent = 10;                   // seconds
constexpr double kOffset = 0.02;
constexpr double kLeastOffset = 0.001;
constexpr double kOffsetOfSound = 0.33;

}  // namespace

FlawFinder::FlawFinder(int channels, int sample_rate, bool lossy)
    : channels_(static_cast<std::size_t>(channels)),
      lossy_(lossy),
      rate_(sample_rate),
      look_frames_(std::max(1, sample_rate / 10)),
      sums_(channels_),
      before_(channels_),
      full_(channels_) {}

void FlawFinder::Stretch::look(bool holds, bool counts, double look_from, double look_until) {
  if (!counts) return;
  if (!holds) return end();
  if (!holding) from = look_from;
  holding = true;
  until = look_until;
  ++held;
}

void FlawFinder::Stretch::end() {
  if (holding && until - from > longest_until - longest_from) {
    longest_from = from;
    longest_until = until;
  }
  holding = false;
}

void FlawFinder::add(std::span<const float> samples) {
  for (std::size_t at = 0; at + channels_ <= samples.size(); at += channels_) take(samples.data() + at);
}

void FlawFinder::take(const float* frame) {
  for (std::size_t channel = 0; channel < channels_; ++channel) {
    const float sample = frame[channel];
    const double wide = sample;
    highest_ = std::max(highest_, std::abs(sample));
    sums_[channel] += wide;
    power_of_all_ += wide * wide;
    if (channel < 2) power_[channel] += wide * wide;
    clip(channel, sample);
  }
  if (channels_ == 2) {
    const double mean = 0.5 * (static_cast<double>(frame[0]) + static_cast<double>(frame[1]));
    power_of_mean_ += mean * mean;
  }
  ++frames_;
  if (++in_look_ == look_frames_) look();
}

/// Counts each flat top once, when it has become one.
void FlawFinder::clip(std::size_t channel, float sample) {
  if (std::abs(sample) < kClose) {
    full_[channel] = 0;
    return;
  }
  ++close_;
  over_ += std::abs(sample) > 1.0F ? 1 : 0;
  const bool flat = std::abs(sample - std::exchange(before_[channel], sample)) < kSame;
  if (std::abs(sample) < kFullScale || (full_[channel] > 0 && !flat && !lossy_)) {
    full_[channel] = 0;
    return;
  }
  if (++full_[channel] != kFlat && std::abs(sample) <= 1.0F) return;
  const double at = static_cast<double>(frames_) / static_cast<double>(rate_);
  clipped_ += full_[channel] == kFlat ? 1 : 0;
  if (first_clipped_ < 0) first_clipped_ = at;
  last_clipped_ = at;
}

void FlawFinder::look() {
  if (in_look_ == 0) return;
  const double until = static_cast<double>(frames_) / static_cast<double>(rate_);
  const double from = static_cast<double>(frames_ - in_look_) / static_cast<double>(rate_);
  silence_.look(highest_ <= kDigitalSilence, true, from, until);
  if (channels_ == 2) look_at_pair(from, until);
  highest_ = 0;
  power_ = {};
  power_of_mean_ = 0;
  in_look_ = 0;
}

void FlawFinder::look_at_pair(double from, double until) {
  const double frames = static_cast<double>(in_look_);
  const double left = power_[0] / frames, right = power_[1] / frames, both = power_of_mean_ / frames;
  power_of_left_ += power_[0];
  power_of_right_ += power_[1];
  const double louder = std::max(left, right);
  const bool sounds = louder > kSounds;
  if (sounds) {
    ++sounding_;
    if (first_sound_ < 0) first_sound_ = from;
    last_sound_ = until;
  }
  left_only_.look(right < left * kDead && right < kDeadPower, sounds, from, until);
  right_only_.look(left < right * kDead && left < kDeadPower, sounds, from, until);
  const bool alike = std::min(left, right) > louder / 4;
  antiphase_.look(alike && both < louder * kCancels, sounds, from, until);
}

/// A channel that is dead in all that sounds, or up to an end of it.
std::optional<Flaw> FlawFinder::dead(const Stretch& stretch, const char* code) const {
  if (sounding_ == 0) return std::nullopt;
  if (static_cast<double>(stretch.held) >= kThroughout * static_cast<double>(sounding_)) return Flaw{code, 0, 0};
  const bool to_an_end = stretch.longest_from <= first_sound_ || stretch.longest_until >= last_sound_;
  if (!to_an_end || stretch.longest_until - stretch.longest_from < kDeadToTheEnd) return std::nullopt;
  return Flaw{code, stretch.longest_from, stretch.longest_until};
}

std::optional<Flaw> FlawFinder::offset() const {
  if (frames_ == 0) return std::nullopt;
  const double frames = static_cast<double>(frames_);
  double most = 0, of_means = 0;
  for (const double sum : sums_) {
    most = std::max(most, std::abs(sum / frames));
    of_means += (sum / frames) * (sum / frames);
  }
  const double sound = std::sqrt(std::max(0.0, power_of_all_ / frames - of_means) / static_cast<double>(channels_));
  const bool large = most >= kOffset || (most >= kLeastOffset && most >= kOffsetOfSound * sound);
  return large ? std::optional(Flaw{"dc-offset", 0, 0}) : std::nullopt;
}

std::vector<Flaw> FlawFinder::finish() {
  look();
  for (auto* stretch : {&left_only_, &right_only_, &antiphase_, &silence_}) stretch->end();
  std::vector<Flaw> found;
  const auto note = [&](std::optional<Flaw> flaw) {
    if (flaw) found.push_back(std::move(*flaw));
  };
  note(dead(left_only_, "left-only"));
  note(dead(right_only_, "right-only"));
  const bool cancelled =
      sounding_ > 0 && static_cast<double>(antiphase_.held) >= kMostly * static_cast<double>(sounding_);
  if (cancelled) {
    note(Flaw{"antiphase", 0, 0});
  } else if (antiphase_.longest_until - antiphase_.longest_from >= kCancelled) {
    note(Flaw{"antiphase", antiphase_.longest_from, antiphase_.longest_until});
  }
  const double samples = static_cast<double>(frames_) * static_cast<double>(channels_);
  const bool crowded = lossy_ && over_ >= kClippedPlaces && static_cast<double>(close_) >= kCloseShare * samples;
  if (clipped_ >= kClippedPlaces || crowded) note(Flaw{"clipped", first_clipped_, last_clipped_});
  if (silence_.longest_until - silence_.longest_from >= kSilent) {
    note(Flaw{"long-silence", silence_.longest_from, silence_.longest_until});
  }
  note(offset());
  return found;
}

}  // namespace loa::audio
