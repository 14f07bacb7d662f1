// What the loader makes of a station's folder while the daemon runs: a script in loa-media's place, time as a value.
#include "daemon/station/run/run_prepare.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "daemon/wire/media_messages.hpp"
#include "tests/support/temp_dir.hpp"

namespace loa::station {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

class PreparerTest : public ::testing::Test {
 protected:
  PreparerTest() {
    dir_.write("station.yaml", "station: {id: xa-thu, name: Xã Thử, timezone: UTC, language: en}\n");
    dir_.write("schedule/lich.yaml",
               "articles:\n  a: {title: A, clip: a.mp3}\nprogrammes:\n  sang: {at: \"05:30\", items: [a]}\n");
    recording("sound");
    // Answers with a hash of what it is given; as long as `crash` is there it does not.
    const auto answer = dir_.write("answer", wire::to_line(measured()));
    intake_.program = dir_.script(
        "media", "echo x >> " + (dir_ / "calls").string() + "\n[ -e " + (dir_ / "crash").string() +
                     " ] && kill -SEGV $$\nhash=$(sha256sum <&3)\nsed s/HASH/${hash%% *}/ " + answer.string());
  }
  static wire::Measured measured() {
    wire::Measured measured;
    measured.sha256 = "HASH";
    measured.frames = measured.length = 48000;
    measured.sample_rate = 48000;
    measured.channels = 1;
    measured.codec = "mp3";
    measured.loudness = -18;
    measured.true_peak = -1;
    return measured;
  }
  /// An old file: nothing about it is still being written.
  void recording(std::string_view bytes) const { fs::last_write_time(dir_.write("library/a.mp3", bytes), kWritten); }
  std::size_t calls() const { return test::read_file(dir_ / "calls").size() / 2; }
  /// As the daemon does: prepares, measures what is left, prepares again.
  Prepared load(std::chrono::nanoseconds later, const SnapshotPtr& in_force = nullptr) {
    const auto now = std::chrono::floor<playlists::Frames>(std::chrono::system_clock::now() + later);
    auto prepared = preparer().prepare(now, in_force);
    while (prepared.unmeasured > 0 && preparer().measure_more(now, 32, in_force)) {
      prepared = preparer().prepare(now, in_force);
    }
    return prepared;
  }
  Preparer& preparer() {
    if (!preparer_) preparer_.emplace(dir_.path(), intake_, false);
    return *preparer_;
  }
  const playlists::Facts& facts(const Prepared& prepared) { return *prepared.snapshot->catalogue.facts("a.mp3"); }

  static inline const fs::file_time_type kWritten = fs::file_time_type::clock::now() - 1h;
  test::TempDir dir_;
  IntakeOptions intake_;
  std::optional<Preparer> preparer_;
};

TEST_F(PreparerTest, ARecordingThatCrashedTheDecoderIsTriedAgainWhileTheDaemonRuns) {
  dir_.write("crash", "");
  auto prepared = load(0s);
  EXPECT_EQ(facts(prepared).problem, "decoder-crashed");
  ASSERT_TRUE(prepared.again);
  EXPECT_LE(*prepared.again, 10min);
  EXPECT_GT(*prepared.again, 9min);
  EXPECT_EQ(prepared.unmeasured, 0u);

  prepared = load(5min);
  EXPECT_EQ(calls(), 1u) << "not yet";
  prepared = load(11min);
  EXPECT_EQ(calls(), 2u);
  EXPECT_EQ(facts(prepared).problem, "decoder-crashed");

  fs::remove(dir_ / "crash");
  prepared = load(60min);
  EXPECT_EQ(calls(), 3u);
  EXPECT_EQ(facts(prepared).problem, "");
  EXPECT_FALSE(prepared.again) << "nothing left to try";
}

TEST_F(PreparerTest, WhereTheFilesHaveMistakesThoseInForceGetTheNewRecordings) {
  const std::string good =
      "articles:\n  a: {title: A, clip: a.mp3}\n  b: {title: B, clip: b.mp3}\n"
      "programmes:\n  sang: {at: \"05:30\", items: [a, b]}\n";
  dir_.write("schedule/lich.yaml", good);
  const auto in_force = load(0s).snapshot;
  ASSERT_TRUE(in_force);
  EXPECT_FALSE(in_force->catalogue.exists("b.mp3"));
  fs::last_write_time(dir_.write("library/b.mp3", "news"), kWritten);
  dir_.write("schedule/lich.yaml", good + "  toi: {at: \"25:99\", items: [a]}\n");
  auto prepared = load(0s, in_force);
  EXPECT_TRUE(prepared.diagnostics.has_errors());
  EXPECT_FALSE(prepared.snapshot);
  ASSERT_TRUE(prepared.of_files_in_force);
  const auto renewed = prepared.of_files_in_force->snapshot;
  ASSERT_TRUE(renewed && renewed->catalogue.facts("b.mp3") != nullptr);
  EXPECT_TRUE(same_texts(*renewed->sources, *in_force->sources));
  EXPECT_EQ(prepared.of_files_in_force->recordings->known.find(
                prepared.of_files_in_force->recordings->listing.recordings.at(1)) != nullptr,
            true);

  dir_.write("schedule/lich.yaml", good);
  prepared = load(0s, renewed);
  ASSERT_TRUE(prepared.snapshot);
  EXPECT_EQ(prepared.snapshot->hash, renewed->hash) << "as if the mistake had never been";
  EXPECT_FALSE(prepared.of_files_in_force) << "they are the files";
}

TEST_F(PreparerTest, AnEditOfTheSharedFoldersLosesNothingThatIsKnown) {
  const auto in_force = load(0s).snapshot;
  dir_.write("station.yaml", "station: {id: xa-thu\n");
  const auto prepared = load(0s, in_force);
  ASSERT_TRUE(prepared.of_files_in_force && prepared.of_files_in_force->snapshot);
  EXPECT_EQ(prepared.of_files_in_force->snapshot->hash, in_force->hash);
  EXPECT_EQ(calls(), 1u);
}

TEST_F(PreparerTest, WhatIsTriedAgainKeepsThePlanUntilItIsMeasured) {
  dir_.write("crash", "");
  const auto before = load(0s).snapshot->hash;
  const auto now = std::chrono::floor<playlists::Frames>(std::chrono::system_clock::now() + 11min);
  EXPECT_EQ(preparer().prepare(now).snapshot->hash, before);
  EXPECT_EQ(preparer().prepare(now).unmeasured, 1u);
}

TEST_F(PreparerTest, ARecordingRewrittenInPlaceWithItsOldSizeAndDateIsMeasuredAgain) {
  auto prepared = load(0s);
  const auto before = facts(prepared).sha256;
  recording("SOUND");
  prepared = preparer().prepare(std::chrono::floor<playlists::Frames>(std::chrono::system_clock::now()));
  EXPECT_EQ(facts(prepared).sha256, before) << "believed until it is measured: the plan does not flicker";
  EXPECT_NE(facts(load(0s)).sha256, before);
  EXPECT_EQ(calls(), 2u);
}

TEST_F(PreparerTest, OtherRightsAreNoOtherPlan) {
  const auto before = load(0s).snapshot->hash;
  ASSERT_EQ(::chmod((dir_ / "library/a.mp3").c_str(), 0640), 0);
  EXPECT_EQ(load(0s).snapshot->hash, before);
  EXPECT_EQ(load(0s).snapshot->hash, before);
  EXPECT_LE(calls(), 2u) << "measured once more at the most";
}

TEST_F(PreparerTest, AFolderThatWasTakenAwayAndPutBackNeedsNoMeasuring) {
  const auto before = load(0s).snapshot->hash;
  fs::rename(dir_ / "library", dir_ / "away");
  EXPECT_NE(load(24h).snapshot->hash, before);
  fs::rename(dir_ / "away", dir_ / "library");
  EXPECT_EQ(load(24h * 60).snapshot->hash, before);
  EXPECT_EQ(calls(), 1u);
}

}  // namespace
}  // namespace loa::station
