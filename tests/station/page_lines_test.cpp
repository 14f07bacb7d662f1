// Lines for Notepad: its mark, CRLF, 100 columns whatever comes.
#include "daemon/station/page/page_lines.hpp"

#include <gmock/gmock.h>

#include <sstream>

#include "config/unicode.hpp"

namespace loa::station {
namespace {

using config::Language;
using testing::ElementsAre;
using testing::EndsWith;
using testing::StartsWith;

std::vector<std::string> lines_of(const PageLines& lines) {
  const auto bytes = lines.bytes();
  EXPECT_THAT(bytes, StartsWith("\xEF\xBB\xBF"));
  std::vector<std::string> found;
  std::stringstream text(bytes.substr(3));
  for (std::string line; std::getline(text, line);) {
    EXPECT_THAT(line, EndsWith("\r"));
    line.pop_back();
    EXPECT_LE(config::count_cells(line), PageLines::kWidest) << line;
    found.push_back(line);
  }
  return found;
}

TEST(PageLines, HeadingsStandApart) {
  PageLines lines(Language::en);
  lines.heading(config::Text::verbatim("A"));
  lines.line("one");
  lines.heading(config::Text::verbatim("B"));
  lines.block("x\n  y\n\nz\n", 4);
  EXPECT_THAT(lines_of(lines), ElementsAre("A", "  one", "", "B", "    x", "      y", "", "    z"));
}

TEST(PageLines, LongWordsOfPeopleAreBrokenBetweenWords) {
  PageLines lines(Language::vi);
  std::string words;
  for (int i = 0; i < 30; ++i) words += "giữ lại ";
  lines.line(words, 4);
  const auto found = lines_of(lines);
  ASSERT_EQ(found.size(), 3u);
  EXPECT_THAT(found[0], StartsWith("    giữ"));
  EXPECT_THAT(found[1], StartsWith("      "));
  std::string together;
  for (const auto& line : found) together += line.substr(line.find_first_not_of(' ')) + " ";
  EXPECT_EQ(together, words);
}

TEST(PageLines, WhatHasNoSpaceIsBrokenBetweenLetters) {
  PageLines lines(Language::vi);
  std::string path;
  for (int i = 0; i < 150; ++i) path += "ế";
  lines.line("tệp " + path + " mất", 2);
  std::string together;
  for (const auto& line : lines_of(lines)) together += line.substr(line.find_first_not_of(' '));
  EXPECT_EQ(together, "tệp" + path + " mất");
}

TEST(PageLines, NothingThatPeopleWroteBreaksALine) {
  PageLines lines(Language::en);
  lines.line("a\r\nTHE STATION IS OFF\tb\x01");
  lines.line(std::string_view("broken \xff utf-8"));
  lines.line("");
  const auto found = lines_of(lines);
  ASSERT_EQ(found.size(), 3u);
  EXPECT_EQ(found[2], "");
}

}  // namespace
}  // namespace loa::station
