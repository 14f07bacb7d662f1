// What an article or a playlist means on one day.
#include "playlists/resolve.hpp"

#include <gmock/gmock.h>

namespace loa::playlists {
namespace {

using std::chrono::day;
using std::chrono::month;
using std::chrono::year;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr Date kDay = year(2026) / month(11) / day(25);

Article article(std::string id) {
  Article made;
  made.title = "Bài " + id;
  made.clip = "bai/" + id + ".mp3";
  made.id = std::move(id);
  return made;
}

class Resolve : public testing::Test {
 protected:
  void add(Article made) { repertoire.articles[made.id] = made; }
  void add(const std::string& id, const std::vector<std::string>& entries) {
    Playlist playlist;
    playlist.id = id;
    for (const auto& entry : entries) playlist.entries.push_back({entry, {}});
    repertoire.playlists[id] = playlist;
  }
  void add_folder(const std::string& id, const std::string& folder) {
    repertoire.playlists[id] = Playlist{.id = id, .entries = {}, .folder = folder, .at = {}, .folder_at = {}};
  }
  void put(const std::vector<std::string>& clips) {
    for (const auto& clip : clips) catalogue.set(clip, std::nullopt);
  }
  std::vector<Clip> clips(const std::string& id, Date on = kDay) { return resolve(repertoire, catalogue, id, on, on); }
  std::vector<std::string> names(const std::string& id, Date on = kDay) {
    std::vector<std::string> found;
    for (const auto& clip : clips(id, on)) found.push_back(clip.article);
    return found;
  }

  Repertoire repertoire;
  Catalogue catalogue;
};

TEST_F(Resolve, GivesAnArticleWithAllThatThePlanNeeds) {
  auto news = article("ban-tin");
  news.title = "Bản tin <dd>/<mm>";
  news.clip = "tin/<date>.mp3";
  news.gain = -3;
  news.about = std::chrono::minutes(12);
  news.missing = "nhac-cho";
  news.priority = Priority::priority;
  news.from = kDay;
  add(news);
  ASSERT_EQ(clips("ban-tin").size(), 1u);
  const Clip expected{.article = "ban-tin",
                      .title = "Bản tin 25/11",
                      .path = "tin/2026-11-25.mp3",
                      .gain = -3,
                      .about = std::chrono::minutes(12),
                      .missing = "nhac-cho",
                      .priority = Priority::priority,
                      .recorded = kDay,
                      .from = kDay,
                      .until = {}};
  EXPECT_EQ(clips("ban-tin").front(), expected);
}

TEST_F(Resolve, FillsInMarksByTheRecordingDayAndAsksValidityOfTheDayItself) {
  auto news = article("ban-tin");
  news.clip = "tin/<date>.mp3";
  news.from = kDay;
  add(news);
  const auto yesterday = year(2026) / month(11) / day(24);
  const auto found = resolve(repertoire, catalogue, "ban-tin", kDay, yesterday);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found.front().path, "tin/2026-11-24.mp3");
  EXPECT_THAT(resolve(repertoire, catalogue, "ban-tin", yesterday, kDay), IsEmpty());
}

TEST_F(Resolve, WalksPlaylistsInPlaylistsInOrder) {
  for (const auto* id : {"a", "b", "c"}) add(article(id));
  add("trong", {"b", "c"});
  add("ngoai", {"a", "trong", "a"});
  EXPECT_THAT(names("ngoai"), ElementsAre("a", "b", "c", "a"));
}

TEST_F(Resolve, LeavesOutWhatIsNotValidThatDay) {
  auto old = article("cu");
  old.until = year(2026) / month(11) / day(24);
  add(old);
  add(article("moi"));
  add("ds", {"cu", "moi"});
  EXPECT_THAT(names("ds"), ElementsAre("moi"));
  EXPECT_THAT(names("ds", *old.until), ElementsAre("cu", "moi"));
}

TEST_F(Resolve, KnowsNothingOfAnUnknownName) {
  add("ds", {"khong-co"});
  EXPECT_THAT(clips("khong-co"), IsEmpty());
  EXPECT_THAT(clips("ds"), IsEmpty());
}

TEST_F(Resolve, GivesEveryRecordingOfAFolderByName) {
  put({"thong-bao/b.mp3", "thong-bao/a.WAV", "thong-bao/Đ.opus", "thong-bao/ghi-chu.txt", "thong-bao/.an.mp3",
       "thong-bao/c.mp3~", "thong-bao/d.m4a", "thong-bao-cu/x.mp3"});
  add_folder("thong-bao", "thong-bao");
  EXPECT_THAT(names("thong-bao"), ElementsAre("thong-bao/a", "thong-bao/b", "thong-bao/d", "thong-bao/Đ"));
  EXPECT_EQ(clips("thong-bao").front().path, "thong-bao/a.WAV");
  EXPECT_EQ(clips("thong-bao").front().title, "a");
}

TEST_F(Resolve, EntersADatedSubFolderOnItsDaysOnly) {
  put({"tb/z.mp3", "tb/2026-11-25/cup-dien.mp3", "tb/2026-11-26/khac.mp3", "tb/2026-11-20..2026-11-25/hop.mp3",
       "tb/cu/bo.mp3", "tb/2026-11-25/sau/khong.mp3"});
  add_folder("tb", "tb");
  EXPECT_THAT(names("tb"), ElementsAre("tb/2026-11-20..2026-11-25/hop", "tb/2026-11-25/cup-dien", "tb/z"));
  EXPECT_THAT(names("tb", year(2026) / month(11) / day(20)), ElementsAre("tb/2026-11-20..2026-11-25/hop", "tb/z"));
  EXPECT_THAT(names("tb", year(2026) / month(11) / day(27)), ElementsAre("tb/z"));
}

TEST_F(Resolve, SaysOfADatedFoldersClipOnWhichDaysItMayBeAired) {
  put({"tb/2026-11-20..2026-11-25/hop.mp3", "tb/z.mp3"});
  add_folder("tb", "tb");
  const auto found = clips("tb");
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].from, Date(year(2026) / month(11) / day(20)));
  EXPECT_EQ(found[0].until, kDay);
  EXPECT_EQ(found[1].from, std::nullopt);
}

TEST_F(Resolve, MixesFoldersWithArticles) {
  add(article("mo-dau"));
  put({"tb/a.mp3"});
  add_folder("tb", "tb");
  add("ds", {"mo-dau", "tb", "mo-dau"});
  EXPECT_THAT(names("ds"), ElementsAre("mo-dau", "tb/a", "mo-dau"));
}

TEST_F(Resolve, EndsForAPlaylistThatContainsItself) {
  add(article("a"));
  add("x", {"a", "y"});
  add("y", {"x", "a"});
  EXPECT_THAT(names("x"), ElementsAre("a", "a"));
}

TEST_F(Resolve, EndsForPlaylistsThatDoubleAgainAndAgain) {
  add(article("a"));
  add("l0", {"a", "a"});
  for (int i = 1; i < 30; ++i) {
    const auto inner = "l" + std::to_string(i - 1);
    add("l" + std::to_string(i), {inner, inner});
  }
  EXPECT_LE(names("l29").size(), kMostClips);
}

TEST_F(Resolve, EndsForAChainOfManyPlaylists) {
  add(article("a"));
  add("p0", {"a"});
  for (int i = 1; i < 5000; ++i) add("p" + std::to_string(i), {"p" + std::to_string(i - 1)});
  EXPECT_THAT(names("p4999"), IsEmpty());
  EXPECT_THAT(names("p" + std::to_string(kDeepestPlaylist - 1)), ElementsAre("a"));
}

TEST(FolderDays, ReadADateOrARangeAndNothingElse) {
  const auto one = folder_days("2026-11-25");
  ASSERT_TRUE(one);
  EXPECT_EQ(one->first, kDay);
  EXPECT_EQ(one->last, kDay);
  const auto range = folder_days("2026-11-25..2026-12-02");
  ASSERT_TRUE(range);
  EXPECT_EQ(range->last, Date(year(2026) / month(12) / day(2)));
  for (const auto* name :
       {"", "cu", "2026-11", "2026-11-31", "2026-11-25 ", "25-11-2026", "2026-11-25..", "..2026-11-25",
        "2026-12-02..2026-11-25", "2026-11-25...2026-12-02", "2026-1a-25", "2026-11-25-cu"}) {
    EXPECT_FALSE(folder_days(name)) << name;
  }
}

TEST(RecordingNames, AreToldByTheirEnding) {
  for (const auto* name :
       {"a.wav", "a.FLAC", "a.Mp3", "a b.ogg", "a.oga", "a.opus", "a.m4a", "a.amr", "a.wma", "a.3gp"}) {
    EXPECT_TRUE(is_recording_name(name)) << name;
  }
  for (const auto* name : {"a", "a.txt", ".wav", ".a.wav", "a.wav~", "mp3", "a.mp3.part", "desktop.ini", "a."}) {
    EXPECT_FALSE(is_recording_name(name)) << name;
  }
}

}  // namespace
}  // namespace loa::playlists
