// The signals of EBU Tech 3341 (loudness 1 to 5, true peak 15 to 23), made by their formulas, at the meter and through
// a master.
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <vector>

#include "audio/frames.hpp"
#include "audio/limiter.hpp"
#include "audio/loudness.hpp"
#include "tests/audio/fine_peak.hpp"

namespace {

using namespace loa::audio;

struct Piece {
  double level;  // dBFS
  double seconds;
};

/// A stereo tone of 1 kHz, piece after piece.
std::vector<float> pieces_of(const std::vector<Piece>& pieces) {
  std::vector<float> samples;
  for (const auto& [level, seconds] : pieces) {
    const double peak = std::pow(10.0, level / 20);
    for (int i = 0; i < static_cast<int>(seconds * kRate); ++i) {
      const auto value = static_cast<float>(peak * std::sin(2 * std::numbers::pi * 1000 * i / kRate));
      samples.insert(samples.end(), 2, value);
    }
  }
  return samples;
}

double loudness_of(const std::vector<float>& stereo) {
  LoudnessMeter meter(2, kRate, LoudnessMeter::Peak::no);
  meter.add(stereo);
  return meter.loudness().value_or(-100);
}

TEST(EbuSignals, LoudnessIsThatOfTech3341) {
  const std::vector<std::pair<std::vector<Piece>, double>> cases = {
      {{{-23, 20}}, -23},
      {{{-33, 20}}, -33},
      {{{-36, 10}, {-23, 60}, {-36, 10}}, -23},
      {{{-72, 10}, {-36, 10}, {-23, 60}, {-36, 10}, {-72, 10}}, -23},
      {{{-26, 20}, {-20, 20.1}, {-26, 20}}, -23},
  };
  for (std::size_t i = 0; i < cases.size(); ++i) {
    EXPECT_NEAR(loudness_of(pieces_of(cases[i].first)), cases[i].second, 0.1) << "case " << i + 1;
  }
}

constexpr int kToneFrames = 14'400;

std::vector<float> tone_of(double part_of_rate, double degrees, double peak) {
  std::vector<float> samples;
  for (int i = 0; i < kToneFrames; ++i) {
    // A ramp at both ends, as a tone that begins at once has peaks of its own.
    const double ramp = std::min({1.0, i / 4800.0, (kToneFrames - 1 - i) / 4800.0});
    const double angle = 2 * std::numbers::pi * part_of_rate * i + degrees * std::numbers::pi / 180;
    samples.push_back(static_cast<float>(ramp * peak * std::sin(angle)));
  }
  return samples;
}

/// Cases 20 to 23: a sixth of the rate at half of full scale, one period of which stands at full scale; made at four
/// times the rate, band-limited, and every fourth sample taken, from `offset` on.
std::vector<float> burst_of(int offset) {
  constexpr int kMany = 4 * 12'000;
  std::vector<double> fine(kMany);
  for (int i = 0; i < kMany; ++i) {
    const bool high = i >= kMany / 2 && i < kMany / 2 + 24;
    fine[static_cast<std::size_t>(i)] = (high ? 1.0 : 0.5) * std::sin(2 * std::numbers::pi * i / 24);
  }
  std::vector<float> samples;
  constexpr int kReach = 128;
  for (int at = offset + kReach; at + kReach < kMany; at += 4) {
    double sum = 0;
    for (int tap = -kReach; tap <= kReach; ++tap) {
      const double x = tap / 4.0;
      const double sinc = tap == 0 ? 1 : std::sin(std::numbers::pi * x) / (std::numbers::pi * x);
      const double window = 0.5 * (1 + std::cos(std::numbers::pi * tap / (kReach + 1)));
      sum += fine[static_cast<std::size_t>(at + tap)] * sinc * window / 4;
    }
    samples.push_back(static_cast<float>(sum));
  }
  for (std::size_t i = 0; i < 480; ++i) {
    samples[i] *= static_cast<float>(i) / 480;
    samples[samples.size() - 1 - i] *= static_cast<float>(i) / 480;
  }
  return samples;
}

std::vector<std::pair<std::vector<float>, double>> peak_cases() {
  std::vector<std::pair<std::vector<float>, double>> cases = {
      {tone_of(1.0 / 4, 0, 0.5), -6},    {tone_of(1.0 / 4, 45, 0.5), -6}, {tone_of(1.0 / 6, 60, 0.5), -6},
      {tone_of(1.0 / 8, 67.5, 0.5), -6}, {tone_of(1.0 / 4, 45, 1.41), 3},
  };
  for (int offset = 0; offset < 4; ++offset) cases.emplace_back(burst_of(offset), 0);
  return cases;
}

TEST(EbuSignals, TruePeaksAreThoseOfTech3341) {
  const auto cases = peak_cases();
  for (std::size_t i = 0; i < cases.size(); ++i) {
    LoudnessMeter meter(1, kRate, LoudnessMeter::Peak::yes);
    meter.add(cases[i].first);
    EXPECT_LE(meter.true_peak().value(), cases[i].second + 0.2) << "case " << i + 15;
    EXPECT_GE(meter.true_peak().value(), cases[i].second - 0.4) << "case " << i + 15;
  }
}

// The limiter looks eight times between samples with 48 taps; the reference of this test 32 times.
TEST(EbuSignals, TheLimiterHoldsThePeaksThatAFinerMeterFinds) {
  auto sounds = peak_cases();
  for (const double part : {0.31, 0.37, 0.41, 0.43}) sounds.emplace_back(tone_of(part, 11, 0.98), 0);
  double worst = -100;
  for (const auto& [sound, peak] : sounds) {
    for (const double ceiling : {-1.3, -9.3}) {
      Limiter limiter(1, ceiling);
      auto out = std::vector<float>();
      const auto ready = limiter.add(sound);
      out.assign(ready.begin(), ready.end());
      const auto rest = limiter.finish();
      out.insert(out.end(), rest.begin(), rest.end());
      worst = std::max(worst, fine_peak(out) - ceiling);
    }
  }
  EXPECT_LE(worst, 0.3) << "what a master keeps below its limit for this";
  RecordProperty("worst_dB_above_the_ceiling", std::to_string(worst));
}

}  // namespace
