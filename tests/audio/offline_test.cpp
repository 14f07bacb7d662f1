// Sound without a device: the gate rules over everything, and it is the same every time.
#include "audio/offline.hpp"

#include <gtest/gtest.h>

#include "tests/audio/made_up_master.hpp"

namespace {

using namespace loa::audio;
using test::open_made_up;
using test::sample_of;

constexpr std::int64_t kBeginning = 1'794'000'000LL * 48000 + 1;  // some second of 2026, and one frame
Instant after_beginning(std::int64_t frames) {
  return Instant{Frames{kBeginning + frames}};
}

Cue cue_of(const std::string& master, std::int64_t start, std::int64_t frames) {
  Cue made;
  made.id = master;
  made.master = master;
  made.anchor = after_beginning(start);
  made.frames = Frames{frames};
  return made;
}

const std::vector<Permitted> kAlways = {{after_beginning(-1), after_beginning(1'000'000'000)}};

TEST(Offline, ClosedUntilPermitted) {
  Offline offline(open_made_up, 1, after_beginning(0));
  offline.play(cue_of("1", 0, 100'000));
  std::vector<float> out(1000);
  offline.render(out);
  EXPECT_EQ(std::count(out.begin(), out.end(), 0.0F), 1000);
  offline.permit(kAlways, Frames{10'000});
  offline.render(out);
  EXPECT_EQ(out[999], sample_of(1, 1999));
}

TEST(Offline, WithoutAFreshPermissionItCloses) {
  Offline offline(open_made_up, 1, after_beginning(0));
  offline.play(cue_of("1", 0, 100'000));
  offline.permit(kAlways, Frames{1500});
  std::vector<float> out(3000);
  offline.render(out);
  EXPECT_EQ(out[0], sample_of(1, 0));
  EXPECT_NE(out[1499], 0.0F);
  EXPECT_EQ(out[1500], 0.0F);
  EXPECT_EQ(out[2999], 0.0F);
}

TEST(Offline, OnlyWhatSoundedIsPlayed) {
  for (const bool samples : {true, false}) {
    Offline offline(open_made_up, 1, after_beginning(0));
    const std::vector<Permitted> hours = {{after_beginning(0), after_beginning(700)}};
    offline.permit(hours, Frames{1'000'000});
    offline.play(cue_of("1", 100, 1000));
    std::vector<float> out(2000);
    if (samples) {
      offline.render(out);
    } else {
      offline.pass(Frames{2000});
    }
    const auto happened = offline.take_happenings();
    ASSERT_EQ(happened.size(), 2u);
    EXPECT_EQ(std::get<Started>(happened[0]).at, after_beginning(100));
    EXPECT_LE(std::chrono::abs(std::get<Started>(happened[0]).error), std::chrono::nanoseconds{1});  // of rounding
    EXPECT_EQ(std::get<Ended>(happened[1]).played, Frames{600});
    EXPECT_EQ(std::get<Ended>(happened[1]).cause, End::gate);
    EXPECT_EQ(std::get<Ended>(happened[1]).at, after_beginning(700));
  }
}

TEST(Offline, ItsPositionIsExactAfterAMonth) {
  Offline offline(open_made_up, 1, after_beginning(0));
  for (int day = 0; day < 31; ++day) offline.pass(Frames{86'400LL * 48000});
  offline.pass(Frames{1});
  EXPECT_EQ(offline.position(), after_beginning(31 * 86'400LL * 48000 + 1));
}

TEST(Offline, WhatSoundsIsKnown) {
  Offline offline(open_made_up, 1, after_beginning(0));
  offline.permit(kAlways, Frames{1'000'000});
  offline.play(cue_of("1", 100, 1000));
  offline.pass(Frames{100});
  EXPECT_EQ(offline.sounding().id, "");
  offline.pass(Frames{1});
  EXPECT_EQ(offline.sounding().id, "1");
  offline.cancel("1", 1, Frames{0});
  offline.pass(Frames{1});
  EXPECT_EQ(offline.sounding().id, "");
}

}  // namespace
