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

#include "daemon/station/host/last_error.hpp"
#include "daemon/station/host/write_all.hpp"

namespace loa::station {

namespace {

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
    const auto count =
        uninterrupted([&] { return ::pread(fd, piece.data(), piece.size(), static_cast<off_t>(bytes.size())); });
    if (count < 0) {
      error = last_error();
      return {};
    }
    if (count == 0) return bytes;
    bytes.append(piece.data(), static_cast<std::size_t>(count));
  }
}

/// No error when `path`, below `directory`, leads to what `fd` is open on.
std::error_code leads_to(int directory, const char* path, int fd) {
  struct stat own {
  }, named{};
  if (const auto error = done([&] { return ::fstat(fd, &own); })) return error;
  if (const auto error = done([&] { return ::fstatat(directory, path, &named, 0); })) return error;
  const bool same = own.st_ino == named.st_ino && own.st_dev == named.st_dev;
  return same ? std::error_code{} : std::make_error_code(std::errc::no_such_file_or_directory);
}

std::error_code is_where_it_was(const RealDisk::Place& place) {
  return leads_to(AT_FDCWD, place.path.c_str(), place.opened.get());
}

Descriptor open_at(const RealDisk::Place& place, const std::string& path, int flags, std::error_code& error) {
  const mode_t mode = is_secret(path) ? 0600 : 0666;
  Descriptor file(
      uninterrupted([&] { return ::openat(place.opened.get(), path.c_str(), flags | O_CLOEXEC | O_NOCTTY, mode); }));
  if (!file) error = last_error();
  return file;
}

std::error_code sync_folder_of(const RealDisk::Place& place, const std::string& path) {
  std::error_code error;
  const auto folder = open_at(place, folder_of(path), O_RDONLY | O_DIRECTORY, error);
  if (!folder) return error;
  return done([&] { return ::fsync(folder.get()); });
}

std::error_code make_folders(const RealDisk::Place& place, const std::string& path) {
  for (auto slash = path.find('/'); slash != std::string::npos; slash = path.find('/', slash + 1)) {
    const auto folder = path.substr(0, slash);
    if (::mkdirat(place.opened.get(), folder.c_str(), is_secret(folder) ? 0700 : 0777) == 0) {
      if (const auto error = sync_folder_of(place, folder)) return error;
    } else if (errno != EEXIST) {
      return last_error();
    }
  }
  return {};
}

std::shared_ptr<const RealDisk::Place> open_place(const std::filesystem::path& path, std::error_code& error) {
  error.clear();
  Descriptor opened(uninterrupted([&] { return ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC); }));
  if (opened) return std::make_shared<const RealDisk::Place>(RealDisk::Place{path, std::move(opened)});
  error = last_error();
  return nullptr;
}

class RealAppendFile final : public AppendFile {
 public:
  RealAppendFile(Descriptor file, std::shared_ptr<const RealDisk::Place> place, std::string path)
      : file_(std::move(file)), place_(std::move(place)), path_(std::move(path)) {}
  std::error_code append(std::string_view bytes) override { return write_all(file_.get(), bytes); }
  std::error_code sync() override {
    if (const auto error = done([&] { return ::fdatasync(file_.get()); })) return error;
    return in_place();
  }
  /// A file that somebody took away, or moved, takes rows as before, for nobody.
  std::error_code in_place() const override {
    if (const auto error = leads_to(place_->opened.get(), path_.c_str(), file_.get())) return error;
    return is_where_it_was(*place_);
  }
  std::optional<std::string> bytes() const override {
    std::error_code ignored;
    return read_all(file_.get(), ignored);
  }

 private:
  Descriptor file_;
  std::shared_ptr<const RealDisk::Place> place_;
  std::string path_;
};

}  // namespace

std::unique_ptr<RealDisk> RealDisk::open_directory(const std::filesystem::path& directory, std::error_code& error) {
  const auto whole = std::filesystem::absolute(directory, error);
  auto place = error ? nullptr : open_place(whole, error);
  return place ? std::unique_ptr<RealDisk>(new RealDisk(std::move(place))) : nullptr;
}

std::unique_ptr<RealDisk> RealDisk::make_directory(const std::filesystem::path& directory, std::error_code& error) {
  if (::mkdir(directory.c_str(), 0777) < 0 && errno != EEXIST) {
    error = last_error();
    return nullptr;
  }
  return open_directory(directory, error);
}

std::shared_ptr<const RealDisk::Place> RealDisk::place() const {
  const std::lock_guard lock(mutex_);
  return place_;
}

std::error_code RealDisk::in_place() const {
  return is_where_it_was(*place());
}

std::error_code RealDisk::follow() {
  std::error_code error;
  auto there = open_place(place()->path, error);
  if (!there) return error;
  const std::lock_guard lock(mutex_);
  place_ = std::move(there);
  return {};
}

std::unique_ptr<AppendFile> RealDisk::open(const std::string& path, std::error_code& error) {
  const auto place = this->place();
  error = make_folders(*place, path);
  if (error) return nullptr;
  auto file = open_at(*place, path, O_RDWR | O_APPEND | O_CREAT, error);
  if (!file) return nullptr;
  // Also when it was there: whoever made it may have been cut before its name was durable.
  error = sync_folder_of(*place, path);
  if (error) return nullptr;
  return std::make_unique<RealAppendFile>(std::move(file), place, path);
}

std::error_code RealDisk::truncate(const std::string& path, std::uint64_t size) {
  const auto place = this->place();
  std::error_code error;
  const auto file = open_at(*place, path, O_WRONLY, error);
  if (!file) return error;
  error = done([&] { return ::ftruncate(file.get(), static_cast<off_t>(size)); });
  if (error) return error;
  return done([&] { return ::fsync(file.get()); });
}

std::optional<std::string> RealDisk::read(const std::string& path, std::error_code& error) const {
  const auto place = this->place();
  error.clear();
  const auto file = open_at(*place, path, O_RDONLY, error);
  if (!file) return {};
  return read_all(file.get(), error);
}

std::error_code RealDisk::replace(const std::string& path, std::string_view bytes) {
  const auto place = this->place();
  if (const auto error = make_folders(*place, path)) return error;
  const auto beside = path + ".part";
  std::error_code error;
  {
    const auto file = open_at(*place, beside, O_WRONLY | O_CREAT | O_TRUNC, error);
    if (!file) return error;
    error = write_all(file.get(), bytes);
    if (!error) error = done([&] { return ::fsync(file.get()); });
  }
  if (!error) {
    error = done([&] { return ::renameat(place->opened.get(), beside.c_str(), place->opened.get(), path.c_str()); });
  }
  if (!error) return sync_folder_of(*place, path);
  ::unlinkat(place->opened.get(), beside.c_str(), 0);
  return error;
}

std::vector<std::string> RealDisk::list(const std::string& directory) const {
  const auto place = this->place();
  std::error_code error;
  auto folder = open_at(*place, directory, O_RDONLY | O_DIRECTORY, error);
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
  const auto place = this->place();
  const auto error = done([&] { return ::unlinkat(place->opened.get(), path.c_str(), 0); });
  return error ? error : sync_folder_of(*place, path);
}

std::error_code RealDisk::write_slot(const std::string& path, std::uint64_t offset, std::string_view bytes) {
  const auto place = this->place();
  if (const auto error = make_folders(*place, path)) return error;
  std::error_code error;
  const auto file = open_at(*place, path, O_WRONLY | O_CREAT, error);
  if (!file) return error;
  error = write_all_at(file.get(), bytes, static_cast<off_t>(offset));
  if (error) return error;
  return done([&] { return ::fdatasync(file.get()); });
}

}  // namespace loa::station
