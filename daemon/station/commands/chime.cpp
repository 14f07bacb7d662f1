#include "daemon/station/commands/chime.hpp"

#include <array>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <vector>

#include "audio/wav_writer.hpp"

namespace loa::station {

namespace {

constexpr int kRate = 48'000;
constexpr int kFrames = 3 * kRate;
constexpr double kFullScale = 32'767;
constexpr double kAttack = 0.004;  // s, so that no note begins with a click
constexpr double kFade = 0.05;     // s, at the end

struct Note {
  double begin;      // s
  double frequency;  // Hz
};
constexpr std::array<Note, 3> kNotes{{{0.0, 392.00}, {0.45, 523.25}, {0.9, 659.26}}};  // G4, C5, E5

struct Partial {
  double ratio, level, decay;  // of the note's frequency; of full scale; per second
};
constexpr std::array<Partial, 3> kPartials{{{1, 0.20, 2.2}, {2, 0.06, 3.5}, {3, 0.02, 6.0}}};

double bell(const Note& note, double time) {
  const double age = time - note.begin;
  if (age < 0) return 0;
  double sum = 0;
  for (const auto& partial : kPartials) {
    const double turns = note.frequency * partial.ratio * age;
    sum += partial.level * std::exp(-partial.decay * age) * std::sin(2 * std::numbers::pi * turns);
  }
  return sum * std::min(1.0, age / kAttack);
}

std::int16_t sample(int frame) {
  const double time = static_cast<double>(frame) / kRate, left = static_cast<double>(kFrames - frame) / kRate;
  double sum = 0;
  for (const auto& note : kNotes) sum += bell(note, time);
  return static_cast<std::int16_t>(std::lround(sum * std::min(1.0, left / kFade) * kFullScale));
}

}  // namespace

std::string chime_wav() {
  const auto header = audio::wav_header({}, kFrames * static_cast<std::int64_t>(sizeof(std::int16_t)));
  std::string bytes(header.begin(), header.end());
  for (int frame = 0; frame < kFrames; ++frame) {
    const auto value = static_cast<std::uint16_t>(sample(frame));
    bytes += static_cast<char>(value & 0xFF);
    bytes += static_cast<char>(value >> 8);
  }
  return bytes;
}

}  // namespace loa::station
