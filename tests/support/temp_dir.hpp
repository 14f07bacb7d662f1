// A folder that exists as long as its test.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace loa::test {

class TempDir {
 public:
  TempDir();
  ~TempDir();
  TempDir(const TempDir&) = delete;
  TempDir& operator=(const TempDir&) = delete;

  const std::filesystem::path& path() const { return path_; }
  std::filesystem::path operator/(const std::filesystem::path& name) const { return path_ / name; }
  /// Makes the folders above it; returns where it is.
  std::filesystem::path write(const std::filesystem::path& name, std::string_view bytes) const;
  /// A shell script that can be run.
  std::filesystem::path script(const std::filesystem::path& name, std::string_view body) const;

 private:
  std::filesystem::path path_;
};

std::string read_file(const std::filesystem::path& file);

}  // namespace loa::test
