// Date marks, validity and the names of an article's attributes.
#include "playlists/article.hpp"

#include <gtest/gtest.h>

namespace loa::playlists {
namespace {

using std::chrono::day;
using std::chrono::month;
using std::chrono::year;

constexpr Date date(int y, unsigned m, unsigned d) {
  return year(y) / month(m) / day(d);
}

TEST(DateMarks, AreFilledInWithTheDay) {
  const std::vector<std::pair<std::string, std::string>> cases{
      {"ban-tin/<date>.mp3", "ban-tin/2026-01-05.mp3"},
      {"<yyyy>/<mm>/<dd>.mp3", "2026/01/05.mp3"},
      {"Bản tin xã <dd>/<mm>", "Bản tin xã 05/01"},
      {"<date><date>", "2026-01-052026-01-05"},
      {"không có dấu", "không có dấu"},
      {"<DATE> <d> < date>", "<DATE> <d> < date>"},
      {"<<date>", "<2026-01-05"},
      {"", ""},
  };
  for (const auto& [pattern, filled] : cases) EXPECT_EQ(with_date(pattern, date(2026, 1, 5)), filled) << pattern;
}

TEST(DateMarks, AreFoundInAText) {
  EXPECT_TRUE(holds_mark("a<mm>"));
  EXPECT_FALSE(holds_mark("a<m>"));
  EXPECT_EQ(unknown_mark("ban-tin/<date>-<ngay>.mp3"), "<ngay>");
  EXPECT_EQ(unknown_mark("ban-tin/<date>.mp3"), "");
  EXPECT_EQ(unknown_mark("a<date"), "<date");
}

TEST(DateMarks, MakeAnArticleDatedInItsClipOrItsTitle) {
  Article article;
  article.title = "Tin";
  article.clip = "a.mp3";
  EXPECT_FALSE(article.dated());
  article.title = "Tin <dd>";
  EXPECT_TRUE(article.dated());
  article.title = "Tin";
  article.clip = "<date>.mp3";
  EXPECT_TRUE(article.dated());
}

TEST(DateMarks, AreReadBackFromAName) {
  EXPECT_EQ(date_in("tin/<date>.mp3", "tin/2026-11-25.mp3"), date(2026, 11, 25));
  EXPECT_EQ(date_in("<yyyy>/<mm>/tin-<dd>.mp3", "2026/11/tin-25.mp3"), date(2026, 11, 25));
  EXPECT_EQ(date_in("<date>/<dd>.mp3", "2026-11-25/25.mp3"), date(2026, 11, 25));
  EXPECT_EQ(date_in("<date>/<dd>.mp3", "2026-11-25/24.mp3"), std::nullopt) << "of no one day";
  EXPECT_EQ(date_in("tin-<dd>.mp3", "tin-25.mp3"), std::nullopt) << "of any month";
  for (const auto* name : {"tin/2026-02-30.mp3", "tin/2026-1-25.mp3", "tin/2026-11-2", "tin/2026_11_25.mp3",
                           "tin/-026-11-25.mp3", "tin/2026-11-25.mp", "tin/2026-11-25.mp33", ""}) {
    EXPECT_EQ(date_in("tin/<date>.mp3", name), std::nullopt) << name;
  }
}

TEST(DateMarks, MakeARecordingOneOfTheDay) {
  Article article;
  for (const auto* clip : {"tin/<date>.mp3", "tin/<dd>.mp3", "<yyyy>/<mm>-<dd>.mp3"}) {
    article.clip = clip;
    EXPECT_TRUE(article.of_the_day()) << clip;
  }
  for (const auto* clip : {"tin.mp3", "tin/<yyyy>-<mm>.mp3", "tin/<yyyy>.mp3"}) {
    article.clip = clip;
    EXPECT_FALSE(article.of_the_day()) << clip;
  }
}

TEST(ArticleValidity, IncludesItsFirstAndItsLastDay) {
  Article article;
  EXPECT_TRUE(article.valid_on(date(1999, 1, 1)));
  article.from = date(2026, 11, 1);
  article.until = date(2026, 12, 31);
  EXPECT_FALSE(article.valid_on(date(2026, 10, 31)));
  EXPECT_TRUE(article.valid_on(date(2026, 11, 1)));
  EXPECT_TRUE(article.valid_on(date(2026, 12, 31)));
  EXPECT_FALSE(article.valid_on(date(2027, 1, 1)));
}

TEST(ArticleNames, AreThoseOfTheContract) {
  EXPECT_EQ(name_of(Field::general), "general");
  EXPECT_EQ(name_of(Field::example), "example");
  EXPECT_EQ(name_of(Priority::emergency), "emergency");
  EXPECT_EQ(name_of(Priority::ordinary), "ordinary");
  EXPECT_EQ(name_of(Source::vov), "vov");
}

}  // namespace
}  // namespace loa::playlists
