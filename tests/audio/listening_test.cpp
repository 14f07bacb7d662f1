// Items in what a microphone heard of them: simulated rooms, real speech, other recordings of the same voice.
#include "audio/listening.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "tests/support/made_up_voice.hpp"
#include "tests/support/simulated_room.hpp"

namespace loa::audio {
namespace {

using loa::test::Room;
using Samples = std::vector<float>;
using namespace std::chrono_literals;

#ifdef LOA_SANITIZED
constexpr std::uint32_t kPart = 4;  // sanitizers look for mistakes of another kind
#else
constexpr std::uint32_t kPart = 1;
#endif

class SampleMaster final : public MasterReader {
 public:
  explicit SampleMaster(Samples samples) : samples_(std::move(samples)) {}
  int channels() const override { return 1; }
  std::int64_t frames() const override { return static_cast<std::int64_t>(samples_.size()); }
  std::int64_t read(std::int64_t at, std::span<float> out) override {
    const auto got = std::clamp<std::int64_t>(frames() - at, 0, static_cast<std::int64_t>(out.size()));
    std::copy_n(samples_.begin() + std::min(at, frames()), got, out.begin());
    return got;
  }
  std::string fault() const override { return ""; }

 private:
  Samples samples_;
};

/// What `heard` holds from `at` on, in blocks of 20 ms as they come from an input whose first sample is heard at 0.
class Ear {
 public:
  explicit Ear(Samples heard, double ppm = 0) : heard_(std::move(heard)), ppm_(ppm) {}

  Listening listening;
  std::vector<Listening::Answer> answers;
  Listening::Time answered{0};

  void until(Listening::Time time) {
    while (now_ < time) {
      now_ += 20ms;
      const double rate = 48 * (1 + ppm_ * 1e-6);
      const auto end = std::min(heard_.size(), static_cast<std::size_t>(double(now_ / 1us) / 1e3 * rate));
      // Some blocks come late, as they do on a busy machine.
      const auto late = Listening::Time((now_ / 20ms * 7919) % 11 * 1'000'000);
      if (end > at_) listening.hear(std::span(heard_).subspan(at_, end - at_), now_ + late);
      at_ = end;
      for (auto& answer : listening.step(now_)) {
        answers.push_back(std::move(answer));
        answered = now_;
      }
    }
  }
  /// Plays `item` at `at`; its answer.
  std::optional<Heard> hears(const Samples& item, Listening::Time at, const std::string& id = "a") {
    until(at);
    const Frames length(static_cast<std::int64_t>(item.size()));
    listening.sounds({id, std::make_unique<SampleMaster>(item), Frames{0}, length, at});
    until(at + std::chrono::round<std::chrono::nanoseconds>(length));
    listening.over(id, length);
    listening.ask(id);
    const auto before = answers.size();
    while (answers.size() == before && now_ < at + std::chrono::round<std::chrono::nanoseconds>(length) + 8s)
      until(now_ + 20ms);
    if (answers.size() == before) ADD_FAILURE() << "no answer";
    return answers.empty() ? std::nullopt : answers.back().heard;
  }

 private:
  Samples heard_;
  double ppm_;
  Listening::Time now_{0};
  std::size_t at_ = 0;
};

constexpr auto kBefore = 1s;  // of the room before anything sounds

Samples in_room(Room room, const Samples& sound, const Samples& talk, std::uint32_t seed) {
  room.delay += 1;
  return loa::test::through(room, sound, talk, 8, seed);
}

std::optional<Heard> hear(const Room& room, const Samples& played, const Samples& sounds, const Samples& talk,
                          std::uint32_t seed) {
  return Ear(in_room(room, sounds, talk, seed), room.drift).hears(played, kBefore);
}

class ListeningTest : public ::testing::Test {
 protected:
  loa::test::MadeUpVoice voice_;
};

TEST_F(ListeningTest, WhatSoundedIsFoundWithItsDelayAndLevel) {
  const auto item = voice_.says(1, 20);
  Room room;
  room.delay = 0.4;
  const auto heard = hear(room, item, item, {}, 1);
  ASSERT_TRUE(heard);
  EXPECT_TRUE(heard->found);
  EXPECT_GT(heard->score, 0.75);
  EXPECT_GT(heard->share, 0.95);
  EXPECT_NEAR(std::chrono::duration<double>(heard->delay).count(), 0.4, 0.06);
  room.gain /= 10;
  const auto softer = hear(room, item, item, {}, 1);
  ASSERT_TRUE(softer);
  EXPECT_NEAR(softer->level - heard->level, -20, 0.5);
}

TEST_F(ListeningTest, InBadRoomsItemsAreHeardAndNothingElseIs) {
  std::vector<Samples> items;
  for (int i = 0; i < 8; ++i) items.push_back(voice_.says(i, 15));
  for (std::uint32_t i = 0; i < 4; ++i) items.push_back(loa::test::made_up_music(15, i));
  int heard_well = 0;
  constexpr std::uint32_t kRooms = 24 / kPart;
  for (std::uint32_t seed = 0; seed < kRooms; ++seed) {
    const auto room = loa::test::made_up_room(seed);
    const auto& item = items[seed % items.size()];
    const std::size_t other = seed % items.size() < 8 ? (seed + 3) % 8 : 8 + (seed + 1) % 4;
    const auto& talk = items[(seed + 5) % 8];
    const auto right = hear(room, item, item, talk, seed), wrong = hear(room, item, items[other], talk, seed);
    auto off = room;
    off.silent = true;
    const auto nothing = hear(off, item, item, talk, seed);
    ASSERT_TRUE(right && wrong && nothing) << seed;
    heard_well += right->found ? 1 : 0;
    if (right->found && room.echo == 0) {
      EXPECT_NEAR(std::chrono::duration<double>(right->delay).count(), room.delay, 0.1) << seed;
    }
    EXPECT_FALSE(wrong->found) << seed << ": another recording, score " << wrong->score;
    EXPECT_FALSE(nothing->found) << seed << ": no sound, score " << nothing->score;
  }
  EXPECT_EQ(heard_well, kRooms);
}

TEST_F(ListeningTest, ThreeSecondsAreEnough) {
  int found = 0, wrong = 0;
  constexpr std::uint32_t kRooms = 16 / kPart;
  for (std::uint32_t seed = 0; seed < kRooms; ++seed) {
    auto room = loa::test::made_up_room(seed);
    room.snr = std::max(room.snr, 0.0);
    const auto item = seed % 2 == 0 ? voice_.says(int(seed), 3) : loa::test::made_up_music(3, seed);
    const auto other = seed % 2 == 0 ? voice_.says(int(seed) + 50, 3) : loa::test::made_up_music(3, seed + 50);
    const auto right = hear(room, item, item, {}, seed), false_one = hear(room, item, other, {}, seed);
    found += right && right->found ? 1 : 0;
    wrong += false_one && false_one->found ? 1 : 0;
  }
  EXPECT_GE(found, int(kRooms) - 1);
  EXPECT_EQ(wrong, 0);
}

TEST_F(ListeningTest, CardsOfDifferentSpeedDriftApartForTenMinutes) {
  Samples item;
  for (std::uint32_t i = 0; i < 10 / kPart; ++i) {
    const auto part = loa::test::made_up_music(60, i);
    item.insert(item.end(), part.begin(), part.end());
  }
  for (const double ppm : {-300.0, 300.0}) {
    Room room;
    room.delay = 0.2;
    room.drift = ppm;
    room.snr = 3;
    const auto heard = hear(room, item, item, {}, 1);
    ASSERT_TRUE(heard);
    EXPECT_TRUE(heard->found);
    EXPECT_GT(heard->share, 0.95) << ppm;
    EXPECT_NEAR(std::chrono::duration<double>(heard->delay).count(), 0.2, 0.08) << ppm;
  }
}

TEST_F(ListeningTest, AnAmplifierThatFailsHalfwayShowsInTheShare) {
  const auto item = voice_.says(2, 60);
  auto sounds = item;
  std::fill(sounds.begin() + std::ptrdiff_t(sounds.size() / 2), sounds.end(), 0.0F);
  Room room;
  room.snr = 5;
  const auto heard = hear(room, item, sounds, {}, 1);
  ASSERT_TRUE(heard);
  EXPECT_TRUE(heard->found);
  EXPECT_NEAR(heard->share, 0.5, 0.15);
}

TEST_F(ListeningTest, WhatIsHeardAtOnceIsToldSoon) {
  const auto item = voice_.says(3, 12);
  Ear ear(in_room({}, item, {}, 1));
  ASSERT_TRUE(ear.hears(item, kBefore)->found);
  const auto end = kBefore + std::chrono::round<std::chrono::nanoseconds>(Frames(std::int64_t(item.size())));
  EXPECT_LE(ear.answered, end + 1100ms);
  Room off;
  off.silent = true;
  Ear nothing(in_room(off, item, {}, 1));
  ASSERT_FALSE(nothing.hears(item, kBefore)->found);
  EXPECT_LE(nothing.answered, end + Listening::kLastWord);
}

TEST_F(ListeningTest, AJingleAtADelayThatNothingElseHadIsAnotherAiringOfIt) {
  const auto news = voice_.says(4, 20), jingle = loa::test::made_up_music(3, 5);
  // The second jingle sounds, the first did not: 3 s late it would be taken for it.
  Samples sounds = news;
  sounds.resize(news.size() + 48'000);
  const auto first = sounds.size();
  sounds.resize(first + jingle.size());
  sounds.insert(sounds.end(), jingle.begin(), jingle.end());
  Ear ear(in_room({}, sounds, {}, 1));
  ASSERT_TRUE(ear.hears(news, kBefore, "news")->found);
  const auto at = kBefore + std::chrono::round<std::chrono::nanoseconds>(Frames(std::int64_t(first)));
  const auto second = at + 3s;
  ear.until(at);
  const Frames length(static_cast<std::int64_t>(jingle.size()));
  ear.listening.sounds({"first", std::make_unique<SampleMaster>(jingle), Frames{0}, length, at});
  ear.until(second);
  ear.listening.over("first", length);
  ear.listening.ask("first");
  ear.listening.sounds({"second", std::make_unique<SampleMaster>(jingle), Frames{0}, length, second});
  ear.until(second + 3s);
  ear.listening.over("second", length);
  ear.listening.ask("second");
  ear.until(second + 12s);
  ASSERT_EQ(ear.answers.size(), 3u);
  for (const auto& answer : ear.answers) {
    ASSERT_TRUE(answer.heard) << answer.id;
    EXPECT_EQ(answer.heard->found, answer.id != "first") << answer.id << answer.heard->score;
  }
}

TEST_F(ListeningTest, NothingIsSaidWhereNothingCanBe) {
  Samples tone(48'000 * 8), silence(48'000 * 8);
  for (std::size_t i = 0; i < tone.size(); ++i) tone[i] = 0.3F * float(std::sin(double(i) * 0.06));
  EXPECT_FALSE(hear({}, tone, tone, {}, 1)) << "a steady tone";
  EXPECT_FALSE(hear({}, silence, loa::test::made_up_music(8, 1), {}, 1)) << "silence";
  const auto item = loa::test::made_up_music(8, 1);
  EXPECT_FALSE(hear({}, Samples(item.begin(), item.begin() + 30'000), item, {}, 1)) << "too short";
  EXPECT_FALSE(Ear({}).hears(item, kBefore)) << "no input at all";
  Ear never({});
  never.listening.ask("unknown");
  never.until(100ms);
  ASSERT_EQ(never.answers.size(), 1u);
  EXPECT_FALSE(never.answers[0].heard);
}

TEST_F(ListeningTest, AnInputThatWasAwayForMostOfItProvesNothing) {
  const auto item = loa::test::made_up_music(30, 3);
  const auto room = in_room({}, item, {}, 1);
  Ear ear(Samples(room.begin(), room.begin() + 48'000 * 8));
  ear.until(kBefore);
  const Frames length(static_cast<std::int64_t>(item.size()));
  ear.listening.sounds({"a", std::make_unique<SampleMaster>(item), Frames{0}, length, kBefore});
  ear.until(9s);
  ear.listening.deaf();
  ear.until(31s);
  ear.listening.over("a", length);
  ear.listening.ask("a");
  ear.until(40s);
  ASSERT_EQ(ear.answers.size(), 1u);
  EXPECT_FALSE(ear.answers[0].heard);
}

TEST_F(ListeningTest, PiecesAfterALossBelongToOneItem) {
  const auto item = voice_.says(6, 24);
  // The device was away from 8 s to 12 s.
  auto sounds = item;
  std::fill(sounds.begin() + 8 * 48'000, sounds.begin() + 12 * 48'000, 0.0F);
  Ear ear(in_room({}, sounds, {}, 1));
  const Frames length(static_cast<std::int64_t>(item.size()));
  ear.until(kBefore);
  ear.listening.sounds({"a", std::make_unique<SampleMaster>(item), Frames{0}, length, kBefore});
  ear.until(10s);
  ear.listening.over("a", Frames{8 * 48'000});
  ear.until(13s);
  ear.listening.sounds(
      {"a", std::make_unique<SampleMaster>(item), Frames{12 * 48'000}, length - Frames{12 * 48'000}, 13s});
  ear.until(kBefore + 24s);
  ear.listening.over("a", length - Frames{12 * 48'000});
  ear.listening.ask("a");
  ear.until(33s);
  ASSERT_EQ(ear.answers.size(), 1u);
  ASSERT_TRUE(ear.answers[0].heard);
  EXPECT_TRUE(ear.answers[0].heard->found);
  EXPECT_GT(ear.answers[0].heard->share, 0.95);
}

TEST(HeardClockTest, FollowsAFastCardThroughLateBlocksAndLostSamples) {
  HeardClock clock;
  const auto rate = 48'000 * (1 + 300e-6);
  std::int64_t lost = 0;
  for (int block = 1; block <= 30'000; ++block) {
    const auto at = block * std::chrono::nanoseconds(20ms);
    if (block == 20'000) lost = 24'000;  // half a second was left out
    const auto count = std::int64_t(double(block) * 0.02 * rate) - lost;
    clock.add(count, at + std::chrono::milliseconds(block * 7919 % 13));
    if (block < 200 || (block >= 20'000 && block < 20'200)) continue;
    ASSERT_NEAR(double(clock.time_of(count).count()), double(at.count()), 8e6) << block;
    ASSERT_NEAR(double(clock.sample_at(at - 5s)), double(count - 240'000), 480) << block;
  }
}

}  // namespace
}  // namespace loa::audio
