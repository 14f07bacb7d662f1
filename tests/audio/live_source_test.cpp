// Live sound through a real named pipe: what comes is what is given, what lacks comes later, and nothing is too loud.
#include "audio/live_source.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "tests/audio/counted.hpp"
#include "tests/audio/live_pipe.hpp"
#include "tests/audio/reference_peak.hpp"

namespace {

using loa::audio::Drift;
using loa::audio::Frames;
using loa::audio::LiveSource;
using loa::audio::test::frame;
using loa::audio::test::LivePipeWriter;

std::vector<float> live_tone(std::size_t frames, double amplitude, double hertz = 997) {
  std::vector<float> made(frames);
  for (std::size_t i = 0; i < frames; ++i) {
    made[i] = static_cast<float>(amplitude * std::sin(2 * std::numbers::pi * hertz * static_cast<double>(i) / 48000));
  }
  return made;
}

std::vector<float> read_live(LiveSource& source, std::int64_t device, std::int64_t at, std::size_t frames) {
  std::vector<float> out(frames);
  source.read(frame(device), Frames{at}, out);
  return out;
}

TEST(LiveSource, WhatComesIsGivenAndGivenAgainAfterARewind) {
  LivePipeWriter pipe;
  const auto source = LiveSource::open({pipe.path()}, 1);
  ASSERT_TRUE(source);
  source->poll();
  EXPECT_FALSE(source->primed()) << "nobody has opened the other end: that is no end";
  EXPECT_FALSE(source->length());
  const auto sound = live_tone(24'000, 0.5);
  ASSERT_EQ(pipe.write(sound), sound.size());
  pipe.end();
  source->poll();
  source->poll();
  EXPECT_TRUE(source->primed());
  EXPECT_EQ(source->length(), Frames{24'000});
  const auto first = read_live(*source, 100, 0, 10'000);
  for (std::size_t i = 0; i < first.size(); ++i) ASSERT_NEAR(first[i], sound[i], 1e-6) << i;
  source->rewind(frame(100 + 4'000));
  const auto again = read_live(*source, 100 + 4'000, 4'000, 6'000);
  for (std::size_t i = 0; i < again.size(); ++i) ASSERT_EQ(again[i], first[4'000 + i]) << i;
}

TEST(LiveSource, WhatHasNotComeIsSilenceAndComesLater) {
  LivePipeWriter pipe;
  const auto source = LiveSource::open({pipe.path()}, 1);
  const auto sound = live_tone(12'000, 0.5);
  ASSERT_EQ(pipe.write(sound), sound.size());
  source->poll();
  const auto there = source->ready(frame(0), Frames{0});
  EXPECT_LT(there, Frames{12'000}) << "the limiter looks ahead";
  const auto first = read_live(*source, 0, 0, 12'000);
  const auto last = static_cast<std::size_t>(there.count());
  EXPECT_NE(first[last + 100], 0.0F) << "it dies away";
  EXPECT_EQ(first[last + 240], 0.0F);
  EXPECT_EQ(first.back(), 0.0F);
  ASSERT_EQ(pipe.write(sound), sound.size());
  pipe.end();
  source->poll();
  source->poll();
  const auto second = read_live(*source, 12'000, 12'000, 12'000);
  const auto held = static_cast<std::size_t>((Frames{12'000} - there).count());
  EXPECT_LT(std::abs(second[0]), 0.001) << "it rises";
  EXPECT_NEAR(second[240], sound[12'240 - held], 1e-6) << "where it stopped";
  EXPECT_NEAR(second[held + 500], sound[500], 1e-6);
  EXPECT_EQ(source->length(), Frames{24'000 + static_cast<std::int64_t>(held)});
  source->rewind(frame(0));
  EXPECT_EQ(source->length(), Frames{24'000});
  EXPECT_NEAR(read_live(*source, 0, 0, 12'000).back(), sound[11'999], 1e-6) << "rendered anew, nothing lacks";
}

TEST(LiveSource, StallsOfAnyLengthAreNoClicks) {
  LivePipeWriter pipe;
  const auto source = LiveSource::open({pipe.path()}, 1);
  const std::vector<float> sound(4'000, 0.5F);
  std::vector<float> heard;
  for (const std::size_t stalled :
       {std::size_t{0}, std::size_t{40}, std::size_t{700}, std::size_t{239}, std::size_t{5}}) {
    ASSERT_EQ(pipe.write(sound), sound.size());
    source->poll();
    for (std::size_t asked = 0; asked < 4'000 + stalled; asked += 97) {
      const auto at = static_cast<std::int64_t>(heard.size());
      const auto part = read_live(*source, at, at, 97);
      heard.insert(heard.end(), part.begin(), part.end());
    }
  }
  const auto begins = std::find(heard.begin(), heard.end(), 0.5F) - heard.begin();
  int silent = 0;
  for (auto i = static_cast<std::size_t>(begins) + 1; i < heard.size(); ++i) {
    ASSERT_LE(std::abs(heard[i] - heard[i - 1]), 0.01F) << i;
    silent += heard[i] == 0 ? 1 : 0;
  }
  EXPECT_GT(silent, 0) << "it did stall";
}

TEST(LiveSource, NothingIsLouderThanItsPeakNorNoNumber) {
  LivePipeWriter pipe;
  const auto source = LiveSource::open({pipe.path(), -1}, 1);
  auto sound = live_tone(24'000, 3);
  sound[100] = std::nanf("");
  sound[101] = std::numeric_limits<float>::infinity();
  ASSERT_EQ(pipe.write(sound), sound.size());
  pipe.end();
  source->poll();
  source->poll();
  const auto heard = read_live(*source, 0, 0, 24'000);
  for (const auto sample : heard) ASSERT_TRUE(std::isfinite(sample));
  EXPECT_LE(loa::audio::reference_peak(heard, 1), -0.85);
  EXPECT_GE(loa::audio::reference_peak(heard, 1), -2);
}

TEST(LiveSource, APlainFileIsNoPipe) {
  LivePipeWriter pipe;
  EXPECT_FALSE(LiveSource::open({"/etc/passwd"}, 1));
  EXPECT_FALSE(LiveSource::open({pipe.path() + "x"}, 1));
}

/// A writer whose clock is `ppm` fast for five minutes: frames ahead of the reader, in the worst case, less the
/// mark that is found first.
std::int64_t worst_distance(double ppm) {
  Drift drift(1);
  const std::vector<float> block(480, 0.25F);
  double written = 9'600, owed = 0, read_frames = 0;
  double mark = 0, worst = 0;
  for (int look = 0; look < 30'000; ++look) {
    owed += 480 * (1 + ppm * 1e-6);
    for (; owed >= 480; owed -= 480) written += static_cast<double>(drift.add(block).size());
    read_frames += 480;
    drift.pace(Frames{static_cast<std::int64_t>(written - read_frames)});
    if (look == 300) mark = written - read_frames;
    if (look > 300) worst = std::max(worst, std::abs(written - read_frames - mark));
  }
  return static_cast<std::int64_t>(worst);
}

TEST(Drift, AClockOf300PpmNeitherRunsDryNorGrows) {
  EXPECT_LT(worst_distance(300), 1'440) << "30 ms";
  EXPECT_LT(worst_distance(-300), 1'440);
  EXPECT_LT(worst_distance(0), 960);
}

TEST(Drift, AToneStaysATone) {
  Drift drift(1);
  for (int look = 0; look < 301; ++look) drift.pace(Frames{4'800});
  for (int look = 0; look < 2'000; ++look) drift.pace(Frames{4'900});
  ASSERT_GT(drift.rate(), 0);
  const auto sound = live_tone(48'000, 0.5);
  const auto heard = drift.add(sound);
  double worst = 0;
  for (std::size_t i = 10; i < heard.size(); ++i) {
    const auto at = static_cast<double>(i) * (1 + drift.rate()) / 48000;
    worst = std::max(worst, std::abs(heard[i] - 0.5 * std::sin(2 * std::numbers::pi * 997 * at)));
  }
  EXPECT_LT(worst, 0.01);
}

}  // namespace
