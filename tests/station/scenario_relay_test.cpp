// Relays on the daemon's own conductor: connected ahead, exactly in time, stood in for and heard again.
#include <gmock/gmock.h>

#include "tests/support/scenario_station.hpp"

namespace {

using namespace std::chrono_literals;
using loa::sim::at;
using loa::sim::number;
using loa::sim::text;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

const std::string kVov = "https://vov.example/1.mp3";
const std::string kId = "xa/2026-11-23T0530/sang/2";

class RelayScenario : public testing::Test {
 protected:
  loa::sim::StationFixture station{at("2026-11-23T05:10"), "USB Audio"};

  /// tune 20 s, then 10 minutes of the relay from 05:35 on, then the tune.
  void begin(const std::string& fallback = ", fallback: cho", const std::string& more = "") {
    station.recording("nhac.wav", 20s);
    station.recording("cho.wav", 60s);
    station.write(
        "articles:\n  nhac: {clip: nhac.wav}\n  cho: {title: Nhạc chờ, clip: cho.wav}\n"
        "relays:\n  vov1: {title: Thời sự, source: vov, url: \"" +
        kVov + "\"" + fallback +
        "}\n"
        "programmes:\n  sang: {at: \"05:30\", length: 20min, "
        "items: [nhac, {relay: vov1, at: \"05:35\", for: 10min}, nhac]}\n" +
        more);
    station.boot();
  }
  boost::json::object row() { return station.ledger.verdict_of(kId); }
  double played() { return static_cast<double>(number(row(), "frames_played")) / 48000; }
  std::string on_air() {
    const auto status = station.conductor().status();
    return status.on_air ? status.on_air->title : "";
  }
  void finish() {
    station.run_until(at("2026-11-23T06:00"));
    EXPECT_THAT(station.violations(), IsEmpty());
    EXPECT_EQ(station.sources.live(), 0u) << "its source is let go";
  }
};

TEST_F(RelayScenario, IsConnectedAheadAndHeardOnItsFrame) {
  begin();
  station.run_until(at("2026-11-23T05:34:40"));
  EXPECT_EQ(station.sources.started, 0);
  station.run_until(at("2026-11-23T05:34:46"));
  EXPECT_EQ(station.sources.started, 1);
  finish();
  EXPECT_EQ(station.verdict(kId), "aired/none");
  EXPECT_EQ(text(row(), "what"), "relay");
  EXPECT_EQ(text(row(), "relay"), "vov1");
  EXPECT_EQ(text(row(), "source"), "vov");
  EXPECT_EQ(text(row(), "start").substr(11, 12), "05:35:00.000");
  EXPECT_EQ(number(row(), "frames_played"), 600 * 48000);
  EXPECT_FALSE(row().contains("article"));
  EXPECT_THAT(text(row(), "note"), HasSubstr("live from " + kVov + " for 600.0 s"));
  EXPECT_EQ(station.verdict("xa/2026-11-23T0530/sang/3"), "aired/none");
}

TEST_F(RelayScenario, WhatNeverComesIsStoodInForAllTheTime) {
  begin();
  station.sources.fail(kVov, "unreachable");
  finish();
  EXPECT_EQ(station.verdict(kId), "aired/relay");
  EXPECT_EQ(number(row(), "frames_played"), 600 * 48000) << "again and again, without a gap";
  EXPECT_EQ(text(row(), "article"), "cho");
  EXPECT_THAT(text(row(), "note"), HasSubstr("cho for 600.0 s; unreachable"));
  EXPECT_LT(station.sources.started, 40) << "tried again, not in a hurry";
  EXPECT_GT(station.sources.started, 10);
}

TEST_F(RelayScenario, WhatGoesAwayIsStoodInForAndHeardAgain) {
  begin();
  station.run_until(at("2026-11-23T05:37"));
  station.sources.fail(kVov, "stalled");
  station.run_until(at("2026-11-23T05:39:30"));
  EXPECT_EQ(on_air(), "Nhạc chờ");
  station.sources.fail(kVov, "");
  station.run_until(at("2026-11-23T05:40:30"));
  EXPECT_EQ(on_air(), "Thời sự");
  finish();
  EXPECT_EQ(station.verdict(kId), "aired/relay");
  EXPECT_EQ(number(row(), "frames_played"), 600 * 48000) << "one part after the other on its frame";
  EXPECT_THAT(text(row(), "note"), HasSubstr("cho for 1"));
}

TEST_F(RelayScenario, WithoutAFallbackASilenceIsLeftAlone) {
  begin("");
  station.run_until(at("2026-11-23T05:37"));
  station.sources.fail(kVov, "stalled");
  station.player.silent = false;
  station.run_until(at("2026-11-23T05:39"));
  station.sources.fail(kVov, "");
  finish();
  EXPECT_EQ(text(row(), "verdict"), "aired") << "the player's own count decides; the simulated one gives all";
}

TEST_F(RelayScenario, WithoutAFallbackNothingIsMissedForTheRelay) {
  begin("");
  station.sources.fail(kVov, "unreachable");
  finish();
  EXPECT_EQ(station.verdict(kId), "missed/relay");
  EXPECT_THAT(text(row(), "note"), HasSubstr("unreachable"));
  EXPECT_EQ(station.verdict("xa/2026-11-23T0530/sang/3"), "aired/none");
}

TEST_F(RelayScenario, OneThatComesLateIsJoined) {
  begin("");
  station.sources.fail(kVov, "unreachable");
  station.run_until(at("2026-11-23T05:38"));
  station.sources.fail(kVov, "");
  finish();
  EXPECT_EQ(station.verdict(kId), "partial/relay");
  EXPECT_GT(played(), 380);
  EXPECT_LE(played(), 420);
  EXPECT_EQ(text(row(), "end").substr(11, 8), "05:45:00") << "its end is that of its time";
}

TEST_F(RelayScenario, AnAnnouncementIsFollowedByWhatIsRelayedThen) {
  begin();
  station.run_until(at("2026-11-23T05:37"));
  ASSERT_TRUE(station.announce("khan.mp3", 30s).done);
  finish();
  EXPECT_EQ(station.verdict(kId), "partial/emergency");
  EXPECT_NEAR(played(), 570, 3);
}

TEST_F(RelayScenario, GoesOnBehindAPlayerThatDies) {
  begin();
  station.run_until(at("2026-11-23T05:37"));
  station.player.die();
  finish();
  EXPECT_EQ(station.verdict(kId), "partial/device");
  EXPECT_NEAR(played(), 600, 6);
}

TEST_F(RelayScenario, ADeviceThatIsAwayIsNoFaultOfTheSource) {
  begin();
  station.run_until(at("2026-11-23T05:34"));
  station.player.lose_device();
  station.run_until(at("2026-11-23T05:50"));
  station.player.find_device();
  finish();
  EXPECT_EQ(station.verdict(kId), "missed/device");
}

TEST_F(RelayScenario, APowerCutIsJoinedLive) {
  begin();
  station.run_until(at("2026-11-23T05:37"));
  station.cut_power();
  station.run_for(30s);
  station.boot();
  finish();
  EXPECT_EQ(station.verdict(kId), "partial/power");
  EXPECT_GT(played(), 540);
}

TEST_F(RelayScenario, SkipAndStopEndIt) {
  begin();
  station.run_until(at("2026-11-23T05:37"));
  ASSERT_TRUE(station.conductor().skip("Lan").done);
  finish();
  EXPECT_EQ(station.verdict(kId), "partial/operator");
  EXPECT_NEAR(played(), 120, 2);
}

TEST_F(RelayScenario, AHigherPriorityHasItsPieces) {
  begin(", fallback: cho", "  bao: {at: \"05:38\", priority: emergency, ordered_by: UBND, items: [nhac]}\n");
  finish();
  EXPECT_EQ(station.verdict(kId), "aired/emergency");
  EXPECT_EQ(station.verdict(kId + "b"), "aired/emergency");
  const auto rest = station.ledger.verdict_of(kId + "b");
  EXPECT_EQ(text(rest, "start").substr(11, 8), "05:38:20");
  EXPECT_EQ(text(rest, "end").substr(11, 8), "05:45:00");
}

// Whatever instants the network picks to go and to come back.
TEST_F(RelayScenario, EveryInstantOfAFaultKeepsTheEquation) {
  for (int second = 5 * 60 - 20; second < 15 * 60 + 5; second += 13 * loa::sim::kSweep) {
    loa::sim::StationFixture other{at("2026-11-23T05:25"), "USB Audio"};
    other.recording("nhac.wav", 20s);
    other.recording("cho.wav", 7s);
    other.write("articles:\n  nhac: {clip: nhac.wav}\n  cho: {clip: cho.wav}\nrelays:\n  vov1: {url: \"" + kVov +
                "\", fallback: cho}\nprogrammes:\n  sang: {at: \"05:30\", length: 20min, "
                "items: [nhac, {relay: vov1, at: \"05:35\", for: 10min}, nhac]}\n");
    other.boot();
    other.run_until(at("2026-11-23T05:30") + std::chrono::seconds(second));
    other.sources.fail(kVov, "stalled");
    other.run_for(std::chrono::milliseconds(17'300));
    other.sources.fail(kVov, "");
    other.run_until(at("2026-11-23T06:00"));
    EXPECT_THAT(other.violations(), IsEmpty()) << second;
    const auto row = other.ledger.verdict_of(kId);
    EXPECT_EQ(text(row, "verdict"), "aired") << second << ' ' << text(row, "note");
    EXPECT_EQ(text(row, "start").substr(11, 12), "05:35:00.000") << second;
  }
}

}  // namespace
