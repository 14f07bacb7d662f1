// Every slip of the pen has its own answer, at its own place. The table is the specification.
#include <gmock/gmock.h>

#include "tests/config/said.hpp"

namespace loa::config {
namespace {

using testing::ElementsAreArray;

struct Mistake {
  const char* about;
  std::string text;
  std::vector<std::string> said;
};

const Mistake kMistakes[] = {
    {"a colon in an unquoted title", "a:\n  title: Tin: mới\n", {"2:13 colon-in-text"}},
    {"the same within brackets", "a: {title: Tin: mới, x: y}\n", {"1:15 colon-in-text"}},
    {"the same within typographic quotes", "a: “Tin: mới”\n", {"1:8 colon-in-text"}},
    {"a comma that cuts a title", "a: {title: Tin, mới}\n", {"1:17 comma-splits"}},
    {"several commas that cut one value", "a: {title: x, d: mon, wed, fri, e: y}\n", {"1:23 comma-splits"}},
    {"commas that cut two values", "a: {d: x, y, e: z, w}\n", {"1:11 comma-splits", "1:20 comma-splits"}},
    {"a comma after a quoted text", "a: {d: \"x\", y}\n", {"1:13 comma-splits"}},
    {"a comma that separates, and a colon missing below it", "a: {b: \"x\",\n  c: y: z}\n", {"2:7 colon-in-text"}},
    {"a comma at the end of a line", "a:\n  b: \"x\",\n  c: y\n", {"2:9 text-after-quote"}},
    {"times without a key", "a: {05:00-21:00}\n", {"1:5 no-colon"}},
    {"no space after the colon", "a: b\nc:d\n", {"2:1 no-blank-after-colon"}},
    {"the same on the first line", "c:d\na: b\n", {"1:1 no-blank-after-colon"}},
    {"the same within brackets", "a: {b: c, d:e}\n", {"1:11 no-blank-after-colon"}},
    {"a word alone", "a: b\nc\n", {"2:1 no-colon"}},
    {"a file that is a word", "hello\n", {"1:1 no-colon"}},
    {"a file that is a list", "- a\n- b\n", {"1:1 not-keys"}},
    {"a key below a list", "- a\nb: c\n", {"1:1 not-keys", "2:1 second-document"}},
    {"text after the closing quote", "a: \"x\" y\n", {"1:8 text-after-quote"}},
    {"an apostrophe within apostrophes", "a: 'it's'\n", {"1:8 text-after-quote"}},
    {"a quote that is not closed on the last line", "a: 'x\n", {"1:4 missing-closing-quote"}},
    {"a quote that is not closed at all", "a: \"x", {"1:4 missing-closing-quote"}},
    {"a quote closed by the next title's", "a:\n  t: \"x\n  u: \"y\"\n", {"2:6 missing-closing-quote"}},
    {"the same within brackets", "a: {t: \"x, b: c}\nd: {t: \"y\"}\n", {"1:8 missing-closing-quote"}},
    {"a quote that swallows list items", "a:\n  - \"x\n  - y\nb: \"z\"\n", {"2:5 missing-closing-quote"}},
    {"a bracket that is not closed", "a: [x, y\nb: c\n", {"1:4 open-bracket"}},
    {"a brace that is not closed", "a:\n  - {t: x\n  - {t: y}\nb: c\n", {"2:5 open-bracket"}},
    {"a bracket too many", "a: {b: c}}\n", {"1:10 stray-bracket"}},
    {"a list on the line of its key", "a: - b\n", {"1:4 dash-in-line"}},
    {"an item below a value", "a: b\n- c\n", {"2:1 wrong-indentation"}},
    {"an item that continues a value", "a: b\n  - c\n", {"2:3 wrong-indentation"}},
    {"a line too far in", "a:\n  b: 1\n   c: 2\n", {"3:4 wrong-indentation"}},
    {"a line not far enough in", "a:\n  b: 1\n c: 2\n", {"3:2 wrong-indentation"}},
    {"a key between items", "a:\n  - b\n  c: d\n", {"3:3 wrong-indentation"}},
    {"a key below a value", "a: b\n  c: d\n", {"2:3 wrong-indentation"}},
    {"a tab before a key", "a:\n\tb: c\n", {"2:1 tab-in-indentation"}},
    {"a tab after spaces", "a:\n  \tb: c\n", {"2:1 tab-in-indentation"}},
    {"a non-breaking space after a colon", "a:\u00A0b\nc: d\n", {"1:3 non-breaking-space"}},
    {"a non-breaking space in the indentation", "a:\n\u00A0\u00A0b: d\n", {"2:1 non-breaking-space"}},
    {"a non-breaking space after a dash", "a:\n  -\u00A0b\n", {"2:4 non-breaking-space"}},
    {"a text that begins with @", "a: @b\n", {"1:4 special-character"}},
    {"a text that begins with %", "a: %b\n", {"1:4 special-character"}},
    {"a text that begins with *", "a: *chú ý\n", {"1:4 unknown-alias"}},
    {"an alias whose anchor is part of a text", "a &x b: [*x]\n", {"1:10 unknown-alias"}},
    {"backslashes within quotes", "a: \"C:\\xuong\"\n", {"1:7 backslash-escape"}},
    {"an unknown escape", "a: \"C:\\quan\"\n", {"1:7 backslash-escape"}},
    {"a tag", "a: !foo b\n", {"1:4 yaml-tag"}},
    {"a merge key", "a: &x {b: c}\nd: {<<: *x}\n", {"2:5 merge-key"}},
    {"an alias within itself", "a: &x [*x]\n", {"1:8 alias-cycle"}},
    {"a mapping as a key", "{a: b}: c\n", {"1:1 bad-key"}},
    {"a duplicate key", "a: {b: 1, b: 2}\n", {"1:11 duplicate-key"}},
    {"a duplicate block whose keys are duplicates too",
     "a:\n  b: 1\na:\n  b: 2\n",
     {"3:1 duplicate-key", "4:3 duplicate-key"}},
    {"a second document", "a: b\n---\nc: d\n", {"2:1 second-document"}},
    {"a second document after dots", "a: b\n...\nc: d\n", {"3:1 second-document"}},
    {"a second document with the same keys", "a: {b: c}\n---\na: {b: c}\n", {"2:1 second-document"}},
    {"an empty file", "", {"empty-file"}},
    {"an empty file with a byte order mark", "\xEF\xBB\xBF\n  \n", {"empty-file"}},
    {"nothing but comments", "# a\n\n  # b\n", {"only-comments"}},
    {"nothing between commas", "a: [x, , y]\n", {"1:8 yaml-syntax"}},
    {"a control character", "a: b\x07\n", {"1:5 control-character"}},
    {"a line end of Unicode within a text", "a: b\u2028c\nd: e\n", {"1:5 control-character"}},
    {"the same in a comment", "a: b # c\u0085d\n", {"1:9 control-character"}},
    {"line ends of old Macs", "a:\r  b: c\r  d: e\rf:\r  - g\r", {}},
    {"a mistake between them", "a:\r  b: c\r   d: e\rf: g\r", {"3:4 wrong-indentation"}},
    {"the character that ends yaml-cpp's reading", "a: b\n\x04\nc: d\n", {"2:1 control-character"}},
    {"zero bytes", std::string("a: b\n\0\0\0", 8), {"2:1 nul-byte"}},
    {"UTF-16 with its mark",
     std::string("\xFF\xFE"
                 "a\0:\0",
                 6),
     {"1:1 utf-16"}},
    {"UTF-16 without a mark", std::string("a\0:\0 \0b\0", 8), {"1:1 utf-16"}},
    {"TCVN3", "a: \xAE\xB5i truy\xD2n thanh x\xB7\n", {"1:4 tcvn3-encoding"}},
    {"Windows-1258", "a: Th\xF4ng b\x61\xECo\n", {"1:6 windows-1258"}},
    {"a file cut within a letter", "a: Thông b\xC3", {"1:11 broken-utf8"}},
};

TEST(YamlMistakes, EachHasItsOwnAnswerAtItsPlace) {
  for (const auto& mistake : kMistakes) {
    const Said said(mistake.text);
    EXPECT_THAT(said.places(), ElementsAreArray(mistake.said)) << mistake.about << "\n" << said.text();
  }
}

TEST(YamlMistakes, EachSaysWhatItDoesOnAirAndHowToMendItInBothLanguages) {
  for (const auto& mistake : kMistakes) {
    const Said said(mistake.text);
    for (const auto& diagnostic : said.diagnostics.all()) {
      for (const auto language : {Language::vi, Language::en}) {
        EXPECT_FALSE(diagnostic.on_air.in(language).empty()) << mistake.about;
        EXPECT_FALSE(diagnostic.hint.in(language).empty()) << mistake.about;
      }
      EXPECT_NE(diagnostic.message.in(Language::vi), diagnostic.message.in(Language::en)) << mistake.about;
    }
  }
}

TEST(YamlMistakes, LineEndsAndTheByteOrderMarkChangeNoPlace) {
  for (const auto& mistake : kMistakes) {
    if (mistake.text.find("\xFF\xFE") == 0 || mistake.text.find('\0') != std::string::npos) continue;
    std::string windows = mistake.text.starts_with("\xEF\xBB\xBF") ? "" : "\xEF\xBB\xBF";
    for (const char c : mistake.text) windows += c == '\n' ? std::string("\r\n") : std::string(1, c);
    EXPECT_THAT(Said(windows).places(), ElementsAreArray(mistake.said)) << mistake.about;
  }
}

TEST(YamlMistakes, OfBrokenSyntaxTheFirstOfEachBlockIsSaidAndWholeBlocksAreKept) {
  const Said said(
      "articles:\n  a: {title: Tin: một}\n  b: {title: Tin: hai}\n"
      "playlists:\n  p: [a, b]\n"
      "programmes:\n  sang: [x\n"
      "calendar: []\n");
  EXPECT_THAT(said.places(), testing::ElementsAre("2:17 colon-in-text", "7:9 open-bracket")) << said.text();
  ASSERT_NE(said.root, nullptr);
  ASSERT_EQ(said.root->entries.size(), 4u);
  EXPECT_TRUE(said.value("articles")->reported) << "readers know that it stood there";
  EXPECT_EQ(said.value("playlists")->entries[0].second->items.size(), 2u);
  EXPECT_TRUE(said.value("programmes")->reported);
  EXPECT_TRUE(said.value("calendar")->is_sequence());
}

TEST(YamlMistakes, AnOpenQuoteCostsItsOwnValueOnly) {
  const Said said(
      "programmes:\n"
      "  sang:\n"
      "    title: \"Buổi sáng\n"
      "    at: \"05:30\"\n"
      "  trua: {title: \"Trưa\"}\n");
  EXPECT_THAT(said.places(), testing::ElementsAre("3:12 missing-closing-quote"));
  const auto programmes = said.value("programmes");
  ASSERT_NE(programmes, nullptr);
  ASSERT_EQ(programmes->entries.size(), 2u) << "the later programme is not swallowed";
  EXPECT_TRUE(programmes->entries[0].second->entries[0].second->reported);
  EXPECT_EQ(programmes->entries[0].second->entries[1].second->scalar, "05:30");
}

TEST(YamlMistakes, WhatFollowsASecondDocumentIsStillRead) {
  const Said said("a: b\n---\nc: {d: e, d: f}\n");
  EXPECT_THAT(said.places(), testing::ElementsAre("2:1 second-document", "3:11 duplicate-key"));
}

}  // namespace
}  // namespace loa::config
