// One process writes a station's state: flock on state/lock, which names its holder.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <optional>
#include <string_view>
#include <system_error>

#include "daemon/station/host/process_fd.hpp"

namespace loa::station {

/// Why a lock is not had.
struct LockFault {
  bool held = false;           // by another process; else the world refused:
  std::filesystem::path path;  // what could not be made or opened,
  std::error_code error;       // and why
};

/// What the holder writes behind its number when it is `loa run`; other commands hold the lock for a while and do not
/// have the device.
inline constexpr std::string_view kHolderRuns = "run";

/// Held until it is destroyed, or until the process ends in whatever way.
class StateLock {
 public:
  /// Makes state/ when it is absent (its parent must exist). `patience`: how long to wait for a command that holds it
  /// for a moment only. `holder`: a word that it is known by.
  static std::optional<StateLock> acquire(const std::filesystem::path& station, LockFault& fault,
                                          std::chrono::milliseconds patience = std::chrono::milliseconds(0),
                                          std::string_view holder = {});

  /// False when somebody took state/lock, or the folder, away: another process may then hold a lock of that name.
  bool is_in_place(const std::filesystem::path& station) const;

 private:
  explicit StateLock(Descriptor file) : file_(std::move(file)) {}
  Descriptor file_;
};

struct LockHolder {
  pid_t pid = 0;  // as it wrote itself down
  bool runs = false;
};

/// Who holds the lock now; nothing when nobody does.
std::optional<LockHolder> lock_holder(const std::filesystem::path& station);

}  // namespace loa::station
