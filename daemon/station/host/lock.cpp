#include "daemon/station/host/lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <string>
#include <thread>

#include "daemon/station/host/paths.hpp"

namespace loa::station {

namespace {

using namespace std::chrono_literals;

Descriptor open_lock(const std::filesystem::path& station, LockFault& fault) {
  const StationPaths paths{station};
  const auto blame = [&](const std::filesystem::path& path) {
    fault = {false, path, std::error_code(errno, std::generic_category())};
  };
  if (::mkdir(paths.state().c_str(), 0777) != 0 && errno != EEXIST) {
    blame(paths.state());
    return {};
  }
  Descriptor file(::open(paths.lock().c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666));
  if (!file) blame(errno == ENOTDIR ? paths.state() : paths.lock());
  return file;
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
void write_holder(int fd, std::string_view holder) {
  const std::string words = std::to_string(::getpid()) + (holder.empty() ? "" : " ") + std::string(holder) + "\n";
  if (::ftruncate(fd, 0) != 0) return;
  [[maybe_unused]] const auto written = ::pwrite(fd, words.data(), words.size(), 0);
}

bool is_named(int fd, const std::filesystem::path& path) {
  struct stat own {
  }, named{};
  return ::fstat(fd, &own) == 0 && ::lstat(path.c_str(), &named) == 0 && own.st_ino == named.st_ino &&
         own.st_dev == named.st_dev;
}

}  // namespace

std::optional<StateLock> StateLock::acquire(const std::filesystem::path& station, LockFault& fault,
                                            std::chrono::milliseconds patience, std::string_view holder) {
  for (;;) {
    Descriptor file = open_lock(station, fault);
    if (!file) return std::nullopt;
    if (!take(file.get(), patience)) {
      fault = {true, StationPaths{station}.lock(), {}};
      return std::nullopt;
    }
    StateLock lock(std::move(file));
    // Somebody may have taken the file away between its opening and its locking: that lock keeps nobody out.
    if (!lock.is_in_place(station)) continue;
    write_holder(lock.file_.get(), holder);
    return lock;
  }
}

bool StateLock::is_in_place(const std::filesystem::path& station) const {
  return is_named(file_.get(), StationPaths{station}.lock());
}

std::optional<LockHolder> lock_holder(const std::filesystem::path& station) {
  const Descriptor file(::open(StationPaths{station}.lock().c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  // A shared try: where it succeeds nobody writes, and it is gone with the descriptor.
  if (!file || ::flock(file.get(), LOCK_SH | LOCK_NB) == 0) return std::nullopt;
  std::array<char, 32> text{};
  const ssize_t size = ::pread(file.get(), text.data(), text.size(), 0);
  const std::string_view words(text.data(), size > 0 ? static_cast<std::size_t>(size) : 0);
  LockHolder holder;
  const auto number = std::from_chars(words.data(), words.data() + words.size(), holder.pid);
  holder.runs =
      words.substr(static_cast<std::size_t>(number.ptr - words.data())) == " " + std::string(kHolderRuns) + "\n";
  return holder;
}

}  // namespace loa::station
