// What the operator sees: the whole text, in both languages, and the JSON lines.
#include <gtest/gtest.h>

#include "config/fields.hpp"
#include "tests/config/said.hpp"

namespace loa::config {
namespace {

const std::string kColon =
    "articles:\n"
    "  khai-sinh:\n"
    "    title: Thông báo: về việc khai sinh\n"
    "    clip: khai-sinh.mp3\n";

TEST(Report, LooksLikeACompilers) {
  EXPECT_EQ(Said(kColon).text(),
            "lich.yaml:3:21: error: a colon followed by a space stands in a text without quotes [colon-in-text]\n"
            "     3 |     title: Thông báo: về việc khai sinh\n"
            "       |                     ^\n"
            "       = on air: nothing below “articles” can be played\n"
            "       = fix: put the text in quotes: title: \"Thông báo: về việc khai sinh\"\n");
}

TEST(Report, SpeaksVietnamese) {
  EXPECT_EQ(Said(kColon).text(Language::vi),
            "lich.yaml:3:21: lỗi: trong đoạn chữ không có dấu nháy lại có dấu hai chấm kèm dấu cách [colon-in-text]\n"
            "     3 |     title: Thông báo: về việc khai sinh\n"
            "       |                     ^\n"
            "       = khi phát: không phát được gì bên dưới “articles”\n"
            "       = cách sửa: đặt đoạn chữ trong dấu nháy: title: \"Thông báo: về việc khai sinh\"\n");
}

std::string time_report(const std::string& bytes) {
  Said said(bytes);
  read_time(*said.root->entries[0].second, said.diagnostics);
  return said.text();
}

TEST(Report, UnderlinesComposedDecomposedAndWideLettersAlike) {
  const std::string rest =
      "       = on air: the time is not known, so nothing can be started or ended then\n"
      "       = fix: write \"05:30\"\n";
  const std::string message = "error: “5h30” is not a time: hours and minutes are separated by a colon [time-with-h]\n";
  EXPECT_EQ(time_report("{giờ: 5h30}\n"), "lich.yaml:1:7: " + message +
                                              "     1 | {giờ: 5h30}\n"
                                              "       |       ^~~~\n" +
                                              rest);
  EXPECT_EQ(time_report("{gio\u031B\u0300: 5h30}\n"), "lich.yaml:1:7: " + message +
                                                          "     1 | {gio\u031B\u0300: 5h30}\n"
                                                          "       |       ^~~~\n" +
                                                          rest);
  EXPECT_EQ(time_report("{時間: 5h30}\n"), "lich.yaml:1:6: " + message +
                                               "     1 | {時間: 5h30}\n"
                                               "       |        ^~~~\n" +
                                               rest);
}

TEST(Report, ShowsThePartOfALongLineThatMatters) {
  const auto text = time_report("{giờ: 5h30, x: \"" + std::string(5000, 'y') + "\"}\n");
  EXPECT_NE(text.find("     1 | {giờ: 5h30, x: \"yyy"), std::string::npos);
  EXPECT_NE(text.find("y…\n       |       ^~~~\n"), std::string::npos);
  Said far("a: [\"" + std::string(5000, 'y') + "\", 5h30]\n");
  read_time(*far.value("a")->items[1], far.diagnostics);
  EXPECT_NE(far.text().find("     1 | …yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy\", 5h30]\n" + std::string("       | ") +
                            std::string(41, ' ') + "^~~~\n"),
            std::string::npos)
      << far.text();
}

TEST(Report, ShowsBothPlacesOfOneFinding) {
  EXPECT_EQ(Said("articles: {}\nprogrammes: {}\narticles: {}\n").text(),
            "lich.yaml:3:1: error: “articles” stands here a second time, first in lich.yaml:1 [duplicate-key]\n"
            "     3 | articles: {}\n"
            "       | ^~~~~~~~\n"
            "       = lich.yaml:1:\n"
            "     1 | articles: {}\n"
            "       | ^~~~~~~~\n"
            "       = on air: only one of them would take effect\n"
            "       = fix: delete one, or give it another name; what belongs together goes below one key\n");
}

TEST(Report, OfAFileAsAWholeNamesTheFileOnly) {
  EXPECT_EQ(Said("").text(),
            "lich.yaml: error: the file is empty [empty-file]\n"
            "       = on air: nothing of it plays; a power cut while saving leaves such files\n"
            "       = fix: take the file from a copy, or delete it if that is meant\n");
}

TEST(Report, ColoursOnlyForATerminal) {
  const Said said("");
  EXPECT_EQ(said.text().find('\x1B'), std::string::npos);
  EXPECT_NE(to_text(said.diagnostics, Language::en, true).find("\x1B[1;31merror:\x1B[0m"), std::string::npos);
}

TEST(Report, NeverSendsControlCharactersOfAFileToTheTerminal) {
  EXPECT_EQ(Said("a: b\x1B[2Jc: d\n").text().find('\x1B'), std::string::npos);
}

TEST(Report, JsonHasTheFieldsOfTheContract) {
  EXPECT_EQ(to_json_lines(Said(kColon).diagnostics, Language::en),
            "{\"file\":\"lich.yaml\",\"line\":3,\"column\":21,\"end_column\":22,\"severity\":\"error\","
            "\"code\":\"colon-in-text\",\"message\":\"a colon followed by a space stands in a text without quotes; "
            "on air: nothing below “articles” can be played\","
            "\"hint\":\"put the text in quotes: title: \\\"Thông báo: về việc khai sinh\\\"\"}\n");
}

TEST(Report, JsonOfAWholeFileHasNoPlace) {
  const auto line = to_json_lines(Said("").diagnostics, Language::vi);
  EXPECT_TRUE(line.starts_with("{\"file\":\"lich.yaml\",\"severity\":\"error\",\"code\":\"empty-file\"")) << line;
}

TEST(Diagnostics, AreOrderedByFileLineAndColumnWithoutRepetitions) {
  Sources sources;
  const auto& b = sources.add("b.yaml", "x\ny z\n");
  const auto& a = sources.add("a.yaml", "x\n");
  Diagnostics diagnostics;
  diagnostics.error("third-one", {&b, 4, 5}, msg("a text"));
  diagnostics.error("second-one", {&b, 2, 3}, msg("a text"));
  diagnostics.warning("first-one", {&a, 0, 1}, msg("a text"));
  diagnostics.error("third-one", {&b, 4, 5}, msg("a text"));
  std::vector<std::string> codes;
  for (const auto& diagnostic : diagnostics.sorted()) codes.push_back(diagnostic.code);
  EXPECT_EQ(codes, (std::vector<std::string>{"first-one", "second-one", "third-one"}));
}

TEST(Diagnostics, CountAllAndKeepAThousand) {
  Diagnostics diagnostics;
  for (int i = 0; i < 1500; ++i)
    diagnostics.file_error("some-code", std::to_string(i), msg("a text")).would(msg("nothing"));
  Diagnostics more;
  more.file_warning("other-code", "x", msg("a text"));
  diagnostics.append(std::move(more));
  EXPECT_EQ(diagnostics.all().size(), 1000u);
  EXPECT_EQ(diagnostics.unshown(), 501u);
  EXPECT_EQ(summary(diagnostics).in(Language::en), "1500 errors, 1 warning");
  EXPECT_TRUE(to_text(diagnostics, Language::en, false).ends_with("501 more findings are not shown\n"));
}

TEST(Diagnostics, WarningsAreNoErrors) {
  Diagnostics diagnostics;
  EXPECT_FALSE(diagnostics.has_errors());
  diagnostics.file_warning("some-code", "x", msg("a text"));
  EXPECT_FALSE(diagnostics.has_errors());
  diagnostics.file_error("some-code", "x", msg("a text"));
  EXPECT_TRUE(diagnostics.has_errors());
}

}  // namespace
}  // namespace loa::config
