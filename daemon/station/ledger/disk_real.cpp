// The Disk seam on a directory of the file system. Knows system calls; must not know what the files hold.
#include "daemon/station/ledger/disk_real.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>

#include "daemon/station/host/write_all.hpp"

namespace loa::station {

namespace {

std::error_code last_error() {
  return {errno, std::generic_category()};
}

/// Calls again while a signal interrupts.
template <class Call>
auto uninterrupted(Call call) {
  auto result = call();
  while (result < 0 && errno == EINTR) result = call();
  return result;
}

template <class Call>
std::error_code done(Call call) {
  return uninterrupted(call) < 0 ? last_error() : std::error_code{};
}

std::string folder_of(const std::string& path) {
  const auto slash = path.rfind('/');
  return slash == std::string::npos ? "." : path.substr(0, slash);
}

bool is_secret(const std::string& path) {
  return path.starts_with("keys/") || path == "keys";
}

std::error_code write_all_at(int fd, std::string_view bytes, off_t offset) {
  while (!bytes.empty()) {
    const auto written = uninterrupted([&] { return ::pwrite(fd, bytes.data(), bytes.size(), offset); });
    if (written < 0) return last_error();
    offset += written;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return {};
}

std::optional<std::string> read_all(int fd, std::error_code& error) {
  std::string bytes;
  struct stat facts {};
  if (::fstat(fd, &facts) == 0 && facts.st_size > 0) bytes.reserve(static_cast<std::size_t>(facts.st_size) + 1);
  std::array<char, 1 << 16> piece;
  for (;;) {
    const auto count = uninterrupted([&] { return ::read(fd, piece.data(), piece.size()); });
    if (count < 0) {
      error = last_error();
      return {};
    }
    if (count == 0) return bytes;
    bytes.append(piece.data(), static_cast<std::size_t>(count));
  }
}

class RealAppendFile final : public AppendFile {
 public:
  /// `directory` outlives it.
  RealAppendFile(Descriptor file, int directory, std::string path)
      : file_(std::move(file)), directory_(directory), path_(std::move(path)) {}
  std::error_code append(std::string_view bytes) override { return write_all(file_.get(), bytes); }
  std::error_code sync() override {
    if (const auto error = done([&] { return ::fdatasync(file_.get()); })) return error;
    return still_there();
  }

 private:
  /// A file that somebody took away, or moved, takes rows as before, for nobody.
  std::error_code still_there() const {
    struct stat own {
    }, named{};
    if (const auto error = done([&] { return ::fstat(file_.get(), &own); })) return error;
    if (const auto error = done([&] { return ::fstatat(directory_, path_.c_str(), &named, 0); })) return error;
    const bool same = own.st_ino == named.st_ino && own.st_dev == named.st_dev;
    return same ? std::error_code{} : std::make_error_code(std::errc::no_such_file_or_directory);
  }

  Descriptor file_;
  int directory_;
  std::string path_;
};

}  // namespace

std::unique_ptr<RealDisk> RealDisk::open_directory(const std::filesystem::path& directory, std::error_code& error) {
  error.clear();
  Descriptor opened(uninterrupted([&] { return ::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC); }));
  if (opened) return std::unique_ptr<RealDisk>(new RealDisk(std::move(opened)));
  error = last_error();
  return nullptr;
}

std::unique_ptr<RealDisk> RealDisk::make_directory(const std::filesystem::path& directory, std::error_code& error) {
  if (::mkdir(directory.c_str(), 0777) < 0 && errno != EEXIST) {
    error = last_error();
    return nullptr;
  }
  return open_directory(directory, error);
}

Descriptor RealDisk::open_at(const std::string& path, int flags, std::error_code& error) const {
  const mode_t mode = is_secret(path) ? 0600 : 0666;
  Descriptor file(
      uninterrupted([&] { return ::openat(directory_.get(), path.c_str(), flags | O_CLOEXEC | O_NOCTTY, mode); }));
  if (!file) error = last_error();
  return file;
}

std::error_code RealDisk::make_folders(const std::string& path) const {
  for (auto slash = path.find('/'); slash != std::string::npos; slash = path.find('/', slash + 1)) {
    const auto folder = path.substr(0, slash);
    if (::mkdirat(directory_.get(), folder.c_str(), is_secret(folder) ? 0700 : 0777) == 0) {
      if (const auto error = sync_folder_of(folder)) return error;
    } else if (errno != EEXIST) {
      return last_error();
    }
  }
  return {};
}

std::error_code RealDisk::sync_folder_of(const std::string& path) const {
  std::error_code error;
  const auto folder = open_at(folder_of(path), O_RDONLY | O_DIRECTORY, error);
  if (!folder) return error;
  return done([&] { return ::fsync(folder.get()); });
}

std::unique_ptr<AppendFile> RealDisk::open(const std::string& path, std::error_code& error) {
  error = make_folders(path);
  if (error) return nullptr;
  auto file = open_at(path, O_WRONLY | O_APPEND | O_CREAT, error);
  if (!file) return nullptr;
  // Also when it was there: whoever made it may have been cut before its name was durable.
  error = sync_folder_of(path);
  if (error) return nullptr;
  return std::make_unique<RealAppendFile>(std::move(file), directory_.get(), path);
}

std::error_code RealDisk::truncate(const std::string& path, std::uint64_t size) {
  std::error_code error;
  const auto file = open_at(path, O_WRONLY, error);
  if (!file) return error;
  error = done([&] { return ::ftruncate(file.get(), static_cast<off_t>(size)); });
  if (error) return error;
  return done([&] { return ::fsync(file.get()); });
}

std::optional<std::string> RealDisk::read(const std::string& path, std::error_code& error) const {
  error.clear();
  const auto file = open_at(path, O_RDONLY, error);
  if (!file) return {};
  return read_all(file.get(), error);
}

std::error_code RealDisk::replace(const std::string& path, std::string_view bytes) {
  if (const auto error = make_folders(path)) return error;
  const auto beside = path + ".part";
  std::error_code error;
  {
    const auto file = open_at(beside, O_WRONLY | O_CREAT | O_TRUNC, error);
    if (!file) return error;
    error = write_all(file.get(), bytes);
    if (!error) error = done([&] { return ::fsync(file.get()); });
  }
  if (!error) {
    error = done([&] { return ::renameat(directory_.get(), beside.c_str(), directory_.get(), path.c_str()); });
  }
  if (!error) return sync_folder_of(path);
  ::unlinkat(directory_.get(), beside.c_str(), 0);
  return error;
}

std::vector<std::string> RealDisk::list(const std::string& directory) const {
  std::error_code error;
  auto folder = open_at(directory, O_RDONLY | O_DIRECTORY, error);
  if (!folder) return {};
  const std::unique_ptr<DIR, int (*)(DIR*)> entries(::fdopendir(folder.get()), &::closedir);
  if (!entries) return {};
  folder.release();  // closedir's now
  std::vector<std::string> names;
  errno = 0;
  while (const auto* entry = ::readdir(entries.get())) {
    const std::string name = entry->d_name;
    if (name != "." && name != "..") names.push_back(name);
  }
  if (errno != 0) return {};  // half a list would be worse than none
  std::sort(names.begin(), names.end());
  return names;
}

std::error_code RealDisk::remove(const std::string& path) {
  const auto error = done([&] { return ::unlinkat(directory_.get(), path.c_str(), 0); });
  return error ? error : sync_folder_of(path);
}

std::error_code RealDisk::write_slot(const std::string& path, std::uint64_t offset, std::string_view bytes) {
  if (const auto error = make_folders(path)) return error;
  std::error_code error;
  const auto file = open_at(path, O_WRONLY | O_CREAT, error);
  if (!file) return error;
  error = write_all_at(file.get(), bytes, static_cast<off_t>(offset));
  if (error) return error;
  return done([&] { return ::fdatasync(file.get()); });
}

}  // namespace loa::station
