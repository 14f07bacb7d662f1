// `loa announce` as people meet it: real processes, the sound on the paced device's capture, the rows in the ledger. No
// assertion on how long anything took (tests/bench/announce_bench has the figures).
#include <signal.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <fstream>
#include <iterator>

#include "tests/whole/run_fixture.hpp"

namespace loa::test {
namespace {

using testing::HasSubstr;

constexpr std::string_view kNever =
    "station: {id: xa-thu, name: Xã Thử, timezone: UTC, language: en}\n"
    "permitted_hours: [{days: never, from: \"05:00\", until: \"05:01\"}]\n"
    "audio: {device: none}\n";

class AnnounceTest : public RunTest {
 protected:
  std::string usb(const std::string& name, double length) {
    const auto file = station_.outside(name);
    make_recording(file, length);
    return file.string();
  }
  std::vector<json::object> announced() {
    std::vector<json::object> found;
    for (auto& row : rows()) {
      if (text(row, "kind") == "item" && row.contains("announcement")) found.push_back(row);
    }
    return found;
  }
  static std::string outcome(const json::object& row) { return text(row, "verdict") + "/" + text(row, "reason"); }
  /// Seconds of the capture in which something sounds.
  double sounding(const std::string& wav) const {
    const auto raw =
        run_program({"sox", wav, "-t", "raw", "-e", "signed", "-b", "16", "-c", "1", station_.outside("raw").string()});
    EXPECT_EQ(raw.code, 0) << raw.err;
    std::ifstream samples(station_.outside("raw"), std::ios::binary);
    const std::string pcm{std::istreambuf_iterator<char>(samples), {}};
    std::size_t blocks = 0;
    for (std::size_t at = 0; at + 960 <= pcm.size(); at += 960) {
      blocks += std::any_of(pcm.begin() + static_cast<std::ptrdiff_t>(at),
                            pcm.begin() + static_cast<std::ptrdiff_t>(at + 960),
                            [](char byte) { return byte != 0 && byte != -1; });
    }
    return static_cast<double>(blocks) / 100;
  }
};

TEST_F(AnnounceTest, OutsideThePermittedHoursAnnouncementsSoundAndNothingElse) {
  station_.write("station.yaml", kNever);
  station_.write("schedule/lich.yaml", "articles: {a: {title: A, clip: a.wav}}\n");
  const auto wav = station_.outside("air.wav").string();
  {
    Daemon daemon(station_, {"--out", wav});
    ASSERT_TRUE(daemon.answers("\"device_state\":\"open\"")) << daemon.words();
    const auto done = station_.loa({"announce", usb("lệnh.mp3", 2), "--by", "Lan"});
    EXPECT_EQ(done.code, 0) << done.err;
    EXPECT_THAT(done.err, HasSubstr("lệnh.mp3 is announced"));
    EXPECT_EQ(station_.loa({"play", station_.outside("lệnh.mp3").string()}).code, 1) << "only an announcement passes";
    ASSERT_TRUE(daemon.says("lệnh.mp3: aired")) << daemon.words();
    EXPECT_EQ(station_.loa({"announce", "--input", "none", "--for", "2s", "--by", "Lan"}).code, 1);
    daemon.signal(SIGTERM);
    EXPECT_EQ(daemon.wait(), 0);
  }
  ASSERT_EQ(announced().size(), 1u);
  EXPECT_EQ(outcome(announced()[0]), "aired/none");
  EXPECT_EQ(text(announced()[0], "operator"), "Lan");
  EXPECT_FALSE(text(announced()[0], "sha256").empty());
  EXPECT_NEAR(sounding(wav), 2, 0.2);
  EXPECT_TRUE(std::filesystem::is_empty(station_.path() / "state/announce")) << "its copy is gone";
  expect_proof();
}

TEST_F(AnnounceTest, WhatCannotBePlayedIsRefusedWithTheReason) {
  schedule(programme("sang", time_from_now(3600s), "[a]"));
  const auto nobody = station_.loa({"announce", usb("lệnh.mp3", 1), "--by", "Lan"});
  EXPECT_EQ(nobody.code, 3);
  EXPECT_THAT(nobody.err, HasSubstr("no daemon runs for this station"));
  Daemon daemon(station_);
  ASSERT_TRUE(daemon.answers("\"device_state\":\"open\"")) << daemon.words();
  const auto text_file = station_.outside("thư.txt").string();
  std::ofstream(text_file) << "Kính gửi bà con\n";
  for (const auto& [file, why] : {std::pair{text_file, std::string("thư.txt cannot be played")},
                                  std::pair{std::string("/không-có.wav"), std::string("cannot be read")}}) {
    const auto refused = station_.loa({"announce", file, "--by", "Lan"});
    EXPECT_EQ(refused.code, 1) << file;
    EXPECT_THAT(refused.err, HasSubstr(why));
  }
  for (const auto& words :
       std::vector<std::vector<std::string>>{{"announce"},
                                             {"announce", "a.mp3"},
                                             {"announce", "a.mp3", "b.mp3", "--by", "Lan"},
                                             {"announce", "--input", "none", "--by", "Lan"},
                                             {"announce", "a.mp3", "--by", "Lan", "--repeat", "1s"},
                                             {"announce", "a.mp3", "--by", "Lan", "--until", "2026-11-28T05:00"},
                                             {"announce", "a.mp3", "--by", "Lan", "--repeat", "1h", "--between", "7"},
                                             {"announce", "a.mp3", "--by", "Lan", "--emergency"}}) {
    EXPECT_EQ(station_.loa(words).code, 2) << words.size();
  }
  EXPECT_EQ(station_.loa({"announce", "--stop"}).code, 1) << "nothing to stop";
}

TEST_F(AnnounceTest, TheProgrammeIsBrokenIntoAndGoesOnInItsPlace) {
  schedule(programme("sang", time_from_now(kSoon), "[dai]"));
  Daemon daemon(station_);
  ASSERT_TRUE(daemon.answers("\"on_air\":{\"article\":\"dai\"")) << daemon.words();
  EXPECT_EQ(station_.loa({"announce", usb("lệnh.wav", 2), "--by", "Lan"}).code, 0);
  ASSERT_TRUE(daemon.says("lệnh.wav: aired")) << daemon.words();
  ASSERT_TRUE(daemon.says("dai: partial/emergency")) << daemon.words();
  EXPECT_THAT(verdicts(), testing::Contains("dai partial/emergency"));
  expect_proof();
}

TEST_F(AnnounceTest, AKilledPlayerAndAKilledStationLoseNoAnnouncement) {
  schedule(programme("sang", time_from_now(3600s), "[a]"));
  const auto file = usb("lệnh.mp3", 12);
  {
    Daemon daemon(station_);
    ASSERT_TRUE(daemon.answers("\"device_state\":\"open\"")) << daemon.words();
    EXPECT_EQ(station_.loa({"announce", file, "--by", "Lan", "--repeat", "60min"}).code, 0);
    std::filesystem::remove(file);  // the stick is pulled
    ASSERT_TRUE(daemon.answers("\"announced_by\":\"Lan\"")) << daemon.words();
    ::kill(daemon.child("loa-player"), SIGKILL);
    ASSERT_TRUE(daemon.says("goes on air: lệnh.mp3")) << daemon.words();
    ASSERT_TRUE(daemon.answers("\"announced_by\":\"Lan\"")) << daemon.words();
    daemon.signal(SIGKILL);
    daemon.wait();
  }
  Daemon again(station_);
  ASSERT_TRUE(again.says("lệnh.mp3: aired")) << again.words();
  EXPECT_TRUE(again.answers("\"announcements\":[{\"by\":\"Lan\"")) << again.words();
  EXPECT_THAT(station_.loa({"now"}).out, HasSubstr("announcement of Lan: lệnh.mp3, again at"));
  const auto stopped = station_.loa({"announce", "--stop", "--by", "Hoa"});
  EXPECT_EQ(stopped.code, 0) << stopped.err;
  again.signal(SIGTERM);
  EXPECT_EQ(again.wait(), 0);
  ASSERT_EQ(announced().size(), 2u);
  EXPECT_EQ(text(announced()[0], "reason"), "power") << "as far as it is durably known";
  EXPECT_EQ(outcome(announced()[1]), "aired/none");
  expect_proof();
}

TEST_F(AnnounceTest, ALiveInputEndsWithItsTime) {
  schedule(programme("sang", time_from_now(3600s), "[a]"));
  Daemon daemon(station_);
  ASSERT_TRUE(daemon.answers("\"device_state\":\"open\"")) << daemon.words();
  const auto absent = station_.loa({"announce", "--input", "không có thiết bị này", "--for", "2s", "--by", "Lan"});
  EXPECT_EQ(absent.code, 1);
  EXPECT_THAT(absent.err, HasSubstr("cannot be heard"));
  EXPECT_EQ(station_.loa({"announce", "--input", "none", "--for", "3s", "--by", "Lan"}).code, 0);
  ASSERT_TRUE(daemon.says("live from none")) << daemon.words();
  daemon.signal(SIGTERM);
  EXPECT_EQ(daemon.wait(), 0);
  ASSERT_EQ(announced().size(), 2u);
  EXPECT_EQ(text(announced()[1], "what"), "relay");
  EXPECT_EQ(text(announced()[1], "verdict"), "aired");
}

}  // namespace
}  // namespace loa::test
