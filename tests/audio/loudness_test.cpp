// Loudness and true peak are those of EBU Tech 3341's signals.
#include "audio/loudness.hpp"

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

/// A sine on all channels; `level` is its peak in dB of full scale.
std::vector<float> sine(double hertz, double level, double seconds, int channels, double phase = 0) {
  std::vector<float> samples;
  const double peak = std::pow(10.0, level / 20);
  for (int i = 0; i < static_cast<int>(seconds * kRate); ++i) {
    const auto value = peak * std::sin(2 * std::numbers::pi * hertz * i / kRate + phase);
    for (int channel = 0; channel < channels; ++channel) samples.push_back(static_cast<float>(value));
  }
  return samples;
}

TEST(Loudness, AStereoToneOfMinus23DbHasMinus23Lufs) {
  LoudnessMeter meter(2, kRate, LoudnessMeter::Peak::no);
  meter.add(sine(1000, -23, 20, 2));
  EXPECT_NEAR(meter.loudness().value(), -23.0, 0.1);
}

TEST(Loudness, TheSameToneInMonoIsThreeDbLess) {
  LoudnessMeter meter(1, kRate, LoudnessMeter::Peak::no);
  meter.add(sine(1000, -23, 20, 1));
  EXPECT_NEAR(meter.loudness().value(), -26.0, 0.1);
}

TEST(Loudness, PausesDoNotCount) {
  LoudnessMeter meter(2, kRate, LoudnessMeter::Peak::no);
  meter.add(sine(1000, -23, 10, 2));
  meter.add(std::vector<float>(2 * 30 * kRate, 0.0F));
  EXPECT_NEAR(meter.loudness().value(), -23.0, 0.2);
}

TEST(Loudness, ATruePeakBetweenTheSamplesIsFound) {
  LoudnessMeter meter(1, kRate, LoudnessMeter::Peak::yes);
  meter.add(sine(kRate / 4.0, -6, 1, 1, std::numbers::pi / 4));  // every sample stands 3 dB below the crest
  EXPECT_NEAR(meter.true_peak().value(), -6.0, 0.3);
}

TEST(Loudness, TruePeaksAreThoseOfAFarFinerMeter) {
  std::minstd_rand random(5);
  std::vector<float> noise;
  for (int i = 0; i < 2 * kRate; ++i) noise.push_back(static_cast<float>(random() % 2000) / 2500.0F - 0.4F);
  std::vector<float> growing = sine(9000, 0, 2, 2);
  for (std::size_t i = 0; i < growing.size(); ++i)
    growing[i] *= static_cast<float>(i) / static_cast<float>(growing.size());
  std::vector<float> click(kRate, 0.0F);
  click[20000] = 0.7F;
  click[20002] = 0.7F;
  for (const auto& sound : {noise, growing, click, sine(11025, -3, 1, 2, 0.4), sine(50, -40, 1, 2)}) {
    LoudnessMeter meter(2, kRate, LoudnessMeter::Peak::yes);
    meter.add(sound);
    std::vector<float> left(200, 0.0F), right(200, 0.0F);  // sound that begins or ends at once has a peak there
    for (std::size_t i = 0; i + 1 < sound.size(); i += 2) {
      left.push_back(sound[i]);
      right.push_back(sound[i + 1]);
    }
    left.resize(left.size() + 200);
    right.resize(right.size() + 200);
    EXPECT_NEAR(meter.true_peak().value(), std::max(fine_peak(left), fine_peak(right)), 0.3);
    EXPECT_GE(meter.true_peak().value(), reference_peak(sound, 2) - 0.1) << "libebur128's";
  }
}

TEST(Loudness, SilenceHasNone) {
  LoudnessMeter meter(1, kRate, LoudnessMeter::Peak::yes);
  meter.add(std::vector<float>(5 * kRate, 0.0F));
  EXPECT_FALSE(meter.loudness().has_value());
  EXPECT_FALSE(meter.loudness_repeated().has_value());
  EXPECT_FALSE(meter.true_peak().has_value());
}

TEST(Loudness, LessThanOneBlockIsMeasuredAsIfRepeated) {
  LoudnessMeter meter(1, kRate, LoudnessMeter::Peak::no);
  meter.add(sine(1000, -20, 0.25, 1));
  EXPECT_FALSE(meter.loudness().has_value());
  EXPECT_NEAR(meter.loudness_repeated().value(), -23.0, 0.3);
}

TEST(Loudness, NothingAtAllHasNone) {
  const LoudnessMeter meter(2, kRate, LoudnessMeter::Peak::yes);
  EXPECT_FALSE(meter.loudness_repeated().has_value());
  EXPECT_FALSE(meter.true_peak().has_value());
}

}  // namespace
