// The engine: samples exactly as the masters hold them, and an account of every cue that matches what went out.
#include "audio/playout.hpp"

#include <gtest/gtest.h>

#include "tests/audio/counted.hpp"
#include "tests/audio/made_up_master.hpp"

namespace {

using namespace loa::audio;
using test::at;
using test::frame;
using test::open_made_up;
using test::sample_of;

const FrameMap kMap{frame(0), Wall{}, 0};

Cue cue_from(const std::string& master, std::int64_t start, std::int64_t frames) {
  Cue made;
  made.id = "id-" + master;
  made.master = master;
  made.at = Frames{start};
  made.frames = Frames{frames};
  return made;
}

std::vector<float> rendered(Playout& playout, std::int64_t first, std::int64_t count, int channels = 1) {
  std::vector<float> out(samples_of(Frames{count}, channels), -1.0F);
  playout.render(frame(first), out, kMap);
  return out;
}

std::string text_of(const Happening& happening) {
  if (const auto* started = std::get_if<Started>(&happening)) {
    return started->id + " started " + std::to_string(started->at.time_since_epoch().count());
  }
  const auto& ended = std::get<Ended>(happening);
  static const std::map<End, std::string> names = {{End::whole, "whole"},         {End::cut, "cut"},
                                                   {End::cancelled, "cancelled"}, {End::gate, "gate"},
                                                   {End::underrun, "underrun"},   {End::unreadable, "unreadable"}};
  return ended.id + " " + names.at(ended.cause) + " " + std::to_string(ended.played.count()) + " by " +
         std::to_string(ended.at.time_since_epoch().count());
}

std::vector<std::string> happenings(Playout& playout) {
  std::vector<std::string> texts;
  for (const auto& happening : playout.take_happenings()) texts.push_back(text_of(happening));
  return texts;
}

using Texts = std::vector<std::string>;

TEST(Playout, AChainIsSampleForSampleWhatTheMastersHold) {
  for (const std::int64_t chunk : {1, 48, 333, 1000}) {
    Playout playout(open_made_up, 1);
    playout.play(cue_from("1", 100, 250), frame(0), kMap);
    playout.play(cue_from("2", 350, 600), frame(0), kMap);
    std::vector<float> out;
    for (std::int64_t first = 0; first < 1000; first += chunk) {
      const auto part = rendered(playout, first, std::min<std::int64_t>(chunk, 1000 - first));
      out.insert(out.end(), part.begin(), part.end());
    }
    for (std::int64_t i = 0; i < 1000; ++i) {
      const float expected = i < 100 ? 0.0F : i < 350 ? sample_of(1, i - 100) : i < 950 ? sample_of(2, i - 350) : 0.0F;
      ASSERT_EQ(out[static_cast<std::size_t>(i)], expected) << i << " in chunks of " << chunk;
    }
  }
}

TEST(Playout, ChannelsAreMatchedToTheDevice) {
  Playout to_stereo(open_made_up, 2);
  to_stereo.play(cue_from("1", 0, 10), frame(0), kMap);
  const auto stereo = rendered(to_stereo, 0, 10, 2);
  EXPECT_EQ(stereo[6], sample_of(1, 3));
  EXPECT_EQ(stereo[7], sample_of(1, 3));

  Playout to_mono(open_made_up, 1);
  to_mono.play(cue_from("2ch", 0, 10), frame(0), kMap);
  EXPECT_EQ(rendered(to_mono, 0, 10)[3], 0.25F * sample_of(1, 3)) << "left and right at half level";
}

TEST(Playout, WhatHappenedIsToldInItsOrder) {
  Playout playout(open_made_up, 1);
  playout.play(cue_from("1", 100, 250), frame(0), kMap);
  playout.play(cue_from("2", 350, 100), frame(0), kMap);
  rendered(playout, 0, 1000);
  playout.confirm(frame(100), {}, kMap);
  EXPECT_EQ(happenings(playout), Texts{}) << "rendered is not yet taken";
  playout.confirm(frame(101), {}, kMap);
  EXPECT_EQ(happenings(playout), Texts{"id-1 started 100"});
  EXPECT_EQ(playout.sounding(frame(101)).id, "id-1");
  EXPECT_EQ(playout.sounding(frame(101)).played, Frames{1});
  playout.confirm(frame(1000), {}, kMap);
  EXPECT_EQ(happenings(playout), (Texts{"id-1 whole 250 by 350", "id-2 started 350", "id-2 whole 100 by 450"}));
  EXPECT_TRUE(playout.idle());
}

TEST(Playout, FramesThatWereLostAreNotPlayed) {
  struct Case {
    const char* why;
    std::vector<LostFrames> lost;
    Texts happenings;
  };
  const auto lost = [](std::int64_t from, std::int64_t until, Loss why) {
    return LostFrames{{frame(from), frame(until)}, why};
  };
  const std::vector<Case> cases = {
      {"none", {}, {"id-1 started 100", "id-1 whole 200 by 300"}},
      {"before it", {lost(0, 100, Loss::gate)}, {"id-1 started 100", "id-1 whole 200 by 300"}},
      {"its beginning", {lost(0, 150, Loss::gate)}, {"id-1 started 150", "id-1 gate 150 by 300"}},
      {"its middle", {lost(150, 160, Loss::underrun)}, {"id-1 started 100", "id-1 underrun 190 by 300"}},
      {"its end", {lost(290, 400, Loss::gate)}, {"id-1 started 100", "id-1 gate 190 by 290"}},
      {"all of it", {lost(100, 300, Loss::gate)}, {"id-1 gate 0 by 500"}},
      {"two ways: the rule is named before the misfortune",
       {lost(110, 120, Loss::underrun), lost(200, 500, Loss::gate)},
       {"id-1 started 100", "id-1 gate 90 by 200"}},
  };
  for (const auto& one : cases) {
    Playout playout(open_made_up, 1);
    playout.play(cue_from("1", 100, 200), frame(0), kMap);
    rendered(playout, 0, 500);
    playout.confirm(frame(500), one.lost, kMap);
    EXPECT_EQ(happenings(playout), one.happenings) << one.why;
  }
}

TEST(Playout, AMasterThatFailsIsToldWithItsReason) {
  struct Case {
    const char* master;
    Texts happenings;
    const char* note;
  };
  const std::vector<Case> cases = {
      {"missing", {"id-missing unreadable 0 by 1000"}, "the master cannot be opened"},
      {"breaks", {"id-breaks started 10", "id-breaks unreadable 50 by 60"}, "made to break"},
      {"short", {"id-short started 10", "id-short unreadable 100 by 110"}, "made to break"},
  };
  for (const auto& one : cases) {
    Playout playout(open_made_up, 1);
    playout.play(cue_from(one.master, 10, 200), frame(0), kMap);
    rendered(playout, 0, 1000);
    playout.confirm(frame(1000), {}, kMap);
    const auto happened = playout.take_happenings();
    ASSERT_FALSE(happened.empty());
    EXPECT_EQ(std::get<Ended>(happened.back()).note, one.note);
    Texts texts;
    for (const auto& happening : happened) texts.push_back(text_of(happening));
    EXPECT_EQ(texts, one.happenings);
  }
}

TEST(Playout, TheErrorOfAStartIsItsSoundAgainstThePlan) {
  Playout playout(open_made_up, 1);
  playout.play(cue_from("1", 100, 250), frame(0), kMap);
  rendered(playout, 0, 1000);
  auto later = kMap;
  later.wall += std::chrono::microseconds{1500};  // by now it is known that the device sounds 1.5 ms later
  playout.confirm(frame(1000), {}, later);
  const auto started = std::get<Started>(playout.take_happenings().front());
  EXPECT_EQ(started.error, std::chrono::microseconds{1500});
  EXPECT_EQ(started.at, at(172));
}

TEST(Playout, AnOrderThatChangesWhatWasRenderedIsRenderedAnewFromThere) {
  Playout playout(open_made_up, 1);
  playout.play(cue_from("1", 0, 1000), frame(0), kMap);
  rendered(playout, 0, 800);
  playout.confirm(frame(100), {}, kMap);
  const auto from = playout.play(cue_from("2", 300, 100), frame(200), kMap);
  ASSERT_EQ(from, frame(300));
  playout.rewind(*from);
  const auto out = rendered(playout, 300, 200);
  EXPECT_EQ(out[0], sample_of(2, 0));
  EXPECT_EQ(out[100], 0.0F);
  playout.confirm(frame(500), {}, kMap);
  EXPECT_EQ(happenings(playout),
            (Texts{"id-1 started 0", "id-1 cut 300 by 300", "id-2 started 300", "id-2 whole 100 by 400"}));
}

TEST(Playout, ALateOrderBeginsAtTheMatchingPlaceAndMissedFramesDoNotCount) {
  Playout playout(open_made_up, 1);
  rendered(playout, 0, 500);
  playout.confirm(frame(400), {}, kMap);
  EXPECT_EQ(playout.play(cue_from("1", 100, 500), frame(450), kMap), frame(450));
  playout.rewind(frame(450));
  const auto out = rendered(playout, 450, 550);
  EXPECT_NEAR(out[120], 0.5F * sample_of(1, 350 + 120), 0.001) << "half way up its rise";
  playout.confirm(frame(1000), {}, kMap);
  EXPECT_EQ(happenings(playout), (Texts{"id-1 started 450", "id-1 whole 150 by 600"}));
}

TEST(Playout, WhatComesInWithinItsSoundRisesAndWhatBeginsOrGoesOnDoesNot) {
  auto resumed = cue_from("2", 1000, 5000);
  resumed.offset = Frames{700};
  for (const std::int64_t chunk : {1, 77, 5000}) {
    Playout playout(open_made_up, 1);
    playout.play(cue_from("1", 0, 1000), frame(0), kMap);
    playout.play(resumed, frame(0), kMap);
    std::vector<float> out;
    for (std::int64_t first = 0; first < 5000; first += chunk) {
      const auto part = rendered(playout, first, chunk);
      out.insert(out.end(), part.begin(), part.end());
    }
    EXPECT_EQ(out[0], sample_of(1, 0));
    EXPECT_LT(out[1000], 0.001F * sample_of(2, 700));
    EXPECT_NEAR(out[1120], 0.5F * sample_of(2, 820), 0.01);
    for (std::size_t i = 1001; i < 1240; ++i) EXPECT_GT(out[i] / sample_of(2, static_cast<std::int64_t>(i) - 300), 0);
    for (std::size_t i = 1240; i < 5000; ++i) ASSERT_EQ(out[i], sample_of(2, static_cast<std::int64_t>(i) - 300)) << i;
    playout.rewind(frame(3000));
    EXPECT_EQ(rendered(playout, 3000, 1)[0], sample_of(2, 2700)) << "rendered anew it goes on";
    playout.rewind(frame(1000));
    EXPECT_LT(rendered(playout, 1000, 500)[0], 0.001F * sample_of(2, 700)) << "rendered anew it comes in";
  }
}

TEST(Playout, AfterFramesThatTheDeviceWentWithoutItRisesAgain) {
  Playout playout(open_made_up, 1);
  playout.play(cue_from("1", 0, 5000), frame(0), kMap);
  rendered(playout, 0, 1000);
  playout.pass(frame(1000), Frames{500}, kMap);
  const auto out = rendered(playout, 1500, 500);
  EXPECT_LT(out[0], 0.001F);
  EXPECT_EQ(out[240], sample_of(1, 1740));
}

TEST(Playout, WhatALateOrderCutsEndsWhereItsLastRenderedFrameWasTaken) {
  Playout playout(open_made_up, 1);
  playout.play(cue_from("1", 0, 1000), frame(0), kMap);
  rendered(playout, 0, 500);
  playout.confirm(frame(400), {}, kMap);
  EXPECT_EQ(playout.play(cue_from("2", 300, 500), frame(450), kMap), frame(450));
  playout.rewind(frame(450));
  rendered(playout, 450, 550);
  playout.confirm(frame(420), {}, kMap);
  EXPECT_EQ(happenings(playout), Texts{"id-1 started 0"});
  EXPECT_EQ(playout.sounding(frame(420)).id, "id-1");
  playout.confirm(frame(1000), {}, kMap);
  EXPECT_EQ(happenings(playout), (Texts{"id-1 cut 450 by 450", "id-2 started 450", "id-2 whole 350 by 800"}));
}

TEST(Playout, ACancelIsHeardAtOnceAndTold) {
  Playout playout(open_made_up, 1);
  playout.play(cue_from("1", 0, 1000), frame(0), kMap);
  rendered(playout, 0, 800);
  EXPECT_TRUE(playout.sounds_before("id-1", 1, frame(800)));
  EXPECT_FALSE(playout.sounds_before("id-2", 1, frame(800)));
  playout.rewind(frame(200));
  playout.cancel("id-1", 1, Frames{10}, frame(200));
  const auto out = rendered(playout, 200, 100);
  EXPECT_GT(out[0], 0.0F);
  EXPECT_EQ(out[9], 0.0F);
  EXPECT_EQ(out[10], 0.0F);
  playout.confirm(frame(300), {}, kMap);
  EXPECT_EQ(happenings(playout), (Texts{"id-1 started 0", "id-1 cancelled 210 by 210"}));
}

TEST(Playout, ACueThatIsFarIsNotNear) {
  Playout playout(open_made_up, 1);
  EXPECT_EQ(playout.play(cue_from("1", 48000 * 60, 10), frame(0), kMap), std::nullopt);
  EXPECT_EQ(playout.play(cue_from("2", 48000 * 61, 10), frame(0), kMap), std::nullopt);
  EXPECT_FALSE(playout.idle());
}

TEST(Playout, AnEdgeOfTheGateInACueIsCountedByTheCuesFrames) {
  Playout playout(open_made_up, 1);
  playout.play(cue_from("1", 1000, 5000), frame(0), kMap);
  auto drifted = kMap;
  drifted.wall += std::chrono::milliseconds{10};  // 480 frames
  EXPECT_EQ(playout.edge(at(1000), drifted), frame(1000)) << "its start";
  EXPECT_EQ(playout.edge(at(6000), drifted), frame(6000)) << "its end";
  EXPECT_EQ(playout.edge(at(999), drifted), frame(519)) << "before it the clock alone counts";
  drifted.wall += std::chrono::seconds{1};  // no drift: a step
  EXPECT_EQ(playout.edge(at(6000), drifted), frame(6000 - 480 - 48000));
}

TEST(Playout, PassedWithoutSamplesTheSameHappens) {
  const auto course = [](bool samples) {
    Playout playout(open_made_up, 1);
    playout.play(cue_from("1", 100, 250), frame(0), kMap);
    playout.play(cue_from("2", 300, 100), frame(0), kMap);
    if (samples) {
      rendered(playout, 0, 1000);
    } else {
      playout.pass(frame(0), Frames{1000}, kMap);
    }
    playout.confirm(frame(1000), {}, kMap);
    return happenings(playout);
  };
  EXPECT_EQ(course(true), course(false));
  EXPECT_EQ(course(false).size(), 4u);
}

}  // namespace
