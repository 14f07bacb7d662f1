// A Disk in memory that knows what is durable: a power cut takes what was not synced.
// Knows files as bytes; must not know what they hold.
#pragma once

#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "daemon/station/ledger/progress.hpp"
#include "daemon/station/seams.hpp"

namespace loa::station {

class MemoryDisk : public Disk, public SlotDisk {
 public:
  struct File {
    std::string bytes;
    std::string durable;  // what a power cut leaves
  };
  std::map<std::string, File> files;

  std::unique_ptr<AppendFile> open(const std::string& path, std::error_code& error) override {
    error.clear();
    files.try_emplace(path);
    return std::make_unique<Appender>(*this, path);
  }
  std::error_code truncate(const std::string& path, std::uint64_t size) override {
    const auto found = files.find(path);
    if (found == files.end()) return std::make_error_code(std::errc::no_such_file_or_directory);
    found->second.bytes.resize(static_cast<std::size_t>(size));
    found->second.durable = found->second.bytes;
    return {};
  }
  std::optional<std::string> read(const std::string& path, std::error_code& error) const override {
    error.clear();
    const auto found = files.find(path);
    if (found != files.end()) return found->second.bytes;
    error = std::make_error_code(std::errc::no_such_file_or_directory);
    return {};
  }
  std::error_code replace(const std::string& path, std::string_view bytes) override {
    files[path] = {std::string(bytes), std::string(bytes)};
    return {};
  }
  std::vector<std::string> list(const std::string& directory) const override {
    std::vector<std::string> names;
    for (const auto& [path, file] : files) {
      if (path.starts_with(directory + "/")) names.push_back(path.substr(directory.size() + 1));
    }
    std::sort(names.begin(), names.end());
    return names;
  }
  std::error_code remove(const std::string& path) override {
    return files.erase(path) > 0 ? std::error_code{} : std::make_error_code(std::errc::no_such_file_or_directory);
  }
  std::error_code write_slot(const std::string& path, std::uint64_t offset, std::string_view bytes) override {
    auto& file = files[path];
    const auto at = static_cast<std::size_t>(offset);
    if (file.bytes.size() < at + bytes.size()) file.bytes.resize(at + bytes.size());
    file.bytes.replace(at, bytes.size(), bytes);
    file.durable = file.bytes;
    return {};
  }

  /// Everything that was not synced is gone.
  void cut_power() {
    for (auto& [path, file] : files) file.bytes = file.durable;
  }

 private:
  class Appender final : public AppendFile {
   public:
    Appender(MemoryDisk& disk, std::string path) : disk_(disk), path_(std::move(path)) {}
    std::error_code append(std::string_view bytes) override {
      disk_.files[path_].bytes += bytes;
      return {};
    }
    std::error_code sync() override {
      auto& file = disk_.files[path_];
      file.durable = file.bytes;
      return {};
    }

   private:
    MemoryDisk& disk_;
    std::string path_;
  };
};

}  // namespace loa::station
