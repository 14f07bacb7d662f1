// `loa plan` and `loa library` on real folders with real recordings.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <boost/json.hpp>
#include <map>

#include "tests/support/station_folder.hpp"

namespace loa {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

constexpr const char* kPlannedSchedule = R"(articles:
  nhac-hieu: {title: Nhạc hiệu, clip: nhac-hieu.flac}
  tin: {title: "Bản tin xã <dd>/<mm>", clip: "tin/<date>.mp3"}
programmes:
  sang: {title: Buổi sáng, at: "05:30", items: [nhac-hieu, {pause: 5s}, tin]}
)";

const std::vector<std::string> kMonday{"plan", "--from", "2026-11-23", "--to", "2026-11-24"};

class PlanCommandTest : public ::testing::Test {
 protected:
  PlanCommandTest() {
    station_.write("schedule/lich.yaml", kPlannedSchedule);
    station_.recording("nhac-hieu.flac", 2);
    station_.recording("tin/2026-11-23.mp3", 3);
  }
  test::Finished plan(const std::vector<std::string>& more = {}) const {
    auto words = kMonday;
    words.insert(words.end(), more.begin(), more.end());
    return station_.loa(words);
  }
  static std::vector<boost::json::object> objects(const std::string& lines) {
    std::vector<boost::json::object> all;
    for (const auto& line : test::lines_of(lines)) all.push_back(boost::json::parse(line).as_object());
    return all;
  }

  test::StationFolder station_;
};

TEST_F(PlanCommandTest, JsonChainsItemsByTheirTrueLengths) {
  const auto done = plan({"--json"});
  ASSERT_EQ(done.code, 0) << done.err;
  const auto items = objects(done.out);
  ASSERT_EQ(items.size(), 3u);
  EXPECT_EQ(items[0].at("id").as_string(), "xa-thu/2026-11-23T0530/sang/1");
  EXPECT_EQ(items[0].at("frames").as_int64(), 96000);
  EXPECT_EQ(items[0].at("start").as_string(), "2026-11-23T05:30:00.000+07:00");
  EXPECT_EQ(items[1].at("what").as_string(), "pause");
  EXPECT_EQ(items[1].at("frames").as_int64(), 240000);
  EXPECT_FALSE(items[1].contains("clip"));
  EXPECT_EQ(items[2].at("start").as_string(), "2026-11-23T05:30:07.000+07:00");
  EXPECT_EQ(items[2].at("title").as_string(), "Bản tin xã 23/11");
  EXPECT_EQ(items[2].at("clip").as_string(), "tin/2026-11-23.mp3");
  EXPECT_EQ(items[2].at("why").as_string(), "schedule/lich.yaml:5");
}

TEST_F(PlanCommandTest, TextShowsTheDayToAPerson) {
  const auto done = plan();
  EXPECT_EQ(done.code, 0);
  EXPECT_THAT(done.out, StartsWith("Mon 2026-11-23"));
  EXPECT_THAT(done.out, HasSubstr("05:30:00      0:02  Nhạc hiệu"));
  EXPECT_THAT(done.out, HasSubstr("█"));
  EXPECT_THAT(plan({"--lang", "vi"}).out, StartsWith("T2 23/11/2026"));
}

TEST_F(PlanCommandTest, CsvHasOneLinePerItemAndItsNames) {
  const auto done = plan({"--format", "csv"});
  EXPECT_THAT(done.out, StartsWith("\xEF\xBB\xBFid,"));
  EXPECT_EQ(test::lines_of(done.out).size(), 4u);
}

TEST_F(PlanCommandTest, SevenDaysFromNowAreTheDefault) {
  const auto done = station_.loa({"plan", "--json", "--now", "2026-11-23T23:00:00+07:00"});
  const auto items = objects(done.out);
  ASSERT_EQ(items.size(), 21u);
  EXPECT_THAT(std::string(items.front().at("start").as_string()), StartsWith("2026-11-23"));
  EXPECT_THAT(std::string(items.back().at("start").as_string()), StartsWith("2026-11-29"));
}

TEST_F(PlanCommandTest, WithErrorsNothingIsAnswered) {
  station_.write("schedule/sai.yaml", "programmes:\n  chieu: {title: Chiều, at: \"17h\", items: [khong-co]}\n");
  for (const char* format : {"text", "json", "csv"}) {
    const auto done = plan({"--format", format});
    EXPECT_EQ(done.code, 1);
    EXPECT_THAT(done.out, IsEmpty());
    EXPECT_THAT(done.err, HasSubstr("schedule/sai.yaml:2"));
  }
}

TEST_F(PlanCommandTest, IsTheSameAgainAndOnACopyOfTheFolder) {
  const test::StationFolder copy;
  std::filesystem::copy(station_.path(), copy.path(),
                        std::filesystem::copy_options::recursive | std::filesystem::copy_options::overwrite_existing);
  const std::string first = plan({"--json"}).out;
  EXPECT_EQ(plan({"--json"}).out, first);
  auto words = kMonday;
  words.push_back("--json");
  EXPECT_EQ(copy.loa(words).out, first);
}

TEST_F(PlanCommandTest, TheLibraryListsEveryFormatWithItsTrueLength) {
  for (const char* clip : {"a.wav", "b.ogg", "c.opus"}) station_.recording(clip, 2);
  const auto done = station_.loa({"library", "--json"});
  ASSERT_EQ(done.code, 0) << done.err;
  std::map<std::string, std::string> codecs;
  for (const auto& object : objects(done.out)) {
    const std::string clip(object.at("clip").as_string());
    codecs[clip] = object.at("codec").as_string();
    EXPECT_FALSE(object.contains("problem")) << object;
    EXPECT_NEAR(object.at("duration").to_number<double>(), clip == "tin/2026-11-23.mp3" ? 3 : 2, 0.05) << clip;
    EXPECT_EQ(object.at("sha256").as_string().size(), 64u);
    EXPECT_NEAR(object.at("loudness").to_number<double>(), -13.5, 3) << clip;
  }
  EXPECT_EQ(codecs, (std::map<std::string, std::string>{{"a.wav", "wav"},
                                                        {"b.ogg", "vorbis"},
                                                        {"c.opus", "opus"},
                                                        {"nhac-hieu.flac", "flac"},
                                                        {"tin/2026-11-23.mp3", "mp3"}}));
}

TEST_F(PlanCommandTest, TheLibraryNamesWhatIsWrongAndGoesOn) {
  const auto wav = test::read_file(station_.recording("cut.wav", 2));
  station_.write("library/cut.wav", std::string_view(wav).substr(0, wav.size() / 2));
  station_.write("library/text.mp3", "this is no sound");
  const auto done = station_.loa({"library", "--json"});
  EXPECT_EQ(done.code, 0);
  std::map<std::string, bool> refused;
  for (const auto& object : objects(done.out))
    refused[std::string(object.at("clip").as_string())] = object.contains("problem");
  EXPECT_TRUE(refused.at("cut.wav"));
  EXPECT_TRUE(refused.at("text.mp3"));
  EXPECT_FALSE(refused.at("nhac-hieu.flac"));
  EXPECT_THAT(station_.loa({"library"}).out, HasSubstr("not played: "));
}

TEST_F(PlanCommandTest, TheLibrarySaysInFullWhyWhatLiesInItIsNotPlayed) {
  station_.write("library/text.m4a", std::string_view("\0\0\0\x20"
                                                      "ftypM4A ",
                                                      12));
  ASSERT_EQ(::mkfifo((station_.path() / "library/ong.mp3").c_str(), 0600), 0);
  const auto done = station_.loa({"library"});
  EXPECT_THAT(done.out, HasSubstr("its end is missing; copy it anew from where it came\n"));
  EXPECT_THAT(done.err, HasSubstr("library/ong.mp3: warning: this is no ordinary file"));
}

/// A telephone's recording plays; of a damaged one it is said where, and it plays as well.
TEST_F(PlanCommandTest, TheLibraryTakesWhatATelephoneMadeAndSaysWhereARecordingIsDamaged) {
  station_.recording("a.wav", 20);
  const auto folder = (station_.path() / "library").string();
  const auto made = "cd '" + folder +
                    "' && ffmpeg -y -v error -i a.wav -c:a aac -f ipod dt.m4a && lame --quiet -b 64 a.wav hong.mp3 && "
                    "head -c 900 /dev/zero | tr '\\0' x | dd of=hong.mp3 bs=1 seek=80000 conv=notrunc status=none";
  ASSERT_EQ(std::system(made.c_str()), 0);
  std::map<std::string, boost::json::object> found;
  for (const auto& object : objects(station_.loa({"library", "--json"}).out)) {
    found[std::string(object.at("clip").as_string())] = object;
  }
  EXPECT_EQ(found.at("dt.m4a").at("duration").to_number<double>(), 20);
  EXPECT_FALSE(found.at("dt.m4a").contains("problem"));
  EXPECT_EQ(found.at("hong.mp3").at("problem").as_string(), "damaged");
  EXPECT_THAT(std::string(found.at("hong.mp3").at("places").as_string()), testing::MatchesRegex("00:(09|10)"));
  EXPECT_FALSE(found.at("hong.mp3").contains("refused"));
  EXPECT_THAT(station_.loa({"library"}).out, HasSubstr("and plays; listen to it"));
}

TEST_F(PlanCommandTest, AHostileNameStaysOneLine) {
  const std::string name = "a\n\"b\" 📢 $(x).wav";
  station_.recording(name, 1);
  const auto items = objects(station_.loa({"library", "--json"}).out);
  EXPECT_EQ(items.size(), 3u);
  EXPECT_EQ(items[0].at("clip").as_string(), name);
  EXPECT_EQ(test::lines_of(station_.loa({"library"}).out).size(), 4u);
}

}  // namespace
}  // namespace loa
