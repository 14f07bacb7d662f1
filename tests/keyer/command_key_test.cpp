// A key that a program turns, with real programs: good ones, wrong ones, one that hangs.
#include "daemon/keyer/command_key.hpp"

#include <gmock/gmock.h>
#include <signal.h>

#include <fstream>

#include "tests/support/temp_dir.hpp"

namespace loa::keyer {
namespace {

using testing::HasSubstr;

class CommandKeyTest : public testing::Test {
 protected:
  std::string script(const std::string& body) { return folder_.script("tang-am", body).string(); }
  /// Runs it to its end; waits at its descriptors. `now` stands still unless `later` is given.
  Outcome turn(CommandKey& key, Action action, Steady later = {}) {
    key.begin(action, Steady{});
    for (;;) {
      if (const auto outcome = key.look(later)) return *outcome;
      std::vector<pollfd> watched;
      key.watch(watched);
      ::poll(watched.data(), watched.size(), 20'000);
    }
  }
  std::string read(const std::string& name) const {
    std::ifstream in(folder_ / name);
    return {std::istreambuf_iterator<char>(in), {}};
  }

  test::TempDir folder_;
};

TEST_F(CommandKeyTest, IsCalledWithOnAndOff) {
  CommandKey key(script("echo \"$1 $#\" >> " + (folder_ / "log").string()), false);
  EXPECT_EQ(turn(key, Action::on).fault, "");
  EXPECT_EQ(turn(key, Action::off).fault, "");
  EXPECT_EQ(read("log"), "on 1\noff 1\n");
  EXPECT_FALSE(key.tells(true));
}

TEST_F(CommandKeyTest, AnswersWhatItsStateIs) {
  CommandKey key(script("echo ON; echo on >&2"), true);
  EXPECT_THAT(turn(key, Action::state).fault, HasSubstr("answered neither on nor off: on"));
  CommandKey right(script("echo ' off '"), true);
  EXPECT_EQ(turn(right, Action::state).on, false);
}

TEST_F(CommandKeyTest, SaysWhyItFailed) {
  CommandKey key(script("echo ignored; echo 'no such relay' >&2; exit 4"), false);
  EXPECT_THAT(turn(key, Action::on).fault, HasSubstr("tang-am on ended with status 4: no such relay"));
  CommandKey killed(script("kill -9 $$"), false);
  EXPECT_THAT(turn(killed, Action::on).fault, HasSubstr("was killed by signal 9"));
  CommandKey absent((folder_ / "not-there").string(), false);
  EXPECT_THAT(turn(absent, Action::on).fault, HasSubstr("not-there: No such file or directory"));
  CommandKey no_program(folder_.write("text", "#!/no/such/shell\r\n").string(), false);
  EXPECT_THAT(turn(no_program, Action::on).fault, HasSubstr("Permission denied"));
}

TEST_F(CommandKeyTest, OneThatHangsIsKilledAtItsLimitWithAllThatItStarted) {
  const auto pid_file = (folder_ / "pid").string();
  CommandKey key(script("sleep 1000 & echo $! > " + pid_file + "; echo; wait"), false);
  key.begin(Action::on, Steady{});
  while (read("pid").empty()) {
    std::vector<pollfd> watched;
    key.watch(watched);
    ::poll(watched.data(), watched.size(), 10);
    ASSERT_FALSE(key.look(Steady{} + CommandKey::kSwitchLimit - std::chrono::milliseconds(1)));
  }
  const auto outcome = key.look(Steady{} + CommandKey::kSwitchLimit);
  ASSERT_TRUE(outcome);
  EXPECT_THAT(outcome->fault, HasSubstr("did not end within 5 s and was killed"));
  const auto pid = std::stoi(read("pid"));
  for (int i = 0; i < 1000 && ::kill(pid, 0) == 0; ++i) ::poll(nullptr, 0, 10);
  std::ifstream stat("/proc/" + std::to_string(pid) + "/stat");
  const std::string line{std::istreambuf_iterator<char>(stat), {}};
  EXPECT_TRUE(line.empty() || line.find(") Z ") != std::string::npos) << line;
}

TEST_F(CommandKeyTest, ANewWordGivesUpWhatRuns) {
  CommandKey key(script("if [ $1 = on ]; then sleep 1000; fi"), false);
  key.begin(Action::on, Steady{});
  EXPECT_FALSE(key.look(Steady{}));
  EXPECT_EQ(turn(key, Action::off).fault, "");
}

TEST_F(CommandKeyTest, OneThatTalksWithoutEndIsKilledAtItsTime) {
  CommandKey key(script("yes"), false);
  EXPECT_THAT(turn(key, Action::on, Steady{} + CommandKey::kSwitchLimit).fault, HasSubstr("was killed"));
}

TEST_F(CommandKeyTest, WhatItSaysWithoutEndHoldsNothingUp) {
  CommandKey key(script("head -c 1000000 /dev/zero | tr '\\0' x; echo; echo done"), false);
  EXPECT_EQ(turn(key, Action::on).fault, "");
}

}  // namespace
}  // namespace loa::keyer
