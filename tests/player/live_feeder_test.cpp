// Announcements and other live sources through feeder and output, every sample looked at; and the law of the gate:
// whatever is ordered, outside the permitted hours nothing sounds but an announcement.
#include <gtest/gtest.h>

#include <random>

#include "daemon/player/feeder.hpp"
#include "tests/audio/live_pipe.hpp"
#include "tests/audio/made_up_master.hpp"

namespace {

using namespace loa;
using audio::Frames;
using audio::test::LivePipeWriter;
using audio::test::sample_of;

constexpr std::int64_t kDayOne = 1'794'000'000LL * 48000;
constexpr float kVoice = 0.75F;  // no made-up master has such samples

wire::Instant live_at(std::int64_t frames) {
  return wire::Instant{Frames{kDayOne + frames}};
}

class LiveCard {
 public:
  LiveCard() : feeder(output, audio::test::open_made_up, 1, {}) {}
  void run(std::int64_t frames) {
    for (std::int64_t done = 0; done < frames; done += 480) {
      std::vector<float> out(480);
      output.take(out, {audio::to_wall(live_at(static_cast<std::int64_t>(heard.size())))});
      heard.insert(heard.end(), out.begin(), out.end());
      feeder.turn();
      for (auto& event : feeder.take_events()) events.push_back(event);
    }
  }
  void permit(std::int64_t from, std::int64_t until) {
    feeder.obey(wire::GateOrder{{{live_at(from), live_at(until)}}, Frames{1'000'000'000}});
  }
  const wire::EndedEvent* ended(const std::string& id) const {
    for (const auto& event : events) {
      const auto* one = std::get_if<wire::EndedEvent>(&event);
      if (one != nullptr && one->id == id) return one;
    }
    return nullptr;
  }
  std::int64_t now() const { return static_cast<std::int64_t>(heard.size()); }

  audio::Output output{1, player::Feeder::kWindow};
  player::Feeder feeder;
  std::vector<float> heard;
  std::vector<wire::Event> events;
};

bool is_voice(float sample) {
  return std::abs(sample - kVoice) < 1e-4F;
}

wire::PlayOrder master_order(const std::string& id, char master, std::int64_t start, std::int64_t frames) {
  wire::PlayOrder order;
  order.id = id;
  order.master = std::string(1, master);
  order.anchor = live_at(start);
  order.frames = Frames{frames};
  return order;
}

wire::PlayOrder announcement(const std::string& id, const std::string& pipe, std::int64_t now) {
  wire::PlayOrder order;
  order.id = id;
  order.live = pipe;
  order.at_once = order.announce = true;
  order.anchor = live_at(now);
  order.frames = Frames{48'000 * 3600};
  return order;
}

TEST(LiveFeeder, AnAnnouncementBreaksInWholeAndWhatSoundedFadesBeforeIt) {
  LiveCard card;
  card.permit(0, 10'000'000);
  card.feeder.obey(master_order("plan", '1', 20'160, 4'000'000));
  card.run(96'000);
  LivePipeWriter pipe;
  card.feeder.obey(announcement("a", pipe.path(), card.now()));
  card.run(480);
  ASSERT_EQ(pipe.write(std::vector<float>(48'000, kVoice)), 48'000u);
  const auto asked = card.now();
  card.run(480);
  pipe.end();
  card.run(96'000);
  const auto first = std::find_if(card.heard.begin(), card.heard.end(), is_voice) - card.heard.begin();
  EXPECT_LE(first - asked, 4'800) << "within 100 ms";
  EXPECT_EQ(std::count_if(card.heard.begin(), card.heard.end(), is_voice), 48'000) << "whole";
  EXPECT_NEAR(card.heard[static_cast<std::size_t>(first) - 1], 0, 0.001) << "the fade is over";
  const auto* plan = card.ended("plan");
  ASSERT_NE(plan, nullptr);
  EXPECT_EQ(plan->cause, wire::EndCause::cancelled);
  ASSERT_NE(card.ended("a"), nullptr);
  EXPECT_EQ(card.ended("a")->cause, wire::EndCause::whole);
  EXPECT_EQ(card.ended("a")->played, Frames{48'000});
}

TEST(LiveFeeder, ItPassesTheGateAndNothingElseDoes) {
  LiveCard card;
  card.run(9'600);
  LivePipeWriter pipe, other;
  card.feeder.obey(announcement("a", pipe.path(), card.now()));
  auto unannounced = announcement("line", other.path(), card.now());
  unannounced.announce = false;
  card.feeder.turn();
  pipe.write(std::vector<float>(24'000, kVoice));
  card.run(4'800);
  pipe.end();
  card.run(52'800);
  card.feeder.obey(unannounced);
  card.feeder.turn();
  other.write(std::vector<float>(24'000, 0.5F));
  other.end();
  card.run(48'000);
  EXPECT_EQ(std::count_if(card.heard.begin(), card.heard.end(), is_voice), 24'000);
  EXPECT_EQ(std::count_if(card.heard.begin(), card.heard.end(), [](float x) { return x != 0; }), 24'000);
  ASSERT_NE(card.ended("line"), nullptr);
  EXPECT_EQ(card.ended("line")->cause, wire::EndCause::gate);
}

TEST(LiveFeeder, ASourceThatStallsGoesOnWhereItStopped) {
  LiveCard card;
  card.run(9'600);
  LivePipeWriter pipe;
  card.feeder.obey(announcement("a", pipe.path(), card.now()));
  card.feeder.turn();
  pipe.write(std::vector<float>(24'000, kVoice));
  card.run(96'000);
  pipe.write(std::vector<float>(24'000, kVoice));
  pipe.end();
  card.run(96'000);
  const auto lessened = 2 * audio::LiveSource::kEdge.count();
  EXPECT_GE(std::count_if(card.heard.begin(), card.heard.end(), is_voice), 48'000 - lessened);
  ASSERT_NE(card.ended("a"), nullptr);
  EXPECT_EQ(card.ended("a")->played, Frames{48'000});
}

TEST(LiveFeeder, OneWhoseSourceHasEndedIsTakenBackBeforeItBegins) {
  LiveCard card;
  card.run(9'600);
  LivePipeWriter pipe;
  card.feeder.obey(announcement("a", pipe.path(), card.now() + 12'000));
  card.feeder.turn();
  pipe.write(std::vector<float>(24'000, kVoice));
  card.run(2'400);
  pipe.end();
  card.feeder.obey(wire::CancelOrder{"a", 1, Frames{480}});
  card.run(48'000);
  ASSERT_NE(card.ended("a"), nullptr);
  EXPECT_EQ(card.ended("a")->cause, wire::EndCause::cancelled);
  EXPECT_EQ(std::count(card.heard.begin(), card.heard.end(), 0.0F), card.now());
}

TEST(LiveFeeder, OneThatNeverBeginsCanBeTakenBack) {
  LiveCard card;
  card.run(9'600);
  LivePipeWriter pipe;
  card.feeder.obey(announcement("a", pipe.path(), card.now()));
  card.feeder.obey(announcement("a", pipe.path(), card.now()));
  card.run(9'600);
  EXPECT_TRUE(card.feeder.status().live);
  EXPECT_FALSE(card.feeder.status().idle);
  card.feeder.obey(wire::CancelOrder{"a", 1, Frames{480}});
  card.run(9'600);
  ASSERT_NE(card.ended("a"), nullptr);
  EXPECT_EQ(card.ended("a")->cause, wire::EndCause::cancelled);
  EXPECT_TRUE(card.feeder.status().idle);
}

TEST(LiveFeeder, WhatCannotBeOpenedEndsWithASayingSo) {
  LiveCard card;
  card.run(9'600);
  card.feeder.obey(announcement("a", "/nowhere", card.now()));
  card.run(48'000 * 4);
  card.feeder.obey(wire::CancelOrder{"a", 1, Frames{480}});
  card.run(9'600);
  ASSERT_NE(card.ended("a"), nullptr);
  EXPECT_EQ(card.ended("a")->cause, wire::EndCause::unreadable);
  EXPECT_EQ(card.ended("a")->played, Frames{0});
}

/// Random orders, hostile ones among them: whatever comes, in hours that are closed only a voice is heard.
#ifdef LOA_SANITIZED
constexpr int kRounds = 5;  // sanitizers look for mistakes of another kind
#else
constexpr int kRounds = 80;
#endif

TEST(LiveFeeder, WhateverIsOrderedOutsideTheHoursOnlyAnnouncementsSound) {
  std::mt19937 random(20261127);
  const auto below = [&](std::int64_t most) {
    return static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(most));
  };
  std::int64_t voices = 0;
  for (int round = 0; round < kRounds; ++round) {
    SCOPED_TRACE(round);
    LiveCard card;
    // Open before and after, closed between.
    const std::int64_t closes = 60'000 + below(20'000), opens = closes + 150'000;
    card.feeder.obey(
        wire::GateOrder{{{live_at(0), live_at(closes)}, {live_at(opens), live_at(10'000'000)}}, Frames{1'000'000'000}});
    std::vector<std::unique_ptr<LivePipeWriter>> pipes, lines;
    for (int step = 0; step < 60; ++step) {
      const auto id = std::to_string(below(6));
      switch (below(6)) {
        case 0:
          card.feeder.obey(master_order(id + "m" + std::to_string(step), static_cast<char>('1' + below(3)),
                                        card.now() + below(90'000) - 20'000, below(200'000)));
          break;
        case 1: {
          pipes.push_back(std::make_unique<LivePipeWriter>());
          card.feeder.obey(announcement(id, pipes.back()->path(), card.now() - 9'600 + below(20'000)));
          break;
        }
        case 2:
          card.feeder.obey(wire::CancelOrder{id, 1, Frames{240 + below(4'800)}});
          break;
        case 3: {
          lines.push_back(std::make_unique<LivePipeWriter>());
          auto line = announcement(id + "l" + std::to_string(step), lines.back()->path(), card.now());
          line.announce = false;
          card.feeder.obey(line);
          break;
        }
        default:
          for (auto& pipe : pipes) pipe->write(std::vector<float>(static_cast<std::size_t>(below(20'000)), kVoice));
          for (auto& line : lines) line->write(std::vector<float>(static_cast<std::size_t>(below(20'000)), 0.5F));
          if (!pipes.empty() && below(4) == 0)
            pipes[static_cast<std::size_t>(below(static_cast<std::int64_t>(pipes.size())))]->end();
      }
      card.run(480 * (1 + below(16)));
    }
    ASSERT_GT(card.now(), closes);
    std::int64_t rises = 0;
    for (auto at = closes; at < std::min(opens, card.now()); ++at) {
      const auto before = card.heard[static_cast<std::size_t>(at - 1)],
                 sample = card.heard[static_cast<std::size_t>(at)];
      voices += is_voice(sample) ? 1 : 0;
      rises = sample > before ? rises + 1 : 0;
      if (sample == 0 || is_voice(sample)) continue;
      // Only an announcement's fade: steadily down when it is taken back or stalls, up within 10 ms when it goes on.
      // The made-up masters rise for longer, and a line stays as it is.
      ASSERT_LE(at > closes ? std::abs(sample - before) : 0, 0.01F) << at;
      ASSERT_TRUE(sample != before || sample < 0.01F || sample > kVoice - 0.01F) << at;
      ASSERT_LE(rises, 2 * audio::LiveSource::kEdge.count()) << at;
    }
  }
  EXPECT_GT(voices, 48'000) << "and they do sound";
}

}  // namespace
