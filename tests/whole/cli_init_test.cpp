// `loa init`: the station it begins is right at once, whatever its name; what is there is never written over.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <boost/json.hpp>
#include <regex>

#include "tests/support/station_folder.hpp"

namespace loa {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class InitTest : public ::testing::Test {
 protected:
  test::Finished loa(std::vector<std::string> words) const {
    words.insert(words.begin(), test::loa_program());
    return test::run_program(words, {dir_.path(), {}});
  }
  /// The codes of what `check` finds.
  std::vector<std::string> findings(const fs::path& station) const {
    std::vector<std::string> codes;
    const auto done = loa({"--station", station.string(), "check", "--json"});
    EXPECT_EQ(done.code, 0) << done.out;
    for (const auto& line : test::lines_of(done.out)) {
      codes.emplace_back(boost::json::parse(line).at("code").as_string());
    }
    return codes;
  }
  std::string plan(const fs::path& station) const {
    return loa({"--station", station.string(), "plan", "--from", "2026-11-23", "--to", "2026-11-24", "--json"}).out;
  }
  test::TempDir dir_;
};

TEST_F(InitTest, BeginsAStationThatIsRightAndSoundsAtOnce) {
  for (const auto* language : {"vi", "en"}) {
    const auto folder = dir_ / ("Xã Ví Dụ " + std::string(language));
    ASSERT_EQ(loa({"init", folder.string(), "--lang", language}).code, 0);
    EXPECT_THAT(findings(folder), ElementsAre("empty-folder"));  // nobody put a recording there yet
    EXPECT_THAT(plan(folder), HasSubstr("\"id\":\"xa-vi-du-" + std::string(language) + "/2026-11-23T0530/sang/1\""));
    test::make_recording(folder / "library/thong-bao/Tiêm chủng.mp3", 2);
    EXPECT_THAT(findings(folder), ElementsAre());
    EXPECT_THAT(plan(folder), HasSubstr("Tiêm chủng.mp3"));
    const auto library = loa({"--station", folder.string(), "library", "--json"}).out;
    EXPECT_THAT(library, HasSubstr("\"clip\":\"nhac/nhac-hieu-tam.wav\""));
    EXPECT_EQ(library.find("\"problem\""), std::string::npos) << library;
  }
}

TEST_F(InitTest, ItsFirstSessionIsHeard) {
  ASSERT_EQ(loa({"init", "xa"}).code, 0);
  const auto done = loa({"--station", "xa", "render", "--from", "2026-11-23T05:30:00", "--to", "2026-11-23T05:30:03",
                         "--out", (dir_ / "nghe.wav").string()});
  ASSERT_EQ(done.code, 0) << done.err;
  const auto sound = test::read_file(dir_ / "nghe.wav");
  const auto samples = sound.substr(std::min<std::size_t>(sound.size(), 2048));  // behind any header
  const auto sounding = std::count_if(samples.begin(), samples.end(), [](char c) { return c != 0; });
  EXPECT_GT(sounding, 100'000);
}

TEST_F(InitTest, WithoutLanguageOrLocaleSpeaksVietnamese) {
  ASSERT_EQ(loa({"init", "xa"}).code, 0);
  EXPECT_THAT(test::read_file(dir_ / "xa/schedule/lich.yaml"), HasSubstr("Lịch phát của đài"));
  EXPECT_THAT(test::read_file(dir_ / "xa/.loa/station.schema.json"), HasSubstr("Tên đài"));
}

// An example is a line whose # stands before two blanks, or directly before a word.
TEST_F(InitTest, EveryExampleInItsFilesIsRightWhenTheMarkIsTakenAway) {
  static const std::regex example("(^|\n)#(  +[^ ]|[a-z])");
  for (const auto* language : {"vi", "en"}) {
    const fs::path folder = dir_ / language;
    ASSERT_EQ(loa({"init", folder.string(), "--id", "xa", "--lang", language}).code, 0);
    auto text = test::read_file(folder / "schedule/lich.yaml");
    for (const auto* words : {"khai-sinh:", "ban-tin-xa:", "toi:", "calendar:"}) EXPECT_THAT(text, HasSubstr(words));
    for (auto before = std::string(); before != text;) {
      before = text;
      text = std::regex_replace(text, example, "$1$2");
    }
    dir_.write(folder / "schedule/lich.yaml", text);
    fs::create_directories(dir_ / "chung/schedule");
    auto settings = test::read_file(folder / "station.yaml");
    dir_.write(folder / "station.yaml", std::regex_replace(settings, example, "$1$2"));
    const auto check = loa({"--station", folder.string(), "check", "--json", "--lang", "en"});
    EXPECT_EQ(check.code, 0) << check.out;
    EXPECT_THAT(test::read_file(folder / "station.yaml"), HasSubstr("\nshared: [../chung]"));
    EXPECT_THAT(plan(folder), HasSubstr("\"programme\":\"toi\""));
  }
}

TEST_F(InitTest, EveryNameThatCanBeWrittenIsWrittenAsItIs) {
  int number = 0;
  for (const std::string name : {"Đài truyền thanh xã Ví Dụ",
                                 "-xa",
                                 "--id",
                                 "true",
                                 "null",
                                 "123",
                                 "a: b",
                                 "# x",
                                 "a # b",
                                 "'q'",
                                 "\"lone",
                                 "a\\b",
                                 "@ZONE@ @ID@",
                                 " x ",
                                 "[a]",
                                 "{a, b}",
                                 "*a",
                                 "& b",
                                 "!c",
                                 "%d",
                                 "📻",
                                 "Đài: \"Tiếng\" xã",
                                 "a'b",
                                 "“a”",
                                 "0x10"}) {
    const auto id = "xa-" + std::to_string(++number);
    const auto folder = dir_ / id;
    const auto done = loa({"init", folder.string(), "--id", id, "--name=" + name});
    ASSERT_EQ(done.code, 0) << name << done.err;
    EXPECT_THAT(findings(folder), ElementsAre("empty-folder")) << name;
    EXPECT_THAT(done.out, HasSubstr(name));
  }
}

TEST_F(InitTest, TheNameAndTheIdComeFromTheFolder) {
  for (const auto& [folder, id] : {std::pair("Xã Đông Hồ", "xa-dong-ho"), std::pair("XA_SO 1", "xa-so-1"),
                                   std::pair("--xa--", "xa"), std::pair("Xã Thử/", "xa-thu")}) {
    const auto done = loa({"init", "--", folder});
    EXPECT_EQ(done.code, 0) << done.err;
    EXPECT_THAT(test::read_file(dir_ / folder / "station.yaml"), HasSubstr("\n  id: " + std::string(id) + "\n"))
        << folder;
  }
}

TEST_F(InitTest, WhatCannotBeIsAnsweredAndNothingIsMade) {
  EXPECT_EQ(loa({"init", ""}).code, 2);
  const std::vector<std::vector<std::string>> wrong = {{},
                                                       {"--name", "  "},
                                                       {"--name", "hai\ndòng"},
                                                       {"--name", "\xff\xfe"},
                                                       {"--id", "Xã"},
                                                       {"--id", std::string(65, 'a')},
                                                       {"--timezone", "Hà Nội"},
                                                       {"thua"}};
  for (const auto& words : wrong) {
    std::vector<std::string> all{"init", words.empty() ? "地方" : "moi"};
    all.insert(all.end(), words.begin(), words.end());
    const auto done = loa(all);
    EXPECT_EQ(done.code, 2) << done.out << done.err;
    EXPECT_FALSE(done.err.empty());
  }
  EXPECT_TRUE(fs::is_empty(dir_.path()));
}

TEST_F(InitTest, AFolderThatIsNotEmptyIsLeftAsItIs) {
  ASSERT_EQ(loa({"init", "xa"}).code, 0);
  const auto before = test::read_file(dir_ / "xa/station.yaml");
  const auto again = loa({"init", "xa", "--name", "Xã khác", "--lang", "vi"});
  EXPECT_EQ(again.code, 1);
  EXPECT_THAT(again.err, HasSubstr("không ghi gì cả"));
  EXPECT_EQ(test::read_file(dir_ / "xa/station.yaml"), before);
  dir_.write("tep", "của ai đó");
  EXPECT_EQ(loa({"init", "tep"}).code, 1);
  EXPECT_EQ(test::read_file(dir_ / "tep"), "của ai đó");
  EXPECT_NE(loa({"init", "tep/xa"}).code, 0);
  fs::create_symlink("nowhere", dir_ / "link");
  EXPECT_NE(loa({"init", "link"}).code, 0);
}

// As somebody begins who keeps the folder in git.
TEST_F(InitTest, AnEmptyFolderIsTakenAndHiddenFilesStay) {
  dir_.write("xa/.gitignore", "state/\n");
  EXPECT_EQ(loa({"init", "xa"}).code, 0);
  EXPECT_EQ(test::read_file(dir_ / "xa/.gitignore"), "state/\n");
  dir_.write("hai/.loa/schedule.schema.json", "{}");
  EXPECT_EQ(loa({"init", "hai"}).code, 1);
  EXPECT_EQ(test::read_file(dir_ / "hai/.loa/schedule.schema.json"), "{}");
  EXPECT_FALSE(fs::exists(dir_ / "hai/station.yaml"));
  EXPECT_FALSE(fs::exists(dir_ / "hai/.loa/station.schema.json")) << "what was begun is taken back";
}

TEST_F(InitTest, ItsFilesAreRightForTheSchemasBesideThem) {
  ASSERT_EQ(loa({"init", "xa", "--name", "Đài: \"thử\""}).code, 0);
  std::string questions;
  for (const auto& [kind, file] : {std::pair("station", "station.yaml"), std::pair("schedule", "schedule/lich.yaml")}) {
    const boost::json::object question{{"kind", kind}, {"yaml", test::read_file(dir_ / "xa" / file)}};
    questions += boost::json::serialize(question) + '\n';
  }
  dir_.write("questions", questions);
  const auto done =
      test::run_program({"/usr/bin/python3", LOA_SOURCE "/tests/support/schema_verdicts.py",
                         (dir_ / "xa/.loa").string(), (dir_ / "questions").string(), (dir_ / "answers").string()});
  EXPECT_EQ(done.code, 0) << done.err;
  EXPECT_EQ(test::read_file(dir_ / "answers"), "\"\"\n\"\"\n");
}

TEST_F(InitTest, TheModelinesLeadToTheSchemas) {
  ASSERT_EQ(loa({"init", "xa"}).code, 0);
  static const std::regex modeline("^# yaml-language-server: \\$schema=([^\n]+)\n");
  for (const auto* file : {"station.yaml", "schedule/lich.yaml"}) {
    const auto path = dir_ / "xa" / file;
    const auto text = test::read_file(path);
    std::smatch match;
    ASSERT_TRUE(std::regex_search(text, match, modeline)) << file;
    EXPECT_TRUE(fs::is_regular_file(path.parent_path() / match[1].str())) << match[1];
  }
}

}  // namespace
}  // namespace loa
