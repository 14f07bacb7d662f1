// The program: order, and everything off however the daemon ends. Its commands are real ones that write down when.
#include <gmock/gmock.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <fstream>

#include "daemon/wire/keyer_messages.hpp"
#include "daemon/wire/socket_lines.hpp"
#include "tests/support/process.hpp"
#include "tests/support/temp_dir.hpp"

namespace loa::keyer {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using What = wire::KeyEvent::What;

class LoaKeyer : public testing::Test {
 protected:
  LoaKeyer() {
    std::array<int, 2> ends{};
    EXPECT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()), 0);
    pid_ = ::fork();
    if (pid_ == 0) {
      ::dup2(ends[1], 3);
      ::execl(LOA_BIN "/loa-keyer", "loa-keyer", "--fd", "3", static_cast<char*>(nullptr));
      ::_exit(127);
    }
    ::close(ends[1]);
    link_ = std::make_unique<wire::SocketLines>(ends[0]);
  }
  ~LoaKeyer() override {
    if (pid_ > 0) {
      ::kill(pid_, SIGKILL);
      ::waitpid(pid_, nullptr, 0);
    }
  }

  /// A command that writes its name, its word and the time into one file; `body` before that.
  wire::KeySetup command(const std::string& name, const std::string& body = "") {
    const auto log = (folder_ / "log").string();
    const auto path = folder_.script(name, body + "\necho " + name + " $1 $(date +%s%3N) >> " + log);
    return {"command", "", "", path.string(), false, ""};
  }
  void say(const wire::KeyerOrder& order) { link_->send(wire::to_line(order)); }
  /// Until `count` events of that kind came; false when they do not.
  bool hears(What what, std::size_t count) {
    const auto deadline = std::chrono::steady_clock::now() + 20s;
    while (std::chrono::steady_clock::now() < deadline) {
      for (const auto& line : link_->receive()) {
        const auto event = wire::keyer_event_from(line);
        if (!event) continue;
        if (const auto* key = std::get_if<wire::KeyEvent>(&*event)) events_.push_back(*key);
      }
      const auto found = std::count_if(events_.begin(), events_.end(), [&](const auto& e) { return e.what == what; });
      if (static_cast<std::size_t>(found) >= count) return true;
      if (link_->closed()) return false;
      pollfd readable{link_->fd(), POLLIN, 0};
      ::poll(&readable, 1, 100);
    }
    return false;
  }
  int exit_code() {
    int status = -1;
    ::waitpid(std::exchange(pid_, -1), &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
  }
  std::vector<std::string> log() const {
    std::ifstream in(folder_ / "log");
    std::vector<std::string> lines;
    std::string name, word;
    for (long long at = 0; in >> name >> word >> at;) lines.push_back(name + " " + word);
    return lines;
  }
  long long time_of_last() const {
    std::ifstream in(folder_ / "log");
    std::string name, word;
    long long at = 0, last = 0;
    while (in >> name >> word >> at) last = at;
    return last;
  }
  static long long milliseconds_now() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
        .count();
  }
  void switch_on() {
    say(wire::KeysOrder{{command("tx"), command("amp")}});
    say(wire::WantOrder{{true, true}});
    ASSERT_TRUE(hears(What::done, 2));
  }

  test::TempDir folder_;
  pid_t pid_ = -1;
  std::unique_ptr<wire::SocketLines> link_;
  std::vector<wire::KeyEvent> events_;
};

TEST_F(LoaKeyer, SwitchesOnInTheirOrderAndOffInTheOpposite) {
  // The first takes its time: the second waits for it.
  say(wire::KeysOrder{{command("tx", "sleep 0.2"), command("amp")}});
  say(wire::WantOrder{{true, true}});
  ASSERT_TRUE(hears(What::done, 2));
  say(wire::WantOrder{{false, false}});
  ASSERT_TRUE(hears(What::done, 4));
  EXPECT_THAT(log(), ElementsAre("tx on", "amp on", "amp off", "tx off"));
}

TEST_F(LoaKeyer, IsQuietWhileAllIsOffAndKeepsWhatIsRepeated) {
  switch_on();
  for (int i = 0; i < 12; ++i) {  // 2.4 s: longer than one word is good for
    say(wire::WantOrder{{true, true}});
    ::poll(nullptr, 0, 200);
  }
  EXPECT_THAT(log(), ElementsAre("tx on", "amp on"));
}

TEST_F(LoaKeyer, ADaemonThatStandsStillIsLetGoOfWithinTwoSeconds) {
  switch_on();
  const auto last_word = milliseconds_now();
  say(wire::WantOrder{{true, true}});
  ASSERT_TRUE(hears(What::released, 2));
  ASSERT_TRUE(hears(What::done, 4));
  EXPECT_THAT(log(), ElementsAre("tx on", "amp on", "amp off", "tx off"));
#ifndef LOA_SANITIZED
  EXPECT_LT(time_of_last() - last_word, 2000);
#endif
  EXPECT_GE(time_of_last() - last_word, 1400);
  say(wire::WantOrder{{true, true}});
  EXPECT_TRUE(hears(What::done, 6)) << "it came back to life";
}

TEST_F(LoaKeyer, ADaemonThatIsGoneIsLetGoOfAtOnce) {
  switch_on();
  ::shutdown(link_->fd(), SHUT_RDWR);
  EXPECT_EQ(exit_code(), 0);
  EXPECT_THAT(log(), ElementsAre("tx on", "amp on", "amp off", "tx off"));
}

TEST_F(LoaKeyer, ASignalLetsGo) {
  switch_on();
  ::kill(pid_, SIGTERM);
  EXPECT_EQ(exit_code(), 0);
  EXPECT_THAT(log(), ElementsAre("tx on", "amp on", "amp off", "tx off"));
}

TEST_F(LoaKeyer, ACommandThatHangsKeepsNobodyElseFromBeingReleased) {
  say(wire::KeysOrder{{command("tx", "if [ $1 = on ]; then sleep 1000; fi"), command("amp")}});
  say(wire::WantOrder{{true, true}});
  ASSERT_TRUE(hears(What::done, 1)) << "the second waits for the first only so long";
  ::shutdown(link_->fd(), SHUT_RDWR);
  EXPECT_EQ(exit_code(), 0);
  EXPECT_THAT(log(), testing::UnorderedElementsAre("amp on", "amp off", "tx off"));
}

TEST_F(LoaKeyer, OneThatIsStartedAnewSwitchesOffWhatMayBeOn) {
  say(wire::KeysOrder{{command("amp")}});
  say(wire::WantOrder{{false}});
  ASSERT_TRUE(hears(What::done, 1));
  EXPECT_THAT(log(), ElementsAre("amp off"));
}

TEST_F(LoaKeyer, WrongLinesAreIgnored) {
  link_->send("{\"order\":\"want\",\"on\":[1]}\nnothing\n{\"order\":\"keys\",\"keys\":[{}]}\n");
  say(wire::KeysOrder{{command("amp")}});
  say(wire::WantOrder{{true, true, true}});
  EXPECT_TRUE(hears(What::done, 1));
}

TEST(LoaKeyerUsage, IsRefused) {
  EXPECT_EQ(test::run_program({LOA_BIN "/loa-keyer"}).code, 2);
  EXPECT_EQ(test::run_program({LOA_BIN "/loa-keyer", "--fd", "x"}).code, 2);
}

}  // namespace
}  // namespace loa::keyer
