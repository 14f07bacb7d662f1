// The program with its capture child, on a named pipe in place of a sound card: what it hears, and an input that is
// absent, gone, hangs, or comes back.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <chrono>
#include <fstream>
#include <thread>

#include "daemon/wire/descriptors.hpp"
#include "daemon/wire/listener_messages.hpp"
#include "daemon/wire/socket_lines.hpp"
#include "tests/support/made_up_voice.hpp"
#include "tests/support/simulated_room.hpp"
#include "tests/support/temp_dir.hpp"

#include <poll.h>

namespace loa::listener {
namespace {

using namespace std::chrono_literals;
using State = wire::InputEvent::State;

std::chrono::nanoseconds boot_time() {
  timespec now{};
  ::clock_gettime(CLOCK_BOOTTIME, &now);
  return std::chrono::seconds(now.tv_sec) + std::chrono::nanoseconds(now.tv_nsec);
}

/// Writes sound into a named pipe at the pace of the clock, silence before and after it.
class Microphone {
 public:
  Microphone(std::string path, std::vector<float> sound) : path_(std::move(path)), sound_(std::move(sound)) {
    ::signal(SIGPIPE, SIG_IGN);
    thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
  }
  /// From now on; the instant of its first sample.
  std::chrono::nanoseconds play() {
    const auto at = boot_time() + 100ms;
    at_ = at.count();
    return at;
  }

 private:
  void run(const std::stop_token& stop) {
    int fd = -1;
    while (!stop.stop_requested() && fd < 0) {
      fd = ::open(path_.c_str(), O_WRONLY | O_NONBLOCK | O_CLOEXEC);
      if (fd < 0) std::this_thread::sleep_for(10ms);
    }
    std::vector<float> block(960);
    for (auto next = boot_time(); !stop.stop_requested(); next += 20ms) {
      for (std::size_t i = 0; i < block.size(); ++i) {
        const auto frame =
            at_ == 0 ? -1 : std::chrono::nanoseconds(next.count() - at_).count() * 48 / 1'000'000 + std::int64_t(i);
        block[i] = frame < 0 || frame >= std::int64_t(sound_.size()) ? 0.0F : sound_[std::size_t(frame)];
      }
      while (boot_time() < next + 20ms) std::this_thread::sleep_for(1ms);
      [[maybe_unused]] const auto wrote = ::write(fd, block.data(), block.size() * sizeof(float));
    }
    ::close(fd);
  }

  std::string path_;
  std::vector<float> sound_;
  std::atomic<std::int64_t> at_{0};
  std::jthread thread_;
};

class LoaListener : public testing::Test {
 protected:
  ~LoaListener() override {
    if (pid_ <= 0) return;
    link_.reset();  // it ends, and takes its capture with it
    const auto deadline = std::chrono::steady_clock::now() + 20s;
    while (::waitpid(pid_, nullptr, WNOHANG) == 0 && std::chrono::steady_clock::now() < deadline)
      std::this_thread::sleep_for(10ms);
  }
  std::string pipe() const { return (folder_ / "line").string(); }
  void start(const std::string& input, const std::string& player = LOA_BIN "/loa-player") {
    std::array<int, 2> ends{};
    ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()), 0);
    pid_ = ::fork();
    if (pid_ == 0) {
      ::dup2(ends[1], 3);
      ::execl(LOA_BIN "/loa-listener", "loa-listener", "--fd", "3", "--player", player.c_str(), "--input",
              input.c_str(), static_cast<char*>(nullptr));
      ::_exit(127);
    }
    ::close(ends[1]);
    link_ = std::make_unique<wire::SocketLines>(ends[0]);
  }
  void say(const wire::ListenerOrder& order) { link_->send(wire::to_line(order)); }
  /// The next such event; nothing when none comes.
  template <class Event>
  std::optional<Event> next(std::chrono::seconds patience = 30s) {
    const auto deadline = std::chrono::steady_clock::now() + patience;
    while (std::chrono::steady_clock::now() < deadline) {
      for (const auto& line : link_->receive()) {
        if (const auto event = wire::listener_event_from(line)) events_.push_back(*event);
      }
      for (auto event = events_.begin(); event != events_.end(); ++event) {
        if (!std::holds_alternative<Event>(*event)) continue;
        const auto found = std::get<Event>(*event);
        events_.erase(event);
        return found;
      }
      if (link_->closed()) return std::nullopt;
      pollfd readable{link_->fd(), POLLIN, 0};
      ::poll(&readable, 1, 100);
    }
    return std::nullopt;
  }
  State next_state() {
    const auto event = next<wire::InputEvent>();
    EXPECT_TRUE(event);
    return event ? event->state : State::absent;
  }
  std::string master(const std::string& name, const std::vector<float>& sound) {
    const auto raw = (folder_ / (name + ".raw")).string(), flac = (folder_ / (name + ".flac")).string();
    std::ofstream(raw, std::ios::binary)
        .write(reinterpret_cast<const char*>(sound.data()), std::streamsize(sound.size() * sizeof(float)));
    const auto command = "sox -V1 -D -t f32 -r 48000 -c 1 " + raw + " -b 24 " + flac;
    EXPECT_EQ(std::system(command.c_str()), 0);
    return flac;
  }
  /// What it says of `sound` played while the microphone hears `heard`.
  std::optional<wire::HeardEvent> hears(const std::string& id, const std::vector<float>& sound,
                                        Microphone& microphone) {
    const wire::Frames length(static_cast<std::int64_t>(sound.size()));
    const auto path = master(id, sound);
    const auto at = microphone.play();
    say(wire::SoundsOrder{id, path, wire::Frames{0}, length, at});
    const auto end = at + std::chrono::round<std::chrono::nanoseconds>(length);
    while (boot_time() < end) std::this_thread::sleep_for(5ms);
    say(wire::OverOrder{id, length});
    say(wire::AskOrder{id});
    return next<wire::HeardEvent>();
  }

  test::TempDir folder_;
  test::MadeUpVoice voice_;
  pid_t pid_ = -1;
  std::unique_ptr<wire::SocketLines> link_;
  std::vector<wire::ListenerEvent> events_;
};

TEST_F(LoaListener, HearsWhatSoundsAndNotWhatDoesNot) {
  ASSERT_EQ(::mkfifo(pipe().c_str(), 0600), 0);
  const auto item = voice_.says(1, 6), other = voice_.says(2, 6);
  test::Room room;
  room.snr = 6;
  room.delay = 0.3;
  Microphone microphone(pipe(), test::through(room, item, {}, 1, 1));
  start(pipe());
  ASSERT_EQ(next_state(), State::open);
  const auto heard = hears("a", item, microphone);
  ASSERT_TRUE(heard && heard->heard);
  EXPECT_TRUE(heard->heard->found) << heard->heard->score;
  EXPECT_NEAR(heard->heard->delay.value_or(9), 0.3, 0.15);
  EXPECT_LT(heard->heard->level, -10);
  const auto not_heard = hears("b", other, microphone);
  ASSERT_TRUE(not_heard && not_heard->heard);
  EXPECT_FALSE(not_heard->heard->found) << not_heard->heard->score;
  EXPECT_FALSE(not_heard->heard->delay);
}

TEST_F(LoaListener, AnInputThatIsAbsentIsToldOnceAndUsedWhenItComes) {
  start(pipe());
  const auto absent = next<wire::InputEvent>();
  ASSERT_TRUE(absent);
  EXPECT_EQ(absent->state, State::absent);
  EXPECT_NE(absent->note.find(pipe()), std::string::npos) << absent->note;
  EXPECT_FALSE(next<wire::InputEvent>(3s)) << "told again";
  say(wire::AskOrder{"a"});
  const auto answer = next<wire::HeardEvent>();
  ASSERT_TRUE(answer);
  EXPECT_FALSE(answer->heard);
  ASSERT_EQ(::mkfifo(pipe().c_str(), 0600), 0);
  Microphone microphone(pipe(), {});
  EXPECT_EQ(next_state(), State::open);
}

TEST_F(LoaListener, AnInputThatGoesAwayIsLostAndComesBack) {
  ASSERT_EQ(::mkfifo(pipe().c_str(), 0600), 0);
  auto microphone = std::make_unique<Microphone>(pipe(), std::vector<float>());
  start(pipe());
  ASSERT_EQ(next_state(), State::open);
  microphone.reset();
  EXPECT_EQ(next_state(), State::lost);
  EXPECT_TRUE(next<wire::ListenerBeat>());
  microphone = std::make_unique<Microphone>(pipe(), std::vector<float>());
  for (auto state = next_state(); state != State::open; state = next_state()) EXPECT_EQ(state, State::absent);
}

TEST_F(LoaListener, ACaptureThatHangsIsKilledAndTriedAgain) {
  const auto count = (folder_ / "count").string();
  const auto player = folder_.script("player", "echo x >> " + count + "\nexec sleep 600");
  start("line", player.string());
  const auto absent = next<wire::InputEvent>();
  ASSERT_TRUE(absent);
  EXPECT_EQ(absent->note, "hangs in being opened");
  EXPECT_TRUE(next<wire::ListenerBeat>()) << "it waits for nobody";
}

TEST_F(LoaListener, EndsWithTheDaemon) {
  start("none");
  ASSERT_EQ(next_state(), State::open);
  link_.reset();
  int status = -1;
  ASSERT_EQ(::waitpid(pid_, &status, 0), pid_);
  EXPECT_EQ(status, 0);
  pid_ = -1;
}

}  // namespace
}  // namespace loa::listener
