#include "daemon/station/host/lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

#include <array>
#include <charconv>
#include <string>
#include <thread>

#include "daemon/station/host/paths.hpp"

namespace loa::station {

namespace {

using namespace std::chrono_literals;

Descriptor open_lock(const std::filesystem::path& station) {
  const StationPaths paths{station};
  ::mkdir(paths.state().c_str(), 0777);
  return Descriptor(::open(paths.lock().c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666));
}

bool take(int fd, std::chrono::milliseconds patience) {
  const auto deadline = std::chrono::steady_clock::now() + patience;
  while (::flock(fd, LOCK_EX | LOCK_NB) != 0) {
    if (std::chrono::steady_clock::now() >= deadline) return false;
    std::this_thread::sleep_for(10ms);
  }
  return true;
}

/// The holder's name is a courtesy to people: a failure to write it costs nothing.
void write_holder(int fd) {
  const std::string pid = std::to_string(::getpid()) + "\n";
  if (::ftruncate(fd, 0) != 0) return;
  [[maybe_unused]] const auto written = ::pwrite(fd, pid.data(), pid.size(), 0);
}

}  // namespace

std::optional<StateLock> StateLock::acquire(const std::filesystem::path& station, LockFault& fault,
                                            std::chrono::milliseconds patience) {
  Descriptor file = open_lock(station);
  if (!file) {
    fault = LockFault::unwritable;
    return std::nullopt;
  }
  if (!take(file.get(), patience)) {
    fault = LockFault::held;
    return std::nullopt;
  }
  write_holder(file.get());
  return StateLock(std::move(file));
}

std::optional<pid_t> lock_holder(const std::filesystem::path& station) {
  const Descriptor file(::open(StationPaths{station}.lock().c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  // A shared try: where it succeeds nobody writes, and it is gone with the descriptor.
  if (!file || ::flock(file.get(), LOCK_SH | LOCK_NB) == 0) return std::nullopt;
  std::array<char, 32> text{};
  const ssize_t size = ::pread(file.get(), text.data(), text.size(), 0);
  pid_t pid = 0;
  if (size > 0) std::from_chars(text.data(), text.data() + size, pid);
  return pid;
}

}  // namespace loa::station
