// What the conductor sees of the station's ledger: rows go in and become durable in order.
// Knows nothing of files; ledger_file.hpp has the real one.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "daemon/station/seams.hpp"
#include "daemon/wire/row.hpp"

namespace loa::station {

/// How `boot` begins in rows that a command wrote while no daemon ran (`loa approve`): such rows, their checkpoint too,
/// are no sign of life of the station, and say nothing of the verdicts that are owed.
inline constexpr std::string_view kCommandBoot = "command-";

/// The last sign of life: what sounds and how far it got. Kept beside the ledger, not in it (progress.hpp).
struct Progress {
  std::string at;  // when, as rows show instants
  std::string id;  // what sounds; "" = nothing
  std::uint32_t attempt = 0;
  std::int64_t frames = 0;   // of it that the device took
  std::int64_t reached = 0;  // how far into it that was: more than `frames` when it was joined or went on after a loss
  /// Items that are over and whose rows wait for what was heard of them.
  struct Waiting {
    std::string id;
    std::int64_t frames = 0, reached = 0;
    bool operator==(const Waiting&) const = default;
  };
  std::vector<Waiting> waiting = {};
  bool operator==(const Progress&) const = default;
};

/// append() returns a ticket at once; rows become durable in order. Called on one thread, the conductor's.
class Ledger {
 public:
  virtual ~Ledger() = default;
  /// `fields`: kind and what belongs to it; seq, at, boot, station, clock, prev, hash are the ledger's.
  virtual std::uint64_t append(wire::Fields fields) = 0;
  /// Highest ticket whose row is on the disk.
  virtual std::uint64_t durable() const = 0;
  /// Rows that are held in memory because the disk fails ("" = none; else why).
  virtual std::string disk_fault() const = 0;
  /// A signed checkpoint row.
  virtual std::uint64_t checkpoint() = 0;

  /// Highest seq that is on the disk (0 = none), for HubLink::rows_until.
  virtual std::uint64_t durable_seq() const { return 0; }
  /// From time to time (a minute is often enough): writes the hourly checkpoint when rows came since the last one and,
  /// without a thread, tries again what the disk refused.
  virtual void tick() {}
  /// Made durable soon, by the thread that writes rows; only the newest counts.
  virtual void note_progress(const Progress&) {}
};

}  // namespace loa::station
