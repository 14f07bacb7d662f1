// What the running station has in state/: the lock, its plans, and what its ledger says about the time before.
// Knows paths and words; must not know what is on air.
#pragma once

#include <filesystem>
#include <memory>
#include <set>
#include <string>

#include "config/text.hpp"
#include "daemon/station/conductor/owed.hpp"
#include "daemon/station/host/lock.hpp"
#include "daemon/station/host/paths.hpp"
#include "daemon/station/ledger/disk_real.hpp"
#include "daemon/station/library/snapshot.hpp"

namespace loa::station {

/// Of announcements and their repeats (orders_text).
inline constexpr std::string_view kOrdersFile = "announce.json";

/// Main thread only, but for the disk. What fails is said in `language`.
class RunState {
 public:
  /// `lock`: of this station.
  RunState(const std::filesystem::path& station, StateLock lock, config::Language language)
      : paths_{station}, lock_(std::move(lock)), language_(language) {}

  /// False, and said, when nothing can go on air that would be proved. Everything else needs this to be true.
  bool open();

  /// True once after somebody took state/, or the lock in it, away or put another in its place: the folder that is
  /// there now, made when there is none, is locked and is the disk's; everything that belongs there is the caller's to
  /// put back. While another process holds that lock, or nothing can be written, the disk stays out of place.
  bool look();

  /// As of the last look: this process has the folder's lock, and the disk is that folder.
  bool is_ours() const { return obstacle_said_.empty(); }

  /// For the end; nothing else may be called after it.
  StateLock release_lock() { return std::move(lock_); }

  const StationPaths& paths() const { return paths_; }
  RealDisk& disk() const { return *disk_; }

  History history(Instant now) const;
  /// Null when it is not there or not what it was.
  SnapshotPtr plan(const std::string& hash) const;
  /// What was in force when the last daemon ended; null when there is none.
  SnapshotPtr last_accepted(Instant now) const;
  void keep(const Snapshot& snapshot) const;
  /// What is to be announced, as it was kept last; "" = nothing.
  std::string orders() const;
  void keep_orders(const std::string& text) const;
  /// The hashes of all that is kept.
  std::set<std::string> kept() const;
  void drop(const std::string& hash) const;
  /// Somebody may have taken it away since it was accepted.
  bool is_kept(const Snapshot& snapshot) const;

 private:
  void say_obstacle(const LockFault& fault);

  StationPaths paths_;
  StateLock lock_;
  config::Language language_;
  std::unique_ptr<RealDisk> disk_;
  std::string obstacle_said_;  // why the folder is not ours; "" = it is
};

}  // namespace loa::station
