// JSON, CSV and tables as other programs and people read them.
#include "daemon/station/host/output.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <limits>

#include "config/unicode.hpp"

namespace loa::station {
namespace {

TEST(JsonLine, KeepsTheOrderAndLeavesOutWhatDoesNotApply) {
  JsonLine line;
  line.text("clip", "a.mp3").text("article", "").whole("frames", 48000).number("loudness", std::nullopt);
  line.number("duration", 1.5).flag("refused", false).flag("cut", true);
  EXPECT_EQ(line.line(), "{\"clip\":\"a.mp3\",\"frames\":48000,\"duration\":1.5,\"cut\":true}\n");
}

TEST(JsonLine, EscapesWhatWouldBreakTheLine) {
  const std::string name = "a\n\"b\"\\\t\x01 đ";
  const auto value = boost::json::parse(JsonLine().text("clip", name).line());
  EXPECT_EQ(value.at("clip").as_string(), name);
}

TEST(JsonLine, HasNoWordForWhatIsNoNumber) {
  EXPECT_EQ(JsonLine().number("x", std::numeric_limits<double>::infinity()).line(), "{}\n");
}

TEST(Decimal, HasAtMostThreeDecimalsAndNoEmptyOnes) {
  EXPECT_EQ(decimal(12.5), "12.5");
  EXPECT_EQ(decimal(-16), "-16");
  EXPECT_EQ(decimal(1.0 / 3), "0.333");
  EXPECT_EQ(decimal(-0.0001), "0");
  EXPECT_EQ(decimal(1e15), "1000000000000000");
  EXPECT_EQ(decimal(100), "100");
}

struct Cell {
  const char* name;
  const char* words;
  const char* written;
};
class CsvCells : public ::testing::TestWithParam<Cell> {};

TEST_P(CsvCells, AreWrittenSo) {
  EXPECT_EQ(csv_line({GetParam().words}), std::string(GetParam().written) + "\r\n");
}

INSTANTIATE_TEST_SUITE_P(All, CsvCells,
                         ::testing::Values(Cell{"plain", "Bản tin xã", "Bản tin xã"}, Cell{"empty", "", ""},
                                           Cell{"comma", "a,b", "\"a,b\""}, Cell{"quote", "a\"b", "\"a\"\"b\""},
                                           Cell{"line", "a\nb", "\"a\nb\""}, Cell{"formula", "=1+2", "'=1+2"},
                                           Cell{"at", "@SUM(A1)", "'@SUM(A1)"}, Cell{"plus", "+84", "'+84"},
                                           Cell{"dash", "- Tin 1", "'- Tin 1"}, Cell{"tab", "\t=1", "'\t=1"},
                                           Cell{"number", "-16.5", "-16.5"}, Cell{"minus", "-", "'-"},
                                           Cell{"sum", "-1-2", "'-1-2"},
                                           Cell{"formula_with_comma", "=A(1,2)", "\"'=A(1,2)\""}),
                         [](const auto& each) { return each.param.name; });

TEST(Table, AlignsByWhatIsSeenAndNotByBytes) {
  EXPECT_EQ(table({{"tên", "x"}, {"tê", "y"}}), "tên  x\ntê   y\n");
  EXPECT_EQ(table({{"te\xCC\x82n", "x"}, {"ab", "y"}}), "te\xCC\x82n  x\nab   y\n");
}

TEST(Table, CutsWhatIsTooWide) {
  EXPECT_EQ(table({{"abcdefgh", "x"}}, 5), "abcd…  x\n");
}

TEST(Cells, FillOrCutToExactlyTheirWidth) {
  for (const std::string words : {"", "ngắn", "một dòng rất dài không vừa", "📢📢📢📢📢📢📢", "a\nb\tc"}) {
    EXPECT_EQ(config::count_cells(left(words, 8)), 8u) << words;
    EXPECT_EQ(config::count_cells(right(words, 8)), 8u) << words;
    EXPECT_EQ(left(words, 8).find('\n'), std::string::npos);
  }
}

}  // namespace
}  // namespace loa::station
