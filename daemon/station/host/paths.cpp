#include "daemon/station/host/paths.hpp"

#include <unistd.h>

namespace loa::station {

namespace fs = std::filesystem;

std::optional<fs::path> sibling_program(std::string_view name) {
  std::error_code error;
  const fs::path self = fs::read_symlink("/proc/self/exe", error);
  if (error) return std::nullopt;
  const fs::path folder = self.parent_path();
  for (const fs::path& candidate : {folder / name, folder.parent_path() / "libexec" / "loa" / name}) {
    if (::access(candidate.c_str(), X_OK) == 0) return candidate;
  }
  return std::nullopt;
}

}  // namespace loa::station
