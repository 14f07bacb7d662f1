#include "daemon/station/host/process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>

extern char** environ;  // NOLINT: POSIX declares it nowhere

namespace loa::station {

namespace {

constexpr std::size_t kAnswerLimit = 1u << 20;
constexpr int kGivenAs = 3;

/// What posix_spawn needs, freed with the scope.
class SpawnSetup {
 public:
  SpawnSetup() {
    posix_spawn_file_actions_init(&actions);
    posix_spawnattr_init(&attributes);
    sigset_t all{};
    sigfillset(&all);
    posix_spawnattr_setsigdefault(&attributes, &all);
    sigset_t none{};
    sigemptyset(&none);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setpgroup(&attributes, 0);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
  }
  SpawnSetup(const SpawnSetup&) = delete;
  SpawnSetup& operator=(const SpawnSetup&) = delete;
  ~SpawnSetup() {
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
  }

  void connect(int output, int given) {
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
    if (std::getenv("LOA_DEBUG_CHILDREN") == nullptr) {
      posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    }
    if (given >= 0) posix_spawn_file_actions_adddup2(&actions, given, kGivenAs);
  }

  posix_spawn_file_actions_t actions{};
  posix_spawnattr_t attributes{};
};

std::vector<char*> argument_vector(const ChildOptions& options) {
  std::vector<char*> arguments{const_cast<char*>(options.program.c_str())};
  for (const auto& argument : options.arguments) arguments.push_back(const_cast<char*>(argument.c_str()));
  arguments.push_back(nullptr);
  return arguments;
}

/// If this process dies before the deadline comes, the kernel ends a child that burns the processor for ever.
void limit(pid_t pid, const ChildOptions& options) {
  if (options.nice != 0) ::setpriority(PRIO_PROCESS, static_cast<id_t>(pid), options.nice);
  const auto seconds = static_cast<rlim_t>(std::chrono::ceil<std::chrono::seconds>(options.deadline).count()) + 1;
  const rlimit processor{seconds, seconds};
  ::prlimit(pid, RLIMIT_CPU, &processor, nullptr);
}

void set_timer(const Descriptor& timer, std::chrono::milliseconds deadline) {
  const auto span = std::max(deadline, std::chrono::milliseconds(1));
  itimerspec at{};
  at.it_value.tv_sec = span.count() / 1000;
  at.it_value.tv_nsec = span.count() % 1000 * 1'000'000;
  if (timer) ::timerfd_settime(timer.get(), 0, &at, nullptr);
}

bool readable(int fd, std::chrono::milliseconds patience = std::chrono::milliseconds(0)) {
  pollfd look{fd, POLLIN, 0};
  return ::poll(&look, 1, static_cast<int>(patience.count())) > 0;
}

}  // namespace

Child::Child(Child&& other) noexcept {
  *this = std::move(other);
}

Child& Child::operator=(Child&& other) noexcept {
  std::swap(pid_, other.pid_);
  std::swap(pidfd_, other.pidfd_);
  std::swap(output_, other.output_);
  std::swap(timer_, other.timer_);
  std::swap(epoll_, other.epoll_);
  std::swap(answer_, other.answer_);
  std::swap(too_slow_, other.too_slow_);
  std::swap(stopped_, other.stopped_);
  return *this;
}

Child::~Child() {
  if (pid_ < 0) return;
  kill();
  if (!pidfd_ || readable(pidfd_.get(), kHeld)) reap();
}

std::optional<Child> Child::start(const ChildOptions& options) {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return std::nullopt;
  Child child;
  child.output_ = Descriptor(ends[0]);
  const Descriptor writing(ends[1]);
  ::fcntl(child.output_.get(), F_SETFL, O_NONBLOCK);

  SpawnSetup setup;
  setup.connect(writing.get(), options.given);
  auto arguments = argument_vector(options);
  pid_t pid = -1;
  if (posix_spawn(&pid, options.program.c_str(), &setup.actions, &setup.attributes, arguments.data(), environ) != 0) {
    return std::nullopt;
  }
  child.pid_ = pid;
  limit(pid, options);
  child.timer_ = Descriptor(::timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK));
  set_timer(child.timer_, options.deadline);
  if (!child.watch()) return std::nullopt;
  return child;
}

bool Child::watch() {
  pidfd_ = Descriptor(static_cast<int>(::syscall(SYS_pidfd_open, pid_, 0)));
  epoll_ = Descriptor(::epoll_create1(EPOLL_CLOEXEC));
  if (!pidfd_ || !epoll_ || !timer_) return false;
  for (const int fd : {pidfd_.get(), output_.get(), timer_.get()}) {
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.fd = fd;
    if (::epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, fd, &event) != 0) return false;
  }
  return true;
}

void Child::drain() {
  std::array<char, 4096> part{};
  for (;;) {
    const ssize_t size = ::read(output_.get(), part.data(), part.size());
    if (size > 0) {
      const auto room = kAnswerLimit - std::min(kAnswerLimit, answer_.size());
      answer_.append(part.data(), std::min(room, static_cast<std::size_t>(size)));
    } else {
      // At its end the pipe would stay readable for ever: leave the pidfd to tell of the exit.
      if (size == 0) ::epoll_ctl(epoll_.get(), EPOLL_CTL_DEL, output_.get(), nullptr);
      if (size == 0 || errno != EINTR) return;
    }
  }
}

std::optional<Ended> Child::on_ready() {
  if (pid_ < 0) return std::nullopt;
  drain();
  if (readable(pidfd_.get())) {
    drain();
    return reap();
  }
  std::uint64_t expired = 0;
  if (::read(timer_.get(), &expired, sizeof expired) != sizeof expired) return std::nullopt;
  if (too_slow_) return ended_by(SIGKILL, CLD_KILLED);  // killed, and a disk holds it still
  too_slow_ = true;
  kill();
  set_timer(timer_, kHeld);
  return std::nullopt;
}

Ended Child::wait(const std::stop_token& stop) {
  for (;;) {
    if (stop.stop_requested() && !stopped_) {
      stopped_ = too_slow_ = true;
      kill();
      set_timer(timer_, kHeld);
    }
    pollfd look{epoll_.get(), POLLIN, 0};
    ::poll(&look, 1, stop.stop_possible() ? 50 : -1);
    if (auto ended = on_ready()) return *ended;
  }
}

void Child::kill() {
  if (pid_ > 0) ::kill(-pid_, SIGKILL);
  if (pid_ > 0) ::kill(pid_, SIGKILL);  // should it not have made its group yet
}

Ended Child::reap() {
  siginfo_t info{};
  while (::waitid(P_PID, static_cast<id_t>(pid_), &info, WEXITED) != 0 && errno == EINTR) {
  }
  return ended_by(info.si_status, info.si_code);
}

Ended Child::ended_by(int code, int why) {
  pid_ = -1;
  Ended ended;
  ended.answer = std::move(answer_);
  ended.code = code;
  if (stopped_) {
    ended.how = Ended::How::stopped;
  } else if (too_slow_) {
    ended.how = Ended::How::too_slow;
  } else {
    ended.how = why == CLD_EXITED ? Ended::How::exited : Ended::How::crashed;
  }
  return ended;
}

}  // namespace loa::station
