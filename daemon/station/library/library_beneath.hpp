// Opening below a folder and never outside it: openat2 with RESOLVE_BENEATH. The kernel's answer holds against renames
// and links that change while a path is walked.
#pragma once

#include <sys/stat.h>

#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include "daemon/station/host/process_fd.hpp"

namespace loa::station {

/// A folder to open below; follows links on its own path only.
Descriptor open_root(const std::string& folder, std::error_code& error);

/// `path` relative to `root`, "" or "." = itself. `flags` as for open(2); never blocks on pipes or devices.
/// EXDEV: it leads out. Links that stay beneath are followed.
Descriptor open_beneath(int root, const std::string& path, int flags, std::error_code& error);

/// Names in an open folder without "." and "..", unordered; empty with `error` when it cannot be read.
std::vector<std::string> names_in(const Descriptor& folder, std::error_code& error);

/// The stored spelling of `path` (NFC or NFD in each part) below `root`; "" when there is none.
std::string stored_path(int root, std::string_view path);

}  // namespace loa::station
