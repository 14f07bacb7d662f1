// The Disk seam on a directory of the file system, by descriptors relative to it. Knows system calls; must not know
// what the files hold. EINTR and short writes never show; every other failure is returned.
#pragma once

#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <system_error>
#include <vector>

#include "daemon/station/host/process_fd.hpp"
#include "daemon/station/ledger/progress.hpp"
#include "daemon/station/seams.hpp"

namespace loa::station {

/// Paths are relative and stay below the directory ("ledger/2026-11.jsonl"); folders on the way are made when
/// something is written, and synced. What lies in keys/ is for the owner's eyes only. Thread-safe as far as the files
/// differ.
class RealDisk final : public Disk, public SlotDisk {
 public:
  /// Of a directory that is there; null and why when it is not.
  static std::unique_ptr<RealDisk> open_directory(const std::filesystem::path& directory, std::error_code& error);
  /// Makes it when absent; its parent must exist.
  static std::unique_ptr<RealDisk> make_directory(const std::filesystem::path& directory, std::error_code& error);

  std::unique_ptr<AppendFile> open(const std::string& path, std::error_code& error) override;
  std::error_code truncate(const std::string& path, std::uint64_t size) override;
  std::optional<std::string> read(const std::string& path, std::error_code& error) const override;
  std::error_code replace(const std::string& path, std::string_view bytes) override;
  std::vector<std::string> list(const std::string& directory) const override;
  std::error_code remove(const std::string& path) override;
  std::error_code write_slot(const std::string& path, std::uint64_t offset, std::string_view bytes) override;

  std::error_code in_place() const override;
  /// From now on the directory that has the path now. What is open stays open on the old one, and is not in place.
  std::error_code follow();

  /// A directory by its path and by what that led to once.
  struct Place {
    std::filesystem::path path;
    Descriptor opened;
  };

 private:
  explicit RealDisk(std::shared_ptr<const Place> place) : place_(std::move(place)) {}
  std::shared_ptr<const Place> place() const;

  mutable std::mutex mutex_;
  std::shared_ptr<const Place> place_;  // guarded; whoever uses it keeps it
};

}  // namespace loa::station
