// Lines and columns as an editor's status line shows them.
#include "config/source_text.hpp"

#include <gtest/gtest.h>

namespace loa::config {
namespace {

std::string place(const SourceText& text, std::size_t offset) {
  const auto at = text.position(offset);
  return std::to_string(at.line) + ':' + std::to_string(at.column);
}

TEST(SourceText, ColumnsCountLettersNotBytes) {
  const SourceText text("a.yaml", "giờ phát: 05:00\n");
  EXPECT_EQ(place(text, text.bytes().find("05")), "1:11");
}

TEST(SourceText, DecomposedLettersAreOneColumn) {
  const SourceText text("a.yaml", "gio\u031B\u0300: x\n");
  EXPECT_EQ(place(text, text.bytes().find('x')), "1:6");
}

TEST(SourceText, EveryLineEndCounts) {
  for (const std::string end : {"\n", "\r\n", "\r"}) {
    const SourceText text("a.yaml", "a" + end + "bc" + end);
    EXPECT_EQ(text.line_count(), 3u);
    EXPECT_EQ(text.line(2), "bc");
    EXPECT_EQ(place(text, text.bytes().find('c')), "2:2");
    EXPECT_EQ(place(text, text.bytes().find('b') + 2), "2:3") << "the line end is the column after the text";
  }
}

TEST(SourceText, AByteOrderMarkTakesNoColumn) {
  const SourceText text("a.yaml", "\xEF\xBB\xBFxy");
  EXPECT_EQ(place(text, 0), "1:1");
  EXPECT_EQ(place(text, 4), "1:2");
  EXPECT_EQ(text.line(1), "xy");
}

TEST(SourceText, OffsetsBeyondTheEndAreTheEnd) {
  const SourceText text("a.yaml", "ab");
  EXPECT_EQ(place(text, 999), "1:3");
  EXPECT_EQ(place(SourceText("leer", ""), 5), "1:1");
}

TEST(SourceText, ColumnsOfVeryLongLinesAreRightEverywhere) {
  std::string bytes;
  for (int i = 0; i < 20'000; ++i) bytes += "ế";
  const SourceText text("a.yaml", "x\n" + bytes);
  for (const std::size_t letter : {0u, 1u, 1364u, 1365u, 1366u, 9'999u, 19'999u}) {
    EXPECT_EQ(place(text, 2 + 3 * letter), "2:" + std::to_string(letter + 1));
  }
}

TEST(SourceText, AddressesStayWhenTextsAreAdded) {
  Sources sources;
  const auto& first = sources.add("a.yaml", "eins\nzwei");
  for (int i = 0; i < 100; ++i) sources.add("b.yaml", "");
  EXPECT_EQ((Span{&first, 5, 9}).file_line(), "a.yaml:2");
  EXPECT_EQ(Span{}.file_line(), "");
}

}  // namespace
}  // namespace loa::config
