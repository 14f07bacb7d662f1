// What is remembered of recordings: when a failure is tried again, which change of a file counts, what is forgotten.
// Time is a value here.
#include "daemon/station/library/intake_facts.hpp"

#include <gtest/gtest.h>

#include "daemon/station/host/paths.hpp"
#include "tests/support/temp_dir.hpp"

namespace loa::station {
namespace {

using namespace std::chrono_literals;
using playlists::Facts;

constexpr std::chrono::sys_seconds kNow{std::chrono::sys_days{std::chrono::year(2026) / 11 / 27}};

Recording recording(const std::string& path, FileIdentity identity) {
  return {path, path, 0, identity, false};
}

Facts with_problem(std::string problem) {
  Facts facts;
  facts.sha256 = std::string(64, 'a');
  facts.refused = !problem.empty();
  facts.problem = std::move(problem);
  return facts;
}

class MachinesFault : public ::testing::TestWithParam<const char*> {
 protected:
  const Recording a_ = recording("tin/a.mp3", {7, 100, 5, 50});
  KnownFacts known_;
};

INSTANTIATE_TEST_SUITE_P(KnownFacts, MachinesFault, ::testing::Values("too-slow", "decoder-crashed", "unreadable"));

TEST_P(MachinesFault, IsTriedAgainLaterAndLaterAndBelievedMeanwhile) {
  auto now = kNow;
  for (const auto wait : {10min, 20min, 40min, 80min, 160min, 320min, 640min, 1280min, 1440min, 1440min}) {
    known_.add(a_, with_problem(GetParam()), now);
    EXPECT_FALSE(known_.wants_measuring(a_, now + wait - 1s)) << wait.count();
    EXPECT_TRUE(known_.wants_measuring(a_, now + wait)) << wait.count();
    EXPECT_NE(known_.find(a_), nullptr);
    now += wait;
  }
}

TEST_P(MachinesFault, IsNoLongerCountedOnceItWentWell) {
  known_.add(a_, with_problem(GetParam()), kNow);
  known_.add(a_, with_problem(GetParam()), kNow);
  known_.add(a_, with_problem(""), kNow);
  EXPECT_FALSE(known_.wants_measuring(a_, kNow + 24h * 30));
  known_.add(a_, with_problem(GetParam()), kNow);
  EXPECT_TRUE(known_.wants_measuring(a_, kNow + 10min)) << "the first wait again";
}

TEST_P(MachinesFault, IsTriedAtOnceWhenTheFileChanges) {
  known_.add(a_, with_problem(GetParam()), kNow);
  EXPECT_TRUE(known_.wants_measuring(recording("tin/a.mp3", {7, 100, 6, 51}), kNow)) << "written anew";
  const auto rewritten = recording("tin/a.mp3", {7, 100, 5, 51});
  EXPECT_TRUE(known_.wants_measuring(rewritten, kNow)) << "of the same size, with the old date put back";
  known_.add(rewritten, with_problem(GetParam()), kNow);
  EXPECT_TRUE(known_.wants_measuring(rewritten, kNow + 10min)) << "another file: the first wait again";
}

TEST_P(MachinesFault, KeepsItsWaitOverARestart) {
  const test::TempDir dir;
  dir.write("station.yaml", "");
  known_.add(a_, with_problem(GetParam()), kNow);
  known_.add(a_, with_problem(GetParam()), kNow + 10min);
  ASSERT_TRUE(known_.save(dir.path(), false));
  known_ = KnownFacts::read(dir.path(), kNow + 29min);
  EXPECT_NE(known_.find(a_), nullptr);
  EXPECT_EQ(known_.next_try({{a_}, {}}), kNow + 30min);
  known_ = KnownFacts::read(dir.path(), kNow + 30min);
  EXPECT_EQ(known_.find(a_), nullptr) << "at a start what is due is not believed";
  known_.add(a_, with_problem(GetParam()), kNow + 30min);
  EXPECT_EQ(known_.next_try({{a_}, {}}), kNow + 70min) << "the third wait";
}

TEST_P(MachinesFault, IsTriedAgainWhenTheClockWasFarAhead) {
  known_.add(a_, with_problem(GetParam()), kNow + 24h * 365);
  EXPECT_TRUE(known_.wants_measuring(a_, kNow));
}

class Remembered : public ::testing::Test {
 protected:
  const Recording a_ = recording("a.mp3", {7, 100, 5, 50});
  const Recording b_ = recording("b.mp3", {8, 100, 5, 50});
  KnownFacts known_;
};

TEST_F(Remembered, TheRecordingsOwnFaultIsNeverTriedAgain) {
  known_.add(a_, with_problem("damaged"), kNow);
  EXPECT_FALSE(known_.wants_measuring(a_, kNow + 24h * 365));
  EXPECT_EQ(known_.next_try({{a_}, {}}), std::nullopt);
}

TEST_F(Remembered, WhatSeemsUnchangedAndIsNotIsBelievedUntilItIsMeasured) {
  known_.add(a_, with_problem(""), kNow);
  const auto rewritten = recording("a.mp3", {7, 100, 5, 51});
  EXPECT_TRUE(known_.wants_measuring(rewritten, kNow));
  ASSERT_NE(known_.find(rewritten), nullptr);
  auto other = with_problem("");
  other.sha256 = std::string(64, 'b');
  known_.add(rewritten, other, kNow);
  EXPECT_FALSE(known_.wants_measuring(rewritten, kNow));
  EXPECT_EQ(*known_.find(rewritten), other);
  EXPECT_EQ(known_.size(), 1u);
}

TEST_F(Remembered, AFolderThatWasTakenAwayIsKnownWhenItComesBackWithinThreeMonths) {
  known_.add(a_, with_problem(""), kNow);
  known_.add(b_, with_problem(""), kNow);
  for (int day = 1; day <= 90; ++day) known_.keep_those_of({{b_}, {}}, kNow + 24h * day);
  EXPECT_NE(known_.find(a_), nullptr);
  known_.keep_those_of({{b_}, {}}, kNow + 24h * 91);
  EXPECT_EQ(known_.find(a_), nullptr);
  EXPECT_NE(known_.find(b_), nullptr);
  EXPECT_EQ(known_.size(), 1u);
}

TEST_F(Remembered, WhenAFileWasSeenLastIsKnownToTheNextProcess) {
  const test::TempDir dir;
  dir.write("station.yaml", "");
  known_.add(a_, with_problem(""), kNow);
  known_.keep_those_of({{a_}, {}}, kNow + 24h * 80);
  ASSERT_TRUE(known_.save(dir.path(), false));
  known_ = KnownFacts::read(dir.path(), kNow + 24h * 160);
  known_.keep_those_of({}, kNow + 24h * 160);
  EXPECT_NE(known_.find(a_), nullptr) << "away for 80 days";
  known_.keep_those_of({}, kNow + 24h * 171);
  EXPECT_EQ(known_.find(a_), nullptr) << "away for 91 days";
}

TEST_F(Remembered, WhatIsForgottenLeavesTheFileToo) {
  const test::TempDir dir;
  dir.write("station.yaml", "");
  for (int each = 0; each < 2000; ++each) {
    known_.add(recording("tin/" + std::to_string(each) + ".mp3", {1, 1, 1, 1}), with_problem(""), kNow);
  }
  ASSERT_TRUE(known_.save(dir.path(), false));
  known_.add(a_, with_problem(""), kNow + 24h * 91);
  known_.keep_those_of({{a_}, {}}, kNow + 24h * 91);
  ASSERT_TRUE(known_.save(dir.path(), false));
  EXPECT_EQ(KnownFacts::read(dir.path(), kNow).size(), 1u);
  EXPECT_LT(test::read_file(StationPaths{dir.path()}.facts()).size(), 1000u);
}

TEST_F(Remembered, AFileThatIsWrittenAnewEveryMinuteDoesNotFillTheMemory) {
  for (int each = 0; each < 10'000; ++each) {
    known_.add(recording("a.mp3", {7, 100, each, each}), with_problem(""), kNow);
  }
  EXPECT_EQ(known_.size(), KnownFacts::kMostStates);
  EXPECT_NE(known_.find(recording("a.mp3", {7, 100, 9999, 0})), nullptr) << "the newest is there";
}

TEST_F(Remembered, APathMayHoldLineEnds) {
  const test::TempDir dir;
  dir.write("station.yaml", "");
  const auto odd = recording("tin\n1\n2/a.mp3", {7, -1, 5, 50});
  known_.add(odd, with_problem("silent"), kNow);
  ASSERT_TRUE(known_.save(dir.path(), false));
  known_ = KnownFacts::read(dir.path(), kNow);
  ASSERT_NE(known_.find(odd), nullptr);
  EXPECT_FALSE(known_.wants_measuring(odd, kNow));
}

}  // namespace
}  // namespace loa::station
