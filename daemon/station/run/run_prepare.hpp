// From the station's folder, as it is now, to a snapshot that may go on air, or to the reasons why not. Runs in the
// loader's thread; must not know the conductor.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "daemon/station/conductor/make_goods.hpp"
#include "daemon/station/ledger/standing.hpp"
#include "daemon/station/library/load.hpp"
#include "daemon/station/library/snapshot.hpp"

namespace loa::station {

/// Shared with the main thread, therefore immutable.
struct Recordings {
  std::vector<std::filesystem::path> libraries;
  Listing listing;
  KnownFacts known;
};

/// What of a folder may go on air.
struct Prepared {
  config::Diagnostics diagnostics;                 // of the files, and of the next 31 days
  std::shared_ptr<const config::Sources> sources;  // owner of the texts that the diagnostics point into
  SnapshotPtr snapshot;                            // null: something stands against it
  std::shared_ptr<const Recordings> recordings;
  playlists::Approvals approvals;              // all that the ledger knows of
  MakingGood making_good;                      // places that the snapshot has and the ledger does not know of yet
  std::vector<std::filesystem::path> folders;  // to be watched: the station's, every schedule/
  std::size_t unmeasured = 0;                  // recordings that are to be measured
  /// When to look again although nothing changes: some are still being written, or failed and are tried again.
  std::optional<std::chrono::milliseconds> again;
  /// Where the files are not those in force: these, with the recordings, approvals and make-goods of now. Goes on air
  /// when the edit does not; its diagnostics and folders stay empty.
  std::shared_ptr<Prepared> of_files_in_force;
};

/// Lives in one thread at a time; remembers what it measured.
class Preparer {
 public:
  /// `holds_lock`: this process holds state/lock and may write state/facts.
  Preparer(std::filesystem::path station, IntakeOptions intake, bool holds_lock);

  /// Reads everything, measures what the sessions of the next minutes need, plans, checks. `now`: the wall clock's;
  /// `in_force`: null where nothing is.
  Prepared prepare(calendar::Instant now, const SnapshotPtr& in_force = nullptr);
  /// Measures up to `most` further recordings: those that the schedule needs first (that in force where the files have
  /// mistakes), those of which something is believed already last. True when something was measured.
  bool measure_more(calendar::Instant now, std::size_t most, const SnapshotPtr& in_force = nullptr);
  /// Somebody took the files of what is known away: what was measured and approved is written again.
  void keep_facts();

 private:
  const std::vector<boost::json::object>& standing_rows();
  void bring_up_to_date(LoadedStation& loaded, calendar::Instant now, Prepared& prepared);
  void finish(LoadedStation& loaded, calendar::Instant now, Prepared& prepared);
  MakingGood make_good(scheduler::Schedule& schedule, const playlists::Catalogue& catalogue,
                       calendar::Instant now) const;
  void measure(LoadedStation& loaded, const std::vector<std::string>& clips);
  std::size_t measure(LoadedStation& loaded, const std::vector<std::size_t>& which);
  std::optional<std::chrono::milliseconds> look_again(const Listing& listing, std::chrono::sys_seconds now) const;

  std::filesystem::path station_;
  IntakeOptions intake_;
  bool holds_lock_;
  KnownFacts known_;
  Standing standing_;
  bool unsettled_ = false;
};

/// Clips without facts that sessions starting in [from, until) may play, in the order of the programmes. Sorted,
/// unique.
std::vector<std::string> clips_needed(const scheduler::Schedule& schedule, const playlists::Catalogue& catalogue,
                                      calendar::Instant from, calendar::Instant until);

}  // namespace loa::station
