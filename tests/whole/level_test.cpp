// What is rendered is as loud as it should be by another program's meter; what is wrong with a recording is said by
// `library`, `check` and `add`.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/parse.hpp>

#include "tests/support/independent_meter.hpp"
#include "tests/support/station_folder.hpp"

namespace loa {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class LevelTest : public ::testing::Test {
 protected:
  /// library/`clip`, made by a command of the shell that leaves $out.
  void make(const std::string& clip, const std::string& command) {
    const auto file = station_.write("library/" + clip, "").string();
    const auto done = test::run_program({"/bin/sh", "-c", "out='" + file + "'; " + command});
    ASSERT_EQ(done.code, 0) << done.err;
  }
  boost::json::object library_line(const std::string& clip) {
    for (const auto& line : test::lines_of(station_.loa({"library", "--json"}).out)) {
      auto object = boost::json::parse(line).as_object();
      if (object.at("clip").as_string() == clip) return object;
    }
    ADD_FAILURE() << clip << " is not listed";
    return {};
  }

  test::StationFolder station_{
      "station: {id: xa-thu, name: Xã Thử, timezone: UTC, language: en}\n"
      "permitted_hours: [{days: daily, from: \"00:00\", until: \"24:00\"}]\n"
      "audio: {device: none, channels: 2}\n"};
};

TEST_F(LevelTest, EachItemOfWhatIsRenderedIsAtItsLevel) {
  make("low.wav", "sox -R -n -r 44100 -c 2 $out synth 8 pinknoise tremolo 2 80 norm -38");
  make("hot.flac", "sox -R -n -r 48000 -c 2 $out synth 8 pinknoise tremolo 1 50 norm 0 gain 8");
  make("left.wav", "sox -R -n -r 44100 $out synth 8 pinknoise vol 0.2 remix 1 0");
  make("anti.wav", "sox -R -n -r 44100 $out synth 8 pinknoise vol 0.2 remix 1 1i");
  station_.write("schedule/lich.yaml",
                 "articles:\n  low: {title: L, clip: low.wav}\n  hot: {title: H, clip: hot.flac, gain: -8}\n"
                 "  left: {title: Le, clip: left.wav}\n  anti: {title: A, clip: anti.wav, gain: 4}\n"
                 "programmes:\n  sang: {at: \"05:30\", items: [low, hot, left, anti]}\n");
  const auto wav = station_.outside("r.wav").string(), rows = station_.outside("rows.jsonl").string();
  const auto done = station_.loa(
      {"render", "--from", "2026-11-23T05:30:00", "--to", "2026-11-23T05:30:32", "--out", wav, "--log", rows});
  ASSERT_EQ(done.code, 0) << done.err;
  const double wanted[] = {-16, -24, -16, -12};
  std::vector<double> logged;
  for (const auto& line : test::lines_of(test::read_file(rows))) {
    const auto row = boost::json::parse(line).as_object();
    if (row.at("kind").as_string() == "item") logged.push_back(row.at("level_lufs").to_number<double>());
  }
  ASSERT_EQ(logged.size(), 4u);
  for (std::size_t i = 0; i < 4; ++i) {
    const auto heard = test::metered(wav, "-ss " + std::to_string(8 * i) + " -t 8");
    EXPECT_NEAR(heard.loudness, wanted[i], 0.5) << i;
    EXPECT_LE(heard.true_peak, -1.0) << i;
    EXPECT_NEAR(logged[i], heard.loudness, 0.2) << i;
  }
}

TEST_F(LevelTest, WhatIsWrongWithARecordingIsSaidWithItsTime) {
  make("left.wav", "sox -R -n -r 44100 $out synth 8 pinknoise vol 0.2 remix 1 0");
  make("gap.wav",
       "sox -R -n -r 44100 $out.wav synth 5 pinknoise vol 0.2 pad 0 15; sox $out.wav $out.wav $out; rm $out.wav");
  make("clicks.wav", "sox -R -n -r 48000 $out synth 0.001 square 500 vol 0.9 pad 0 0.999 repeat 9");
  station_.write("schedule/lich.yaml",
                 "articles:\n  left: {title: Le, clip: left.wav}\n  gap: {title: G, clip: gap.wav}\n"
                 "  clicks: {title: C, clip: clicks.wav}\n"
                 "programmes:\n  sang: {at: \"05:30\", items: [left, gap, clicks]}\n");
  EXPECT_EQ(library_line("left.wav").at("problem").as_string(), "left-only");
  EXPECT_FALSE(library_line("left.wav").contains("refused"));
  EXPECT_EQ(library_line("clicks.wav").at("problem").as_string(), "too-spiky");
  const auto gap = library_line("gap.wav").at("flaws").as_array().at(0).as_object();
  EXPECT_EQ(gap.at("flaw").as_string(), "long-silence");
  EXPECT_NEAR(gap.at("from").to_number<double>(), 5, 0.2);
  EXPECT_NEAR(gap.at("until").to_number<double>(), 20, 0.2);
  const auto english = station_.loa({"check", "--now", "2026-11-23T00:00"});
  EXPECT_EQ(english.code, 0) << "warnings";
  EXPECT_THAT(english.out, HasSubstr("about the recording “left.wav”: only the left channel sounds"));
  EXPECT_THAT(english.out, HasSubstr("there is no sound at all in it, from 0:05 to 0:20"));
  EXPECT_THAT(english.out, HasSubstr("doubtful-recording"));
  const auto vietnamese = station_.loa({"library", "--lang", "vi"});
  EXPECT_THAT(vietnamese.out, HasSubstr("chỉ kênh trái có tiếng"));
  EXPECT_THAT(vietnamese.out, HasSubstr("có đoạn hoàn toàn không có tiếng, từ 0:05 đến 0:20"));
}

TEST_F(LevelTest, AFlawedRecordingIsTakenAndItsFlawIsSaid) {
  make("a.wav", "sox -R -n -r 44100 -c 2 $out synth 3 pinknoise vol 0.2");
  station_.write("schedule/lich.yaml", "articles:\n  a: {title: A, clip: moi.wav}\n");
  const auto file = station_.outside("anti.wav").string();
  ASSERT_EQ(test::run_program(
                {"sox", "-R", "-n", "-r", "44100", file, "synth", "5", "pinknoise", "vol", "0.2", "remix", "1", "1i"})
                .code,
            0);
  const auto done = station_.loa({"add", file, "--article", "a"});
  EXPECT_EQ(done.code, 0) << done.err;
  EXPECT_THAT(done.out, HasSubstr("look out: its two channels cancel each other out"));
}

}  // namespace
}  // namespace loa
