// A folder of its own that goes away with its owner. Knows nothing of what is put there.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>
#include <system_error>

namespace loa::station {

class TemporaryFolder {
 public:
  /// In $TMPDIR, readable for its owner only; throws std::system_error when none can be made.
  TemporaryFolder() {
    auto pattern = (std::filesystem::temp_directory_path() / "loa-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) throw std::system_error(errno, std::generic_category(), pattern);
    path_ = pattern;
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace loa::station
