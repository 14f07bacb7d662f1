// A station's folder as one value.
#include "daemon/station/library/load.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/station/library/snapshot.hpp"
#include "tests/support/temp_dir.hpp"

namespace loa::station {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;

class LoadTest : public ::testing::Test {
 protected:
  LoadTest() {
    dir_.write("dai/station.yaml", "station: {id: xa-thu, name: Đài xã Thử}\nshared: [../chung]\n");
    fs::create_directories(dir_ / "chung/schedule");
    dir_.write("dai/schedule/lich.yaml",
               "articles:\n  tin: {title: Tin, clip: tin.mp3}\n"
               "programmes:\n  sang: {title: Sáng, at: \"05:30\", items: [tin]}\n");
    dir_.write("dai/library/tin.mp3", "own");
  }
  LoadedStation load() const { return load_station(dir_ / "dai", known_); }
  static std::vector<std::string> clips(const LoadedStation& loaded) {
    std::vector<std::string> names;
    for (const auto& [clip, facts] : loaded.catalogue.all()) names.push_back(clip);
    return names;
  }
  static std::vector<std::string> codes(const LoadedStation& loaded) {
    std::vector<std::string> all;
    for (const auto& each : loaded.diagnostics.all()) all.push_back(each.code);
    return all;
  }

  test::TempDir dir_;
  KnownFacts known_;
};

TEST_F(LoadTest, HoldsFilesScheduleAndLibrary) {
  const auto loaded = load();
  EXPECT_TRUE(loaded.good());
  ASSERT_TRUE(loaded.schedule);
  EXPECT_EQ(loaded.schedule->programmes.size(), 1u);
  EXPECT_THAT(clips(loaded), ElementsAre("tin.mp3"));
  EXPECT_EQ(loaded.catalogue.facts("tin.mp3"), nullptr) << "not measured yet";
}

TEST_F(LoadTest, KnownFactsAreInTheCatalogue) {
  playlists::Facts facts;
  facts.frames = 7;
  known_.add(load().listing.recordings.at(0), facts);
  const auto loaded = load();
  ASSERT_NE(loaded.catalogue.facts("tin.mp3"), nullptr);
  EXPECT_EQ(loaded.catalogue.facts("tin.mp3")->frames, 7);
}

TEST_F(LoadTest, SharedRecordingsAreThereAndTheOwnOnesWin) {
  dir_.write("chung/library/tin.mp3", "shared");
  dir_.write("chung/library/hat.mp3", "shared");
  const auto loaded = load();
  EXPECT_THAT(clips(loaded), ElementsAre("hat.mp3", "tin.mp3"));
  EXPECT_EQ(loaded.listing.recordings.at(1).identity.size, 3) << "the own file";
}

TEST_F(LoadTest, OfOneIdInTwoSharedFoldersTheLaterIsMeantAndOfAllTheStationsOwn) {
  for (const std::string folder : {"mot", "hai"}) {
    dir_.write(folder + "/schedule/chung.yaml",
               "articles:\n"
               "  x: {title: X " +
                   folder +
                   ", clip: x.mp3}\n"
                   "  y: {title: Y " +
                   folder +
                   ", clip: y.mp3}\n"
                   "playlists: {z: [x]}\n"
                   "programmes:\n"
                   "  chung: {title: " +
                   folder + ", at: \"06:00\", items: [x]}\n");
    dir_.write(folder + "/library/x.mp3", folder + "!");
  }
  dir_.write("dai/station.yaml", "station: {id: xa, name: Xã}\nshared: [../mot, ../hai]\n");
  dir_.write("dai/schedule/them.yaml", "articles: {y: {title: Y, clip: x.mp3}, z: {title: Z, clip: x.mp3}}\n");
  const auto loaded = load();
  EXPECT_THAT(codes(loaded), ::testing::IsEmpty());
  ASSERT_TRUE(loaded.schedule);
  const auto& repertoire = loaded.schedule->repertoire;
  EXPECT_EQ(repertoire.articles.at("x").title, "X hai");
  EXPECT_EQ(repertoire.articles.at("y").title, "Y");
  EXPECT_EQ(repertoire.articles.at("z").title, "Z") << "an article of its own in the place of a shared playlist";
  EXPECT_FALSE(repertoire.playlists.contains("z"));
  const auto& programmes = loaded.schedule->programmes;
  ASSERT_EQ(std::count_if(programmes.begin(), programmes.end(), [](const auto& each) { return each.id == "chung"; }),
            1);
  const auto& x = loaded.listing.recordings.back();
  EXPECT_EQ(x.clip, "x.mp3");
  EXPECT_EQ(loaded.files.libraries.at(x.library), dir_ / "hai/library");
}

TEST_F(LoadTest, ATextIsAClipOnlyWhereAnArticleNamesIt) {
  dir_.write("dai/schedule/ghi.yaml", "articles:\n  ghi: {title: Ghi, clip: ghi.txt}\n");
  dir_.write("dai/library/ghi.txt", "named");
  dir_.write("dai/library/khac.txt", "not named");
  EXPECT_THAT(clips(load()), ElementsAre("ghi.txt", "tin.mp3"));
}

TEST_F(LoadTest, WhatIsWrongInTheLibraryIsAWarningWithItsPlace) {
  fs::create_symlink("/etc/passwd", dir_ / "dai/library/mk.mp3");
  const auto loaded = load();
  ASSERT_THAT(codes(loaded), ElementsAre("library-link-leaves"));
  EXPECT_EQ(loaded.diagnostics.all()[0].file, "library/mk.mp3");
  EXPECT_TRUE(loaded.good());
}

TEST_F(LoadTest, ANameThatIsNotUtf8IsShownEscapedAndDisturbsNothing) {
  dir_.write("dai/library/b\xE1n tin.mp3", "sound");
  dir_.write("dai/library/b\xE0n tin.mp3", "sound");
  dir_.write("dai/library/th\xF4ng/a.mp3", "sound");
  const auto loaded = load();
  std::vector<std::string> files;
  for (const auto& each : loaded.diagnostics.all()) files.push_back(each.code + " " + each.file);
  EXPECT_THAT(files,
              ElementsAre("library-name-not-utf8 library/b\\xE0n tin.mp3",
                          "library-name-not-utf8 library/b\\xE1n tin.mp3", "library-name-not-utf8 library/th\\xF4ng"));
  EXPECT_THAT(clips(loaded), ElementsAre("tin.mp3"));
  EXPECT_TRUE(loaded.good());
}

TEST_F(LoadTest, AScheduleOfANameThatIsNotUtf8IsKeptAndReadAgain) {
  dir_.write("dai/schedule/l\355ch.yaml", "articles:\n  ghi: {title: Ghi, clip: ghi.txt}\n");
  const auto loaded = load();
  const auto made = make_snapshot(loaded.files, loaded.catalogue);
  ASSERT_NE(made, nullptr);
  EXPECT_NE(read_snapshot(made->hash, made->bytes), nullptr);
}

TEST_F(LoadTest, AMistakeInAFileStandsAgainstIt) {
  dir_.write("dai/schedule/lich.yaml", "programmes:\n  sang: {title: Sáng, at: \"25:30\"}\n");
  EXPECT_FALSE(load().good());
}

TEST_F(LoadTest, AFolderThatIsNoStationIsAMistakeAndNoCrash) {
  const auto loaded = load_station(dir_ / "khong-co", known_);
  EXPECT_FALSE(loaded.good());
  EXPECT_TRUE(loaded.diagnostics.has_errors());
}

}  // namespace
}  // namespace loa::station
