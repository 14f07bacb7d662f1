// Rows that the plan depends on, on their way to the disk: the plan is made anew once they are there, since a plan that
// relied on them before could not be proved.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>

#include "daemon/station/ledger/ledger.hpp"

namespace loa::station {

/// How long a person waits for the disk: what is said to be so survives a kill.
inline constexpr std::chrono::seconds kSaidRows{1};

/// Main thread only.
class AwaitedRows {
 public:
  /// `reload`: makes the plan anew. Both outlive it.
  AwaitedRows(const Ledger& ledger, std::function<void()> reload) : ledger_(ledger), reload_(std::move(reload)) {}

  /// The row of `ticket` was appended.
  void await(std::uint64_t ticket) { last_ = ticket; }
  bool waiting() const { return last_.has_value(); }
  /// The ledger's disk took something.
  void on_durable() {
    if (!last_ || ledger_.durable() < *last_) return;
    last_.reset();
    reload_();
  }

 private:
  const Ledger& ledger_;
  std::function<void()> reload_;
  std::optional<std::uint64_t> last_;
};

}  // namespace loa::station
