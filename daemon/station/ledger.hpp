// The station's ledger on a Disk: seq, prev, hash, month files, torn tails, damaged lines, signed checkpoints.
// Position and key are found by scanning; there is no side file that must agree with the data.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "daemon/station/seams.hpp"
#include "daemon/wire/row.hpp"

namespace loa::station {

/// What the conductor sees. append() returns a ticket at once; rows become durable in order.
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
};

}  // namespace loa::station
