// Articles and playlists as an operator writes them, and the answer to each mistake.
#include "playlists/read.hpp"

#include <gmock/gmock.h>

#include "tests/playlists/station_texts.hpp"

namespace loa::playlists {
namespace {

using std::chrono::day;
using std::chrono::month;
using std::chrono::year;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

struct Reading {
  config::Diagnostics diagnostics;
  config::StationFiles files;  // owns what the spans point to
  Repertoire repertoire;

  explicit Reading(std::vector<config::StationText> texts) : files(tests::station_of(std::move(texts), diagnostics)) {
    repertoire = read_repertoire(files.schedule, diagnostics);
  }
  explicit Reading(const std::string& text)
      : Reading(std::vector<config::StationText>{{"schedule/lich.yaml", text, 0}}) {}
  std::vector<std::string> findings() const { return tests::findings(diagnostics); }
  std::string words(const std::string& code) const { return tests::words_of(diagnostics, code); }
};

const std::string kArticles = "articles:\n  a: {clip: a.mp3}\n  b: {clip: b.mp3}\n";

TEST(ReadArticles, TakeEveryKeyOfTheContract) {
  const Reading reading(R"(articles:
  ban-tin-xa:
    title: Bản tin xã <dd>/<mm>
    clip: ban-tin/<date>.mp3
    field: local
    priority: priority
    source: province
    summary: Tin trong xã
    language: vi
    author: Phòng Văn hóa và Thông tin
    approval: off
    from: 2026-11-01
    until: 2026-12-31
    gain: -3.5
    about: 12min
    missing: nhac-cho
  nhac-cho: {title: Nhạc chờ, clip: nhac/cho.flac}
)");
  EXPECT_THAT(reading.findings(), IsEmpty());
  const auto& article = reading.repertoire.articles.at("ban-tin-xa");
  EXPECT_EQ(article.title, "Bản tin xã <dd>/<mm>");
  EXPECT_EQ(article.approval, ApprovalRule::off);
  EXPECT_EQ(reading.repertoire.articles.at("nhac-cho").approval, ApprovalRule::by_station);
  EXPECT_EQ(article.clip, "ban-tin/<date>.mp3");
  EXPECT_EQ(article.field, Field::local);
  EXPECT_EQ(article.priority, Priority::priority);
  EXPECT_EQ(article.source, Source::province);
  EXPECT_EQ(article.summary, "Tin trong xã");
  EXPECT_EQ(article.language, "vi");
  EXPECT_EQ(article.author, "Phòng Văn hóa và Thông tin");
  EXPECT_EQ(article.from, Date(year(2026) / month(11) / day(1)));
  EXPECT_EQ(article.until, Date(year(2026) / month(12) / day(31)));
  EXPECT_EQ(article.gain, -3.5);
  EXPECT_EQ(article.about, std::chrono::minutes(12));
  EXPECT_EQ(article.missing, "nhac-cho");
}

TEST(ReadArticles, NeedOnlyTheirClip) {
  const Reading reading("articles:\n  khai-sinh: {clip: dvc/khai-sinh.mp3}\n");
  EXPECT_THAT(reading.findings(), IsEmpty());
  const auto& article = reading.repertoire.articles.at("khai-sinh");
  EXPECT_EQ(article.title, "khai-sinh");
  EXPECT_EQ(article.field, Field::general);
  EXPECT_EQ(article.priority, Priority::ordinary);
  EXPECT_EQ(article.source, Source::own);
  EXPECT_EQ(article.gain, 0);
  EXPECT_FALSE(article.about);
}

TEST(ReadArticles, KeepTheirClipInOneUnicodeForm) {
  const Reading reading("articles:\n  a: {clip: \"tie\xCC\x82\xCC\x81ng.mp3\"}\n");
  EXPECT_THAT(reading.findings(), IsEmpty());
  EXPECT_EQ(reading.repertoire.articles.at("a").clip, "ti\xE1\xBA\xBFng.mp3");
}

struct Mistake {
  std::string text, finding, words;
};

TEST(ReadArticles, AnswerEachMistakeAtItsPlace) {
  const std::vector<Mistake> mistakes{
      {"  a: {title: Bài}\n", "2:3 error missing-key", "dvc/khai-sinh.mp3"},
      {"  a:\n    title: Bài\n", "2:3 error missing-key", "dvc/khai-sinh.mp3"},
      {"  a: {clip: a.mp3, clpi: b.mp3}\n", "2:20 error unknown-key", "“clip” stands here already"},
      {"  a: {clip: ../a.mp3}\n", "2:13 error clip-path", "“../a.mp3” leaves library/"},
      {"  a: {clip: 'tin\\a.mp3'}\n", "2:13 error clip-path", "write “tin/a.mp3”"},
      {"  a: {clip: a.docx}\n", "2:13 warning unknown-ending", ".mp3"},
      {"  a: {clip: a.mp3, title: Tin <ngay>}\n", "2:27 warning unknown-mark", "“<ngay>” is no date mark"},
      {"  a: {clip: a.mp3, field: polcy}\n", "2:27 error not-a-choice", "policy"},
      {"  a: {clip: a.mp3, gain: 7}\n", "2:26 error out-of-range", "6"},
      {"  a: {clip: a.mp3, gain: -25}\n", "2:26 error out-of-range", "-24"},
      {"  a: {clip: a.mp3, approval: on}\n", "2:30 error not-a-choice", "required"},
      {"  a: {clip: a.mp3, from: 2026-12-02, until: 2026-12-01}\n", "2:38 error from-after-until",
       "“until” (2026-12-01) is before “from” (2026-12-02)"},
      {"  a: {clip: a.mp3, missing: c}\n", "2:29 error unknown-name", "nothing is named “c”"},
      {"  a: {clip: a.mp3, missing: a}\n", "2:29 error missing-cycle", "a → a"},
      {"  a: {clip: a.mp3, missing: b}\n  b: {clip: b.mp3, missing: a}\n", "3:29 error missing-cycle", "a → b → a"},
      {"  a: {clip: a.mp3, missing: ds}\nplaylists:\n  ds: [a]\n", "2:29 error wrong-kind", "is a playlist"},
  };
  for (const auto& [text, finding, words] : mistakes) {
    const Reading reading("articles:\n" + text);
    EXPECT_THAT(reading.findings(), ElementsAre("schedule/lich.yaml:" + finding)) << text;
    EXPECT_THAT(reading.words(finding.substr(finding.rfind(' ') + 1)), HasSubstr(words)) << text;
  }
}

TEST(ReadArticles, ReportAllMistakesAtOnce) {
  const Reading reading("articles:\n  A: {clip: /a.mp3}\n  b: {gain: loud, clip: b}\nplaylists:\n  ds: [c]\n");
  EXPECT_THAT(reading.findings(),
              ElementsAre("schedule/lich.yaml:2:3 error id-with-capitals", "schedule/lich.yaml:2:13 error clip-path",
                          "schedule/lich.yaml:3:13 error not-a-number", "schedule/lich.yaml:3:25 error clip-path",
                          "schedule/lich.yaml:5:8 error unknown-name"));
}

TEST(ReadPlaylists, AreListsOrFolders) {
  const Reading reading(kArticles + "playlists:\n  mo-dau: [a, b, a]\n  tb: {folder: thong-bao/, approval: off}\n" +
                        "  tat-ca: [mo-dau, tb]\n");
  EXPECT_THAT(reading.findings(), IsEmpty());
  const auto& playlists = reading.repertoire.playlists;
  ASSERT_EQ(playlists.size(), 3u);
  ASSERT_EQ(playlists.at("mo-dau").entries.size(), 3u);
  EXPECT_EQ(playlists.at("mo-dau").entries[1].id, "b");
  EXPECT_EQ(playlists.at("tb").folder, "thong-bao");
  EXPECT_EQ(playlists.at("tb").approval, ApprovalRule::off);
  EXPECT_FALSE(playlists.at("tat-ca").folder);
}

TEST(ReadPlaylists, AnswerEachMistakeAtItsPlace) {
  const std::vector<Mistake> mistakes{
      {"  ds: [a, bb]\n", "5:11 error unknown-name", "did you mean “b”?"},
      {"  ds: [a, khong-co-gi-gan]\n", "5:11 error unknown-name", "add it under “articles” or “playlists”"},
      {"  ds: []\n", "5:7 warning empty-list", "the playlist “ds” is empty"},
      {"  ds: a\n", "5:7 error wrong-type", "write [a], or {folder: a}"},
      {"  ds:\n", "5:3 error wrong-type", "[nhac-hieu, loi-xuong]"},
      {"  ds: [{article: a}]\n", "5:8 error wrong-type", "write the name alone"},
      {"  ds: {foldr: tb}\n", "5:8 error unknown-key", "did you mean “folder”?"},
      {"  ds: {approval: off}\n", "5:3 error missing-key", "folder: thong-bao"},
      {"  ds: {folder: ../tb}\n", "5:16 error clip-path", "leaves library/"},
      {"  ds: {folder: tb, approval: needed}\n", "5:30 error not-a-choice", "required"},
      {"  ds: [ds]\n", "5:8 error playlist-cycle", "ds → ds"},
      {"  x: [a, y]\n  y: [z]\n  z: [b, x]\n", "7:10 error playlist-cycle", "x → y → z → x"},
  };
  for (const auto& [text, finding, words] : mistakes) {
    const Reading reading(kArticles + "playlists:\n" + text);
    const auto found = reading.findings();
    EXPECT_THAT(found, testing::Contains("schedule/lich.yaml:" + finding)) << text;
    EXPECT_EQ(found.size(), 1u) << text;
    EXPECT_THAT(reading.words(finding.substr(finding.rfind(' ') + 1)), HasSubstr(words)) << text;
  }
}

TEST(ReadPlaylists, ReportACircleOnceHoweverManyLeadIntoIt) {
  const Reading reading(kArticles + "playlists:\n  p: [x]\n  q: [p, x]\n  x: [y]\n  y: [x]\n");
  EXPECT_THAT(reading.findings(), ElementsAre("schedule/lich.yaml:8:7 error playlist-cycle"));
}

TEST(ReadPlaylists, RefuseWhatNoSessionCouldHold) {
  std::string text = kArticles + "playlists:\n  l0: [a, b]\n";
  for (int i = 1; i < 20; ++i) {
    const auto inner = "l" + std::to_string(i - 1);
    text += "  l" + std::to_string(i) + ": [" + inner + ", " + inner + "]\n";
  }
  const Reading reading(text);
  EXPECT_TRUE(reading.diagnostics.has_errors());
  EXPECT_THAT(reading.words("playlist-too-long"), HasSubstr("holds more than 10000 recordings"));
}

TEST(ReadPlaylists, RefusePlaylistsNestedTooDeep) {
  std::string text = kArticles + "playlists:\n  l0: [a]\n";
  for (int i = 1; i < 40; ++i) text += "  l" + std::to_string(i) + ": [l" + std::to_string(i - 1) + "]\n";
  const Reading reading(text);
  EXPECT_THAT(reading.findings(), ElementsAre("schedule/lich.yaml:37:3 error playlist-too-deep"));
}

TEST(ReadRepertoire, RefusesANameGivenTwiceInOneFile) {
  const Reading reading("articles:\n  a: {clip: a.mp3}\n  a: {clip: b.mp3}\n");
  EXPECT_THAT(reading.findings(), ElementsAre("schedule/lich.yaml:3:3 error duplicate-key"));
}

TEST(ReadRepertoire, RefusesANameGivenTwiceInOneFolderAndNamesBothPlaces) {
  const Reading reading({{"schedule/1.yaml", "articles:\n  a: {clip: a.mp3}\n", 0},
                         {"schedule/2.yaml", "# thêm\narticles:\n  b: {clip: b.mp3}\n  a: {clip: c.mp3}\n", 0}});
  EXPECT_THAT(reading.findings(), ElementsAre("schedule/2.yaml:4:3 error duplicate-id"));
  EXPECT_THAT(reading.words("duplicate-id"), HasSubstr("“a” is already named at schedule/1.yaml:2"));
  EXPECT_EQ(reading.diagnostics.all().front().other.file_line(), "schedule/1.yaml:2");
  EXPECT_EQ(reading.repertoire.articles.at("a").clip, "a.mp3");
}

TEST(ReadRepertoire, GivesOneNameToOneThingAmongArticlesAndPlaylists) {
  const Reading reading("playlists:\n  a: [b]\narticles:\n  b: {clip: b.mp3}\n  a: {clip: a.mp3}\n");
  EXPECT_THAT(reading.findings(), ElementsAre("schedule/lich.yaml:5:3 error duplicate-id"));
  EXPECT_THAT(reading.words("duplicate-id"), HasSubstr("schedule/lich.yaml:2"));
}

TEST(ReadRepertoire, LetsTheLaterFolderReplaceAName) {
  const Reading reading(
      {{"../chung/schedule/chung.yaml",
        "articles:\n  nhac: {clip: chung.mp3}\n  loi: {clip: loi.mp3}\n  xa: {clip: xa.mp3}\n"
        "playlists:\n  mo-dau: [nhac, loi]\n",
        0},
       {"schedule/lich.yaml", "articles:\n  nhac: {clip: rieng.mp3}\nplaylists:\n  xa: [nhac]\n", 1}});
  EXPECT_THAT(reading.findings(), IsEmpty());
  EXPECT_EQ(reading.repertoire.articles.at("nhac").clip, "rieng.mp3");
  EXPECT_EQ(reading.repertoire.articles.at("loi").clip, "loi.mp3");
  EXPECT_FALSE(reading.repertoire.articles.contains("xa"));
  EXPECT_TRUE(reading.repertoire.playlists.contains("xa"));
}

TEST(ReadRepertoire, WarnsOfAnEmptySection) {
  const Reading reading("articles:\nplaylists:\n  # chưa có\n");
  EXPECT_THAT(reading.findings(), ElementsAre("schedule/lich.yaml:1:1 warning empty-section",
                                              "schedule/lich.yaml:2:1 warning empty-section"));
}

TEST(ReadRepertoire, RefusesASectionThatHoldsNoNamedThings) {
  const Reading reading("articles:\n  - a.mp3\n");
  EXPECT_THAT(reading.findings(), ElementsAre("schedule/lich.yaml:2:3 error wrong-type"));
}

TEST(ReadRepertoire, AnswersThousandsOfUnknownNamesInTime) {
  std::string text = "articles:\n";
  for (int i = 0; i < 4000; ++i) text += "  bai-" + std::to_string(i) + ": {clip: a.mp3}\n";
  text += "playlists:\n  ds:\n";
  for (int i = 0; i < 8000; ++i) text += "  - sai-" + std::to_string(i) + "\n";
  const Reading reading(text);
  EXPECT_EQ(reading.diagnostics.count(config::Severity::error), 8000u);
}

}  // namespace
}  // namespace loa::playlists
