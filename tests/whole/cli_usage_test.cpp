// How `loa` answers people who ask in a wrong way, or only for help: the real program.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/station_folder.hpp"

namespace loa {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

struct Wrong {
  const char* name;
  std::vector<std::string> words;
  const char* english;
  const char* vietnamese;
};

class WrongUsage : public ::testing::TestWithParam<Wrong> {};

TEST_P(WrongUsage, IsAnsweredShortlyInBothLanguagesWithCode2) {
  const test::StationFolder station;
  for (const auto& [language, expected] :
       {std::pair("en", GetParam().english), std::pair("vi", GetParam().vietnamese)}) {
    auto words = GetParam().words;
    words.insert(words.end(), {"--lang", language});
    const auto done = station.loa(words);
    EXPECT_EQ(done.code, 2);
    EXPECT_THAT(done.out, IsEmpty());
    EXPECT_THAT(done.err, HasSubstr(expected));
    EXPECT_LE(test::lines_of(done.err).size(), 2u) << done.err;
  }
}

INSTANTIATE_TEST_SUITE_P(
    All, WrongUsage,
    ::testing::Values(
        Wrong{"no_command", {}, "which command?", "chưa cho biết lệnh nào"},
        Wrong{"mistyped_command", {"chek"}, "did you mean “check”?", "có phải ý bạn là “check”?"},
        Wrong{"unknown_command", {"zzzzzz"}, "there is no command “zzzzzz”", "không có lệnh “zzzzzz”"},
        Wrong{"mistyped_option",
              {"plan", "--form", "2026-11-23"},
              "did you mean “--from”?",
              "có phải ý bạn là “--from”?"},
        Wrong{"unexpected_word", {"check", "x"}, "does not expect “x”", "không nhận “x”"},
        Wrong{"wrong_date",
              {"plan", "--from", "23/11/2026"},
              "“23/11/2026” is no date",
              "“23/11/2026” không phải là ngày"},
        Wrong{
            "wrong_now", {"check", "--now", "hôm nay"}, "“hôm nay” is no instant", "“hôm nay” không phải là thời điểm"},
        Wrong{"backwards",
              {"plan", "--from", "2026-11-23", "--to", "2026-11-23"},
              "later than 2026-11-23",
              "sau 2026-11-23"},
        Wrong{"log_backwards",
              {"log", "--from", "2026-11-23", "--to", "2026-11-22"},
              "later than 2026-11-23",
              "sau 2026-11-23"},
        Wrong{"endless", {"plan", "--from", "1970-01-01", "--to", "2099-01-01"}, "ten years", "mười năm"},
        Wrong{"no_such_format", {"check", "--format", "csv"}, "has no format “csv”", "không có dạng “csv”"},
        Wrong{"two_formats", {"plan", "--json", "--format", "csv"}, "exclude each other", "không dùng chung"},
        Wrong{"later_command",
              {"rehearse", "--from", "2026-11-23"},
              "`loa rehearse` is not yet supported",
              "chưa hỗ trợ `loa rehearse`"},
        Wrong{
            "later_with_options", {"export", "--from", "2026-11-01", "--out", "x"}, "not yet supported", "chưa hỗ trợ"},
        Wrong{
            "later_subcommand", {"clock", "set", "2026-11-23T05:30", "--by", "A"}, "not yet supported", "chưa hỗ trợ"}),
    [](const auto& each) { return each.param.name; });

TEST(Usage, AValueThatIsMissingIsNamed) {
  const auto done = test::run_program({test::loa_program(), "plan", "--from"}, {"", {{"LANG", "en_US.UTF-8"}}});
  EXPECT_EQ(done.code, 2);
  EXPECT_THAT(done.err, HasSubstr("--from needs a value"));
}

TEST(Usage, AnUnknownLanguageIsRefused) {
  const auto done = test::StationFolder().loa({"check", "--lang", "xx"});
  EXPECT_EQ(done.code, 2);
  EXPECT_THAT(done.err, HasSubstr("--lang takes vi or en, not “xx”"));
}

TEST(Usage, HelpIsAnAnswerAndNeedsNoStation) {
  for (const auto& words : std::vector<std::vector<std::string>>{{"--help"}, {"-h"}, {"help"}}) {
    auto line = words;
    line.insert(line.begin(), test::loa_program());
    const auto done = test::run_program(line, {"/", {{"LANG", "en_US.UTF-8"}}});
    EXPECT_EQ(done.code, 0);
    EXPECT_THAT(done.out, HasSubstr("check"));
    EXPECT_THAT(done.out, HasSubstr("--station DIR"));
    EXPECT_THAT(done.err, IsEmpty());
  }
}

TEST(Usage, HelpOfACommandIsTheSameByEitherWay) {
  const test::StationFolder station;
  EXPECT_THAT(station.loa({"help", "plan"}).out, HasSubstr("--from DATE"));
  EXPECT_EQ(station.loa({"help", "zzzzzz"}).code, 2);
  const auto one = station.loa({"help", "log", "verify"}), other = station.loa({"log", "verify", "--help"});
  EXPECT_EQ(one.code, 0);
  EXPECT_THAT(one.out, HasSubstr("--key FILE"));
  EXPECT_EQ(one.out, other.out);
}

TEST(Usage, TheVersionIsOneLine) {
  const auto done = test::run_program({test::loa_program(), "--version"});
  EXPECT_EQ(done.code, 0);
  EXPECT_THAT(done.out, StartsWith("loa 0."));
}

TEST(Usage, TheStationIsTheOptionThenTheVariableThenTheCurrentFolder) {
  const test::StationFolder one("station: {id: mot, name: Một, language: en}\n");
  const test::StationFolder two("station: {id: hai, name: Hai, language: vi}\n");
  const auto speaks = [](const test::Finished& done) {
    return done.err.find("warning") != std::string::npos ? "one" : "two";
  };
  const std::string loa = test::loa_program();
  const test::Surroundings both{two.path(), {{"LOA_STATION", one.path().string()}}};
  EXPECT_STREQ(speaks(test::run_program({loa, "check"}, both)), "one");
  EXPECT_STREQ(speaks(test::run_program({loa, "check"}, {two.path(), {}})), "two");
  EXPECT_STREQ(speaks(test::run_program({loa, "check", "--station", two.path()}, both)), "two");
}

TEST(Usage, AnAnswerThatCannotBeWrittenIsTheWorldsFailure) {
  const std::string command = test::loa_program() + " --help > /dev/full";
  EXPECT_EQ(test::run_program({"sh", "-c", command}).code, 3);
}

}  // namespace
}  // namespace loa
