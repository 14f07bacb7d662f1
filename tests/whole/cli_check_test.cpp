// `loa check` on real folders: what it says, where, and with which exit code.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "tests/support/station_folder.hpp"

namespace loa {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr const char* kSchedule = R"(articles:
  nhac-hieu: {title: Nhạc hiệu, clip: nhac-hieu.wav}
  tin: {title: Bản tin xã, clip: "tin/Bản tin 📢 số 1.mp3"}
programmes:
  sang: {title: Buổi sáng, at: "05:30", length: 15min, items: [nhac-hieu, tin]}
)";

const std::vector<std::string> kCheck{"check", "--now", "2026-11-23T05:00"};

std::vector<std::string> with(std::vector<std::string> words, const std::string& more) {
  words.push_back(more);
  return words;
}

/// The codes of the errors among the JSON lines.
std::vector<std::string> errors_of(const std::string& out) {
  std::vector<std::string> codes;
  for (const auto& line : test::lines_of(out)) {
    const auto found = boost::json::parse(line).as_object();
    if (found.at("severity").as_string() == "error") codes.emplace_back(found.at("code").as_string());
  }
  return codes;
}

class CheckTest : public ::testing::Test {
 protected:
  void good_station() const {
    station_.write("schedule/lich.yaml", kSchedule);
    station_.recording("nhac-hieu.wav", 2);
    station_.recording("tin/Bản tin 📢 số 1.mp3", 3);
  }
  test::StationFolder station_;
};

TEST_F(CheckTest, AGoodStationHasNoAnswerAndASummary) {
  good_station();
  const auto done = station_.loa(kCheck);
  EXPECT_EQ(done.code, 0) << done.out << done.err;
  EXPECT_THAT(done.out, IsEmpty());
  EXPECT_THAT(done.err, HasSubstr("no mistakes found: 1 programme, 2 recordings"));
}

TEST_F(CheckTest, DaysWithoutAYearAreSaidInWordsBesideTheAnswer) {
  good_station();
  station_.write("schedule/ngay.yaml", "calendar:\n  - {on: 10-03, mute: [sang]}\n");
  const auto done = station_.loa(kCheck);
  EXPECT_THAT(done.out, IsEmpty());
  EXPECT_THAT(done.err, HasSubstr("10-03 = every year on October 3; next Sun 03/10/2027 (schedule/ngay.yaml:2)"));
  EXPECT_THAT(station_.loa(with(kCheck, "--json")).err, Not(HasSubstr("October")));
  const auto plan = station_.loa({"plan", "--from", "2026-11-23"});
  EXPECT_THAT(plan.out, HasSubstr("10-03 = every year on October 3; next Sun 03/10/2027 (schedule/ngay.yaml:2)"));
}

TEST_F(CheckTest, ItsWordsAreThoseOfTheStation) {
  const test::StationFolder station("station: {id: xa, name: Xã, language: vi}\n");
  station.write("schedule/lich.yaml", kSchedule);
  EXPECT_THAT(station.loa(kCheck).err, HasSubstr("cảnh báo"));
}

TEST_F(CheckTest, AFileThatIsNotThereForTheProgramIsOneMistake) {
  good_station();
  // Without its hours, its shared folders and the other file's names nothing is concluded from those that are there.
  station_.write("schedule/lich-dem.yaml", "programmes:\n  dem: {at: \"23:30\", length: 15min, items: [khong-co]}\n");
  for (const std::string broken : {"station.yaml", "schedule/khac.yaml"}) {
    fs::remove(station_.path() / broken);
    fs::create_symlink("nowhere", station_.path() / broken);
    const auto done = station_.loa(with(kCheck, "--json"));
    EXPECT_EQ(done.code, 1);
    EXPECT_THAT(errors_of(done.out), ElementsAre("broken-link"));
    fs::remove(station_.path() / broken);
    station_.write("station.yaml",
                   "station: {id: xa, name: Xã}\npermitted_hours: {from: \"00:00\", until: \"24:00\"}\n");
  }
}

TEST_F(CheckTest, ASecondFileOfOneNameIsOneMistake) {
  good_station();
  station_.write("schedule/LICH.yaml", kSchedule);
  const auto done = station_.loa(with(kCheck, "--json"));
  EXPECT_EQ(done.code, 1);
  EXPECT_THAT(errors_of(done.out), ElementsAre("names-differ-by-case"));
}

TEST_F(CheckTest, EveryMistakeIsTheAnswerAndTheCodeIs1) {
  station_.write("schedule/lich.yaml",
                 "articles:\n  tin: {titel: Tin, clip: tin.mp3}\n"
                 "programmes:\n  sang: {title: Sáng, at: \"25:30\", items: [tni]}\n");
  const auto done = station_.loa(kCheck);
  EXPECT_EQ(done.code, 1);
  EXPECT_THAT(done.out, HasSubstr("schedule/lich.yaml:2:9"));
  EXPECT_THAT(done.out, HasSubstr("schedule/lich.yaml:4:"));
  EXPECT_THAT(done.out, Not(HasSubstr("\x1b")));
  EXPECT_THAT(done.err, HasSubstr("error"));
}

TEST_F(CheckTest, JsonIsOneObjectALineWithTheContractsKeys) {
  station_.write("schedule/lich.yaml", "articles:\n  tin: {titel: Tin, clip: tin.mp3}\n");
  const auto done = station_.loa(with(kCheck, "--json"));
  EXPECT_EQ(done.code, 1);
  int placed = 0;
  for (const auto& line : test::lines_of(done.out)) {
    const auto object = boost::json::parse(line).as_object();
    for (const char* key : {"file", "severity", "code", "message"}) EXPECT_TRUE(object.contains(key)) << line;
    if (!object.contains("line")) continue;  // about a file or a folder as a whole
    ++placed;
    for (const char* key : {"column", "end_column"}) EXPECT_TRUE(object.contains(key)) << line;
  }
  EXPECT_GE(placed, 1);
}

TEST_F(CheckTest, AMissingRecordingIsAWarning) {
  good_station();
  fs::remove(station_.path() / "library/nhac-hieu.wav");
  const auto done = station_.loa(kCheck);
  EXPECT_EQ(done.code, 0);
  EXPECT_THAT(done.out, HasSubstr("nhac-hieu.wav"));
  EXPECT_THAT(done.err, HasSubstr("1 warning"));
}

TEST_F(CheckTest, ANameStoredApartIsFound) {
  good_station();
  const fs::path nfc = station_.path() / "library/tin/Bản tin 📢 số 1.mp3";
  fs::rename(nfc, nfc.parent_path() / "Ba\xCC\x89n tin 📢 s\x6F\xCC\x82\xCC\x81 1.mp3");
  const auto done = station_.loa(kCheck);
  EXPECT_EQ(done.code, 0);
  EXPECT_THAT(done.out, IsEmpty());
}

TEST_F(CheckTest, RecordingsAreMeasuredOnceAndRememberedAfterwards) {
  good_station();
  EXPECT_THAT(station_.loa(kCheck).err, HasSubstr("measuring 2 new recordings"));
  EXPECT_THAT(station_.loa(kCheck).err, Not(HasSubstr("measuring")));
  station_.recording("nhac-hieu.wav", 4);
  EXPECT_THAT(station_.loa(kCheck).err, HasSubstr("measuring 1 new recording\n"));
}

TEST_F(CheckTest, ALinkThatLeavesTheLibraryIsReportedAndNotMeasured) {
  good_station();
  fs::remove(station_.path() / "library/nhac-hieu.wav");
  test::make_recording(station_.outside("secret.wav"), 2);
  fs::create_symlink("../../secret.wav", station_.path() / "library/nhac-hieu.wav");
  const auto done = station_.loa(kCheck);
  EXPECT_EQ(done.code, 0);
  EXPECT_THAT(done.out, HasSubstr("library/nhac-hieu.wav"));
  EXPECT_THAT(done.out, HasSubstr("leads out of the library"));
  EXPECT_THAT(station_.loa({"library", "--json"}).out, Not(HasSubstr("nhac-hieu")));
}

TEST_F(CheckTest, AFolderThatIsNoStationIsAnErrorAndStaysUntouched) {
  const test::TempDir folder;
  const auto done = test::run_program({test::loa_program(), "check", "--station", folder.path()});
  EXPECT_EQ(done.code, 1);
  EXPECT_THAT(done.out, HasSubstr("station.yaml"));
  EXPECT_TRUE(fs::is_empty(folder.path()));
}

TEST_F(CheckTest, AStateThatCannotBeWrittenIsNoObstacle) {
  good_station();
  station_.write("state", "a file where the folder would be");
  const auto done = station_.loa(kCheck);
  EXPECT_EQ(done.code, 0) << done.out << done.err;
  EXPECT_EQ(test::read_file(station_.path() / "state"), "a file where the folder would be");
}

TEST_F(CheckTest, TwoHundredProgrammesAreNoTrouble) {
  std::string text = "articles:\n";
  for (int number = 0; number < 100; ++number) {
    const std::string id = "bai-" + std::to_string(number);
    text += "  " + id + ": {title: Bài, clip: " + id + ".wav, about: 1min}\n";
  }
  text += "programmes:\n";
  for (int number = 0; number < 200; ++number) {
    const std::string minute = (number % 12 < 2 ? "0" : "") + std::to_string(number % 12 * 5);
    const std::string hour = std::to_string(5 + number / 12 % 16);
    text += "  ct-" + std::to_string(number) + ": {title: Chương trình, at: \"" + hour + ":" + minute +
            "\", repeat: [" + (number < 192 ? "mon" : "tue") + "], items: [bai-" + std::to_string(number % 100) +
            "]}\n";
  }
  station_.write("schedule/lich.yaml", text);
  const auto done = station_.loa(kCheck);
  EXPECT_EQ(done.code, 0) << done.out << done.err;
  EXPECT_EQ(test::lines_of(station_.loa({"plan", "--json", "--from", "2026-11-23", "--to", "2026-11-30"}).out).size(),
            200u);
}

}  // namespace
}  // namespace loa
