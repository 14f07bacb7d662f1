// Whether silence that nobody meant is told from silence that has its reason.
#include "audio/silence_watch.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <vector>

namespace {

using namespace loa::audio;
using std::chrono::seconds;

constexpr Frames kOneSecond{kRate}, kTakenAtOnce{480};

DeviceFrame frame_of(double second) {
  return DeviceFrame{Frames{static_cast<std::int64_t>(second * kRate)}};
}

/// A device that takes buffer after buffer, a second ahead of which is rendered.
struct OnAirNow {
  /// `meant`: the recording sounds; `heard`: so does the device.
  void run(Frames length, bool meant, bool heard, bool gated = false) {
    for (const auto until = now + length; now < until; now += kTakenAtOnce) {
      if (meant) watch.meant({now, now + kTakenAtOnce});
      if (gated) lost.push_back({{now, now + kTakenAtOnce}, Loss::gate});
      if (heard) last_heard = now + kTakenAtOnce;
      watch.take(now + kTakenAtOnce, lost, last_heard);
      longest = std::max(longest, watch.silent());
    }
  }
  SilenceWatch watch;
  DeviceFrame now{}, last_heard{};
  Frames longest{0};
  std::vector<LostFrames> lost;
};

TEST(SilenceWatch, SoundThatLeavesTheDeviceAsSilenceIsFoundAfterThreeSeconds) {
  OnAirNow air;
  air.run(10 * kOneSecond, true, true);
  EXPECT_EQ(air.longest, Frames{0});
  air.run(3 * kOneSecond - 2 * kTakenAtOnce, true, false);
  EXPECT_EQ(air.longest, Frames{0});
  air.run(3 * kTakenAtOnce, true, false);
  EXPECT_GE(air.longest, SilenceWatch::kSilent);
  air.run(kTakenAtOnce, true, true);
  EXPECT_EQ(air.watch.silent(), Frames{0}) << "over as soon as anything is heard";
}

TEST(SilenceWatch, SilenceThatHasItsReasonIsNone) {
  OnAirNow air;
  for (int i = 0; i < 20; ++i) {
    air.run(3 * kOneSecond, true, true);
    air.run(2 * kOneSecond, false, false);  // pauses of speech
  }
  air.run(60 * kOneSecond, false, false);       // the recording, or the plan, is silent
  air.run(60 * kOneSecond, true, false, true);  // the gate
  air.run(3 * kOneSecond, true, true);
  EXPECT_EQ(air.longest, Frames{0});
}

TEST(SilenceWatch, SpeechWithItsPausesIsMissedAsSoundIs) {
  OnAirNow air;
  for (int i = 0; i < 3; ++i) {
    air.run(kOneSecond / 2, true, false);
    air.run(2 * kOneSecond, false, false);
  }
  EXPECT_GE(air.longest, SilenceWatch::kSilent);
  EXPECT_LE(air.now, frame_of(7.6)) << "pauses of 2 s between";
}

TEST(SilenceWatch, AClickIsNoSound) {
  OnAirNow air;
  air.run(kTakenAtOnce, true, false);
  air.run(2 * kOneSecond, false, false);
  air.run(kTakenAtOnce, true, false);
  air.run(2 * kOneSecond, false, false);
  EXPECT_EQ(air.longest, Frames{0});
}

TEST(SilenceWatch, WhatIsRenderedAnewIsNotMissed) {
  SilenceWatch watch;
  watch.meant({frame_of(0.0), frame_of(10.0)});
  watch.rewind(frame_of(1.0));
  watch.take(frame_of(12.0), {}, frame_of(1.0));
  EXPECT_EQ(watch.silent(), Frames{0});
}

TEST(SilenceWatch, AnEndedItemIsNotMissedForEver) {
  OnAirNow air;
  air.run(4 * kOneSecond, true, false);
  EXPECT_GT(air.watch.silent(), Frames{0});
  air.run(4 * kOneSecond, false, false);
  EXPECT_EQ(air.watch.silent(), Frames{0});
}

TEST(SilenceWatch, WhatIsNoNumberIsNotHeard) {
  const std::vector<float> none(4, std::numeric_limits<float>::quiet_NaN()), soft(4, 1e-4F), digital(4, 1e-5F);
  EXPECT_FALSE(SilenceWatch::audible(none, SilenceWatch::kAudible));
  EXPECT_TRUE(SilenceWatch::audible(soft, SilenceWatch::kAudible));
  EXPECT_FALSE(SilenceWatch::audible(digital, SilenceWatch::kAudible));
}

}  // namespace
