// Words of the command line, before anything is done with them; and the help that is made of the table.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <set>

#include "daemon/station/commands/cli_help.hpp"
#include "daemon/station/commands/cli_language.hpp"
#include "daemon/station/commands/cli_parse.hpp"
#include "tests/support/temp_dir.hpp"

namespace loa::station {
namespace {

using config::Language;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

ParsedWords parse(const std::vector<std::string>& words) {
  return parse_words(command_table(), words);
}

TEST(CommandLineWords, CommonOptionsStandBeforeOrAfterTheCommand) {
  for (const auto& words :
       std::vector<std::vector<std::string>>{{"--station", "x", "--json", "plan", "--from", "2026-11-23"},
                                             {"plan", "--from", "2026-11-23", "--station", "x", "--json"},
                                             {"plan", "--json", "--station=x", "--from=2026-11-23"}}) {
    const auto parsed = parse(words);
    EXPECT_EQ(parsed.command, "plan");
    EXPECT_EQ(parsed.options.at("station"), "x");
    EXPECT_EQ(parsed.options.at("from"), "2026-11-23");
    EXPECT_TRUE(parsed.options.contains("json"));
    EXPECT_THAT(parsed.unknown, IsEmpty());
  }
}

TEST(CommandLineWords, TheLastOfARepeatedOptionCounts) {
  EXPECT_EQ(parse({"plan", "--from", "a", "--from", "b"}).options.at("from"), "b");
}

TEST(CommandLineWords, ACommandMayHaveACommand) {
  const auto parsed = parse({"log", "verify", "a.jsonl", "b.jsonl", "--key", "k"});
  EXPECT_EQ(parsed.command, "log verify");
  EXPECT_THAT(parsed.arguments, ElementsAre("a.jsonl", "b.jsonl"));
  EXPECT_EQ(parsed.options.at("key"), "k");
}

TEST(CommandLineWords, AFileMayBearTheNameOfACommand) {
  const auto parsed = parse({"play", "run", "plan", "--", "--json"});
  EXPECT_EQ(parsed.command, "play");
  EXPECT_THAT(parsed.arguments, ElementsAre("run", "plan", "--json"));
}

TEST(CommandLineWords, UnknownOnesAreKeptInOrder) {
  EXPECT_THAT(parse({"check", "--jsno", "x"}).unknown, ElementsAre("--jsno", "x"));
  EXPECT_THAT(parse({"plna"}).unknown, ElementsAre("plna"));
}

TEST(CommandLineWords, AMissingValueIsNamed) {
  EXPECT_EQ(parse({"plan", "--from"}).no_value, "--from");
}

TEST(CommandTable, NamesEachCommandOfTheContractOnce) {
  std::multiset<std::string> names;
  for (const auto& command : command_table()) names.insert(command.name);
  for (const char* name : {"check", "plan", "explain",    "diff",   "library", "render",   "play",
                           "run",   "now",  "accept",     "stop",   "skip",    "announce", "approve",
                           "clock", "log",  "log verify", "export", "enrol",   "rehearse", "devices"}) {
    EXPECT_EQ(names.count(name), 1u) << name;
  }
}

TEST(Help, NamesEveryCommandInBothLanguages) {
  const auto table = command_table();
  for (const Language language : {Language::vi, Language::en}) {
    const std::string help = help_of_program(table, language);
    for (const auto& command : table) EXPECT_THAT(help, HasSubstr(command.name));
  }
}

TEST(Help, OfACommandNamesEachOfItsOptions) {
  for (const auto& command : command_table()) {
    const std::string help = help_of_command(command, Language::vi);
    for (const auto& option : command.options) EXPECT_THAT(help, HasSubstr("--" + option.name)) << command.name;
  }
}

TEST(Help, SpeaksTheLanguageItIsAskedFor) {
  EXPECT_THAT(help_of_program(command_table(), Language::vi), HasSubstr("Cách dùng:"));
  EXPECT_THAT(help_of_program(command_table(), Language::en), HasSubstr("Usage:"));
}

struct Locale {
  const char* name;
  const char* lc_all;
  const char* lc_messages;
  const char* lang;
  Language language;
};

class Locales : public ::testing::TestWithParam<Locale> {};

TEST_P(Locales, DecideWhereNothingElseDoes) {
  const auto set = [](const char* name, const char* value) {
    value == nullptr ? ::unsetenv(name) : ::setenv(name, value, 1);
  };
  set("LC_ALL", GetParam().lc_all);
  set("LC_MESSAGES", GetParam().lc_messages);
  set("LANG", GetParam().lang);
  EXPECT_EQ(choose_language(std::nullopt, "/nowhere"), GetParam().language);
}

INSTANTIATE_TEST_SUITE_P(
    All, Locales,
    ::testing::Values(Locale{"none", nullptr, nullptr, nullptr, Language::vi},
                      Locale{"posix", nullptr, nullptr, "C.UTF-8", Language::vi},
                      Locale{"english", nullptr, nullptr, "en_US.UTF-8", Language::en},
                      Locale{"vietnamese", nullptr, nullptr, "vi_VN", Language::vi},
                      Locale{"messages_over_lang", nullptr, "vi_VN.UTF-8", "en_GB.UTF-8", Language::vi},
                      Locale{"all_over_messages", "en_GB.UTF-8", "vi_VN.UTF-8", "vi_VN", Language::en},
                      Locale{"empty_is_absent", "", "", "en_GB", Language::en},
                      Locale{"another_language", nullptr, nullptr, "fr_FR.UTF-8", Language::vi}),
    [](const auto& each) { return each.param.name; });

TEST(ChoiceOfLanguage, TheOptionBeatsTheStationAndTheStationTheLocale) {
  const test::TempDir dir;
  dir.write("station.yaml", "station: {id: a, name: A, language: vi}\n");
  ::setenv("LC_ALL", "en_US.UTF-8", 1);
  EXPECT_EQ(choose_language(std::nullopt, dir.path()), Language::vi);
  EXPECT_EQ(choose_language(Language::en, dir.path()), Language::en);
}

TEST(ChoiceOfLanguage, ABrokenStationFileLeavesItToTheLocale) {
  const test::TempDir dir;
  dir.write("station.yaml", "station: {id: a, name: [");
  ::setenv("LC_ALL", "en_US.UTF-8", 1);
  EXPECT_EQ(choose_language(std::nullopt, dir.path()), Language::en);
}

}  // namespace
}  // namespace loa::station
