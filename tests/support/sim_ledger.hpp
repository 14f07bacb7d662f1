// A ledger in memory whose rows become durable after a while; a power cut takes the others.
// Knows rows as they are appended; no hashes, no files.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "daemon/station/conductor/owed.hpp"
#include "tests/support/sim_clock.hpp"

namespace loa::sim {

class SimLedger final : public station::Ledger {
 public:
  explicit SimLedger(const SimClock& clock) : clock_(clock) {}

  std::uint64_t append(wire::Fields fields) override;
  std::uint64_t durable() const override;
  std::string disk_fault() const override { return fault; }
  std::uint64_t checkpoint() override { return append({{"kind", "checkpoint"}}); }
  void note_progress(const station::Progress& progress) override { progress_ = progress; }

  /// When the next row becomes durable; nothing: none is on its way.
  std::optional<Steady> next() const;
  void cut_power() { rows_.resize(durable()); }
  /// As if the power had failed when `count` rows were on the disk.
  void keep_only(std::size_t count) { rows_.resize(std::min(count, rows_.size())); }
  station::History history() const;

  const std::vector<boost::json::object>& rows() const { return rows_; }
  std::vector<boost::json::object> of_kind(std::string_view kind) const;
  /// The item row of `id`; fails the caller's expectations with an empty object when there is none.
  boost::json::object verdict_of(std::string_view id) const;

  std::chrono::nanoseconds latency = std::chrono::milliseconds(4);
  bool stuck = false;  // nothing becomes durable any more
  std::string fault;

 private:
  const SimClock& clock_;
  std::vector<boost::json::object> rows_;
  std::vector<Steady> durable_at_;
  std::optional<station::Progress> progress_;
};

std::string text(const boost::json::object& row, std::string_view key);
std::int64_t number(const boost::json::object& row, std::string_view key);

}  // namespace loa::sim
