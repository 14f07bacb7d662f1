// When keys are on: laws over made-up sounds, against the plain union of what is needed.
#include "daemon/station/conductor/keying.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "daemon/station/conductor/conductor_times.hpp"

namespace loa::station {
namespace {

using namespace std::chrono_literals;

struct Span {
  Instant from, until;
};

config::AmplifierKey key_of(std::chrono::milliseconds warm_up, std::chrono::milliseconds tail) {
  config::AmplifierKey key;
  key.warm_up = warm_up;
  key.tail = tail;
  return key;
}

SoundAround around_of(const std::vector<Span>& sounds, Instant now) {
  SoundAround around;
  for (const auto& sound : sounds) {
    if (sound.from <= now && now < sound.until) {
      around.sounds = true;
      around.until = sound.until;
    }
    if (sound.until <= now) around.ended = std::max(around.ended.value_or(sound.until), sound.until);
    if (sound.from > now) around.next = std::min(around.next.value_or(sound.from), sound.from);
  }
  return around;
}

TEST(Keying, TheFirstIsOnFirstAndOffLast) {
  const auto times = key_times({key_of(3s, 0ms), key_of(8s, 2s), key_of(0ms, 1s)});
  EXPECT_EQ(times[0].before, Frames(8s) + Frames(times::kKeyLead));
  EXPECT_EQ(times[1].before, times[0].before);
  EXPECT_EQ(times[2].before, Frames(0)) << "without a warm-up nothing waits";
  EXPECT_EQ(times[0].after, Frames(2s));
  EXPECT_EQ(times[2].after, Frames(1s));
}

/// Walks from change to change as the conductor does: awake only where next_keying or the sound says so.
TEST(KeyingLaws, OnWithWarmUpAndTailAroundEverySoundAndNeverElse) {
  std::mt19937 random(20261127);
  const auto any = [&](int least, int most) { return std::uniform_int_distribution<int>(least, most)(random); };
  for (int round = 0; round < 500; ++round) {
    std::vector<Span> sounds;
    Instant at{std::chrono::hours(500000)};
    for (int i = any(1, 8); i > 0; --i) {
      at += Frames(any(0, 3) == 0 ? 0 : any(1, 48000 * 30));
      const Instant until = at + Frames(any(1, 48000 * 20));
      sounds.push_back({at, until});
      at = until;
    }
    std::vector<config::AmplifierKey> keys;
    for (int i = any(1, 3); i > 0; --i) {
      keys.push_back(key_of(std::chrono::milliseconds(any(0, 12000)), std::chrono::milliseconds(any(0, 9000))));
    }
    const auto times = key_times(keys);
    std::vector<std::vector<Span>> on(keys.size());
    Instant now = sounds.front().from - Frames(60s);
    for (int step = 0; now < at + Frames(60s); ++step) {
      ASSERT_LT(step, 1000);
      const auto around = around_of(sounds, now);
      std::optional<Instant> next;
      for (std::size_t k = 0; k < keys.size(); ++k) {
        const bool is = !on[k].empty() && on[k].back().until == Instant::max();
        const bool wanted = is_keyed(times[k], around, now);
        if (wanted && !is) on[k].push_back({now, Instant::max()});
        if (!wanted && is) on[k].back().until = now;
        EXPECT_TRUE(k == 0 || !wanted || is_keyed(times[k - 1], around, now)) << "order";
        if (const auto when = next_keying(times[k], around, now)) next = std::min(next.value_or(*when), *when);
      }
      now = next.value_or(at + Frames(60s));
    }
    for (std::size_t k = 0; k < keys.size(); ++k) {
      std::vector<Span> needed;
      for (const auto& sound : sounds) {
        const Span span{sound.from - times[k].before, sound.until + times[k].after};
        if (!needed.empty() && span.from <= needed.back().until) {
          needed.back().until = std::max(needed.back().until, span.until);
        } else {
          needed.push_back(span);
        }
      }
      ASSERT_EQ(on[k].size(), needed.size()) << "round " << round << " key " << k;
      for (std::size_t i = 0; i < needed.size(); ++i) {
        EXPECT_EQ(on[k][i].from, needed[i].from) << "round " << round << " key " << k;
        EXPECT_EQ(on[k][i].until, needed[i].until) << "round " << round << " key " << k;
      }
    }
  }
}

}  // namespace
}  // namespace loa::station
