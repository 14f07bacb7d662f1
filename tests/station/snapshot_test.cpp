// A snapshot is what it says: the same files and facts give the same hash and the same plan anywhere.
#include "daemon/station/library/snapshot.hpp"

#include <gtest/gtest.h>

#include "daemon/station/library/snapshot_facts.hpp"
#include "tests/support/scenario_station.hpp"

namespace {

using namespace std::chrono_literals;
using loa::sim::at;
using loa::sim::StationFixture;
using loa::station::matches_dated;
using loa::station::read_snapshot;

class SnapshotOf : public testing::Test {
 protected:
  StationFixture station{at("2026-11-23T05:00")};
  void SetUp() override { loa::sim::write_commune(station); }
};

TEST_F(SnapshotOf, TheSameFilesHasTheSameHash) {
  EXPECT_EQ(station.snapshot()->hash, station.snapshot()->hash);
}

TEST_F(SnapshotOf, ItsBytesIsThePlanAgain) {
  using namespace std::chrono;
  const auto made = station.snapshot();
  const auto read = read_snapshot(made->hash, made->bytes);
  ASSERT_NE(read, nullptr);
  EXPECT_EQ(read->hash, made->hash);
  EXPECT_EQ(read->settings.name, "Xã Ví Dụ");
  EXPECT_EQ(read->plan(2026y / 11 / 20, 2026y / 12 / 20), made->plan(2026y / 11 / 20, 2026y / 12 / 20));
}

TEST_F(SnapshotOf, ARecordingThatNobodyNamesIsNoNewOne) {
  const auto before = station.snapshot()->hash;
  station.recording("khac/la.wav", 1min);
  EXPECT_EQ(station.snapshot()->hash, before);
  station.recording("ks.wav", 4min);
  EXPECT_NE(station.snapshot()->hash, before);
}

TEST_F(SnapshotOf, RecordingsOfDatedArticlesAndFoldersBelongToIt) {
  station.write(
      "articles: {tin: {title: Tin, clip: \"tin/<date>.wav\", about: 1min}}\n"
      "playlists: {thong-bao: {folder: thong-bao}}\n"
      "programmes: {sang: {title: Sáng, at: \"05:30\", items: [tin, {playlist: thong-bao}]}}\n");
  const auto before = station.snapshot()->hash;
  station.recording("tin/hom-nay.wav", 1min);
  EXPECT_EQ(station.snapshot()->hash, before);
  station.recording("tin/2026-11-25.wav", 1min);
  const auto dated = station.snapshot()->hash;
  EXPECT_NE(dated, before);
  station.recording("thong-bao/2026-11-25/mat-nuoc.wav", 1min);
  EXPECT_NE(station.snapshot()->hash, dated);
}

TEST_F(SnapshotOf, ApprovalsBelongToItWhereTheyAreAskedFor) {
  using namespace std::chrono;
  const auto before = station.snapshot();
  station.approve("ks.wav");
  EXPECT_EQ(station.snapshot()->hash, before->hash) << "nobody asks for them";
  station.settings("station: {id: xa, name: X}\napproval: required\n");
  const auto one = station.snapshot();
  station.recording("khac/la.wav", 1min);
  station.approve("khac/la.wav");
  EXPECT_EQ(station.snapshot()->hash, one->hash) << "nobody names that recording";
  station.approve("can-cuoc.wav");
  const auto two = station.snapshot();
  EXPECT_NE(two->hash, one->hash);
  const auto read = read_snapshot(two->hash, two->bytes);
  ASSERT_NE(read, nullptr);
  EXPECT_EQ(read->catalogue, two->catalogue);
  EXPECT_EQ(read->plan(2026y / 11 / 23, 2026y / 11 / 24), two->plan(2026y / 11 / 23, 2026y / 11 / 24));
  EXPECT_EQ(read->catalogue.approval(StationFixture::sha("ks.wav"))->by, "Lan");
  EXPECT_NE(read_snapshot(one->hash, one->bytes)->plan(2026y / 11 / 23, 2026y / 11 / 24),
            two->plan(2026y / 11 / 23, 2026y / 11 / 24));
}

TEST_F(SnapshotOf, OtherBytesIsNone) {
  const auto made = station.snapshot();
  EXPECT_EQ(read_snapshot(made->hash, made->bytes + " "), nullptr);
  for (const std::string bytes : {"", "[]", "{}", "{\"format\":\"loa-plan-1\"}", "{\"format\":7}",
                                  "{\"facts\":{},\"format\":\"loa-plan-1\",\"texts\":[{}]}"}) {
    EXPECT_EQ(read_snapshot(loa::wire::sha256_hex(bytes), bytes), nullptr) << bytes;
  }
}

TEST(DatedNames, MatchAnyDayAndNothingElse) {
  EXPECT_TRUE(matches_dated("tin/<date>.mp3", "tin/2026-11-25.mp3"));
  EXPECT_TRUE(matches_dated("<yyyy>/<mm>/<dd>.mp3", "2026/11/25.mp3"));
  EXPECT_TRUE(matches_dated("a.mp3", "a.mp3"));
  for (const auto* clip :
       {"tin/2026-11-2.mp3", "tin/2026-11-255.mp3", "tin/.mp3", "tin/2026-11-25.mp", "tin/nay.mp3", ""}) {
    EXPECT_FALSE(matches_dated("tin/<date>.mp3", clip)) << clip;
  }
}

}  // namespace
