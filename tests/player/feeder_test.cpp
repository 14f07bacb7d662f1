// The feeder driven frame by frame by a device of the test: no thread, no clock, every sample looked at.
#include "daemon/player/feeder.hpp"

#include <gtest/gtest.h>

#include "tests/audio/made_up_master.hpp"

namespace {

using namespace loa;
using audio::Frames;
using audio::test::open_made_up;
using audio::test::sample_of;

constexpr std::int64_t kBegins = 1'794'000'000LL * 48000;
constexpr std::int64_t kPeriod = 480;
wire::Instant at(std::int64_t frames) {
  return wire::Instant{Frames{kBegins + frames}};
}

/// A card whose frame f is heard at at(f) + step; it keeps all that it took.
class Card {
 public:
  explicit Card(std::chrono::nanoseconds latency = {}) : feeder(output, open_made_up, 1, latency) {
    feeder.obey(wire::GateOrder{{{at(0), at(1'000'000'000)}}, Frames{1'000'000'000}});
  }

  /// Takes `frames` with a turn of the feeder after each period.
  void run(std::int64_t frames) {
    for (; frames > 0; frames -= kPeriod) {
      take(kPeriod);
      feeder.turn();
      for (auto& event : feeder.take_events()) events.push_back(event);
    }
  }
  void take(std::int64_t frames) {
    std::vector<float> out(static_cast<std::size_t>(frames));
    output.take(out, {audio::to_wall(at(static_cast<std::int64_t>(heard.size()))) + step});
    heard.insert(heard.end(), out.begin(), out.end());
  }

  std::string told() const {
    std::string text;
    for (const auto& event : events) {
      if (!text.empty()) text += ", ";
      text += std::visit([](const auto& one) { return words(one); }, event);
    }
    return text;
  }

  audio::Output output{1, player::Feeder::kWindow};
  player::Feeder feeder;
  std::chrono::nanoseconds step{0};
  std::vector<float> heard;
  std::vector<wire::Event> events;

 private:
  static std::string since_begin(wire::Instant instant) {
    return std::to_string(instant.time_since_epoch().count() - kBegins);
  }
  static std::string words(const wire::StartedEvent& event) { return event.id + " started " + since_begin(event.at); }
  static std::string words(const wire::EndedEvent& event) {
    static const std::vector<std::string> causes = {"whole", "cut", "cancelled", "gate", "underrun", "unreadable"};
    return event.id + " " + causes.at(static_cast<std::size_t>(event.cause)) + " " +
           std::to_string(event.played.count());
  }
  static std::string words(const wire::DeviceEvent&) { return "device"; }
  static std::string words(const wire::BeatEvent&) { return "beat"; }
};

wire::PlayOrder play(const std::string& master, std::int64_t start, std::int64_t frames, std::int64_t anchor = -1) {
  wire::PlayOrder order;
  order.id = master;
  order.master = master;
  order.anchor = at(anchor < 0 ? start : anchor);
  order.at = at(start) - order.anchor;
  order.frames = Frames{frames};
  return order;
}

TEST(Feeder, AChainIsHeardOnItsFramesWithoutAGap) {
  Card card;
  card.feeder.obey(play("1", 100'001, 5'000));
  card.feeder.obey(play("2", 105'001, 7'000, 100'001));
  card.run(150'000);
  for (std::size_t i = 0; i < 150'000; ++i) {
    const auto frame = static_cast<std::int64_t>(i);
    const float expected = frame < 100'001   ? 0
                           : frame < 105'001 ? sample_of(1, frame - 100'001)
                           : frame < 112'001 ? sample_of(2, frame - 105'001)
                                             : 0;
    ASSERT_EQ(card.heard[i], expected) << i;
  }
  EXPECT_EQ(card.told(), "1 started 100001, 1 whole 5000, 2 started 105001, 2 whole 7000");
  for (const auto& event : card.events) {
    if (const auto* started = std::get_if<wire::StartedEvent>(&event)) {
      EXPECT_LE(std::chrono::abs(started->error), std::chrono::nanoseconds{2});
    }
  }
}

TEST(Feeder, ARepeatedOrderChangesNothing) {
  Card card;
  card.feeder.obey(play("1", 100'000, 5'000));
  card.run(90'000);
  card.feeder.obey(play("1", 100'000, 5'000));
  card.feeder.obey(play("1", 120'000, 9'000));
  card.run(60'000);
  card.feeder.obey(play("1", 151'000, 9'000));
  card.run(30'000);
  EXPECT_EQ(card.told(), "1 started 100000, 1 whole 5000");
}

TEST(Feeder, AnOrderForNowCutsInAlthoughASecondIsRenderedAhead) {
  Card card;
  card.feeder.obey(play("1", 20'000, 400'000));
  card.run(96'000);
  card.feeder.obey(play("2", 96'000, 10'000));
  card.run(48'000);
  EXPECT_NE(card.heard[96'000], sample_of(2, 0)) << "its first frames are past";
  std::size_t entered = 96'000;
  while (card.heard[entered] != sample_of(2, static_cast<std::int64_t>(entered) - 96'000)) ++entered;
  EXPECT_LT(entered, 96'000u + 4'800) << "within 100 ms, at the matching place";
  EXPECT_EQ(card.heard[105'999], sample_of(2, 9'999));
  EXPECT_EQ(card.heard[106'000], 0.0F);
}

TEST(Feeder, ACancelIsHeardWithinATenthOfASecond) {
  Card card;
  card.feeder.obey(play("1", 20'000, 400'000));
  card.run(96'000);
  card.feeder.obey(wire::CancelOrder{"1", 1, Frames{480}});
  card.run(48'000);
  const auto silent = std::find(card.heard.begin() + 96'000, card.heard.end(), 0.0F) - card.heard.begin();
  EXPECT_LT(silent, 96'000 + 4'800);
  EXPECT_TRUE(std::all_of(card.heard.begin() + silent, card.heard.end(), [](float sample) { return sample == 0; }));
  EXPECT_EQ(card.told(), "1 started 20000, 1 cancelled " + std::to_string(silent + 1 - 20'000));
}

TEST(Feeder, OutsideTheGateThereIsSilenceAndItIsNotPlayed) {
  Card card;
  card.feeder.obey(wire::GateOrder{{{at(0), at(30'000)}, {at(60'000), at(1'000'000)}}, Frames{1'000'000}});
  card.feeder.obey(play("1", 20'000, 50'000));
  card.run(96'000);
  for (std::size_t i = 30'000; i < 60'000; ++i) ASSERT_EQ(card.heard[i], 0.0F) << i;
  EXPECT_GT(card.heard[29'999], 0.0F);
  EXPECT_GT(card.heard[60'000], 0.0F);
  EXPECT_EQ(card.told(), "1 started 20000, 1 gate 20000");
}

// What was rendered ahead before the soft hours were known is rendered anew.
TEST(Feeder, SoftHoursThatComeLateAreHeardWithinATenthOfASecond) {
  Card card;
  card.feeder.obey(play("1", 20'000, 400'000));
  card.run(96'000);
  wire::GateOrder gate{{{at(0), at(1'000'000'000)}}, Frames{1'000'000'000}};
  gate.soft = {{at(0), at(200'000), -20}};
  card.feeder.obey(gate);
  card.run(200'000);
  const auto full = [&](std::size_t i) { return sample_of(1, static_cast<std::int64_t>(i) - 20'000); };
  ASSERT_EQ(card.heard[95'999], full(95'999));
  for (std::size_t i = 96'000 + 4'800; i < 200'000; ++i) ASSERT_FLOAT_EQ(card.heard[i], full(i) * 0.1F) << i;
  EXPECT_EQ(card.heard[248'000], full(248'000));
  EXPECT_EQ(card.told(), "1 started 20000");
}

TEST(Feeder, AGateThatIsNotRefreshedCloses) {
  Card card;
  card.run(9'600);
  card.feeder.obey(wire::GateOrder{{{at(0), at(1'000'000)}}, Frames{48'000}});
  card.feeder.obey(play("1", 20'000, 100'000));
  card.run(96'000);
  const auto last = std::find_if(card.heard.rbegin(), card.heard.rend(), [](float sample) { return sample != 0; });
  EXPECT_EQ(card.heard.rend() - last, 9'600 + 480 + 48'000) << "counted from when the order was obeyed";
}

TEST(Feeder, AStepOfTheClockDoesNotMoveWhatHasBegun) {
  for (const auto step :
       {std::chrono::milliseconds{700}, std::chrono::milliseconds{-700}, std::chrono::milliseconds{3'600'000}}) {
    Card card;
    card.feeder.obey(wire::GateOrder{{{at(0), at(1'000'000'000)}}, Frames{1'000'000'000}});
    card.feeder.obey(play("1", 100'000, 24'000));
    card.run(105'600);
    card.step = step;
    card.feeder.obey(play("2", 124'000, 24'000, 100'000));
    card.run(150'000);
    EXPECT_EQ(card.heard[100'000], sample_of(1, 0)) << step.count();
    EXPECT_EQ(card.heard[147'999], sample_of(2, 23'999)) << step.count();
    ASSERT_EQ(card.events.size(), 4u);
    const auto error = std::get<wire::StartedEvent>(card.events[2]).error;
    EXPECT_LE(std::chrono::abs(error - step), std::chrono::microseconds{1}) << "but what the clock now says is told";
  }
}

TEST(Feeder, FramesThatTheFeederMissedAreTellAsUnderrunAndTheRestIsInItsPlace) {
  Card card;
  card.feeder.obey(play("1", 20'000, 200'000));
  card.run(48'000);
  card.take(60'000);  // the feeder was stuck for more than a second: some 12,000 frames are missing
  card.run(150'000);
  EXPECT_EQ(card.heard[200'000], sample_of(1, 180'000));
  const auto played = std::count_if(card.heard.begin(), card.heard.end(), [](float sample) { return sample != 0; });
  EXPECT_LT(played, 190'000);
  EXPECT_EQ(card.told(), "1 started 20000, 1 underrun " + std::to_string(played));
  EXPECT_GT(card.output.underruns(), 0);
}

TEST(Feeder, AQuitFadesEverythingAndThenItIsIdle) {
  Card card;
  card.feeder.obey(play("1", 20'000, 400'000));
  card.feeder.obey(play("2", 4'000'000, 400'000));
  card.run(48'000);
  EXPECT_FALSE(card.feeder.status().idle);
  card.feeder.obey(wire::QuitOrder{});
  card.run(9'600);
  EXPECT_TRUE(card.feeder.status().idle);
  EXPECT_TRUE(card.feeder.status().quitting);
  EXPECT_EQ(card.heard.back(), 0.0F);
  EXPECT_EQ(card.told().substr(0, 31), "1 started 20000, 2 cancelled 0,");
}

TEST(Feeder, AStepShortlyBeforeAStartMovesTheWholeSessionToTheRightTime) {
  for (const auto ms : {-1900, -1000, -100, -20, 20, 100, 1000}) {
    Card card;
    card.feeder.obey(play("1", 240'000, 24'000));
    card.feeder.obey(play("2", 264'000, 24'000, 240'000));
    card.run(240'000 - 96'000);  // 2 s before: its anchor is tied, and rendered soon
    card.step = std::chrono::milliseconds{ms};
    card.run(96'000 + 192'000);
    // The card's frame f is heard at at(f) + step now.
    const auto begins = static_cast<std::size_t>(240'000 - 48 * ms);
    EXPECT_EQ(card.heard[begins - 1], 0.0F) << ms;
    EXPECT_EQ(card.heard[begins], sample_of(1, 0)) << ms;
    EXPECT_EQ(card.heard[begins + 24'000], sample_of(2, 0)) << ms << ": the session stays one chain";
    EXPECT_EQ(card.heard[begins + 47'999], sample_of(2, 23'999)) << ms;
    EXPECT_EQ(card.told(), "1 started 240000, 1 whole 24000, 2 started 264000, 2 whole 24000") << ms;
  }
}

TEST(Feeder, AStepPastAStartThatIsNearLosesNothingOfIt) {
  Card card;
  card.feeder.obey(play("1", 240'000, 24'000));
  card.run(240'000 - 38'400);
  card.step = std::chrono::seconds{1};
  card.run(240'000);
  EXPECT_EQ(card.heard[240'000], sample_of(1, 0)) << "0.2 s late by the new time, and whole";
  EXPECT_EQ(card.told(), "1 started 288000, 1 whole 24000");
}

TEST(Feeder, TheStatusSaysWhatSounds) {
  Card card;
  card.feeder.obey(play("1", 20'160, 48'000));
  card.run(19'200);
  EXPECT_EQ(card.feeder.status().id, "");
  card.run(9'600);
  EXPECT_EQ(card.feeder.status().id, "1");
  EXPECT_EQ(card.feeder.status().attempt, 1u);
  EXPECT_EQ(card.feeder.status().played, Frames{28'800 - 20'160});
}

TEST(Feeder, WhatIsSilencedOnItsWayOutIsMissedAndWhatTheGateTakesIsNot) {
  Card card;
  card.feeder.obey(play("1", 20'160, 48'000 * 60));
  card.run(48'000 * 5);
  EXPECT_EQ(card.feeder.status().silent, Frames{0});
  card.feeder.obey(wire::GateOrder{{}, Frames{1'000'000'000}});
  card.run(48'000 * 5);
  EXPECT_EQ(card.feeder.status().silent, Frames{0}) << "it has its reason";
  card.feeder.obey(wire::GateOrder{{{at(0), at(1'000'000'000)}}, Frames{1'000'000'000}});
  card.run(48'000);
  card.output.hush();  // stands for any fault behind the renderer
  card.run(48'000 * 4);
  EXPECT_GE(card.feeder.status().silent, Frames{48'000 * 3});
}

TEST(Feeder, TheCorrectionOfADeviceMakesEverythingEarlier) {
  Card card{std::chrono::milliseconds{10}};
  card.feeder.obey(play("1", 100'000, 5'000));
  card.run(150'000);
  EXPECT_EQ(card.heard[99'519], 0.0F);
  EXPECT_EQ(card.heard[99'520], sample_of(1, 0));
}

}  // namespace
