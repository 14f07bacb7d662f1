// Somebody "cleans up" in state/ while the station runs: the programme goes on, what is written from then on has a
// place, and what was in the newest month is still there.
#include <sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <unistd.h>

#include <fstream>

#include "tests/whole/run_fixture.hpp"

namespace loa::test {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using testing::Contains;
using testing::HasSubstr;

class RunStateTest : public RunTest {
 protected:
  fs::path state() const { return station_.path() / "state"; }
  std::vector<std::string> kinds() {
    std::vector<std::string> found;
    for (const auto& row : rows()) found.push_back(text(row, "kind"));
    return found;
  }
  static std::size_t times(const std::string& words, const std::string& what) {
    std::size_t count = 0;
    for (auto at = words.find(what); at != std::string::npos; at = words.find(what, at + 1)) ++count;
    return count;
  }
  /// The station goes on and everything is where it belongs again.
  void expect_whole(Daemon& daemon, const std::string& said) {
    ASSERT_TRUE(daemon.says(said)) << daemon.words();
    ASSERT_TRUE(daemon.answers("\"next\"") || daemon.answers("\"on_air\"")) << daemon.words();
    ASSERT_TRUE(until_there({"keys/ledger", "ledger", "plans", "lock", "loa.sock"})) << daemon.words();
    EXPECT_EQ(station_.loa({"run", "--for", "1s"}).code, 3) << "a second run";
  }
  bool until_there(const std::vector<std::string>& names) const {
    const auto deadline = std::chrono::steady_clock::now() + 60s;
    for (const auto& name : names) {
      while (!fs::exists(state() / name)) {
        if (std::chrono::steady_clock::now() > deadline) return false;
        station_.loa({"now"});
      }
    }
    return true;
  }
};

constexpr const char* kSaid = "it is made again and the programme goes on";

TEST_F(RunStateTest, AStateFolderThatIsDeletedIsMadeAgainAndNoRowIsLost) {
  schedule(programme("sang", time_from_now(kSoon), "[a, dai, b]"));
  Daemon daemon(station_);
  ASSERT_TRUE(daemon.answers("\"article\":\"dai\",\"clip\"")) << daemon.words();
  const auto before = rows().size();
  fs::remove_all(state());
  expect_whole(daemon, kSaid);
  ASSERT_TRUE(daemon.says("dai: aired")) << daemon.words();
  ASSERT_TRUE(daemon.says("b: ")) << daemon.words();
  daemon.signal(SIGTERM);
  EXPECT_EQ(daemon.wait(), 0);
  EXPECT_EQ(times(daemon.words(), "somebody took away"), 1u) << daemon.words();
  EXPECT_EQ(times(daemon.words(), "wait in memory"), 0u) << daemon.words();
  EXPECT_GT(rows().size(), before);
  EXPECT_EQ(verdicts(), (std::vector<std::string>{"a aired/none", "dai aired/none", "b aired/none"}));
  const auto found = kinds();
  EXPECT_EQ(std::count(found.begin(), found.end(), "disk"), 1);
  EXPECT_EQ(std::count(found.begin(), found.end(), "lost"), 0);
  expect_proof();
}

TEST_F(RunStateTest, TheNextStartKnowsWhatWasAiredAndInForce) {
  schedule(programme("sang", time_from_now(kSoon), "[a, dai]"));
  {
    Daemon daemon(station_);
    ASSERT_TRUE(daemon.answers("\"article\":\"dai\",\"clip\"")) << daemon.words();
    fs::remove_all(state());
    expect_whole(daemon, kSaid);
    daemon.signal(SIGKILL);
    daemon.wait();
  }
  station_.write("schedule/lich.yaml", "programmes: [");
  Daemon again(station_);
  ASSERT_TRUE(again.says("dai: partial/power")) << again.words();
  EXPECT_TRUE(again.said("the last good plan stays on air")) << again.words();
  again.signal(SIGTERM);
  EXPECT_EQ(again.wait(), 0);
  EXPECT_EQ(verdicts(), (std::vector<std::string>{"a aired/none", "dai partial/power"}));
  expect_proof();
}

TEST_F(RunStateTest, OneThatIsMovedAwayIsNotWrittenToAnyMore) {
  schedule(programme("sang", time_from_now(3600s), "[a]"));
  Daemon daemon(station_);
  ASSERT_TRUE(daemon.answers("\"next\"")) << daemon.words();
  fs::rename(state(), station_.outside("state.old"));
  expect_whole(daemon, kSaid);
  const auto month = *fs::directory_iterator(station_.outside("state.old/ledger"));
  const auto size = fs::file_size(month);
  daemon.signal(SIGTERM);
  EXPECT_EQ(daemon.wait(), 0);
  EXPECT_EQ(fs::file_size(month), size);
  EXPECT_THAT(kinds(), Contains("shutdown"));
  expect_proof();
}

TEST_F(RunStateTest, OneThatIsEmptiedIsFilledAgain) {
  schedule(programme("sang", time_from_now(3600s), "[a]"));
  Daemon daemon(station_);
  ASSERT_TRUE(daemon.answers("\"next\"")) << daemon.words();
  const auto key = read_file(state() / "keys/ledger");
  for (const auto& entry : fs::directory_iterator(state())) fs::remove_all(entry.path());
  expect_whole(daemon, kSaid);
  EXPECT_EQ(read_file(state() / "keys/ledger"), key);
  daemon.signal(SIGTERM);
  EXPECT_EQ(daemon.wait(), 0);
  expect_proof();
}

TEST_F(RunStateTest, WhileAFileIsInItsPlaceRowsWaitAndAreWrittenWhenItIsGone) {
  schedule(programme("sang", time_from_now(kSoon), "[dai]"));
  Daemon daemon(station_);
  ASSERT_TRUE(daemon.answers("\"article\":\"dai\",\"clip\"")) << daemon.words();
  fs::rename(state(), station_.outside("state.old"));
  station_.write("state", "a file where the folder should be");
  ASSERT_TRUE(daemon.says("dai: aired")) << daemon.words();
  ASSERT_TRUE(daemon.says("it cannot be made again")) << daemon.words();
  fs::remove(state());
  expect_whole(daemon, kSaid);
  daemon.signal(SIGTERM);
  EXPECT_EQ(daemon.wait(), 0);
  EXPECT_EQ(times(daemon.words(), "DISK"), 2u) << daemon.words();
  EXPECT_EQ(verdicts(), (std::vector<std::string>{"dai aired/none"}));
  expect_proof();
}

/// What this process mounts is seen by it and its children alone, and gone with them.
bool may_mount() {
  static const bool may = [] {
    const auto user = std::to_string(::getuid()), group = std::to_string(::getgid());
    if (::unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0) return false;
    std::ofstream("/proc/self/setgroups") << "deny";
    std::ofstream("/proc/self/uid_map") << "0 " + user + " 1";
    std::ofstream("/proc/self/gid_map") << "0 " + group + " 1";
    return true;
  }();
  return may;
}

TEST_F(RunStateTest, ADiskThatCanOnlyBeReadIsWaitedFor) {
  if (!may_mount()) GTEST_SKIP() << "this machine lets no user mount anything of its own";
  schedule(programme("sang", time_from_now(kSoon), "[dai]"));
  Daemon daemon(station_);
  ASSERT_TRUE(daemon.answers("\"article\":\"dai\",\"clip\"")) << daemon.words();
  ASSERT_EQ(::mount("none", state().c_str(), "tmpfs", MS_RDONLY, nullptr), 0) << errno;
  ASSERT_TRUE(daemon.says("Read-only file system")) << daemon.words();
  ASSERT_TRUE(daemon.says("dai: aired")) << daemon.words();
  ASSERT_EQ(::umount(state().c_str()), 0) << errno;
  ASSERT_TRUE(daemon.answers("\"next\"")) << daemon.words();
  daemon.signal(SIGTERM);
  EXPECT_EQ(daemon.wait(), 0);
  EXPECT_EQ(times(daemon.words(), "DISK"), 1u) << daemon.words();
  EXPECT_EQ(verdicts(), (std::vector<std::string>{"dai aired/none"}));
  const auto found = kinds();
  EXPECT_EQ(std::count(found.begin(), found.end(), "disk"), 1);
  expect_proof();
}

TEST_F(RunStateTest, TheSocketAloneIsMadeAgain) {
  schedule(programme("sang", time_from_now(3600s), "[a]"));
  Daemon daemon(station_);
  ASSERT_TRUE(daemon.answers("\"next\"")) << daemon.words();
  fs::remove(state() / "loa.sock");
  EXPECT_TRUE(daemon.answers("\"next\"")) << daemon.words();
}

TEST_F(RunStateTest, PlansThatNeverWereInForceGoAndThoseThatWereStay) {
  schedule(programme("sang", time_from_now(3600s), "[a]"));
  for (const auto* items : {"[a]", "[a, b]"}) {
    schedule(programme("sang", time_from_now(3600s), items));
    Daemon daemon(station_, {"--for", "1s"});
    ASSERT_EQ(daemon.wait(), 0) << daemon.words();
  }
  const auto count = [this] { return std::distance(fs::directory_iterator(state() / "plans"), {}); };
  ASSERT_EQ(count(), 2);
  const auto idle = station_.write("state/plans/" + std::string(64, '0'), "kept, and then the power failed");
  station_.write("state/plans/" + std::string(64, '1') + ".part", "half wri");
  Daemon daemon(station_);
  ASSERT_TRUE(daemon.answers("\"next\"")) << daemon.words();
  const auto deadline = std::chrono::steady_clock::now() + 60s;
  while (count() > 2 && std::chrono::steady_clock::now() < deadline) station_.loa({"now"});
  EXPECT_EQ(count(), 2);
  EXPECT_FALSE(fs::exists(idle));
}

TEST_F(RunStateTest, ASignOfLifeThatCannotBeWrittenIsSaidAndLogged) {
  schedule(programme("sang", time_from_now(3600s), "[a]"));
  fs::create_directories(state() / "progress");
  Daemon daemon(station_);
  ASSERT_TRUE(daemon.says("DISK: the sign of life " + (state() / "progress").string() + " cannot be written: Is a "))
      << daemon.words();
  ASSERT_TRUE(daemon.answers("\"next\"")) << daemon.words();
  daemon.signal(SIGTERM);
  EXPECT_EQ(daemon.wait(), 0);
  EXPECT_THAT(kinds(), Contains("disk"));
  EXPECT_EQ(times(daemon.words(), "sign of life"), 1u);
  expect_proof();
}

TEST_F(RunStateTest, ALockThatCannotBeTakenIsNamed) {
  schedule(programme("sang", time_from_now(3600s), "[a]"));
  fs::remove(state() / "lock");
  fs::create_directories(state() / "lock");
  const auto run = station_.loa({"run", "--for", "1s"});
  EXPECT_EQ(run.code, 3);
  EXPECT_THAT(run.err, HasSubstr((state() / "lock").string() + " cannot be written: Is a directory"));
}

}  // namespace
}  // namespace loa::test
