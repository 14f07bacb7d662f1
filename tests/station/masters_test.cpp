// The shelf of masters, with makers that work, fail, lie and die: shell scripts in loa-media's place.
#include "daemon/station/library/masters.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>

#include <sstream>

#include "daemon/station/host/aside.hpp"
#include "daemon/wire/media_messages.hpp"
#include "tests/support/temp_dir.hpp"

namespace loa::station {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

class MastersTest : public ::testing::Test {
 protected:
  MastersTest() {
    options_.folder = dir_ / "masters";
    options_.open = [this](const WantedMaster& wanted) -> std::function<Descriptor()> {
      return [file = dir_ / wanted.clip] { return Descriptor(::open(file.c_str(), O_RDONLY | O_CLOEXEC)); };
    };
    maker("");
  }

  /// Writes its master as loa-media does (--out is the fifth word) and answers; `first` runs before. A recording's
  /// content is its hash.
  void maker(const std::string& first) {
    options_.program =
        dir_.script("media", "out=$5; sha=$(cat <&3); echo $sha \"$@\" >> " + calls().string() + "\n" + first +
                                 "\necho 0123456789 > \"$out\"\nsed s/SHA/$sha/ " + answer("").string());
  }
  fs::path answer(const std::string& problem) const {
    wire::Mastered mastered;
    mastered.frames = 480;
    mastered.loudness = -16.5;
    mastered.sha256 = "SHA";
    mastered.problem = problem;
    return dir_.write("answer" + problem, wire::to_line(mastered));
  }
  fs::path calls() const { return dir_ / "calls"; }
  WantedMaster recording(const std::string& hash, double gain = 0) const {
    dir_.write("clip-" + hash, hash);
    return {hash, "clip-" + hash, gain, Frames{0}};
  }
  std::vector<std::string> made_in_order() const {
    std::vector<std::string> hashes;
    std::istringstream lines(test::read_file(calls()));
    for (std::string line; std::getline(lines, line);) hashes.push_back(line.substr(0, line.find(' ')));
    return hashes;
  }
  void make(Masters& masters, std::vector<WantedMaster> wanted) const {
    masters.want(std::move(wanted));
    masters.make_all({}, {});
  }
  std::size_t files() const {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(options_.folder), fs::directory_iterator()));
  }

  test::TempDir dir_;
  MastersOptions options_;
};

TEST_F(MastersTest, WhatIsWantedIsMadeInOrderOfFirstUseAndFound) {
  Masters masters(options_);
  EXPECT_FALSE(masters.find("b", 0));
  make(masters, {recording("b"), recording("a"), recording("c")});
  EXPECT_EQ(made_in_order(), (std::vector<std::string>{"b", "a", "c"}));
  const auto found = masters.find("a", 0);
  ASSERT_TRUE(found);
  EXPECT_TRUE(fs::path(found->path).is_absolute());
  EXPECT_TRUE(fs::exists(found->path));
  EXPECT_EQ(found->frames.count(), 480);
  EXPECT_EQ(found->loudness, -16.5);
}

TEST_F(MastersTest, TheMakerIsToldTheProfileAndTheGain) {
  options_.profile = {-20.5, -2, 2};
  Masters masters(options_);
  make(masters, {recording("a", -3)});
  const std::string words = test::read_file(calls());
  for (const char* part : {"master --fd 3", "--gain -3.000", "--target -20.500", "--peak -2.000", "--channels 2"}) {
    EXPECT_NE(words.find(part), std::string::npos) << part << " in " << words;
  }
}

TEST_F(MastersTest, AnotherGainOrProfileIsAnotherMaster) {
  const MasterProfile one;
  MasterProfile other;
  other.channels = 2;
  EXPECT_NE(master_key("a", 0, one), master_key("a", 1, one));
  EXPECT_NE(master_key("a", 0, one), master_key("a", 0, other));
  EXPECT_NE(master_key("a", 0, one), master_key("b", 0, one));
  EXPECT_EQ(master_key("a", 0, one), master_key("a", 0, MasterProfile{}));
}

TEST_F(MastersTest, AreKeptOverARestart) {
  {
    Masters masters(options_);
    make(masters, {recording("a")});
  }
  const Masters again(options_);
  ASSERT_TRUE(again.find("a", 0));
  EXPECT_EQ(again.find("a", 0)->frames.count(), 480);
  EXPECT_EQ(again.bytes(), 11u);
}

TEST_F(MastersTest, LeftoversOfADeathAreRemovedAtTheNextStart) {
  {
    Masters masters(options_);
    make(masters, {recording("a")});
  }
  dir_.write("masters/half.flac.part", "x");
  dir_.write("masters/half.json.part", "x");
  dir_.write("masters/no-note.flac", "x");
  dir_.write("masters/no-sound.json", "{\"frames\":1,\"size\":1}");
  dir_.write("masters/torn.flac", "x");
  dir_.write("masters/torn.json", "{\"frames\":1,\"si");
  dir_.write("masters/short.flac", "x");
  dir_.write("masters/short.json", "{\"frames\":1,\"size\":2}");
  const Masters again(options_);
  EXPECT_TRUE(again.find("a", 0));
  EXPECT_EQ(files(), 2u);
}

TEST_F(MastersTest, ARecordingThatCannotBeMadeIsGivenUpWithItsReason) {
  maker("cat " + answer("damaged").string() + "; exit 0");
  Masters masters(options_);
  make(masters, {recording("a"), recording("b")});
  EXPECT_EQ(masters.problem("a", 0), "damaged");
  masters.want({recording("a")});
  EXPECT_TRUE(masters.idle()) << "the recording is to blame: no second try";
}

struct Failure {
  const char* name;
  const char* maker;
  const char* problem;
};
class MastersFailures : public MastersTest, public ::testing::WithParamInterface<Failure> {};

TEST_P(MastersFailures, AreTriedAgainLaterAndLeaveNothingBehind) {
  maker(GetParam().maker);
  options_.deadline = 300ms;
  options_.retry = 1ms;
  Masters masters(options_);
  make(masters, {recording("a")});
  EXPECT_EQ(masters.problem("a", 0), GetParam().problem);
  EXPECT_FALSE(masters.find("a", 0));
  EXPECT_EQ(files(), 0u);
  maker("");
  while (!masters.find("a", 0)) make(masters, {recording("a")});
  EXPECT_EQ(masters.problem("a", 0), "");
}

INSTANTIATE_TEST_SUITE_P(All, MastersFailures,
                         ::testing::Values(Failure{"crash", "echo x > $out.part; kill -SEGV $$", "decoder-crashed"},
                                           Failure{"hang", "sleep 1000", "too-slow"},
                                           Failure{"no_answer", "exit 0", "decoder-crashed"},
                                           Failure{"disk", "exit 3", "disk"},
                                           Failure{"nothing_written", "out=/dev/null", "disk"},
                                           Failure{"other_recording", "sha=other", "recording-changed"}),
                         [](const auto& each) { return each.param.name; });

TEST_F(MastersTest, ARecordingThatChangedSinceIsNotMade) {
  options_.open = [](const WantedMaster&) -> std::function<Descriptor()> { return [] { return Descriptor(); }; };
  Masters masters(options_);
  make(masters, {recording("a")});
  EXPECT_EQ(masters.problem("a", 0), "recording-changed");
}

/// Opening what lies in this folder never comes back before release().
class HungMasters : public MastersTest {
 protected:
  HungMasters() {
    options_.open_patience = 50ms;
    options_.retry = 1ms;
    options_.open = [this, begun = begun_,
                     may_end = may_end_](const WantedMaster& wanted) -> std::function<Descriptor()> {
      return [=, file = dir_ / wanted.clip] {
        if (wanted.clip.starts_with("mang/")) {
          ++*begun;
          may_end->wait(false);
        }
        return Descriptor(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
      };
    };
  }
  ~HungMasters() override {
    release();
    EXPECT_TRUE(aside_ends(20s));
  }
  void release() const {
    *may_end_ = true;
    may_end_->notify_all();
  }
  WantedMaster on_the_drive(const std::string& hash) const {
    dir_.write("mang/" + hash, hash);
    return {hash, "mang/" + hash, 0, Frames{0}};
  }

  std::shared_ptr<std::atomic<int>> begun_ = std::make_shared<std::atomic<int>>(0);
  std::shared_ptr<std::atomic<bool>> may_end_ = std::make_shared<std::atomic<bool>>(false);
};

TEST_F(HungMasters, WhatHangsIsGivenUpAndTheOthersAreMade) {
  Masters masters(options_);
  make(masters, {on_the_drive("a"), on_the_drive("b"), recording("c")});
  EXPECT_EQ(masters.problem("a", 0), "hangs");
  EXPECT_EQ(masters.problem("b", 0), "hangs");
  EXPECT_TRUE(masters.find("c", 0));
}

TEST_F(HungMasters, OfAFolderThatHangsNoMoreThanOneThreadIsHeld) {
  Masters masters(options_);
  for (int round = 0; round < 20; ++round) make(masters, {on_the_drive("a"), on_the_drive("b")});
  EXPECT_EQ(*begun_, 1);
}

TEST_F(HungMasters, AreMadeWhenTheDriveAnswersAgain) {
  Masters masters(options_);
  make(masters, {on_the_drive("a")});
  ASSERT_EQ(masters.problem("a", 0), "hangs");
  release();
  while (!masters.find("a", 0)) make(masters, {on_the_drive("a")});
  EXPECT_EQ(masters.problem("a", 0), "");
}

TEST_F(HungMasters, EndWithoutWaiting) {
  {
    Masters masters(options_);
    masters.want({on_the_drive("a")});
  }
  EXPECT_FALSE(aside_ends(0ms)) << "the thread is held still";
}

TEST_F(MastersTest, WhatNobodyWantsGoesOldestFirstWhenRoomIsNeeded) {
  options_.most_bytes = 30;
  Masters masters(options_);
  make(masters, {recording("a"), recording("b")});
  fs::last_write_time(masters.find("a", 0)->path, fs::file_time_type::clock::now() - 2h);
  fs::last_write_time(masters.find("b", 0)->path, fs::file_time_type::clock::now() - 3h);
  Masters again(options_);
  make(again, {recording("0123456789")});
  EXPECT_TRUE(again.find("0123456789", 0));
  EXPECT_TRUE(again.find("a", 0));
  EXPECT_FALSE(again.find("b", 0)) << "the oldest";
}

TEST_F(MastersTest, WhatIsWantedIsNeverEvicted) {
  options_.most_bytes = 15;
  Masters masters(options_);
  make(masters, {recording("a"), recording("0123456789")});
  EXPECT_TRUE(masters.find("a", 0));
  EXPECT_FALSE(masters.find("0123456789", 0));
  EXPECT_EQ(masters.problem("0123456789", 0), "disk-full");
}

TEST_F(MastersTest, TheLedgersReserveOfTheDiskIsNotTouched) {
  options_.spare_bytes = fs::space(dir_.path()).capacity + 1;
  Masters masters(options_);
  make(masters, {recording("a")});
  EXPECT_EQ(masters.problem("a", 0), "disk-full");
}

TEST_F(MastersTest, TheLedgersReserveLeavesHalfOfASmallDisk) {
  const auto capacity = fs::space(dir_.path()).capacity;
  EXPECT_EQ(ledger_reserve(dir_.path()), std::min<std::uint64_t>(500u << 20, capacity / 2));
  EXPECT_EQ(ledger_reserve(dir_ / "state/masters"), ledger_reserve(dir_.path())) << "not made yet";
}

TEST_F(MastersTest, WhatIsGivenUpIsNamedOnceUntilItIsThere) {
  options_.retry = 1ms;
  maker("exit 3");
  Masters masters(options_);
  make(masters, {recording("a")});
  while (made_in_order().size() < 3) make(masters, {recording("a")});
  EXPECT_EQ(masters.take_failures(), (std::vector<NotMastered>{{"clip-a", "disk"}}));
  maker("");
  while (!masters.find("a", 0)) make(masters, {recording("a")});
  EXPECT_TRUE(masters.take_failures().empty());
}

TEST_F(MastersTest, WhatSomebodyRemovedIsMadeAgain) {
  Masters masters(options_);
  make(masters, {recording("a")});
  fs::remove(masters.find("a", 0)->path);
  make(masters, {recording("a")});
  ASSERT_TRUE(masters.find("a", 0));
  EXPECT_TRUE(fs::exists(masters.find("a", 0)->path));
}

TEST_F(MastersTest, AFolderThatSomebodyRemovedIsFilledAgainAtOnce) {
  Masters masters(options_);
  make(masters, {recording("a"), recording("b")});
  fs::remove_all(options_.folder);
  make(masters, {recording("a"), recording("b"), recording("c")});
  for (const auto* hash : {"a", "b", "c"}) {
    ASSERT_TRUE(masters.find(hash, 0)) << hash;
    EXPECT_TRUE(fs::exists(masters.find(hash, 0)->path)) << hash;
  }
  // Given up for the missing folder a moment before it was made again: that is no reason to wait a minute.
  fs::remove_all(options_.folder);
  maker("rm -rf " + options_.folder.string());
  Masters others(options_);
  make(others, {recording("d")});
  EXPECT_EQ(others.problem("d", 0), "disk");
  maker("");
  make(others, {recording("d")});
  EXPECT_TRUE(others.find("d", 0));
}

TEST_F(MastersTest, WhatNobodyWantsAnyMoreIsNotRememberedAsGivenUp) {
  maker("exit 1");
  Masters masters(options_);
  make(masters, {recording("a")});
  EXPECT_NE(masters.problem("a", 0), "");
  make(masters, {recording("b")});
  EXPECT_EQ(masters.problem("a", 0), "");
  EXPECT_NE(masters.problem("b", 0), "");
}

TEST_F(MastersTest, ALoopIsWokenWhenOneIsReady) {
  Masters masters(options_);
  masters.want({recording("a")});
  while (!masters.on_ready()) {
    pollfd look{masters.wait_fd(), POLLIN, 0};
    ASSERT_EQ(::poll(&look, 1, 30000), 1);
  }
  EXPECT_TRUE(masters.find("a", 0));
  EXPECT_TRUE(masters.idle());
}

TEST_F(MastersTest, TheListMayChangeWhileOneIsBeingMade) {
  Masters masters(options_);
  masters.want({recording("a"), recording("b")});
  EXPECT_FALSE(masters.idle());
  make(masters, {recording("c")});
  EXPECT_TRUE(masters.find("a", 0)) << "what was begun is finished";
  EXPECT_FALSE(masters.find("b", 0));
  EXPECT_TRUE(masters.find("c", 0));
}

TEST_F(MastersTest, DiesWithoutLeavingAMakerBehind) {
  maker("sleep 1000");
  {
    Masters masters(options_);
    masters.want({recording("a")});
  }
  const Masters again(options_);
  EXPECT_FALSE(again.find("a", 0));
}

}  // namespace
}  // namespace loa::station
