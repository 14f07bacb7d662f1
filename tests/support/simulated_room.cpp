#include "tests/support/simulated_room.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <random>

namespace loa::test {

namespace {

constexpr double kSampleRate = 48'000;
constexpr double kTurn = 2 * std::numbers::pi;

using Sound = std::vector<float>;

double rms(const Sound& sound) {
  double sum = 0;
  for (const float sample : sound) sum += double(sample) * sample;
  return sound.empty() ? 0 : std::sqrt(sum / double(sound.size()));
}

/// Second order, Butterworth.
void filter(Sound& sound, double hertz, bool high) {
  const double w = std::tan(std::numbers::pi * hertz / kSampleRate), k = 1 / (1 + std::numbers::sqrt2 * w + w * w);
  const double b0 = high ? k : w * w * k, b1 = high ? -2 * b0 : 2 * b0;
  const double a1 = 2 * k * (w * w - 1), a2 = k * (1 - std::numbers::sqrt2 * w + w * w);
  double x1 = 0, x2 = 0, y1 = 0, y2 = 0;
  for (auto& sample : sound) {
    const double x = sample, y = b0 * x + b1 * x1 + b0 * x2 - a1 * y1 - a2 * y2;
    x2 = x1;
    x1 = x;
    y2 = y1;
    y1 = y;
    sample = float(y);
  }
}

void add(Sound& into, const Sound& sound, double gain, double delay) {
  const auto from = std::size_t(delay * kSampleRate);
  for (std::size_t i = 0; i < sound.size() && from + i < into.size(); ++i) into[from + i] += float(gain) * sound[i];
}

void reverberate(Sound& sound, double seconds, std::mt19937& random) {
  // A few dozen reflections that become fewer and weaker.
  Sound wet = sound;
  std::uniform_real_distribution<double> when(0.01, seconds);
  for (int i = 0; i < 24; ++i) {
    const double at = when(random);
    add(wet, sound, (i % 2 == 0 ? 0.4 : -0.4) * std::pow(10, -3 * at / seconds), at);
  }
  sound = std::move(wet);
}

void level(Sound& sound) {
  double mean = 1e-4;
  for (auto& sample : sound) {
    mean += (double(sample) * sample - mean) / (0.5 * kSampleRate);
    sample = float(sample * 0.1 / std::sqrt(mean + 1e-7));
  }
}

Sound drifted(const Sound& sound, double ppm) {
  Sound out;
  out.reserve(sound.size());
  for (double at = 0; at + 1 < double(sound.size()); at += 1 / (1 + ppm * 1e-6)) {
    const auto i = std::size_t(at);
    out.push_back(sound[i] + float(at - double(i)) * (sound[i + 1] - sound[i]));
  }
  return out;
}

}  // namespace

std::vector<float> through(const Room& room, const std::vector<float>& sound, const std::vector<float>& talk,
                           double more, std::uint32_t seed) {
  std::mt19937 random(seed);
  const double loud = std::max(rms(sound), 1e-6);
  Sound air(sound.size() + std::size_t((room.delay + more) * kSampleRate));
  if (!room.silent) {
    Sound played = sound;
    const double most = room.clip * *std::max_element(played.begin(), played.end());
    for (auto& sample : played) sample = float(std::clamp<double>(sample, -most, most));
    add(air, played, 1, room.delay);
    if (room.echo > 0) add(air, played, room.echo, room.delay + room.echo_delay);
    if (room.reverb > 0) reverberate(air, room.reverb, random);
  }
  filter(air, room.low, true);
  filter(air, room.low, true);
  filter(air, room.high, false);
  filter(air, room.high, false);
  // The noise that counts is that in the loudspeaker's own band, beside what it makes of the sound.
  const double heard = room.silent ? loud / 2 : rms(air);
  Sound noise(air.size());
  std::normal_distribution<float> gauss;
  for (auto& sample : noise) sample = gauss(random);
  filter(noise, 150, true);
  filter(noise, 2'500, false);
  add(air, noise, heard * std::pow(10, -room.snr / 20) / rms(noise), 0);
  const double talking = room.beside > 0 && !talk.empty() ? room.beside * heard / rms(talk) : 0;
  for (std::size_t i = 0; i < air.size(); ++i) {
    const double turn = kTurn * 50 * double(i) / kSampleRate;
    air[i] += float(room.hum * heard * (std::sin(turn) + 0.5 * std::sin(3 * turn) + 0.3 * std::sin(5 * turn)));
    if (talking > 0) air[i] += float(talking) * talk[i % talk.size()];
  }
  if (room.agc) level(air);
  for (auto& sample : air) sample = std::clamp(float(room.gain) * sample, -1.0F, 1.0F);
  return room.drift == 0 ? air : drifted(air, room.drift);
}

Room made_up_room(std::uint32_t seed) {
  std::mt19937 random(seed);
  const auto between = [&](double least, double most) {
    return std::uniform_real_distribution<double>(least, most)(random);
  };
  const auto one_in = [&](unsigned n) { return random() % n == 0; };
  Room room;
  room.delay = one_in(3) ? between(0.3, 5) : between(0.01, 0.3);
  room.snr = between(-3, 15);
  room.low = between(200, 500);
  room.high = between(2'500, 6'000);
  if (one_in(2)) room.echo = between(0.2, 0.8);
  room.echo_delay = between(0.05, 0.6);
  if (one_in(2)) room.reverb = between(0.3, 1.5);
  if (one_in(3)) room.clip = between(0.1, 0.5);
  room.agc = one_in(3);
  if (one_in(2)) room.hum = between(0.1, 2);
  room.drift = between(-300, 300);
  if (one_in(3)) room.beside = between(0.2, 1);
  room.gain = std::pow(10, between(-2.5, 0));
  return room;
}

std::vector<float> made_up_music(double seconds, std::uint32_t seed) {
  std::mt19937 random(seed);
  Sound sound(std::size_t(seconds * kSampleRate));
  const double beat = std::uniform_real_distribution<double>(0.25, 0.6)(random);
  const auto note = [&](double from, double length, double hertz, double gain) {
    const auto begin = std::size_t(from * kSampleRate), end = begin + std::size_t(length * kSampleRate);
    for (std::size_t i = begin; i < end && i < sound.size(); ++i) {
      const double t = double(i - begin) / kSampleRate, fade = std::min(1.0, t * 100) * std::exp(-2 * t / length);
      for (int harmonic = 1; harmonic <= 6; ++harmonic)
        sound[i] += float(gain * fade / harmonic * std::sin(kTurn * hertz * harmonic * t));
    }
  };
  std::normal_distribution<float> gauss;
  for (double at = 0; at < seconds; at += beat) {
    const double root = 220 * std::pow(2, double(random() % 12) / 12);
    if (random() % 4 == 0) {
      for (const double ratio : {1.0, 1.26, 1.5}) note(at, 4 * beat, root * ratio, 0.07);
    }
    note(at, beat * double(1 + random() % 2), root * double(1 + random() % 4), 0.15);
    if (random() % 2 == 0) {
      const auto begin = std::size_t(at * kSampleRate);
      for (std::size_t i = begin; i < begin + 2'400 && i < sound.size(); ++i) {
        sound[i] += 0.1F * gauss(random) * float(std::exp(-double(i - begin) / 600));
      }
    }
  }
  return sound;
}

}  // namespace loa::test
