// A child process: started in its own group, waited for through a pidfd, killed at its deadline, its answer captured.
// Knows nothing of what the child does.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "daemon/station/host/process_fd.hpp"

namespace loa::station {

struct ChildOptions {
  std::filesystem::path program;
  std::vector<std::string> arguments;  // without the program's name
  int given = -1;                      // a descriptor that the child gets as number 3; -1 = none
  int nice = 0;
  std::chrono::milliseconds deadline{std::chrono::minutes(1)};
};

/// How a child ended. `answer` is its standard output, at most 1 MiB of it.
struct Ended {
  enum class How { exited, crashed, too_slow, stopped };  // stopped: we were asked to give up
  How how = How::exited;
  int code = 0;  // exit code, or the signal's number when crashed
  std::string answer;

  bool good() const { return how == How::exited && code == 0; }
};

/// One running child. Its standard error goes to /dev/null unless LOA_DEBUG_CHILDREN is set. Destroying it kills the
/// whole group and reaps it. A child that a disk holds even then (a network drive that gives no answer) is left to
/// itself after kHeld. Not thread-safe; several may live in several threads.
class Child {
 public:
  static constexpr std::chrono::seconds kHeld{2};

  /// Nothing when it could not be started.
  static std::optional<Child> start(const ChildOptions& options);
  Child(Child&& other) noexcept;
  Child& operator=(Child&& other) noexcept;
  ~Child();

  /// An epoll descriptor that is readable whenever on_ready() has something to do.
  int wait_fd() const { return epoll_.get(); }
  /// Reads what has come, kills at the deadline; the end once it is there, or given up for. Never blocks.
  std::optional<Ended> on_ready();
  /// Waits for the end; gives up, killing it, when `stop` is requested.
  Ended wait(const std::stop_token& stop = {});
  void kill();
  /// What it said so far.
  const std::string& said() const { return answer_; }
  pid_t pid() const { return pid_; }

 private:
  Child() = default;
  bool watch();
  void drain();
  Ended reap();
  Ended ended_by(int code, int why);

  pid_t pid_ = -1;
  Descriptor pidfd_, output_, timer_, epoll_;
  std::string answer_;
  bool too_slow_ = false;
  bool stopped_ = false;
};

}  // namespace loa::station
