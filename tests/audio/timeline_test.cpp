// What sounds at each frame of the device: chains, cuts, late orders, fades, cancels, and clocks that step.
#include "audio/timeline.hpp"

#include <gtest/gtest.h>

#include <numeric>

#include "tests/audio/counted.hpp"

namespace {

using namespace loa::audio;
using test::at;
using test::frame;
using namespace std::chrono_literals;

constexpr std::int64_t kSecond = 48000;

/// Device frame 0 is heard at instant `begins`.
FrameMap map_from(std::int64_t begins) {
  return {frame(0), to_wall(at(begins)), 0};
}

Cue cue(const std::string& id, std::int64_t start, std::int64_t frames, std::int64_t anchor = 0) {
  Cue made;
  made.id = id;
  made.master = id;
  made.anchor = at(anchor);
  made.at = Frames{start - anchor};
  made.frames = Frames{frames};
  return made;
}

/// "a@0+100 b@100+50:7" = a from frame 0 for 100, b from frame 100 for 50, from its master's frame 7 on.
std::string drawing(const Timeline& timeline, std::int64_t from, std::int64_t until) {
  std::string text;
  for (const auto& run : timeline.runs(frame(from), frame(until))) {
    if (!text.empty()) text += ' ';
    text += timeline.cue(run.cue).id + '@' + std::to_string(run.first.time_since_epoch().count()) + '+' +
            std::to_string(run.count.count());
    if (run.source.count() != 0) text += ':' + std::to_string(run.source.count());
  }
  return text;
}

std::string endings(Timeline& timeline, std::int64_t taken) {
  std::string text;
  for (const auto& finished : timeline.take_finished(frame(taken), [](CueKey) { return false; })) {
    if (!text.empty()) text += ' ';
    text += finished.cue.id;
    text += finished.end == Timeline::End::whole ? " whole"
            : finished.end == Timeline::End::cut ? " cut"
                                                 : " cancelled";
  }
  return text;
}

struct TimelineCase {
  const char* why;
  std::vector<Cue> cues;
  const char* sounds;   // of the frames 0 to 1000
  const char* endings;  // once 1000 are taken
};

TEST(Timeline, EveryFrameHasItsCue) {
  const std::vector<TimelineCase> cases = {
      {"nothing is silence", {}, "", ""},
      {"one cue", {cue("a", 10, 20)}, "a@10+20", "a whole"},
      {"a chain has no gap", {cue("a", 10, 20), cue("b", 30, 5)}, "a@10+20 b@30+5", "a whole b whole"},
      {"the order in which they come does not matter",
       {cue("b", 30, 5), cue("a", 10, 20)},
       "a@10+20 b@30+5",
       "a whole b whole"},
      {"a later start cuts", {cue("a", 10, 200), cue("b", 50, 5)}, "a@10+40 b@50+5", "a cut b whole"},
      {"cut for good: what was cut does not come back",
       {cue("a", 0, 500), cue("b", 100, 100)},
       "a@0+100 b@100+100",
       "a cut b whole"},
      {"of equal starts the later order stays", {cue("a", 10, 20), cue("b", 10, 5)}, "b@10+5", "a cut b whole"},
      {"no frames is no sound", {cue("a", 10, 0)}, "", "a whole"},
      {"two anchors", {cue("a", 10, 200, 3), cue("b", 50, 5, 50)}, "a@10+40 b@50+5", "a cut b whole"},
      {"what goes on is not finished", {cue("a", 990, 20)}, "a@990+10", ""},
  };
  for (const auto& one : cases) {
    Timeline timeline;
    for (const auto& order : one.cues) timeline.add(order);
    timeline.tie(frame(1000), map_from(0));
    EXPECT_EQ(drawing(timeline, 0, 1000), one.sounds) << one.why;
    EXPECT_EQ(endings(timeline, 1000), one.endings) << one.why;
  }
}

TEST(Timeline, AskedInPiecesItSaysTheSame) {
  Timeline timeline;
  timeline.add(cue("a", 10, 200));
  timeline.add(cue("b", 50, 30));
  timeline.tie(frame(0), map_from(0));
  EXPECT_EQ(drawing(timeline, 0, 49), "a@10+39");
  EXPECT_EQ(drawing(timeline, 49, 51), "a@49+1:39 b@50+1");
  EXPECT_EQ(drawing(timeline, 51, 100), "b@51+29:1");
}

TEST(Timeline, AnOrderIsTakenOnce) {
  Timeline timeline;
  EXPECT_TRUE(timeline.add(cue("a", 0, 10)));
  EXPECT_FALSE(timeline.add(cue("a", 500, 99)));
  timeline.tie(frame(0), map_from(0));
  EXPECT_EQ(drawing(timeline, 0, 1000), "a@0+10");
  EXPECT_EQ(endings(timeline, 10), "a whole");
  EXPECT_FALSE(timeline.add(cue("a", 0, 10))) << "also when it has ended";
  auto again = cue("a", 20, 10);
  again.attempt = 2;
  EXPECT_TRUE(timeline.add(again));
}

TEST(Timeline, AMasterIsEnteredAtItsOffset) {
  Timeline timeline;
  auto joined = cue("a", 100, 50);
  joined.offset = Frames{7000};
  timeline.add(joined);
  timeline.tie(frame(0), map_from(0));
  EXPECT_EQ(drawing(timeline, 0, 1000), "a@100+50:7000");
}

TEST(Timeline, AnAnchorIsTiedTwoSecondsAheadAndNotBefore) {
  Timeline timeline;
  const auto key = timeline.add(cue("a", 10 * kSecond, 100, 10 * kSecond));
  timeline.tie(frame(8 * kSecond), map_from(0));
  EXPECT_FALSE(timeline.start(*key));
  timeline.tie(frame(8 * kSecond + 1), map_from(0));
  EXPECT_EQ(timeline.start(*key), frame(10 * kSecond));
}

TEST(Timeline, AStepOfTheClockMovesWhatIsNotTiedAndNothingElse) {
  Timeline timeline;
  const auto tied = timeline.add(cue("tied", kSecond, 100, 0));
  const auto far = timeline.add(cue("far", 100 * kSecond, 100, 100 * kSecond));
  timeline.tie(frame(0), map_from(0));
  const auto chained = timeline.add(cue("chained", 50 * kSecond, 100, 0));
  const auto stepped = map_from(90 * kSecond);  // the clock jumps forward by 90 s
  timeline.tie(frame(kSecond), stepped);
  timeline.tie(frame(9 * kSecond), stepped);
  EXPECT_EQ(timeline.start(*tied), frame(kSecond));
  EXPECT_EQ(timeline.start(*chained), frame(50 * kSecond)) << "counted by frames from its anchor";
  EXPECT_EQ(timeline.start(*far), frame(10 * kSecond));
}

TEST(Timeline, AnAnchorFarBackIsTiedByItsFirstCueSoThatDriftDoesNotCount) {
  Timeline timeline;
  FrameMap slow = map_from(0);
  slow.ppm = 200;
  const auto hour = 3600 * kSecond;
  slow.wall = to_wall(at(hour));
  const auto key = timeline.add(cue("joined", hour + kSecond, 100, 0));
  timeline.tie(frame(0), slow);
  EXPECT_EQ(timeline.start(*key), slow.frame_at(at(hour + kSecond)));
}

TEST(Timeline, AnAnchorStaysTiedThroughAPause) {
  Timeline timeline;
  timeline.add(cue("a", 0, 100));
  timeline.tie(frame(0), map_from(0));
  EXPECT_EQ(endings(timeline, 200), "a whole");
  EXPECT_TRUE(timeline.empty());
  const auto key = timeline.add(cue("b", 60 * kSecond, 100));
  EXPECT_EQ(timeline.start(*key), frame(60 * kSecond));
}

TEST(Timeline, AnOrderThatComesLateBeginsAtTheMatchingPlace) {
  Timeline timeline;
  timeline.add(cue("a", 0, 300));
  timeline.tie(frame(0), map_from(0));
  timeline.add(cue("late", 100, 300));  // its start, frame 100, was rendered long ago: asked from 250 on
  EXPECT_EQ(drawing(timeline, 250, 1000), "late@250+150:150");
  EXPECT_EQ(endings(timeline, 400), "a cut late whole");
}

TEST(Timeline, ACueEnteredAnHourLateIsWhereTheClockIsNowWhateverTheDriftIsTakenFor) {
  auto slow = map_from(7200 * kSecond);
  slow.ppm = 200;
  Timeline timeline;
  timeline.add(cue("a", 3600 * kSecond, 7200 * kSecond, 3600 * kSecond));
  timeline.tie(frame(0), slow);
  EXPECT_EQ(drawing(timeline, 0, 10), "a@0+10:" + std::to_string(3600 * kSecond));
}

TEST(Timeline, ACueWhollyPassedEndsWithoutSound) {
  Timeline timeline;
  timeline.add(cue("a", 0, 10));
  timeline.tie(frame(500), map_from(0));
  EXPECT_EQ(drawing(timeline, 500, 1000), "");
  EXPECT_EQ(endings(timeline, 500), "a whole");
}

TEST(Timeline, CancelForgetsWhatHasNotBegun) {
  for (const bool tied : {false, true}) {
    Timeline timeline;
    timeline.add(cue("a", 0, 500));
    timeline.add(cue("b", 100, 10));
    if (tied) timeline.tie(frame(0), map_from(0));
    EXPECT_TRUE(timeline.cancel("b", 1, Frames{48}, frame(100)));
    timeline.tie(frame(0), map_from(0));
    EXPECT_EQ(drawing(timeline, 0, 1000), "a@0+500") << "and what it would have cut sounds on";
    EXPECT_EQ(endings(timeline, 0), "b cancelled");
  }
}

TEST(Timeline, CancelOfTheUnknownChangesNothing) {
  Timeline timeline;
  timeline.add(cue("a", 0, 500));
  timeline.tie(frame(0), map_from(0));
  EXPECT_FALSE(timeline.cancel("b", 1, Frames{0}, frame(0)));
  EXPECT_FALSE(timeline.cancel("a", 2, Frames{0}, frame(0)));
  EXPECT_EQ(drawing(timeline, 0, 1000), "a@0+500");
}

TEST(Timeline, CancelEndsWhatSoundsWithItsFade) {
  Timeline timeline;
  timeline.add(cue("a", 0, 500));
  timeline.tie(frame(0), map_from(0));
  timeline.cancel("a", 1, Frames{100}, frame(200));
  EXPECT_EQ(drawing(timeline, 0, 1000), "a@0+300");
  timeline.cancel("a", 1, Frames{10}, frame(210));
  EXPECT_EQ(drawing(timeline, 0, 1000), "a@0+220") << "a shorter one shortens it";
  timeline.cancel("a", 1, Frames{100}, frame(215));
  EXPECT_EQ(drawing(timeline, 0, 1000), "a@0+220") << "a longer one does not lengthen it";
  EXPECT_EQ(endings(timeline, 220), "a cancelled");
}

TEST(Timeline, CancelAllForgetsAndEndsEverything) {
  Timeline timeline;
  timeline.add(cue("a", 0, 500));
  timeline.add(cue("b", 400, 500));
  timeline.add(cue("far", 500 * kSecond, 10, 500 * kSecond));
  timeline.tie(frame(0), map_from(0));
  timeline.cancel_all(Frames{10}, frame(200));
  EXPECT_EQ(drawing(timeline, 0, 1000), "a@0+210");
  EXPECT_EQ(endings(timeline, 210), "far cancelled b cancelled a cancelled");
}

std::vector<float> gains(const Timeline& timeline, std::int64_t from, std::int64_t until, int channels = 1) {
  const auto runs = timeline.runs(frame(from), frame(until));
  EXPECT_EQ(runs.size(), 1u);
  std::vector<float> samples(samples_of(runs.at(0).count, channels), 1.0F);
  timeline.shape(runs.at(0), samples, channels);
  return samples;
}

TEST(Timeline, AFadeEndsInSilenceOnTheLastFrame) {
  Timeline timeline;
  auto faded = cue("a", 0, 1000);
  faded.fade = Frames{400};
  timeline.add(faded);
  timeline.tie(frame(0), map_from(0));
  const auto whole = gains(timeline, 0, 1000);
  EXPECT_EQ(whole[599], 1.0F);
  EXPECT_LT(whole[600], 1.0F);
  EXPECT_NEAR(whole[799], 0.5F, 1e-6F);
  EXPECT_EQ(whole[999], 0.0F);
  for (std::size_t i = 1; i < whole.size(); ++i) {
    EXPECT_LE(whole[i], whole[i - 1]);
    EXPECT_LT(whole[i - 1] - whole[i], 0.005F) << "no step at " << i;
  }
  const auto part = gains(timeline, 700, 800, 2);
  EXPECT_EQ(part[0], whole[700]);
  EXPECT_EQ(part[1], whole[700]) << "both channels alike";
  EXPECT_EQ(part[199], whole[799]);
}

TEST(Timeline, AFadeLongerThanTheCueFadesAllOfIt) {
  Timeline timeline;
  auto faded = cue("a", 0, 100);
  faded.fade = Frames{4000};
  timeline.add(faded);
  timeline.tie(frame(0), map_from(0));
  const auto samples = gains(timeline, 0, 100);
  EXPECT_GT(samples.front(), 0.99F);
  EXPECT_EQ(samples.back(), 0.0F);
}

TEST(Timeline, ACancelWithinAFadeIsTheProductOfBoth) {
  Timeline timeline;
  auto faded = cue("a", 0, 1000);
  faded.fade = Frames{1000};
  timeline.add(faded);
  timeline.tie(frame(0), map_from(0));
  const auto before = gains(timeline, 0, 1000);
  timeline.cancel("a", 1, Frames{100}, frame(300));
  const auto after = gains(timeline, 0, 1000);
  ASSERT_EQ(after.size(), 400u);
  EXPECT_EQ(after[299], before[299]);
  EXPECT_LT(after[300], before[300]);
  EXPECT_GT(after[300], 0.9F * before[300]);
  EXPECT_EQ(after[399], 0.0F);
}

TEST(Timeline, ASecondCancelInAHurryGoesDownFromWhereTheFirstOneIs) {
  Timeline timeline;
  timeline.add(cue("a", 0, 9'000));
  timeline.tie(frame(0), map_from(0));
  timeline.cancel("a", 1, Frames{4'000}, frame(1'000));
  timeline.cancel("a", 1, Frames{400}, frame(3'000));
  const auto gain = gains(timeline, 0, 9'000);
  ASSERT_EQ(gain.size(), 3'400u);
  for (std::size_t i = 1; i < gain.size(); ++i) {
    ASSERT_LE(gain[i], gain[i - 1]) << i;
    ASSERT_LT(gain[i - 1] - gain[i], 0.005F) << "no step at " << i;
  }
  EXPECT_NEAR(gain[2'999], 0.5F, 0.001F);
  EXPECT_EQ(gain.back(), 0.0F);
}

}  // namespace
