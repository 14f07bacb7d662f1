#include "daemon/station/library/library_beneath.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/syscall.h>

#include <algorithm>
#include <cerrno>
#include <memory>

#include "config/unicode.hpp"
#include "daemon/station/host/last_error.hpp"

namespace loa::station {

namespace {

int openat2_once(int root, const std::string& path, int flags) {
  open_how how{};
  how.flags = static_cast<decltype(how.flags)>(flags | O_CLOEXEC);
  how.resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS;
  return static_cast<int>(::syscall(SYS_openat2, root, path.empty() ? "." : path.c_str(), &how, sizeof how));
}

/// The part as it is stored in `folder`, or "".
std::string stored_part(int root, const std::string& folder, std::string_view part) {
  std::error_code error;
  const Descriptor open = open_beneath(root, folder, O_RDONLY | O_DIRECTORY, error);
  if (!open) return {};
  const std::string wanted = config::nfc(part);
  const auto names = names_in(open, error);
  const auto found =
      std::find_if(names.begin(), names.end(), [&](const std::string& name) { return config::nfc(name) == wanted; });
  return found == names.end() ? std::string() : *found;
}

}  // namespace

Descriptor open_root(const std::string& folder, std::error_code& error) {
  Descriptor root(::open(folder.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
  error = root ? std::error_code() : last_error();
  return root;
}

Descriptor open_beneath(int root, const std::string& path, int flags, std::error_code& error) {
  // EAGAIN: something was renamed during the walk and the kernel cannot vouch for the answer; ask again.
  for (int attempt = 0; attempt < 32; ++attempt) {
    Descriptor opened(openat2_once(root, path, flags));
    error = opened ? std::error_code() : last_error();
    if (opened || (errno != EAGAIN && errno != EINTR)) return opened;
  }
  return {};
}

std::vector<std::string> names_in(const Descriptor& folder, std::error_code& error) {
  const int copy = ::fcntl(folder.get(), F_DUPFD_CLOEXEC, 0);
  const std::unique_ptr<DIR, int (*)(DIR*)> stream(copy < 0 ? nullptr : ::fdopendir(copy), &::closedir);
  std::vector<std::string> names;
  if (!stream) {
    error = last_error();
    if (copy >= 0) ::close(copy);
    return names;
  }
  errno = 0;
  while (const dirent* entry = ::readdir(stream.get())) {
    const std::string_view name = entry->d_name;
    if (name != "." && name != "..") names.emplace_back(name);
  }
  error = errno == 0 ? std::error_code() : last_error();
  return names;
}

std::string stored_path(int root, std::string_view path) {
  std::string stored;
  while (!path.empty()) {
    const auto slash = path.find('/');
    const std::string part = stored_part(root, stored, path.substr(0, slash));
    if (part.empty()) return {};
    stored += stored.empty() ? part : "/" + part;
    path = slash == std::string_view::npos ? std::string_view() : path.substr(slash + 1);
  }
  return stored;
}

}  // namespace loa::station
