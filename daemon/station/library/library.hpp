// The recordings of a station: what lies in the library/ folders, and descriptors that never lead out of them.
// Knows file names and identities; must not know what is in a recording.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include "daemon/station/host/process_fd.hpp"

namespace loa::station {

/// What tells one state of a file from another without reading it.
struct FileIdentity {
  std::uint64_t inode = 0;
  std::int64_t size = 0;      // bytes
  std::int64_t mtime_ns = 0;  // since 1970
  /// Of the last change of anything about it, since 1970: also of bytes that were written with the old mtime put back,
  /// and of mere rights or names. 0 = not known.
  std::int64_t ctime_ns = 0;
  bool operator==(const FileIdentity&) const = default;
};

/// Of an open file; all zero when it cannot be asked.
FileIdentity identity_of(int fd);

struct Recording {
  std::string clip;         // NFC, '/' between parts, below library/
  std::string path;         // as it is stored, below its library/
  std::size_t library = 0;  // which of the libraries
  FileIdentity identity;
  bool other = false;  // by its name no recording (a text, a picture): a clip only for an article that names it
};

enum class LibraryFault {
  leaves_library,  // a symbolic link that leads out
  dangling,        // a symbolic link that leads nowhere
  loop,            // a symbolic link that leads in a circle
  unreadable,      // no permission, or the disk fails
  not_a_file,      // a pipe, a device, a socket
  name_not_utf8,
  same_name,  // NFC and NFD of one name side by side: the one in NFC is taken
  too_many,   // deeper than 64 folders or more than 200,000 entries: the rest is not seen
};

struct LibraryProblem {
  LibraryFault fault = LibraryFault::unreadable;
  std::size_t library = 0;
  std::string path;  // below its library; "" = the library itself
};

struct Listing {
  std::vector<Recording> recordings;  // by clip, each once: of one clip in several libraries the later
  std::vector<LibraryProblem> problems;
};

/// `libraries`: absolute folders, the later wins; absent ones are empty. Dot-files and editors' files are left out.
/// Symbolic links are followed as long as they stay beneath their library.
Listing list_library(const std::vector<std::filesystem::path>& libraries);

struct OpenRecording {
  Descriptor file;  // open for reading, a regular file, beneath its library whatever is renamed meanwhile
  FileIdentity identity;
};

/// The stored file of that very listing. An error: it went away, leads out of the library, is no regular file.
OpenRecording open_recording(const std::vector<std::filesystem::path>& libraries, const Recording& recording,
                             std::error_code& error);
/// By the clip's name, NFC or NFD, in the last library that has it.
OpenRecording open_clip(const std::vector<std::filesystem::path>& libraries, std::string_view clip,
                        std::error_code& error);

}  // namespace loa::station
