// An accepted set of files, facts, approvals and make-goods, content-addressed: what a verdict is owed under.
#pragma once

#include <memory>
#include <string>

#include "config/station_folder.hpp"
#include "daemon/station/seams.hpp"
#include "playlists/catalogue.hpp"
#include "scheduler/plan.hpp"

namespace loa::station {

/// Immutable; shared between threads.
struct Snapshot {
  std::string hash;  // SHA-256 (hex) of its canonical text
  config::StationSettings settings;
  scheduler::Schedule schedule;
  playlists::Catalogue catalogue;  // only the recordings that the schedule can name
  /// The canonical text: every YAML file by name, every fact, approval and make-good; makes the same plan anywhere.
  std::string bytes;
  std::shared_ptr<const config::Sources> sources;  // owner of the texts that the settings' places are in

  scheduler::Plan plan(config::Date from, config::Date to) const;
};
using SnapshotPtr = std::shared_ptr<const Snapshot>;

/// From what was read and measured; no errors may stand in it (null when no plan can be made of it). `make_goods`: as
/// the ledger has them; those of campaigns that the files know are kept.
SnapshotPtr make_snapshot(const config::StationFiles& files, const playlists::Catalogue& catalogue,
                          scheduler::MakeGoods make_goods = {});
/// To standard error; nothing when there is nothing, or mere warnings that were `said` last (a recording that arrives
/// slowly makes many edits).
void say_findings(const config::Diagnostics& diagnostics, config::Language language, std::string& said);
/// What the edit changes on air in the next 7 days; a few lines. Gives them without colours.
std::string say_changes(const Snapshot& before, const Snapshot& after, Instant now, config::Language language);
/// Both were read from the same files, only the recordings are others.
bool same_texts(const config::Sources& one, const config::Sources& other);
/// The files that it was made of, without their `libraries`. It must be of our making.
config::StationFiles files_of(const Snapshot& snapshot);
/// From state/plans/<hash>; null when the bytes do not give that hash or cannot be read.
SnapshotPtr read_snapshot(std::string_view hash, std::string bytes);

}  // namespace loa::station
