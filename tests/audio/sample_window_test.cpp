// The window between feeder and sound card, with drawings of its state: R taken, W written.
#include "audio/sample_window.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "tests/audio/counted.hpp"

namespace {

using namespace loa::audio;
using test::frame;

/// Writes frames that hold their own number plus `take`.
void write(SampleWindow& window, std::int64_t count, float take = 0) {
  std::vector<float> samples;
  for (std::int64_t i = 0; i < count; ++i) {
    samples.push_back(static_cast<float>((window.written() + Frames{i}).time_since_epoch().count()) + take);
  }
  window.write(samples);
}

std::vector<float> take(SampleWindow& window, std::size_t count) {
  std::vector<float> out(count, -1.0F);
  window.take(out);
  return out;
}

using Samples = std::vector<float>;

TEST(SampleWindow, WhatIsWrittenIsTakenInOrder) {
  SampleWindow window(1, Frames{8});  // R W . . . . . .
  EXPECT_EQ(window.room(), Frames{8});
  write(window, 5);  // R 0 1 2 3 4 W . .
  EXPECT_EQ(window.room(), Frames{3});
  EXPECT_EQ(take(window, 3), (Samples{0, 1, 2}));  // . . . R 3 4 W
  EXPECT_EQ(window.taken(), frame(3));
  EXPECT_EQ(window.room(), Frames{6});
  write(window, 6);  // round the end of the buffer
  EXPECT_EQ(window.room(), Frames{0});
  EXPECT_EQ(take(window, 8), (Samples{3, 4, 5, 6, 7, 8, 9, 10}));
}

TEST(SampleWindow, WhatWasNotWrittenInTimeIsSilenceAndNeverComesLater) {
  SampleWindow window(1, Frames{8});
  write(window, 2);                                   // R 0 1 W
  EXPECT_EQ(take(window, 4), (Samples{0, 1, 0, 0}));  // 0 1 W . R
  window.catch_up();                                  //         RW
  EXPECT_EQ(window.written(), frame(4));
  write(window, 2);
  EXPECT_EQ(take(window, 2), (Samples{4, 5})) << "the frames of now, not those that were late";
}

TEST(SampleWindow, CatchUpChangesNothingWhenTheFeederIsAhead) {
  SampleWindow window(1, Frames{8});
  write(window, 4);
  take(window, 1);
  window.catch_up();
  EXPECT_EQ(window.written(), frame(4));
}

TEST(SampleWindow, WhatIsAheadCanBeTakenBack) {
  SampleWindow window(1, Frames{8});
  write(window, 6);                              // R 0 1 2 3 4 5 W
  take(window, 2);                               // . . R 2 3 4 5 W
  EXPECT_EQ(window.rewind(frame(4)), frame(4));  // . . R 2 3 W
  write(window, 2, 100);                         // . . R 2 3 104 105 W
  EXPECT_EQ(take(window, 4), (Samples{2, 3, 104, 105}));
}

TEST(SampleWindow, WhatIsTakenCannotBeTakenBack) {
  SampleWindow window(1, Frames{8});
  write(window, 6);
  take(window, 4);
  EXPECT_EQ(window.rewind(frame(1)), frame(4));
  EXPECT_EQ(window.rewind(frame(100)), frame(4)) << "and nothing is made up";
}

TEST(SampleWindow, BothChannelsOfAFrameStayTogether) {
  SampleWindow window(2, Frames{4});
  window.write(Samples{1, -1, 2, -2, 3, -3});
  EXPECT_EQ(take(window, 4), (Samples{1, -1, 2, -2}));
  window.write(Samples{4, -4, 5, -5, 6, -6});
  EXPECT_EQ(take(window, 8), (Samples{3, -3, 4, -4, 5, -5, 6, -6}));
}

// Under TSan this also proves that no sample is written while it is read.
TEST(SampleWindow, BetweenThreadsEveryFrameIsItsOwnOrSilence) {
  constexpr std::int64_t kFrames = 400'000;
  SampleWindow window(1, Frames{512});
  std::atomic<bool> wrong{false};
  std::thread card([&] {
    Samples out(48);
    for (std::int64_t first = 0; first < kFrames; first += 48) {
      window.take(out);
      for (std::size_t i = 0; i < out.size(); ++i) {
        const auto expected = static_cast<float>((first + static_cast<std::int64_t>(i)) % 1000 + 1);
        if (out[i] != 0.0F && out[i] != expected) wrong = true;
      }
      if (first % 960 == 0) std::this_thread::yield();
    }
  });
  Samples chunk;
  for (std::int64_t round = 0; window.taken() < frame(kFrames); ++round) {
    window.catch_up();
    if (round % 3 == 0) window.rewind(window.taken() + Frames{round % 100});
    chunk.clear();
    for (auto at = window.written();
         chunk.size() < 64 && Frames{static_cast<std::int64_t>(chunk.size())} < window.room(); at += Frames{1}) {
      chunk.push_back(static_cast<float>(at.time_since_epoch().count() % 1000 + 1));
    }
    window.write(chunk);
  }
  card.join();
  EXPECT_FALSE(wrong);
}

}  // namespace
