// `loa render` on real folders: every frame where the plan has it, nothing anywhere else, and what goes wrong is said.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <cstring>
#include <vector>

#include "tests/support/station_folder.hpp"

namespace loa {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr std::size_t kSecond = 48000;
constexpr const char* kSettings = R"(station: {id: xa-thu, name: Đài xã Thử, language: en}
permitted_hours: [{days: daily, from: "00:00", until: "24:00"}]
audio: {device: none}
)";
constexpr const char* kRenderedSchedule = R"(articles:
  mo: {title: Mở, clip: mo.wav}
  dai: {title: Dài, clip: dai.flac}
programmes:
  sang: {title: Sáng, at: "05:30", items: [mo, mo, {pause: 1500ms}, mo]}
  mo-dan: {title: Mờ, at: "06:00", length: 5s, items: [dai]}
  cat: {title: Cắt, at: "06:01", length: 5s, overrun: cut, items: [dai]}
  khuya: {title: Khuya, at: "23:59:57", items: [dai]}
)";

class RenderTest : public ::testing::Test {
 protected:
  RenderTest() : station_(kSettings) {
    station_.write("schedule/lich.yaml", kRenderedSchedule);
    station_.recording("mo.wav", 2);
    station_.recording("dai.flac", 8);
  }
  std::string out() const { return station_.outside("out.wav").string(); }
  std::string log() const { return station_.outside("rows.jsonl").string(); }

  test::Finished render(const std::string& from, const std::string& to, std::vector<std::string> more = {}) const {
    std::vector<std::string> words{"render", "--from", from, "--to", to, "--out", out()};
    words.insert(words.end(), more.begin(), more.end());
    return station_.loa(words);
  }
  /// The samples of the file; the header is as long as it is.
  std::vector<std::int16_t> samples() const {
    const auto bytes = test::read_file(out());
    const auto begin = bytes.find("data") + 8;
    std::vector<std::int16_t> all((bytes.size() - begin) / 2);
    std::memcpy(all.data(), bytes.data() + begin, all.size() * 2);
    return all;
  }

  test::StationFolder station_;
};

/// Places where sound begins and ends; a tone that passes through zero is no end.
std::vector<std::size_t> edges(const std::vector<std::int16_t>& samples) {
  constexpr std::size_t kPause = 480;
  std::vector<std::size_t> found;
  std::size_t quiet = kPause;
  for (std::size_t at = 0; at < samples.size(); ++at) {
    if (samples[at] == 0) {
      if (++quiet == kPause) found.push_back(at + 1 - kPause);
      continue;
    }
    if (quiet >= kPause) found.push_back(at);
    quiet = 0;
  }
  return found;
}

void expect_edges(const std::vector<std::int16_t>& samples, const std::vector<std::size_t>& expected) {
  const auto found = edges(samples);
  ASSERT_EQ(found.size(), expected.size());
  // A tone begins and ends at or near zero.
  for (std::size_t i = 0; i < found.size(); ++i) {
    EXPECT_NEAR(static_cast<double>(found[i]), static_cast<double>(expected[i]), 2) << i;
  }
}

TEST_F(RenderTest, ItemsAndPausesLieOnTheirFramesAndTheRowsVerify) {
  const auto done = render("2026-11-23T05:29:59", "2026-11-23T05:30:10", {"--log", log()});
  ASSERT_EQ(done.code, 0) << done.err;
  EXPECT_EQ(samples().size(), 11 * kSecond);
  expect_edges(samples(), {kSecond, 5 * kSecond, 5 * kSecond + 72000, 7 * kSecond + 72000});
  EXPECT_EQ(station_.loa({"log", "verify", log()}).code, 0);
  EXPECT_THAT(test::read_file(log()), HasSubstr("\"clock\":\"virtual\""));
}

TEST_F(RenderTest, AFadeEndsAndACutIsHardOnTheSlotsLastFrame) {
  ASSERT_EQ(render("2026-11-23T06:00", "2026-11-23T06:01:10").code, 0);
  const auto sound = samples();
  const auto cut = sound.begin() + 60 * kSecond;
  for (std::size_t at = 0; at < 3 * kSecond; ++at) ASSERT_EQ(sound[at], cut[static_cast<std::ptrdiff_t>(at)]) << at;
  const auto loudest = [&](std::size_t from, std::size_t until) {
    int most = 0;
    for (auto at = from; at < until; ++at) most = std::max(most, std::abs(static_cast<int>(sound[at])));
    return most;
  };
  EXPECT_NEAR(loudest(4 * kSecond - 200, 4 * kSecond + 200), loudest(0, kSecond) / 2, 200) << "half way";
  EXPECT_LT(loudest(5 * kSecond - 480, 5 * kSecond), 10);
  EXPECT_EQ(loudest(5 * kSecond, 60 * kSecond), 0);
  // But for the 2 ms that keep it from clicking.
  EXPECT_EQ(loudest(65 * kSecond - 96 - 120, 65 * kSecond - 96), loudest(60 * kSecond, 61 * kSecond));
  EXPECT_GT(loudest(65 * kSecond - 96, 65 * kSecond - 24), loudest(60 * kSecond, 61 * kSecond) / 4);
  EXPECT_EQ(loudest(65 * kSecond, 70 * kSecond), 0);
}

TEST_F(RenderTest, ASessionOverMidnightIsOne) {
  ASSERT_EQ(render("2026-11-23T23:59:50", "2026-11-24T00:00:10").code, 0);
  expect_edges(samples(), {7 * kSecond, 15 * kSecond});
}

TEST_F(RenderTest, InstantsMayLieBetweenSeconds) {
  ASSERT_EQ(render("2026-11-23T05:30:00.500", "2026-11-22T22:30:01.250Z").code, 0);
  EXPECT_EQ(samples().size(), 36000u);
}

TEST_F(RenderTest, WhatCannotBePreparedIsSaid) {
  station_.write("state/masters", "no folder");
  const auto done = render("2026-11-23T05:30", "2026-11-23T05:30:10");
  EXPECT_EQ(done.code, 3);
  EXPECT_THAT(done.err, HasSubstr("mo.wav cannot be played for now: the disk failed"));
}

TEST_F(RenderTest, AFileThatCannotBeWrittenIsSaid) {
  const auto full =
      station_.loa({"render", "--from", "2026-11-23T05:30", "--to", "2026-11-23T05:31", "--out", "/dev/full"});
  EXPECT_EQ(full.code, 3);
  EXPECT_THAT(full.err, HasSubstr("/dev/full cannot be written: No space left on device"));
  const auto rows = render("2026-11-23T05:30", "2026-11-23T05:31", {"--log", "/nowhere/rows"});
  EXPECT_EQ(rows.code, 3);
  EXPECT_THAT(rows.err, HasSubstr("/nowhere/rows cannot be written"));
  EXPECT_FALSE(fs::exists(out())) << "said before the work";
}

struct WrongSpan {
  const char* name;
  const char* from;
  const char* to;
  const char* english;
  const char* vietnamese;
};

class RenderWrongly : public RenderTest, public ::testing::WithParamInterface<WrongSpan> {};

TEST_P(RenderWrongly, IsWrongUsage) {
  for (const auto& [language, words] : {std::pair("en", GetParam().english), std::pair("vi", GetParam().vietnamese)}) {
    const auto done = render(GetParam().from, GetParam().to, {"--lang", language});
    EXPECT_EQ(done.code, 2);
    EXPECT_THAT(done.err, HasSubstr(words));
    EXPECT_FALSE(fs::exists(out()));
  }
}

INSTANTIATE_TEST_SUITE_P(
    All, RenderWrongly,
    ::testing::Values(
        WrongSpan{"nothing", "2026-11-23T05:30", "2026-11-23T05:30", "later than --from", "phải sau --from"},
        WrongSpan{"no_instant", "2026-02-30T05:30", "2026-11-23T05:30", "is no instant", "không phải là"},
        WrongSpan{"too_late", "9999-11-23T05:30", "9999-11-23T05:31", "1700 to 2199", "1700 đến 2199"},
        WrongSpan{"too_early", "1500-11-23T05:30", "1500-11-23T05:31", "1700 to 2199", "1700 đến 2199"},
        WrongSpan{"too_much", "2026-11-23T05:30", "2026-12-23T05:31", "at most 30 days", "nhiều nhất 30"}),
    [](const auto& each) { return each.param.name; });

TEST_F(RenderTest, RowsDoNotGoIntoTheSound) {
  const auto done = render("2026-11-23T05:30", "2026-11-23T05:31", {"--log", out()});
  EXPECT_EQ(done.code, 2);
  EXPECT_THAT(done.err, HasSubstr("the same file"));
}

}  // namespace
}  // namespace loa
