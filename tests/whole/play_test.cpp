// `loa play` as its user meets it: on a device of its own, and through a running station. No assertion on how long
// anything took; the ledger and the lines say what happened.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <boost/json/parse.hpp>
#include <optional>

#include "daemon/station/host/lock.hpp"
#include "tests/support/daemon.hpp"

namespace loa::test {
namespace {

namespace json = boost::json;
using namespace std::chrono_literals;
using testing::HasSubstr;

constexpr std::string_view kOpen = "[{days: daily, from: \"00:00\", until: \"24:00\"}]";

class PlayTest : public ::testing::Test {
 protected:
  PlayTest() {
    station_.recording("a.wav", 1);
    station_.recording("b.flac", 0.5);
    station_.recording("dài.mp3", 30);
    settings(std::string(kOpen));
    station_.write("schedule/lich.yaml", "articles: {a: {title: A, clip: a.wav}}\nprogrammes:\n  sang: {at: \"" +
                                             time_from_now(3600s) + "\", items: [a]}\n");
    EXPECT_EQ(station_.loa({"library"}).code, 0);
  }
  void settings(const std::string& hours) {
    station_.write("station.yaml",
                   "station: {id: xa-thu, name: Xã Thử, timezone: UTC, language: en}\npermitted_hours: " + hours +
                       "\naudio: {device: none}\n");
  }
  std::string file(const std::string& clip) const { return (station_.path() / "library" / clip).string(); }
  std::vector<json::object> items() {
    std::vector<json::object> rows;
    for (const auto& line : lines_of(station_.loa({"log", "--json"}).out)) {
      auto row = json::parse(line).as_object();
      if (text(row, "kind") == "item") rows.push_back(std::move(row));
    }
    return rows;
  }
  static std::string text(const json::object& row, const char* key) {
    const auto* value = row.if_contains(key);
    return value != nullptr && value->is_string() ? std::string(value->get_string()) : "";
  }
  static std::string outcome(const json::object& row) { return text(row, "verdict") + "/" + text(row, "reason"); }

  StationFolder station_{""};
};

TEST_F(PlayTest, WithoutAStationItHasItsOwnDeviceAndLeavesNoRow) {
  const auto played = station_.loa({"play", "--device", "none", "--json", file("a.wav"), file("b.flac")});
  EXPECT_EQ(played.code, 0) << played.err;
  const auto lines = lines_of(played.out);
  ASSERT_EQ(lines.size(), 2u);
  const auto second = json::parse(lines[1]).as_object();
  EXPECT_EQ(second.at("frames"), 24000);
  EXPECT_EQ(second.at("underruns"), 0);
  EXPECT_FALSE(second.contains("verdict"));
  EXPECT_FALSE(std::filesystem::exists(station_.path() / "state/ledger"));
}

/// The greatest sample of a WAV, of 1.
double loudest_of(const std::string& wav) {
  const auto said = run_program({"sox", wav, "-n", "stat"}).err;
  const auto at = said.find("Maximum amplitude:");
  return at == std::string::npos ? -1 : std::stod(said.substr(at + 18));
}

TEST_F(PlayTest, TheRecordingsOwnLoudnessIsUntouched) {
  const auto loud = station_.outside("loud.wav").string();
  // True peaks far above full scale: whoever limits them takes 3 dB.
  ASSERT_EQ(run_program({"sox", "-n", "-r", "48000", "-c", "1", loud, "synth", "0.5", "square", "440"}).code, 0);
  {
    Daemon daemon(station_, {"--out", station_.outside("air.wav").string()});
    ASSERT_TRUE(daemon.answers("\"device_state\":\"open\"")) << daemon.words();
    EXPECT_EQ(station_.loa({"play", loud}).code, 0);
    daemon.signal(SIGTERM);
    EXPECT_EQ(daemon.wait(), 0);
  }
  EXPECT_NEAR(loudest_of(station_.outside("air.wav").string()), loudest_of(loud), 0.001);
}

TEST_F(PlayTest, ThroughTheRunningStationEachFileHasItsRow) {
  Daemon daemon(station_, {"--out", station_.outside("air.wav").string()});
  ASSERT_TRUE(daemon.answers("\"device_state\":\"open\"")) << daemon.words();
  const auto played = station_.loa({"play", "--by", "Lan", "--json", file("a.wav"), file("b.flac")});
  EXPECT_EQ(played.code, 0) << played.err;
  const auto lines = lines_of(played.out);
  ASSERT_EQ(lines.size(), 2u) << played.out << daemon.words();
  const auto second = json::parse(lines[1]).as_object();
  EXPECT_EQ(text(second, "file"), file("b.flac"));
  EXPECT_EQ(second.at("frames"), 24000);
  EXPECT_EQ(outcome(second), "aired/none");
  const auto rows = items();
  ASSERT_EQ(rows.size(), 2u);
  for (const auto& row : rows) {
    EXPECT_EQ(outcome(row), "aired/none");
    EXPECT_EQ(text(row, "operator"), "Lan");
    EXPECT_FALSE(row.contains("id"));
  }
  EXPECT_EQ(text(rows[1], "clip"), file("b.flac"));
  EXPECT_EQ(text(rows[1], "planned_start"), text(second, "planned"));
  EXPECT_EQ(station_.loa({"log", "verify"}).code, 0);
  EXPECT_THAT(station_.loa({"log"}).out, HasSubstr("b.flac (Lan)"));
  EXPECT_TRUE(daemon.said("b.flac: aired")) << daemon.words();
  EXPECT_TRUE(std::filesystem::is_empty(station_.path() / "state/play")) << "its masters are gone";
}

TEST_F(PlayTest, ThePlanCutsItAndLosesNothing) {
  station_.write("schedule/lich.yaml", "articles: {a: {title: A, clip: a.wav}}\nprogrammes:\n  sang: {at: \"" +
                                           time_from_now(16s) + "\", items: [a]}\n");
  Daemon daemon(station_);
  ASSERT_TRUE(daemon.answers("\"device_state\":\"open\"")) << daemon.words();
  const auto played = station_.loa({"play", "--json", file("dài.mp3")});
  EXPECT_EQ(played.code, 0) << played.err;
  EXPECT_THAT(played.out, HasSubstr("\"verdict\":\"partial\",\"reason\":\"overrun\"")) << played.err;
  ASSERT_TRUE(daemon.says("a: aired")) << daemon.words();
  const auto late = station_.loa({"play", "--at", "2098-01-01T00:00:00Z", file("a.wav")});
  EXPECT_EQ(late.code, 1);
  EXPECT_THAT(late.err, HasSubstr("at most 31 days ahead"));
}

TEST_F(PlayTest, OutsideThePermittedHoursItIsWithheldAndLogged) {
  settings("[{days: never, from: \"05:00\", until: \"05:01\"}]");
  station_.write("schedule/lich.yaml", "articles: {a: {title: A, clip: a.wav}}\n");
  Daemon daemon(station_);
  ASSERT_TRUE(daemon.answers("\"device_state\":\"open\"")) << daemon.words();
  const auto played = station_.loa({"play", "--by", "Lan", file("a.wav")});
  EXPECT_EQ(played.code, 1);
  EXPECT_EQ(played.out, "a.wav: nothing of it sounded: outside permitted hours\n") << played.err;
  ASSERT_EQ(items().size(), 1u);
  EXPECT_EQ(outcome(items()[0]), "withheld/hours");
}

TEST_F(PlayTest, WhatCannotBePlayedIsRefusedWholeAndSaysWhy) {
  Daemon daemon(station_);
  ASSERT_TRUE(daemon.answers("\"device_state\":\"open\"")) << daemon.words();
  const auto played = station_.loa({"play", file("a.wav"), file("không-có.wav")});
  EXPECT_EQ(played.code, 1);
  EXPECT_EQ(played.out, "");
  EXPECT_THAT(played.err, HasSubstr("không-có.wav cannot be read"));
  EXPECT_TRUE(items().empty());
}

TEST_F(PlayTest, AKilledStationClosesItAtTheNextStart) {
  {
    Daemon daemon(station_);
    ASSERT_TRUE(daemon.answers("\"device_state\":\"open\"")) << daemon.words();
    Beside play(station_, {"play", "--by", "Lan", file("dài.mp3")});
    ASSERT_TRUE(daemon.answers("\"title\":\"dài.mp3\"")) << daemon.words();
    daemon.signal(SIGKILL);
    daemon.wait();
    EXPECT_EQ(play.wait(), 3);
  }
  Daemon again(station_, {"--for", "1s"});
  EXPECT_EQ(again.wait(), 0) << again.words();
  ASSERT_EQ(items().size(), 1u);
  EXPECT_EQ(text(items()[0], "reason"), "power");
  EXPECT_EQ(text(items()[0], "operator"), "Lan");
  EXPECT_EQ(station_.loa({"log", "verify"}).code, 0);
}

TEST_F(PlayTest, AnOrderlyEndOfTheStationEndsIt) {
  Daemon daemon(station_);
  ASSERT_TRUE(daemon.answers("\"device_state\":\"open\"")) << daemon.words();
  Beside play(station_, {"play", "--by", "Lan", file("dài.mp3"), file("a.wav")});
  ASSERT_TRUE(daemon.answers("\"title\":\"dài.mp3\"")) << daemon.words();
  daemon.signal(SIGTERM);
  EXPECT_EQ(daemon.wait(), 0) << daemon.words();
  EXPECT_EQ(play.wait(), 3);
  std::vector<std::string> outcomes;
  for (const auto& row : items()) outcomes.push_back(outcome(row));
  EXPECT_THAT(outcomes, testing::UnorderedElementsAre("partial/power", "missed/power"));
}

TEST_F(PlayTest, WhileTheStationStartsItIsWaitedFor) {
  std::optional<station::StateLock> starting;
  station::LockFault fault;
  starting = station::StateLock::acquire(station_.path(), fault, 0ms, station::kHolderRuns);
  ASSERT_TRUE(starting);
  Beside play(station_, {"play", "--device", "none", file("a.wav")});
  ASSERT_TRUE(play.says("the station is starting")) << play.words();
  EXPECT_THAT(station_.loa({"now"}).err, HasSubstr("the station is starting"));
  starting.reset();  // it did not come up: the device is free
  EXPECT_EQ(play.wait(), 0) << play.words();
  EXPECT_THAT(play.words(), HasSubstr("a.wav: from"));
}

TEST_F(PlayTest, GivenToAStationThatIsStillMeasuringItIsHeardThroughIt) {
  station_.recording("moi.wav", 2);  // so fresh that the start waits for it
  station_.write("schedule/lich.yaml", "articles: {a: {title: A, clip: moi.wav}}\nprogrammes:\n  sang: {at: \"" +
                                           time_from_now(600s) + "\", items: [a]}\n");
  Daemon daemon(station_);
  while (!station::lock_holder(station_.path())) ASSERT_EQ(station_.loa({"log"}).code, 0);
  const auto played = station_.loa({"play", "--by", "Lan", file("a.wav")});
  EXPECT_EQ(played.code, 0) << played.err << daemon.words();
  ASSERT_EQ(items().size(), 1u) << played.err;
  EXPECT_EQ(text(items()[0], "operator"), "Lan");
}

TEST_F(PlayTest, AnotherCommandThatWritesTheStateDoesNotHaveTheDevice) {
  station::LockFault fault;
  const auto lock = station::StateLock::acquire(station_.path(), fault);
  ASSERT_TRUE(lock);
  EXPECT_EQ(station_.loa({"play", "--device", "none", file("b.flac")}).code, 0);
}

TEST_F(PlayTest, WhoInterruptsItEndsIt) {
  Daemon daemon(station_);
  ASSERT_TRUE(daemon.answers("\"device_state\":\"open\"")) << daemon.words();
  {
    Beside play(station_, {"play", "--by", "Lan", file("dài.mp3")});
    ASSERT_TRUE(daemon.answers("\"title\":\"dài.mp3\"")) << daemon.words();
    play.signal(SIGINT);
    play.wait();
  }
  ASSERT_TRUE(daemon.says("dài.mp3: partial/operator")) << daemon.words();
  EXPECT_TRUE(daemon.answers("\"device_state\":\"open\""));
}

}  // namespace
}  // namespace loa::test
