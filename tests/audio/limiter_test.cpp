// The limiter keeps true peaks below its ceiling, keeps the length, and leaves alone what is quiet.
#include "audio/limiter.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <random>
#include <vector>

#include "audio/frames.hpp"
#include "tests/audio/fine_peak.hpp"
#include "tests/audio/reference_peak.hpp"

namespace {

using namespace loa::audio;
using Sound = std::vector<float>;

Sound limited(const Sound& in, int channels, double ceiling, std::size_t block = 4096) {
  Limiter limiter(channels, ceiling);
  Sound out;
  const auto step = block * static_cast<std::size_t>(channels);
  for (std::size_t at = 0; at < in.size(); at += step) {
    const auto some = limiter.add(std::span(in).subspan(at, std::min(step, in.size() - at)));
    out.insert(out.end(), some.begin(), some.end());
  }
  const auto rest = limiter.finish();
  out.insert(out.end(), rest.begin(), rest.end());
  return out;
}

Sound sine(double hertz, double peak, double seconds, double phase = 0) {
  Sound samples;
  for (int i = 0; i < static_cast<int>(seconds * kRate); ++i) {
    samples.push_back(static_cast<float>(peak * std::sin(2 * std::numbers::pi * hertz * i / kRate + phase)));
  }
  return samples;
}

/// Noise that jumps between soft and very loud.
Sound bursts(double seconds) {
  std::minstd_rand random(11);
  Sound samples;
  float level = 0.1F;
  for (int i = 0; i < static_cast<int>(seconds * kRate); ++i) {
    if (i % 4801 == 0) level = random() % 3 == 0 ? 3.0F : 0.1F;
    samples.push_back(level * (static_cast<float>(random() % 20000) / 10000.0F - 1.0F));
  }
  return samples;
}

TEST(Limiter, WhatStaysBelowTheCeilingPassesUntouched) {
  const auto in = sine(440, 0.5, 1);
  EXPECT_EQ(limited(in, 1, -1), in);
}

TEST(Limiter, KeepsTheLengthHoweverShort) {
  for (const std::size_t frames : {0U, 1U, 5U, 245U, 246U, 247U, 500U, 48000U}) {
    EXPECT_EQ(limited(Sound(frames, 0.9F), 1, -1).size(), frames);
    EXPECT_EQ(limited(Sound(2 * frames, 0.9F), 2, -1, 100).size(), 2 * frames);
  }
}

TEST(Limiter, NoTruePeakOfAShorterMeterStandsAQuarterOfADbAboveTheCeiling) {
  struct Case {
    const char* what;
    Sound sound;
    double most;  // dB over the ceiling, seen finely
  };
  const std::vector<Case> cases = {{"bursts of noise", bursts(3), 0.9},
                                   {"a loud tone from the first sample on", sine(100, 4, 1, 1.5), 0.05},
                                   {"a tone whose crests lie between the samples", sine(12000, 1.4, 1, 0.785), 0.05},
                                   {"a tone near the top", sine(15000, 3, 1), 0.05},
                                   {"two beating tones",
                                    [] {
                                      auto sum = sine(7000, 1, 2);
                                      const auto other = sine(7011, 1, 2);
                                      for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += other[i];
                                      return sum;
                                    }(),
                                    0.05}};
  for (const auto& one : cases) {
    for (const double ceiling : {-1.0, -6.0}) {
      const auto out = limited(one.sound, 1, ceiling);
      EXPECT_LE(reference_peak(out, 1), ceiling + 0.25) << one.what;
      EXPECT_LE(fine_peak(out), ceiling + one.most) << one.what;
    }
  }
}

TEST(Limiter, IsDownBeforeThePeakAndSmooth) {
  auto in = sine(50, 0.5, 1);
  in[24000] = 4;
  const auto out = limited(in, 1, 0);
  double last = 1;
  for (std::size_t i = 23700; i < 24300; ++i) {
    if (std::abs(in[i]) < 0.05F) continue;
    const double gain = out[i] / in[i];
    EXPECT_LE(std::abs(gain - last), 0.15) << i;  // over the few samples between, never a jump
    last = gain;
  }
  EXPECT_LE(out[24000], 1.0F);
  EXPECT_FLOAT_EQ(out[23000], in[23000]);
}

TEST(Limiter, ComesBackWithinASecond) {
  auto in = sine(50, 0.5, 3);
  in[24000] = 4;
  const auto out = limited(in, 1, 0);
  EXPECT_LT(std::abs(out[26500]), std::abs(in[26500]) * 0.9F);
  for (std::size_t i = 24000 + kRate; i < in.size(); ++i) ASSERT_NEAR(out[i], in[i], 0.01) << i;
}

TEST(Limiter, BothChannelsGetTheSameGain) {
  const auto loud = bursts(2);
  Sound both;
  for (const float sample : loud) {
    both.push_back(sample);
    both.push_back(0.01F);
  }
  const auto out = limited(both, 2, -1);
  for (std::size_t i = 0; i < out.size(); i += 2) {
    if (std::abs(both[i]) < 0.1F) continue;
    ASSERT_NEAR(out[i] / both[i], out[i + 1] / 0.01F, 1e-3) << i;
  }
}

TEST(Limiter, BlocksOfAnySizeGiveTheSame) {
  const auto in = bursts(1);
  EXPECT_EQ(limited(in, 1, -1, 48000), limited(in, 1, -1, 13));
}

TEST(Limiter, SaysHowDeepItWent) {
  Limiter limiter(1, 0);
  limiter.add(sine(100, 2, 1));
  EXPECT_NEAR(limiter.deepest(), 0.5, 0.01);
}

}  // namespace
