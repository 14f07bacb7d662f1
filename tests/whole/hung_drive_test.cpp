// A station that shares a network drive, and the drive hangs: what is planned sounds, and the end comes in time.
#include <gtest/gtest.h>
#include <signal.h>

#include "daemon/station/host/lock.hpp"
#include "tests/support/daemon.hpp"
#include "tests/support/hung_drive.hpp"

namespace loa::test {
namespace {

using namespace std::chrono_literals;
using Hang = HungDrive::Hang;

constexpr std::string_view kSettings =
    "station: {id: xa-thu, name: Xã Thử, timezone: UTC, language: en}\n"
    "shared: [../chung]\n"
    "permitted_hours: [{days: daily, from: \"00:00\", until: \"24:00\"}]\n"
    "audio: {device: none}\n";

class HungDriveTest : public ::testing::Test {
 protected:
  HungDriveTest() {
    std::filesystem::create_directories(station_.outside("chung"));
    drive_ = std::make_unique<HungDrive>(station_.outside("chung"));
    station_.recording("a.wav", 1);
  }
  void SetUp() override {
    if (!drive_->mounted()) GTEST_SKIP() << "FUSE may not be mounted here";
    ASSERT_EQ(station_.loa({"library"}).code, 0);
    schedule("sang", 10s);
  }
  void schedule(const std::string& programme, std::chrono::seconds ahead) {
    station_.write("schedule/lich.yaml", "articles: {a: {title: A, clip: a.wav}}\nprogrammes: {" + programme +
                                             ": {at: \"" + time_from_now(ahead) + "\", items: [a]}}\n");
  }
  /// An edit makes the daemon look; somebody is held from then on.
  bool hangs(Hang how) {
    drive_->hang(how);
    station_.write("schedule/them.yaml", "articles: {b: {title: B, clip: a.wav}}\n");
    return until([this] { return drive_->holds(); });
  }
  bool has_master() const {
    const auto folder = station_.path() / "state/masters";
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
      if (entry.path().extension() == ".json") return true;
    }
    return false;
  }
  static bool until(const std::function<bool()>& condition) {
    for (int each = 0; each < 3000 && !condition(); ++each) std::this_thread::sleep_for(10ms);
    return condition();
  }

  StationFolder station_{kSettings};
  std::unique_ptr<HungDrive> drive_;
};

TEST_F(HungDriveTest, WhatIsPlannedSoundsAndTheEndComes) {
  Daemon daemon(station_);
  ASSERT_TRUE(daemon.says("the plan is in force")) << daemon.words();
  ASSERT_TRUE(hangs(Hang::killable));
  EXPECT_TRUE(daemon.says("a: aired")) << daemon.words();
  EXPECT_TRUE(daemon.answers("\"id\":")) << daemon.words();
  daemon.signal(SIGTERM);
  EXPECT_EQ(daemon.wait(), 0);
  EXPECT_EQ(station_.loa({"log", "verify"}).code, 0);
}

TEST_F(HungDriveTest, AThreadThatNothingEndsDoesNotKeepTheStation) {
  Daemon daemon(station_);
  ASSERT_TRUE(daemon.says("the plan is in force")) << daemon.words();
  ASSERT_TRUE(hangs(Hang::unkillable));
  EXPECT_TRUE(daemon.says("a: aired")) << daemon.words();
  daemon.signal(SIGTERM);
  station::LockFault fault{};
  EXPECT_TRUE(station::StateLock::acquire(station_.path(), fault, 30s)) << "the next run may begin";
  EXPECT_EQ(station_.loa({"log", "verify"}).code, 0);
  drive_.reset();
  EXPECT_EQ(daemon.wait(), 0);
}

TEST_F(HungDriveTest, AStartWithoutAnAnswerPlaysTheLastAcceptedPlan) {
  schedule("trua", 60s);
  {
    Daemon daemon(station_);
    ASSERT_TRUE(daemon.says("the plan is in force")) << daemon.words();
    ASSERT_TRUE(until([this] { return has_master(); }));
    daemon.signal(SIGTERM);
    ASSERT_EQ(daemon.wait(), 0);
  }
  drive_->hang(Hang::killable);
  Daemon daemon(station_);
  EXPECT_TRUE(daemon.says("give no answer")) << daemon.words();
  EXPECT_TRUE(daemon.says("a: aired")) << daemon.words();
  drive_->hang(Hang::not_at_all);
  EXPECT_TRUE(daemon.says("answer again")) << daemon.words();
  daemon.signal(SIGTERM);
  EXPECT_EQ(daemon.wait(), 0);
  EXPECT_EQ(station_.loa({"log", "verify"}).code, 0);
}

}  // namespace
}  // namespace loa::test
