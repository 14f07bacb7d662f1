// Amplifiers over whole days: on before what sounds, off after it, off in every silence; and what rows say of it.
#include <gmock/gmock.h>

#include <random>

#include "daemon/station/conductor/conductor_times.hpp"
#include "tests/support/scenario_station.hpp"

namespace {

using namespace std::chrono_literals;
using loa::sim::at;
using loa::sim::Frames;
using loa::sim::Instant;
using loa::sim::StationFixture;
using loa::sim::text;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr Frames kLead = loa::station::times::kKeyLead;

const std::string kKeyed =
    "station: {id: xa, name: Xã}\npermitted_hours: {from: \"05:00\", until: \"21:00\"}\naudio: {device: none}\n"
    "amplifier:\n  - {key: command, path: /tx, warm_up: 8s, tail: 1s}\n"
    "  - {key: command, path: /amp, warm_up: 3s, tail: 2s}\n";

std::string programme(const std::string& name, const std::string& when, const std::string& items,
                      const std::string& more = "") {
  return "  " + name + ": {at: \"" + when + "\", items: " + items + more + "}\n";
}

class KeyingDay : public testing::Test {
 protected:
  StationFixture station{at("2026-11-23T04:50")};

  void begin(const std::string& programmes, const std::string& settings = kKeyed) {
    station.settings(settings);
    station.recording("a.wav", 60s);
    station.recording("b.wav", 20s);
    station.write("articles: {a: {clip: a.wav}, b: {clip: b.wav}, no: {clip: no.wav, about: 60s}}\nprogrammes:\n" +
                  programmes);
    station.boot();
  }
  /// "05:29:51.750-05:31:02" of each time that it was on.
  std::vector<std::string> on(std::size_t key) {
    std::vector<std::string> spans;
    const auto time = [](Instant instant) {
      const auto day = std::chrono::floor<std::chrono::days>(instant + 7h);
      const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(instant + 7h - day);
      const std::chrono::hh_mm_ss parts(ms);
      char words[32];
      std::snprintf(words, sizeof words, "%02d:%02d:%02d.%03d", static_cast<int>(parts.hours().count()),
                    static_cast<int>(parts.minutes().count()), static_cast<int>(parts.seconds().count()),
                    static_cast<int>(parts.subseconds().count()));
      return std::string(words);
    };
    for (const auto& span : station.keyer.on(key))
      spans.push_back(time(span.from) + "-" + (span.until == Instant::max() ? "" : time(span.until)));
    return spans;
  }
  std::vector<std::string> notes() {
    std::vector<std::string> found;
    for (const auto& row : station.ledger.rows()) {
      if (text(row, "kind") == "keying") found.push_back(text(row, "device") + " " + text(row, "note"));
    }
    return found;
  }
};

TEST_F(KeyingDay, OnBeforeTheFirstFrameAndOffAfterTheLast) {
  begin(programme("sang", "05:30", "[a]"));
  station.run_until(at("2026-11-23T06:00"));
  EXPECT_THAT(on(0), ElementsAre("05:29:51.750-05:31:02.000"));
  EXPECT_THAT(on(1), ElementsAre("05:29:56.750-05:31:02.000"));
  EXPECT_THAT(notes(), ElementsAre("command /tx on: for xa/2026-11-23T0530/sang/1",
                                   "command /amp on: for xa/2026-11-23T0530/sang/1", "command /tx off: until nothing",
                                   "command /amp off: until nothing"));
  EXPECT_EQ(station.verdict("xa/2026-11-23T0530/sang/1"), "aired/none");
  EXPECT_THAT(station.violations(), IsEmpty());
}

TEST_F(KeyingDay, StaysOnOverAShortGapAndGoesOffInALongOne) {
  begin(programme("sang", "05:30", "[a, {pause: 10s}, b, {pause: 12s}, b]"));
  station.run_until(at("2026-11-23T06:00"));
  EXPECT_THAT(on(0), ElementsAre("05:29:51.750-05:31:32.000", "05:31:33.750-05:32:04.000"));
  EXPECT_THAT(on(1),
              ElementsAre("05:29:56.750-05:31:02.000", "05:31:06.750-05:31:32.000", "05:31:38.750-05:32:04.000"));
}

TEST_F(KeyingDay, IsOffWhileNothingMaySound) {
  begin(programme("som", "04:59:30", "[a]") + programme("thieu", "06:00", "[no]") +
            programme("khong-duyet", "07:00", "[b]"),
        kKeyed + "approval: required\n");
  station.run_until(at("2026-11-23T08:00"));
  EXPECT_THAT(on(0), IsEmpty());
  EXPECT_THAT(on(1), IsEmpty());
}

TEST_F(KeyingDay, StopSwitchesOffForTheRestOfTheSlot) {
  begin(programme("sang", "05:30", "[a, a, a]"));
  station.run_until(at("2026-11-23T05:30:20"));
  ASSERT_TRUE(station.conductor().stop("Lan").done);
  station.run_until(at("2026-11-23T06:00"));
  ASSERT_EQ(station.keyer.on(1).size(), 1u);
  EXPECT_LT(station.keyer.on(1)[0].until, at("2026-11-23T05:30:23"));
  EXPECT_THAT(station.violations(), IsEmpty());
}

TEST_F(KeyingDay, WhoComesUpWithinASessionWarmsUpFirst) {
  station.settings(kKeyed);
  station.recording("a.wav", 60s);
  station.write("articles: {a: {clip: a.wav}}\nprogrammes:\n" + programme("dem", "04:49:30", "[a]") +
                "  sang: {at: \"05:00\", items: [a]}\n");
  station.run_until(at("2026-11-23T05:00:20"));
  station.boot();
  station.run_until(at("2026-11-23T05:30"));
  const auto on_since = station.keyer.on(0).at(0).from;
  ASSERT_EQ(station.player.heard().size(), 1u);
  EXPECT_GE(station.player.heard()[0].at, on_since + Frames(8s));
  EXPECT_EQ(station.verdict("xa/2026-11-23T0500/sang/1"), "partial/power");
}

TEST_F(KeyingDay, AFileThatIsPlayedAtOnceWaitsForTheWarmUp) {
  begin(programme("toi", "20:00", "[a]"));
  station.run_until(at("2026-11-23T10:00"));
  station.play({{"chao.wav", 5s}});
  station.run_until(at("2026-11-23T10:30"));
  ASSERT_EQ(station.player.heard().size(), 1u);
  EXPECT_EQ(station.player.heard()[0].at, at("2026-11-23T10:00") + Frames(8s) + kLead);
  EXPECT_THAT(on(1), ElementsAre("10:00:05.000-10:00:15.250"));
}

TEST_F(KeyingDay, AFaultIsARowAndAnAlarmAndHoldsNoSoundUp) {
  begin(programme("sang", "05:30", "[a]"));
  station.keyer.fault = "cannot run /tx: No such file or directory";
  station.run_until(at("2026-11-23T05:30:10"));
  const auto status = station.conductor().status();
  ASSERT_EQ(status.amplifiers.size(), 2u);
  EXPECT_EQ(status.amplifiers[0].fault, station.keyer.fault);
  EXPECT_FALSE(status.amplifiers[0].on);
  station.run_until(at("2026-11-23T05:40"));
  EXPECT_EQ(station.verdict("xa/2026-11-23T0530/sang/1"), "aired/none");
  EXPECT_THAT(notes().at(0), "command /tx cannot be switched on: " + station.keyer.fault);
}

TEST_F(KeyingDay, ADisagreementIsARowAndAnAlarmUntilItIsOver) {
  begin(programme("sang", "05:30", "[a]"));
  station.run_until(at("2026-11-23T05:30:10"));
  using What = loa::wire::KeyEvent::What;
  station.conductor().on(loa::wire::KeyEvent{1, What::disagrees, true, ""});
  EXPECT_EQ(station.conductor().status().amplifiers[1].fault, "is not on");
  station.conductor().on(loa::wire::KeyEvent{1, What::agrees, true, ""});
  EXPECT_EQ(station.conductor().status().amplifiers[1].fault, "");
  EXPECT_EQ(notes().at(2), "command /amp is not on");
  EXPECT_EQ(notes().at(3), "command /amp is on again");
}

TEST_F(KeyingDay, ADeviceThatIsGoneForAMinuteLeavesItOff) {
  begin(programme("sang", "05:30", "[a, a, a, a, a]"));
  station.run_until(at("2026-11-23T05:30:30"));
  station.player.lose_device();
  station.run_until(at("2026-11-23T05:33"));
  EXPECT_FALSE(station.conductor().status().amplifiers[1].on);
  station.player.find_device();
  station.run_until(at("2026-11-23T05:33:30"));
  EXPECT_TRUE(station.conductor().status().amplifiers[1].on);
}

TEST_F(KeyingDay, AnEndInOrderIsOffFirst) {
  begin(programme("sang", "05:30", "[a]"));
  station.run_until(at("2026-11-23T05:30:30"));
  station.conductor().shutdown();
  for (int i = 0; i < 60 && !station.conductor().finished(); ++i) station.run_for(50ms);
  EXPECT_TRUE(station.conductor().finished());
  ASSERT_EQ(station.keyer.on(0).size(), 1u);
  EXPECT_LT(station.keyer.on(0)[0].until, at("2026-11-23T05:30:33"));
  EXPECT_THAT(notes().back(), HasSubstr("off: "));
}

// The law on the daemon's own code: whatever is heard lies within what is on, warm-up before and tail after.
TEST(KeyingScenarioLaws, WhatIsHeardIsHeardWarm) {
  std::mt19937 random(4006);
  const auto any = [&](int least, int most) { return std::uniform_int_distribution<int>(least, most)(random); };
  for (int round = 0; round < 12; ++round) {
    StationFixture station(at("2026-11-23T04:50"));
    station.settings(kKeyed);
    station.recording("a.wav", std::chrono::seconds(any(1, 90)));
    station.recording("b.wav", std::chrono::milliseconds(any(200, 20000)));
    std::string programmes;
    for (int hour = 5; hour < 9; ++hour) {
      std::string items = "[";
      for (int i = any(1, 5); i > 0; --i) {
        items += any(0, 2) == 0 ? "{pause: " + std::to_string(any(1, 25)) + "s}, " : any(0, 1) == 0 ? "a, " : "b, ";
      }
      char when[16];
      std::snprintf(when, sizeof when, "%02d:%02d:%02d", hour, any(0, 50), any(0, 59));
      programmes += programme("p" + std::to_string(hour), when, items + "b]");
    }
    station.write("articles: {a: {clip: a.wav}, b: {clip: b.wav}}\nprogrammes:\n" + programmes);
    station.boot();
    station.run_until(at("2026-11-23T10:00"));
    ASSERT_FALSE(station.player.heard().empty());
    const std::array<Frames, 2> before{Frames(8s), Frames(3s)};
    for (std::size_t key = 0; key < 2; ++key) {
      const auto spans = station.keyer.on(key);
      Frames on{0}, needed{0};
      for (const auto& span : spans) on += span.until - span.from;
      Instant covered{};
      for (const auto& heard : station.player.heard()) {
        const Instant end = heard.at + heard.played;
        const bool within = std::any_of(spans.begin(), spans.end(), [&](const auto& span) {
          return span.from + before[key] <= heard.at && end + Frames(2s) <= span.until + Frames(48);
        });
        EXPECT_TRUE(within) << "round " << round << " " << heard.id << " key " << key;
        const Instant from = std::max(covered, heard.at - before[key] - kLead);
        covered = end + Frames(2s);
        needed += covered - from;
      }
      EXPECT_LE(on, needed + Frames(50ms) * static_cast<int>(station.player.heard().size())) << "round " << round;
    }
    EXPECT_THAT(station.violations(), IsEmpty());
  }
}

}  // namespace
