// The catalogue answers by path and by folder.
#include "playlists/catalogue.hpp"

#include <gmock/gmock.h>

namespace loa::playlists {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Catalogue catalogue_of(const std::vector<std::string>& clips) {
  Catalogue catalogue;
  for (const auto& clip : clips) catalogue.set(clip, std::nullopt);
  return catalogue;
}

Facts facts_of(const std::string& sha256) {
  Facts facts;
  facts.sha256 = sha256;
  facts.length = Frames(48000);
  return facts;
}

TEST(Catalogue, TellsAbsentUnmeasuredAndMeasuredApart) {
  Catalogue catalogue;
  catalogue.set("a.mp3", std::nullopt);
  catalogue.set("b.mp3", facts_of("ff"));
  EXPECT_TRUE(catalogue.exists("a.mp3"));
  EXPECT_EQ(catalogue.facts("a.mp3"), nullptr);
  ASSERT_NE(catalogue.facts("b.mp3"), nullptr);
  EXPECT_EQ(catalogue.facts("b.mp3")->length, Frames(48000));
  EXPECT_FALSE(catalogue.exists("c.mp3"));
  EXPECT_EQ(catalogue.facts("c.mp3"), nullptr);
}

TEST(Catalogue, TakesTheNewFactsOfAClip) {
  Catalogue catalogue;
  catalogue.set("a.mp3", facts_of("old"));
  catalogue.set("a.mp3", facts_of("new"));
  EXPECT_EQ(catalogue.facts("a.mp3")->sha256, "new");
  EXPECT_EQ(catalogue.all().size(), 1u);
}

TEST(Catalogue, ListsTheClipsOfAFolderByCodePoints) {
  const auto catalogue = catalogue_of({"tin/Đất.mp3", "tin/b.mp3", "tin/a 2.mp3", "tin/B.mp3", "tin/á.mp3"});
  EXPECT_THAT(catalogue.clips_in("tin"),
              ElementsAre("tin/B.mp3", "tin/a 2.mp3", "tin/b.mp3", "tin/á.mp3", "tin/Đất.mp3"));
}

TEST(Catalogue, KeepsFoldersWithACommonBeginningApart) {
  const auto catalogue =
      catalogue_of({"tin-cu/a.mp3", "tin.mp3", "tin/a.mp3", "tin/con/b.mp3", "tin/con0.mp3", "tin0/c.mp3"});
  EXPECT_THAT(catalogue.clips_in("tin"), ElementsAre("tin/a.mp3", "tin/con0.mp3"));
  EXPECT_THAT(catalogue.folders_in("tin"), ElementsAre("con"));
  EXPECT_THAT(catalogue.clips_in("ti"), IsEmpty());
}

TEST(Catalogue, ListsTheLibraryItself) {
  const auto catalogue = catalogue_of({"a.mp3", "tin/a.mp3", "tin/2026/b.mp3", "z.mp3", "dvc/c.mp3"});
  EXPECT_THAT(catalogue.clips_in(""), ElementsAre("a.mp3", "z.mp3"));
  EXPECT_THAT(catalogue.folders_in(""), ElementsAre("dvc", "tin"));
}

TEST(Catalogue, NamesASubFolderOnceHoweverManyClipsItHolds) {
  Catalogue catalogue;
  for (int i = 0; i < 500; ++i) catalogue.set("tin/cu/" + std::to_string(i) + ".mp3", std::nullopt);
  catalogue.set("tin/moi/a.mp3", std::nullopt);
  EXPECT_THAT(catalogue.folders_in("tin"), ElementsAre("cu", "moi"));
}

}  // namespace
}  // namespace loa::playlists
