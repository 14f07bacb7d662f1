#include "daemon/keyer/command_key.hpp"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <utility>

namespace loa::keyer {

namespace {

constexpr std::size_t kMostSaid = 1024;
constexpr int kNotRun = 127;  // as shells say it

const char* word_of(Action action) {
  switch (action) {
    case Action::on:
      return "on";
    case Action::off:
      return "off";
    case Action::state:
      break;
  }
  return "state";
}

void close_descriptor(int& fd) {
  if (fd >= 0) ::close(std::exchange(fd, -1));
}

/// In the child: the program in its place, or what hinders as if it had said so.
[[noreturn]] void become(const std::string& path, const char* word, int output) {
  ::setpgid(0, 0);
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);  // a keyer that is killed leaves no switching behind
  sigset_t none;
  sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  const int nothing = ::open("/dev/null", O_RDONLY);
  ::dup2(nothing, STDIN_FILENO);
  ::dup2(output, STDOUT_FILENO);
  ::dup2(output, STDERR_FILENO);
  // execlp, not execl: it gives a script without a first line "#!" to the shell, as a terminal would.
  ::execlp(path.c_str(), path.c_str(), word, static_cast<char*>(nullptr));
  const std::string why = std::strerror(errno);
  [[maybe_unused]] const auto told = ::write(output, why.data(), why.size());
  ::_exit(kNotRun);
}

/// The first word, and the last line, of what it said.
std::string first_word(const std::string& said) {
  const auto begin = said.find_first_not_of(" \t\r\n");
  if (begin == std::string::npos) return {};
  return said.substr(begin, said.find_first_of(" \t\r\n", begin) - begin);
}

std::string last_line(const std::string& said) {
  const auto end = said.find_last_not_of(" \t\r\n");
  if (end == std::string::npos) return {};
  const auto begin = said.find_last_of('\n', end);
  return ": " + said.substr(begin == std::string::npos ? 0 : begin + 1, end - begin);
}

}  // namespace

CommandKey::~CommandKey() {
  give_up();
}

void CommandKey::begin(Action action, Steady now) {
  give_up();
  action_ = action;
  said_.clear();
  not_started_ = start(word_of(action));
  limit_ = now + (action == Action::state ? kStateLimit : kSwitchLimit);
}

/// Why no process could be made; "" = it runs, or will say what hinders it. Nothing waits for its exec: a drive that
/// hangs would hold up every other key.
std::string CommandKey::start(const char* word) {
  std::array<int, 2> output{-1, -1};
  if (::pipe2(output.data(), O_CLOEXEC) != 0) return std::string("no pipe: ") + std::strerror(errno);
  output_ = output[0];
  ::fcntl(output_, F_SETFL, O_NONBLOCK);
  const pid_t pid = ::fork();
  if (pid == 0) become(path_, word, output[1]);
  const int error = errno;
  ::close(output[1]);
  if (pid < 0) return std::string("no process: ") + std::strerror(error);
  ::setpgid(pid, pid);
  pid_ = pid;
  pidfd_ = static_cast<int>(::syscall(SYS_pidfd_open, pid, 0));
  return {};
}

/// No more than a pipe holds: one that talks without end is looked at again, and its time runs out meanwhile.
void CommandKey::drain() {
  std::array<char, 4096> part{};
  for (int i = 0; i < 16 && output_ >= 0; ++i) {
    const auto size = ::read(output_, part.data(), part.size());
    if (size > 0) {
      said_.append(part.data(), static_cast<std::size_t>(size));
      if (said_.size() > kMostSaid) said_.erase(0, said_.size() - kMostSaid);
    } else if (size == 0) {
      close_descriptor(output_);
    } else if (errno != EINTR) {
      return;
    }
  }
}

void CommandKey::give_up() {
  not_started_.clear();
  if (pid_ > 0) {
    ::kill(-pid_, SIGKILL);
    ::kill(pid_, SIGKILL);  // should it not have made its group yet
    dying_.push_back(std::exchange(pid_, -1));
  }
  // Not waited for: what hangs in a driver dies only when the driver lets it.
  std::erase_if(dying_, [](pid_t pid) { return ::waitpid(pid, nullptr, WNOHANG) != 0; });
  close_descriptor(pidfd_);
  close_descriptor(output_);
}

std::optional<Outcome> CommandKey::look(Steady now) {
  if (!not_started_.empty()) return Outcome{action_, std::exchange(not_started_, {}), false, {}};
  if (pid_ < 0) return std::nullopt;
  drain();
  siginfo_t info{};
  if (::waitid(P_PID, static_cast<id_t>(pid_), &info, WEXITED | WNOHANG) == 0 && info.si_pid == pid_) {
    pid_ = -1;
    drain();
    give_up();
    return ended(info.si_code, info.si_status);
  }
  if (now < limit_) return std::nullopt;
  give_up();
  const auto limit = action_ == Action::state ? kStateLimit : kSwitchLimit;
  return Outcome{
      action_,
      path_ + " " + word_of(action_) + " did not end within " + std::to_string(limit.count()) + " s and was killed",
      false,
      {}};
}

Outcome CommandKey::ended(int code, int status) const {
  Outcome outcome{action_, {}, false, {}};
  const auto called = path_ + " " + word_of(action_);
  if (code == CLD_EXITED && status == kNotRun) {
    outcome.fault = "cannot run " + path_ + last_line(said_);
  } else if (code != CLD_EXITED) {
    outcome.fault = called + " was killed by signal " + std::to_string(status);
  } else if (status != 0) {
    outcome.fault = called + " ended with status " + std::to_string(status) + last_line(said_);
  } else if (action_ == Action::state) {
    const auto word = first_word(said_);
    if (word == "on" || word == "off") {
      outcome.on = word == "on";
    } else {
      outcome.fault = called + " answered neither on nor off" + last_line(said_);
    }
  }
  return outcome;
}

std::optional<Steady> CommandKey::look_at() const {
  if (!not_started_.empty()) return Steady{};
  return pid_ > 0 ? std::optional(limit_) : std::nullopt;
}

void CommandKey::watch(std::vector<pollfd>& watched) const {
  if (pid_ < 0) return;
  if (pidfd_ >= 0) watched.push_back({pidfd_, POLLIN, 0});
  if (output_ >= 0) watched.push_back({output_, POLLIN, 0});
}

}  // namespace loa::keyer
