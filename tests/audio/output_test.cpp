// The sound card's side as a whole: what it sounds, what it counts, what it says was lost; and its small queues.
#include "audio/output.hpp"

#include <gtest/gtest.h>

#include <thread>

#include "tests/audio/counted.hpp"

namespace {

using namespace loa::audio;
using test::frame;

Gate open_between(std::int64_t from, std::int64_t until) {
  Gate gate;
  gate.open[0] = {frame(from), frame(until)};
  gate.count = 1;
  gate.expires = frame(1'000'000'000);
  return gate;
}

void feed(Output& output, std::int64_t frames) {
  output.window().write(std::vector<float>(static_cast<std::size_t>(frames), 1.0F));
}

std::vector<float> take(Output& output, std::size_t frames) {
  std::vector<float> out(frames, -1.0F);
  output.take(out, {});
  return out;
}

std::vector<LostFrames> losses(Output& output) {
  std::vector<LostFrames> found;
  for (LostFrames loss; output.next_loss(loss);) found.push_back(loss);
  return found;
}

LostFrames lost(std::int64_t from, std::int64_t until, Loss why) {
  return {{frame(from), frame(until)}, why};
}

TEST(Output, IsSilentUntilItIsFedAndThatIsNoUnderrun) {
  Output output(1, Frames{4096});
  output.set_gate(open_between(0, 1'000'000));
  EXPECT_EQ(take(output, 3), (std::vector<float>{0, 0, 0}));
  EXPECT_EQ(output.underruns(), 0);
  EXPECT_TRUE(losses(output).empty());
  EXPECT_EQ(output.taken(), frame(3));
}

TEST(Output, CountsAndNamesTheFramesThatCameTooLate) {
  Output output(1, Frames{4096});
  output.set_gate(open_between(0, 1'000'000));
  feed(output, 10);
  EXPECT_EQ(take(output, 16)[9], 1.0F);
  EXPECT_EQ(output.underruns(), 1);
  EXPECT_EQ(losses(output), (std::vector<LostFrames>{lost(10, 16, Loss::underrun)}));
  EXPECT_EQ(output.accounted(), frame(16));
}

TEST(Output, IsClosedUntilTheGateIsSet) {
  Output output(1, Frames{4096});
  feed(output, 100);
  const auto out = take(output, 50);
  EXPECT_EQ(std::count(out.begin(), out.end(), 0.0F), 50);
  EXPECT_FALSE(output.gate_open());
  EXPECT_EQ(losses(output), (std::vector<LostFrames>{lost(0, 50, Loss::gate)}));
}

TEST(Output, FramesThatWereLateAreNotAlsoClosed) {
  Output output(1, Frames{4096});
  output.set_gate(open_between(0, 4));
  feed(output, 10);
  take(output, 16);
  EXPECT_EQ(losses(output), (std::vector<LostFrames>{lost(4, 10, Loss::gate), lost(10, 16, Loss::underrun)}));
}

TEST(Output, AGateThatOpensIsSeenByTheNextBuffer) {
  Output output(1, Frames{4096});
  feed(output, 1000);
  take(output, 10);
  output.set_gate(open_between(0, 1'000'000));
  const auto out = take(output, 500);
  EXPECT_GT(out[0], 0.0F);
  EXPECT_EQ(out[499], 1.0F);
  EXPECT_TRUE(output.gate_open());
}

TEST(Output, HushedItGoesSilentWithinTenMillisecondsForGood) {
  Output output(1, Frames{4096});
  output.set_gate(open_between(0, 1'000'000));
  feed(output, 2000);
  take(output, 100);
  output.hush();
  std::vector<float> heard;
  for (int i = 0; i < 6; ++i) {
    const auto out = take(output, 100);
    heard.insert(heard.end(), out.begin(), out.end());
  }
  EXPECT_GT(heard[0], 0.99F);
  EXPECT_EQ(heard[479], 0.0F);
  EXPECT_EQ(heard[599], 0.0F);
  for (std::size_t i = 1; i < 480; ++i) EXPECT_LT(heard[i], heard[i - 1]);
  EXPECT_TRUE(output.hushed());
}

TEST(Output, StampsSayWhichFramesWereAskedWhen) {
  Output output(2, Frames{4096});
  std::vector<float> out(2 * 64);
  output.take(out, {Wall{std::chrono::seconds{5}}, std::chrono::milliseconds{3}});
  output.take(out, {Wall{std::chrono::seconds{6}}, std::chrono::milliseconds{-3}, std::chrono::seconds{9}});
  Stamp stamp;
  ASSERT_TRUE(output.next_stamp(stamp));
  ASSERT_TRUE(output.next_stamp(stamp));
  EXPECT_EQ(stamp.first, frame(64));
  EXPECT_EQ(stamp.count, Frames{64});
  EXPECT_EQ(stamp.asked.wall, Wall{std::chrono::seconds{6}});
  EXPECT_EQ(stamp.asked.steady, std::chrono::seconds{9});
  EXPECT_EQ(stamp.asked.lead, std::chrono::milliseconds{-3});
  EXPECT_FALSE(output.next_stamp(stamp));
  EXPECT_EQ(output.longest(), Frames{64});
}

TEST(Output, ALossThatFindsNoRoomIsToldLaterAndUntilThenNothingIsAccounted) {
  Output output(1, Frames{4096});
  for (int i = 0; i < 1024; ++i) {
    feed(output, 2);
    take(output, 2);  // closed: one loss each
  }
  EXPECT_EQ(output.accounted(), frame(2048));
  feed(output, 4);
  take(output, 2);
  take(output, 2);
  EXPECT_EQ(output.accounted(), frame(2048)) << "two losses are held back";
  EXPECT_EQ(losses(output).size(), 1024u);
  feed(output, 2);
  take(output, 2);
  EXPECT_EQ(output.accounted(), frame(2054));
  EXPECT_EQ(losses(output), (std::vector<LostFrames>{lost(2048, 2054, Loss::gate)}));
}

TEST(SpscRing, KeepsItsOrderBetweenThreadsAndRefusesWhenFull) {
  SpscRing<int, 4> ring;
  for (int i = 0; i < 4; ++i) EXPECT_TRUE(ring.push(i));
  EXPECT_FALSE(ring.push(4));
  int value = -1;
  for (int i = 0; i < 4; ++i) EXPECT_TRUE(ring.pop(value) && value == i);
  EXPECT_FALSE(ring.pop(value));

  constexpr int kMany = 20'000;
  std::thread producer([&] {
    for (int i = 0; i < kMany;) {
      if (ring.push(i)) {
        ++i;
      } else {
        std::this_thread::yield();
      }
    }
  });
  int expected = 0;
  while (expected < kMany) {
    if (!ring.pop(value)) {
      std::this_thread::yield();
    } else if (value != expected++) {
      ADD_FAILURE() << value;
      break;
    }
  }
  producer.join();
}

TEST(TripleBuffer, TheReaderSeesWholeValuesThatNeverGoBack) {
  struct Pair {
    int a = 0, b = 0;
  };
  TripleBuffer<Pair> newest;
  EXPECT_EQ(newest.newest().a, 0);
  constexpr int kMany = 20'000;
  std::thread writer([&] {
    for (int i = 1; i <= kMany; ++i) newest.publish({i, -i});
  });
  for (int last = 0; last < kMany;) {
    const auto seen = newest.newest();
    ASSERT_EQ(seen.a, -seen.b);
    ASSERT_GE(seen.a, last);
    last = seen.a;
  }
  writer.join();
}

}  // namespace
