// What the running station has in state/: its plans, and what its ledger says about the time before.
// Knows paths and words; must not know what is on air.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "config/text.hpp"
#include "daemon/station/conductor/owed.hpp"
#include "daemon/station/host/paths.hpp"
#include "daemon/station/ledger/disk_real.hpp"
#include "daemon/station/library/snapshot.hpp"

namespace loa::station {

/// Main thread only, but for the disk. What fails is said in `language`.
class RunState {
 public:
  RunState(const std::filesystem::path& station, config::Language language) : paths_{station}, language_(language) {}

  /// False, and said, when nothing can go on air that would be proved. Everything else needs this to be true.
  bool open();

  const StationPaths& paths() const { return paths_; }
  RealDisk& disk() const { return *disk_; }

  History history(Instant now) const;
  /// Null when it is not there or not what it was.
  SnapshotPtr plan(const std::string& hash) const;
  /// What was in force when the last daemon ended; null when there is none.
  SnapshotPtr last_accepted(Instant now) const;
  void keep(const Snapshot& snapshot) const;
  /// Somebody may have taken it away since it was accepted.
  bool is_kept(const Snapshot& snapshot) const;

 private:
  StationPaths paths_;
  config::Language language_;
  std::unique_ptr<RealDisk> disk_;
};

}  // namespace loa::station
