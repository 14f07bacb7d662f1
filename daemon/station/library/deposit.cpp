#include "daemon/station/library/deposit.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <ctime>

#include "daemon/station/host/last_error.hpp"
#include "daemon/station/host/write_all.hpp"
#include "daemon/station/library/library_beneath.hpp"

namespace loa::station {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view kTemporary = ".loa-add-";
constexpr int kMostKept = 999, kMostTries = 3;

std::string joined(const std::string& folder, const std::string& name) {
  return folder.empty() ? name : folder + "/" + name;
}

/// The date of the source, unless it lies ahead (a stick written by a PC of another zone).
void take_date(int from, int to) {
  struct stat facts {};
  timespec now{};
  ::clock_gettime(CLOCK_REALTIME, &now);
  if (::fstat(from, &facts) != 0 || facts.st_mtim.tv_sec > now.tv_sec) return;
  const std::array<timespec, 2> times{facts.st_mtim, facts.st_mtim};
  ::futimens(to, times.data());
}

/// Never over another one. Some file systems know neither of the two ways; there the look before has to do.
std::error_code move_without_replacing(int folder, const std::string& from, const std::string& to) {
  if (::renameat2(folder, from.c_str(), folder, to.c_str(), RENAME_NOREPLACE) == 0) return {};
  if (errno != EINVAL && errno != ENOSYS) return last_error();
  struct stat facts {};
  if (::fstatat(folder, to.c_str(), &facts, AT_SYMLINK_NOFOLLOW) == 0) return {EEXIST, std::generic_category()};
  return ::renameat(folder, from.c_str(), folder, to.c_str()) == 0 ? std::error_code() : last_error();
}

}  // namespace

std::optional<Deposit> Deposit::begin(const fs::path& library, const std::string& clip, std::error_code& error) {
  Deposit deposit;
  const auto slash = clip.rfind('/');
  deposit.name_ = slash == std::string::npos ? clip : clip.substr(slash + 1);
  error = deposit.make_folders(library, slash == std::string::npos ? "" : clip.substr(0, slash));
  if (error) return std::nullopt;
  deposit.tidy();
  const auto stored = stored_path(deposit.root_.get(), joined(deposit.stored_folder_, deposit.name_));
  if (!stored.empty()) deposit.stored_ = stored.substr(stored.rfind('/') + 1);
  error = deposit.make_temporary();
  if (error) return std::nullopt;
  return std::optional<Deposit>(std::move(deposit));
}

/// Locked while it lives, else another one's tidy() takes it for left over; between the two steps that may happen.
std::error_code Deposit::make_temporary() {
  const auto name = std::string(kTemporary) + std::to_string(::getpid()) + ".part";
  for (int tries = 0; tries < kMostTries; ++tries) {
    file_ = Descriptor(::openat(folder_.get(), name.c_str(), O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0644));
    if (!file_) return last_error();
    temporary_ = name;
    struct stat facts {};
    const bool locked = ::flock(file_.get(), LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK;
    if (locked && ::fstat(file_.get(), &facts) == 0 && facts.st_nlink > 0) return {};
  }
  return {EBUSY, std::generic_category()};
}

std::error_code Deposit::make_folders(const fs::path& library, const std::string& folder) {
  library_ = library;
  if (::mkdir(library.c_str(), 0777) == 0) {
    made_.push_back(library);
  } else if (errno != EEXIST) {
    return last_error();
  }
  std::error_code error;
  root_ = open_root(library.string(), error);
  std::string_view rest = folder;
  while (!error && !rest.empty()) {
    const auto slash = std::min(rest.find('/'), rest.size());
    error = enter(std::string(rest.substr(0, slash)));
    rest.remove_prefix(std::min(slash + 1, rest.size()));
  }
  if (error) return error;
  folder_ = open_beneath(root_.get(), stored_folder_, O_RDONLY | O_DIRECTORY, error);
  folder_path_ = stored_folder_.empty() ? library : library / stored_folder_;
  return error;
}

/// One folder further down, made when it is missing. Its name on the disk may have its marks apart (NFD).
std::error_code Deposit::enter(const std::string& part) {
  std::error_code error;
  const auto above = open_beneath(root_.get(), stored_folder_, O_RDONLY | O_DIRECTORY, error);
  if (!above) return error;
  const auto stored = stored_path(root_.get(), joined(stored_folder_, part));
  if (!stored.empty()) {
    stored_folder_ = stored;
    return {};
  }
  if (::mkdirat(above.get(), part.c_str(), 0777) != 0) return last_error();
  stored_folder_ = joined(stored_folder_, part);
  made_.push_back(library_ / stored_folder_);
  return {};
}

/// What a kill left here. One that lives holds its lock.
void Deposit::tidy() const {
  std::error_code error;
  for (const auto& name : names_in(folder_, error)) {
    if (!name.starts_with(kTemporary)) continue;
    const Descriptor left(::openat(folder_.get(), name.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    if (left && ::flock(left.get(), LOCK_EX | LOCK_NB) == 0) ::unlinkat(folder_.get(), name.c_str(), 0);
  }
}

Deposit::~Deposit() {
  if (folder_ && !temporary_.empty()) ::unlinkat(folder_.get(), temporary_.c_str(), 0);
  for (auto folder = made_.rbegin(); folder != made_.rend(); ++folder) ::rmdir(folder->c_str());  // the empty ones
}

Deposit::Fault Deposit::copy_from(int source) {
  std::array<char, 1 << 16> bytes{};
  for (off_t at = 0;;) {
    const auto size = ::pread(source, bytes.data(), bytes.size(), at);
    if (size < 0 && errno == EINTR) continue;
    if (size < 0) return {last_error(), true};
    if (size == 0) break;
    if (const auto error = write_all(file_.get(), {bytes.data(), static_cast<std::size_t>(size)}))
      return {error, false};
    at += size;
  }
  take_date(source, file_.get());
  return {::fsync(file_.get()) == 0 ? std::error_code() : last_error(), false};
}

/// A second name for the old one, so that the clip is there at every moment; where there are no links, a moment passes.
std::error_code Deposit::keep_old(std::string& kept_as) const {
  for (int number = 1; number <= kMostKept; ++number) {
    const auto kept = stored_ + ".~" + std::to_string(number) + "~";
    auto error = ::linkat(folder_.get(), stored_.c_str(), folder_.get(), kept.c_str(), 0) == 0 ? std::error_code()
                                                                                               : last_error();
    if (error == std::errc::operation_not_permitted || error == std::errc::operation_not_supported ||
        error == std::errc::function_not_supported) {
      error = move_without_replacing(folder_.get(), stored_, kept);
    }
    if (error == std::errc::file_exists) continue;
    if (!error) kept_as = joined(stored_folder_, kept);
    return error;
  }
  return {EEXIST, std::generic_category()};
}

/// The new one did not come: the old one has its own name only, as before.
void Deposit::give_back(std::string& kept_as) const {
  const auto kept = kept_as.substr(kept_as.rfind('/') + 1);
  if (move_without_replacing(folder_.get(), kept, stored_) == std::errc::file_exists) {
    ::unlinkat(folder_.get(), kept.c_str(), 0);
  }
  kept_as.clear();
}

std::error_code Deposit::place(bool replace, std::string& kept_as) {
  ::flock(folder_.get(), LOCK_EX);  // of two at once each keeps what it replaces; without locks there, one may not
  if (is_taken() && !replace) return {EEXIST, std::generic_category()};
  if (is_taken()) {
    if (const auto error = keep_old(kept_as)) return error;
    if (::renameat(folder_.get(), temporary_.c_str(), folder_.get(), stored_.c_str()) != 0) {
      const auto error = last_error();
      give_back(kept_as);
      return error;
    }
  } else if (const auto error = move_without_replacing(folder_.get(), temporary_, name_)) {
    return error;
  }
  temporary_.clear();
  made_.clear();
  ::fsync(folder_.get());
  return {};
}

}  // namespace loa::station
