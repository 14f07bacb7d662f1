// One process writes a station's state: flock on state/lock, which names its holder.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <optional>

#include "daemon/station/host/process_fd.hpp"

namespace loa::station {

enum class LockFault { held, unwritable };  // another process has it; state/ cannot be written

/// Held until it is destroyed, or until the process ends in whatever way.
class StateLock {
 public:
  /// Makes state/ when it is absent (its parent must exist). `patience`: how long to wait for a command that holds it
  /// for a moment only.
  static std::optional<StateLock> acquire(const std::filesystem::path& station, LockFault& fault,
                                          std::chrono::milliseconds patience = std::chrono::milliseconds(0));

 private:
  explicit StateLock(Descriptor file) : file_(std::move(file)) {}
  Descriptor file_;
};

/// Who holds the lock now, as it wrote itself down; nothing when nobody does.
std::optional<pid_t> lock_holder(const std::filesystem::path& station);

}  // namespace loa::station
