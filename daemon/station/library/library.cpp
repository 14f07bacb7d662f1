#include "daemon/station/library/library.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <map>
#include <utility>

#include "config/station_folder.hpp"
#include "config/unicode.hpp"
#include "daemon/station/library/library_beneath.hpp"
#include "playlists/resolve.hpp"

namespace loa::station {

namespace {

constexpr std::size_t kDeepest = 64;
constexpr std::size_t kMostEntries = 200'000;

std::int64_t nanoseconds_of(const timespec& time) {
  return time.tv_sec * 1'000'000'000LL + time.tv_nsec;
}

FileIdentity identity_of(const struct stat& status) {
  return {static_cast<std::uint64_t>(status.st_ino), static_cast<std::int64_t>(status.st_size),
          nanoseconds_of(status.st_mtim), nanoseconds_of(status.st_ctim)};
}

LibraryFault fault_of(const std::error_code& error) {
  switch (error.value()) {
    case EXDEV:
      return LibraryFault::leaves_library;
    case ENOENT:
      return LibraryFault::dangling;
    case ELOOP:
      return LibraryFault::loop;
    default:
      return LibraryFault::unreadable;
  }
}

/// Walks one library. Folders already open above the current one are known by (device, inode), so that a link to one of
/// them is a loop and not a depth.
class Walk {
 public:
  Walk(std::size_t library, Descriptor root, Listing& found)
      : library_(library), root_(std::move(root)), found_(found) {}

  void folder(const std::string& path) {
    std::error_code error;
    const Descriptor open = open_beneath(root_.get(), path, O_RDONLY | O_DIRECTORY, error);
    struct stat status {};
    if (!open || ::fstat(open.get(), &status) != 0) return problem(fault_of(error), path);
    const std::pair place(status.st_dev, status.st_ino);
    if (std::find(above_.begin(), above_.end(), place) != above_.end()) return problem(LibraryFault::loop, path);
    if (above_.size() >= kDeepest) return problem(LibraryFault::too_many, path);
    auto names = names_in(open, error);
    if (error) problem(LibraryFault::unreadable, path);
    std::sort(names.begin(), names.end());
    above_.push_back(place);
    for (const auto& name : names) entry(open.get(), path, name);
    above_.pop_back();
  }

 private:
  void problem(LibraryFault fault, const std::string& path) { found_.problems.push_back({fault, library_, path}); }

  void entry(int folder_fd, const std::string& folder_path, const std::string& name) {
    if (config::is_ignored_name(name)) return;
    const std::string path = folder_path.empty() ? name : folder_path + "/" + name;
    if (++entries_ > kMostEntries) {
      if (entries_ == kMostEntries + 1) problem(LibraryFault::too_many, path);
      return;
    }
    if (!config::valid_utf8(name)) return problem(LibraryFault::name_not_utf8, path);
    struct stat status {};
    if (::fstatat(folder_fd, name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0) return;  // gone meanwhile
    if (S_ISLNK(status.st_mode) && !follow(path, status)) return;
    if (S_ISDIR(status.st_mode)) return folder(path);
    if (!S_ISREG(status.st_mode)) return problem(LibraryFault::not_a_file, path);
    if (!readable(path)) return problem(LibraryFault::unreadable, path);
    found_.recordings.push_back(
        {config::nfc(path), path, library_, identity_of(status), !playlists::is_recording_name(name)});
  }

  /// Whether the right to read it is there; asked without opening it.
  bool readable(const std::string& path) const {
    std::error_code error;
    const Descriptor file = open_beneath(root_.get(), path, O_PATH, error);
    return file && ::faccessat(file.get(), "", R_OK, AT_EACCESS | AT_EMPTY_PATH) == 0;
  }

  bool follow(const std::string& path, struct stat& status) {
    std::error_code error;
    const Descriptor target = open_beneath(root_.get(), path, O_PATH, error);
    if (target && ::fstat(target.get(), &status) == 0) return true;
    problem(fault_of(error), path);
    return false;
  }

  std::size_t library_;
  Descriptor root_;
  Listing& found_;
  std::vector<std::pair<dev_t, ino_t>> above_;
  std::size_t entries_ = 0;
};

/// Of one clip the later library wins; within one library the name that is stored in NFC.
void keep_one_of_each(Listing& listing) {
  std::map<std::string, Recording> by_clip;
  for (auto& recording : listing.recordings) {
    auto [place, fresh] = by_clip.try_emplace(recording.clip, recording);
    if (fresh) continue;
    if (place->second.library == recording.library) {
      listing.problems.push_back({LibraryFault::same_name, recording.library, recording.clip});
      if (place->second.path == place->second.clip) continue;
    }
    place->second = recording;
  }
  listing.recordings.clear();
  for (auto& [clip, recording] : by_clip) listing.recordings.push_back(std::move(recording));
}

/// A shared folder need have no library; the reader of the station's folder looks whether its own is a folder.
bool is_said_elsewhere(const std::error_code& error, bool own) {
  const bool no_folder = error == std::errc::not_a_directory || error == std::errc::too_many_symbolic_link_levels;
  return error == std::errc::no_such_file_or_directory || (own && no_folder);
}

OpenRecording open_stored(int root, const std::string& path, std::error_code& error) {
  OpenRecording opened;
  Descriptor file = open_beneath(root, path, O_RDONLY | O_NONBLOCK | O_NOCTTY, error);
  if (!file) return opened;
  struct stat status {};
  if (::fstat(file.get(), &status) != 0 || !S_ISREG(status.st_mode)) {
    error = std::make_error_code(std::errc::not_supported);
    return opened;
  }
  opened.identity = identity_of(status);
  opened.file = std::move(file);
  return opened;
}

}  // namespace

FileIdentity identity_of(int fd) {
  struct stat status {};
  return ::fstat(fd, &status) == 0 ? identity_of(status) : FileIdentity{};
}

Listing list_library(const std::vector<std::filesystem::path>& libraries) {
  Listing listing;
  for (std::size_t index = 0; index < libraries.size(); ++index) {
    std::error_code error;
    Descriptor root = open_root(libraries[index], error);
    if (root) {
      Walk(index, std::move(root), listing).folder("");
    } else if (!is_said_elsewhere(error, index + 1 == libraries.size())) {
      listing.problems.push_back({LibraryFault::unreadable, index, ""});
    }
  }
  keep_one_of_each(listing);
  return listing;
}

OpenRecording open_recording(const std::vector<std::filesystem::path>& libraries, const Recording& recording,
                             std::error_code& error) {
  const Descriptor root = open_root(libraries.at(recording.library), error);
  if (!root) return {};
  return open_stored(root.get(), recording.path, error);
}

OpenRecording open_clip(const std::vector<std::filesystem::path>& libraries, std::string_view clip,
                        std::error_code& error) {
  error = std::make_error_code(std::errc::no_such_file_or_directory);
  for (auto library = libraries.rbegin(); library != libraries.rend(); ++library) {
    std::error_code unopened;
    const Descriptor root = open_root(*library, unopened);
    if (!root) continue;
    OpenRecording opened = open_stored(root.get(), std::string(clip), error);
    if (opened.file || error != std::errc::no_such_file_or_directory) return opened;
    const std::string stored = stored_path(root.get(), clip);
    if (!stored.empty()) return open_stored(root.get(), stored, error);
  }
  return {};
}

}  // namespace loa::station
