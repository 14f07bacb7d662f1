// A station's folder as one value: its files, its schedule, its library, what is known of its recordings, and every
// complaint. No globals: may run in any thread.
#pragma once

#include <filesystem>
#include <optional>

#include "config/station_folder.hpp"
#include "daemon/station/library/intake.hpp"
#include "daemon/station/library/snapshot.hpp"
#include "playlists/catalogue.hpp"
#include "scheduler/schedule.hpp"

namespace loa::station {

struct LoadedStation {
  config::StationFiles files;
  std::optional<scheduler::Schedule> schedule;  // also beside errors, then for further checks only
  Listing listing;
  playlists::Catalogue catalogue;  // every clip; facts of those that `known` knows
  config::Diagnostics diagnostics;

  /// There is a schedule and nothing stands against it.
  bool good() const { return schedule.has_value() && !diagnostics.has_errors(); }
};

/// Reads and lists; measures nothing. Recordings that `known` does not know are in the catalogue without facts.
LoadedStation load_station(const std::filesystem::path& station, const KnownFacts& known);

/// The files of `in_force` in the place of those that lie in the folder now, with the recordings that do.
LoadedStation load_station_of(const Snapshot& in_force, const std::filesystem::path& station, const KnownFacts& known);

/// Indices of its listing: clips that are not known yet, changed, or are due to be tried again.
std::vector<std::size_t> to_measure(const LoadedStation& loaded, const KnownFacts& known,
                                    std::chrono::sys_seconds now = wall_seconds());

/// Measures what is not known yet (blocks), then brings the catalogue up to date.
IntakeResult measure_unknown(LoadedStation& loaded, KnownFacts& known, const IntakeOptions& options);

/// The catalogue of a listing, given what is known. Files that are no recordings by their name are clips only where an
/// article of `repertoire` names them.
playlists::Catalogue catalogue_of(const Listing& listing, const KnownFacts& known,
                                  const playlists::Repertoire& repertoire);

}  // namespace loa::station
