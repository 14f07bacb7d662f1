// Everything becomes 48 kHz: exactly as long as the rule says, nothing shifted, nothing lost.
#include "audio/resample.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <random>
#include <vector>

namespace {

using namespace loa::audio;

std::vector<float> resampled(const std::vector<float>& in, int channels, int rate, std::size_t block = 4096) {
  Resampler resampler(channels, rate);
  std::vector<float> out;
  const auto step = block * static_cast<std::size_t>(channels);
  for (std::size_t at = 0; at < in.size(); at += step) {
    const auto some = resampler.add(std::span(in).subspan(at, std::min(step, in.size() - at)));
    out.insert(out.end(), some.begin(), some.end());
  }
  const auto rest = resampler.finish();
  out.insert(out.end(), rest.begin(), rest.end());
  return out;
}

TEST(Resample, TheLengthOfAMasterIsRoundedHalfUp) {
  struct Case {
    std::int64_t frames;
    int rate;
    std::int64_t length;
  };
  const std::vector<Case> cases = {{0, 44100, 0},
                                   {1, 48000, 1},
                                   {44100, 44100, 48000},
                                   {1, 44100, 1},
                                   {1, 96000, 1},
                                   {3, 96000, 2},
                                   {2, 192000, 1},
                                   {1, 192000, 0},
                                   {2646000, 44100, 2880000},
                                   {7, 44100, 8},
                                   {4LL * 3600 * 192000, 192000, 691200000}};
  for (const auto& one : cases)
    EXPECT_EQ(master_length(one.frames, one.rate), one.length) << one.frames << " at " << one.rate;
}

TEST(Resample, EveryLengthComesOutExact) {
  for (const int rate : {8000, 11025, 16000, 22050, 32000, 44100, 47999, 48000, 88200, 96000, 192000}) {
    for (const int frames : {1, 7, 100, 4095, 4096, 4097, 30011}) {
      const std::vector<float> in(static_cast<std::size_t>(frames), 0.25F);
      EXPECT_EQ(static_cast<std::int64_t>(resampled(in, 1, rate).size()), master_length(frames, rate))
          << frames << " frames at " << rate;
    }
  }
}

TEST(Resample, AnImpulseStaysAtItsInstant) {
  for (const int rate : {8000, 16000, 32000, 44100, 96000}) {
    std::vector<float> in(static_cast<std::size_t>(rate), 0.0F);
    in[static_cast<std::size_t>(rate / 2)] = 1;
    const auto out = resampled(in, 1, rate);
    const auto highest = std::max_element(out.begin(), out.end());
    EXPECT_EQ(highest - out.begin(), 24000) << rate;
  }
}

TEST(Resample, AToneKeepsItsShape) {
  std::vector<float> in;
  for (int i = 0; i < 44100; ++i)
    in.push_back(static_cast<float>(0.5 * std::sin(2 * std::numbers::pi * 997 * i / 44100)));
  const auto out = resampled(in, 1, 44100);
  for (std::size_t i = 1000; i < 47000; ++i) {
    ASSERT_NEAR(out[i], 0.5 * std::sin(2 * std::numbers::pi * 997 * static_cast<double>(i) / 48000), 1e-4) << i;
  }
}

TEST(Resample, BlocksOfAnySizeGiveTheSame) {
  std::minstd_rand random(3);
  std::vector<float> in;
  for (int i = 0; i < 2 * 30000; ++i) in.push_back(static_cast<float>(random() % 2000) / 2000.0F - 0.5F);
  const auto whole = resampled(in, 2, 44100, 30000);
  const auto pieces = resampled(in, 2, 44100, 777);
  ASSERT_EQ(whole.size(), pieces.size());
  for (std::size_t i = 0; i < whole.size(); ++i) ASSERT_NEAR(whole[i], pieces[i], 1e-6) << i;
}

TEST(Resample, FortyEightKilohertzPassesUntouched) {
  const std::vector<float> in = {0.1F, -0.2F, 0.3F, -0.4F};
  EXPECT_EQ(resampled(in, 2, 48000, 1), in);
}

}  // namespace
