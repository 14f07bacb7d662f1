// Soft hours on frames: as soft as they say within, a second's ramp outside, nothing beyond; announcements untouched.
#include "audio/softness.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "audio/offline.hpp"
#include "tests/audio/made_up_master.hpp"

namespace {

using namespace loa::audio;
using test::open_made_up;

constexpr std::int64_t kSoftBegins = 1'794'000'000LL * 48000;
constexpr std::int64_t kSoftSecond = 48'000;
Instant soft_instant(std::int64_t frames) {
  return Instant{Frames{kSoftBegins + frames}};
}
Soft soft(std::int64_t from, std::int64_t until, double gain) {
  return {soft_instant(from), soft_instant(until), gain};
}
DeviceFrame soft_frame(std::int64_t frame) {
  return DeviceFrame{Frames{frame}};
}
Softness softness_of(const std::vector<Soft>& all) {
  return Softness::near(all, soft_frame(0), soft_frame(1'000 * kSoftSecond),
                        [](Instant instant) { return soft_frame((instant - soft_instant(0)).count()); });
}

TEST(Softness, IsWholeWithinAndEvenInDecibelsOverASecondOutside) {
  const auto softness = softness_of({soft(10 * kSoftSecond, 20 * kSoftSecond, -6)});
  EXPECT_EQ(softness.at(soft_frame(9 * kSoftSecond)), 0);
  EXPECT_DOUBLE_EQ(softness.at(soft_frame(9 * kSoftSecond + kSoftSecond / 2)), -3);
  EXPECT_EQ(softness.at(soft_frame(10 * kSoftSecond)), -6);
  EXPECT_EQ(softness.at(soft_frame(20 * kSoftSecond)), -6);
  EXPECT_DOUBLE_EQ(softness.at(soft_frame(20 * kSoftSecond + kSoftSecond / 3)), -4);
  EXPECT_EQ(softness.at(soft_frame(21 * kSoftSecond)), 0);
}

TEST(Softness, WhereStretchesOverlapOrAdjoinTheSoftestCounts) {
  const auto softness =
      softness_of({soft(10 * kSoftSecond, 20 * kSoftSecond, -6), soft(15 * kSoftSecond, 17 * kSoftSecond, -12),
                   soft(20 * kSoftSecond, 30 * kSoftSecond, -3)});
  EXPECT_EQ(softness.at(soft_frame(12 * kSoftSecond)), -6);
  EXPECT_DOUBLE_EQ(softness.at(soft_frame(15 * kSoftSecond - kSoftSecond / 4)), -9);
  EXPECT_EQ(softness.at(soft_frame(16 * kSoftSecond)), -12);
  EXPECT_EQ(softness.at(soft_frame(19 * kSoftSecond)), -6);
  EXPECT_DOUBLE_EQ(softness.at(soft_frame(20 * kSoftSecond + kSoftSecond / 4)), -4.5);
  EXPECT_EQ(softness.at(soft_frame(20 * kSoftSecond + kSoftSecond / 2)), -3) << "never a rise above either";
  EXPECT_EQ(softness.at(soft_frame(29 * kSoftSecond)), -3);
}

TEST(Softness, NoStepIsEverLargerThanTheRamps) {
  const auto softness =
      softness_of({soft(2 * kSoftSecond, 3 * kSoftSecond, -6), soft(3 * kSoftSecond, 4 * kSoftSecond, -40),
                   soft(4 * kSoftSecond, 4 * kSoftSecond, -9)});
  double before = 0;
  for (std::int64_t frame = 0; frame < 6 * kSoftSecond; ++frame) {
    const double gain = softness.at(soft_frame(frame));
    ASSERT_LE(std::abs(gain - before), 40.0 / kSoftSecond * 1.001) << frame;
    before = gain;
  }
}

Cue soft_cue(const std::string& master, std::int64_t start, std::int64_t frames) {
  Cue made;
  made.id = made.master = master;
  made.anchor = soft_instant(start);
  made.frames = Frames{frames};
  return made;
}

std::vector<float> soft_sound(const Cue& cue, std::vector<Soft> hours, int channels = 1) {
  Offline offline(open_made_up, channels, soft_instant(0));
  const std::vector<Permitted> always = {{soft_instant(-1), soft_instant(1'000 * kSoftSecond)}};
  offline.permit(always, Frames{1'000 * kSoftSecond});
  offline.soften(std::move(hours));
  offline.play(cue);
  std::vector<float> all;
  for (int i = 0; i < 6 * 50; ++i) {
    std::vector<float> out(static_cast<std::size_t>(960 * channels));
    offline.render(out);
    all.insert(all.end(), out.begin(), out.end());
  }
  return all;
}

TEST(Softness, AnItemThatCrossesTheEdgeChangesFrameForFrame) {
  const std::vector<Soft> hours = {soft(0, 3 * kSoftSecond, -6)};
  for (const int channels : {1, 2}) {
    const auto cue = soft_cue("2ch", kSoftSecond, 4 * kSoftSecond);
    const auto loud = soft_sound(cue, {}, channels), quiet = soft_sound(cue, hours, channels);
    ASSERT_EQ(loud.size(), quiet.size());
    const auto softness = softness_of(hours);
    for (std::size_t i = 0; i < loud.size(); ++i) {
      const auto gain = softness.at(soft_frame(static_cast<std::int64_t>(i) / channels));
      ASSERT_EQ(quiet[i], loud[i] * static_cast<float>(std::pow(10.0, gain / 20))) << i;
    }
    EXPECT_NE(quiet[static_cast<std::size_t>(2 * kSoftSecond * channels)],
              loud[static_cast<std::size_t>(2 * kSoftSecond * channels)]);
    EXPECT_EQ(quiet[static_cast<std::size_t>(5 * kSoftSecond * channels - 1)],
              loud[static_cast<std::size_t>(5 * kSoftSecond * channels - 1)]);
  }
}

TEST(Softness, WhatDoesNotHeedItIsUntouched) {
  auto announcement = soft_cue("1", kSoftSecond, 4 * kSoftSecond);
  const auto loud = soft_sound(announcement, {});
  announcement.heeds_soft_hours = false;
  EXPECT_EQ(soft_sound(announcement, {soft(0, 3 * kSoftSecond, -6)}), loud);
}

}  // namespace
