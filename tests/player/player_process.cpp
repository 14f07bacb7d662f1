// fork, exec, a socket pair.
#include "tests/player/player_process.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cmath>
#include <utility>

#include "audio/sndfile.hpp"

namespace loa::test {
namespace {

constexpr int kPatience = 20'000;  // ms without a word from the player: it hangs

template <class One>
std::vector<One> all_of(const std::vector<wire::Event>& events) {
  std::vector<One> found;
  for (const auto& event : events) {
    if (const auto* one = std::get_if<One>(&event)) found.push_back(*one);
  }
  return found;
}

}  // namespace

PlayerProcess::PlayerProcess(const TempDir& folder, std::vector<std::string> words, const std::string& device)
    : wav_(folder / "out.wav") {
  if (device == "none") words.insert(words.begin(), {"--out", wav_});  // of two the later counts
  words.insert(words.begin(), {LOA_BIN "/loa-player", "--fd", "3", "--device", device});
  std::vector<char*> argv;
  for (auto& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  begin([&](int fd) {
    if (fd == 3) {
      ::fcntl(3, F_SETFD, 0);
    } else {
      ::dup2(fd, 3);
    }
    ::execv(argv[0], argv.data());
    ::_exit(127);
  });
}

PlayerProcess::PlayerProcess(const TempDir& folder, const std::function<int(int fd)>& run) : wav_(folder / "out.wav") {
  begin([&](int fd) { ::_exit(run(fd)); });
}

void PlayerProcess::begin(const std::function<void(int fd)>& in_child) {
  std::array<int, 2> ends{};
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) throw std::runtime_error("socketpair");
  socket_ = ends[0];
  child_ = ::fork();
  if (child_ == 0) {
    ::close(ends[0]);
    in_child(ends[1]);
  }
  ::close(ends[1]);
}

PlayerProcess::~PlayerProcess() {
  hang_up();
  if (child_ <= 0) return;
  ::kill(child_, SIGKILL);
  ::waitpid(child_, nullptr, 0);
}

void PlayerProcess::say(const std::string& text) {
  EXPECT_EQ(::send(socket_, text.data(), text.size(), MSG_NOSIGNAL), static_cast<ssize_t>(text.size()));
}

void PlayerProcess::open_gate() {
  order(wire::GateOrder{{{wire::Instant{}, soon(3600)}}, wire::Frames{48000LL * 3600}});
}

void PlayerProcess::hang_up() {
  if (socket_ >= 0) ::close(std::exchange(socket_, -1));
}

void PlayerProcess::signal(int number) const {
  ::kill(child_, number);
}

bool PlayerProcess::read_more() {
  pollfd watched{socket_, POLLIN, 0};
  std::array<char, 4096> bytes{};
  if (::poll(&watched, 1, kPatience) <= 0) {
    ADD_FAILURE() << "the player says nothing";
    return false;
  }
  const auto count = ::recv(socket_, bytes.data(), bytes.size(), 0);
  if (count <= 0) return false;
  begun_.append(bytes.data(), static_cast<std::size_t>(count));
  for (auto end = begun_.find('\n'); end != std::string::npos; end = begun_.find('\n')) {
    const auto event = wire::event_from(begun_.substr(0, end));
    EXPECT_TRUE(event.has_value()) << begun_.substr(0, end);
    if (event) events_.push_back(*event);
    begun_.erase(0, end + 1);
  }
  return true;
}

bool PlayerProcess::wait_for(const std::function<bool(const wire::Event&)>& wanted) {
  for (std::size_t seen = 0;;) {
    for (; seen < events_.size(); ++seen) {
      if (wanted(events_[seen])) return true;
    }
    if (!read_more()) return false;
  }
}

bool PlayerProcess::wait_for_end_of(const std::string& id) {
  return wait_for([&](const wire::Event& event) {
    const auto* ended = std::get_if<wire::EndedEvent>(&event);
    return ended != nullptr && ended->id == id;
  });
}

int PlayerProcess::wait_for_exit() {
  while (socket_ >= 0 && read_more()) {
  }
  int status = 0;
  ::waitpid(std::exchange(child_, -1), &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

std::vector<wire::StartedEvent> PlayerProcess::started() const {
  return all_of<wire::StartedEvent>(events_);
}
std::vector<wire::EndedEvent> PlayerProcess::ended() const {
  return all_of<wire::EndedEvent>(events_);
}

float master_sample(int number, std::int64_t frame) {
  const auto value = 8192 + (frame * 7919 + number * 3001) % 16381;
  return static_cast<float>(frame % 2 == 0 ? value : -value) / 32768.0F;
}

std::string write_master(const TempDir& folder, int number, std::int64_t frames) {
  const std::string path = folder / ("master-" + std::to_string(number) + ".flac");
  const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  auto sink = audio::FlacSink::open(fd, 48000, 1);
  std::vector<float> samples;
  for (std::int64_t i = 0; i < frames; ++i) samples.push_back(master_sample(number, i));
  EXPECT_TRUE(sink != nullptr && sink->write(samples) && sink->close());
  sink.reset();
  ::close(fd);
  return path;
}

std::vector<float> read_wav(const std::string& path) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  std::string error;
  const auto source = audio::SoundSource::open(fd, error);
  EXPECT_TRUE(source != nullptr) << error;
  std::vector<float> samples(source ? static_cast<std::size_t>(source->info().frames) : 0);
  const auto read = source ? source->read(samples) : 0;
  EXPECT_EQ(read, static_cast<std::int64_t>(samples.size()));
  ::close(fd);
  return samples;
}

wire::Instant soon(double seconds) {
  const auto in = wire::Frames{std::llround(seconds * 48000)};
  return std::chrono::floor<wire::Frames>(std::chrono::system_clock::now()) + in;
}

}  // namespace loa::test
