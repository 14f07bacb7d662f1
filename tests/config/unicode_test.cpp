// Letters as people count them, whatever way their marks are stored.
#include "config/unicode.hpp"

#include <gtest/gtest.h>

namespace loa::config {
namespace {

const std::string kComposed = "Tiếng Việt";                            // NFC
const std::string kDecomposed = "Tie\u0302\u0301ng Vie\u0323\u0302t";  // NFD

TEST(Unicode, OneNameHasOneFormWhateverItsMarks) {
  EXPECT_NE(kComposed, kDecomposed);
  EXPECT_EQ(nfc(kDecomposed), kComposed);
  EXPECT_EQ(nfc(kComposed), kComposed);
  EXPECT_EQ(nfc("\xFF broken"), "\xFF broken");
}

TEST(Unicode, LettersAreCountedAsPeopleSeeThem) {
  const std::vector<std::pair<std::string, std::size_t>> cases = {
      {"", 0},    {"abc", 3},       {kComposed, 10}, {kDecomposed, 10}, {"đ", 1}, {"👨‍👩‍👧", 1},
      {"🇻🇳x", 2}, {"a\xFF\xFEz", 4}};
  for (const auto& [text, count] : cases) EXPECT_EQ(count_clusters(text), count) << text;
}

TEST(Unicode, CellsAreThoseOfATerminal) {
  EXPECT_EQ(count_cells(kComposed), 10u);
  EXPECT_EQ(count_cells(kDecomposed), 10u);
  EXPECT_EQ(count_cells("中文"), 4u);
}

TEST(Unicode, FoldingTakesMarksCapitalsAndTheStrokeOfTheD) {
  EXPECT_EQ(folded("Khai Sinh ĐÚNG hạn"), "khai sinh dung han");
  EXPECT_EQ(folded(kDecomposed), "tieng viet");
}

TEST(Unicode, TheFirstBrokenByteIsFound) {
  EXPECT_EQ(first_invalid_utf8("ổn"), std::string_view::npos);
  EXPECT_EQ(first_invalid_utf8("ab\xC3"), 2u) << "cut within a letter";
  EXPECT_EQ(first_invalid_utf8("a\xED\xA0\x80"), 1u) << "a surrogate";
  EXPECT_EQ(first_invalid_utf8("\xC0\xAF"), 0u) << "an overlong form";
  EXPECT_TRUE(valid_utf8(""));
}

TEST(Unicode, WhatIsPrintedIsAlwaysOneLineOfValidText) {
  EXPECT_EQ(printable("a\tb\nc\x1B[31m\xFF"), "a b\uFFFDc\uFFFD[31m\uFFFD");
  EXPECT_TRUE(valid_utf8(printable("\xFF\xFE\x00")));
}

TEST(Unicode, NamesThatCannotBeShownAreToldApart) {
  EXPECT_EQ(escaped("th\xF4ng/b\xE1n tin.wav"), "th\\xF4ng/b\\xE1n tin.wav");
  EXPECT_EQ(escaped("a\tb\nc\x1B[31m"), "a\\x09b\\x0Ac\\x1B[31m");
  EXPECT_EQ(escaped("Bản tin.mp3"), "Bản tin.mp3");
  EXPECT_EQ(escaped("\u0085\x7F"), "\\xC2\\x85\\x7F");
  EXPECT_EQ(escaped(""), "");
}

}  // namespace
}  // namespace loa::config
