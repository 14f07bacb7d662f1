// What is approved while the station runs: rows into its ledger, and the plan made anew once they are on the disk.
#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "daemon/station/conductor/approvals.hpp"
#include "daemon/station/ledger/ledger_file.hpp"

namespace loa::station {

/// Main thread only.
class ApprovalDesk {
 public:
  /// `rows`: where rows go in, in front of `ledger`. `reload`: the plan depends on rows that came. All outlive it.
  ApprovalDesk(Ledger& rows, FileLedger& ledger, std::function<void()> reload);

  /// Of an approve_request(). Waits for the disk, a second at most.
  boost::json::object answer(const boost::json::object& request);
  /// The row of `ticket`, that the plan depends on, is on its way to the disk.
  void await(std::uint64_t ticket) { awaited_ = ticket; }
  /// The ledger's disk took something.
  void on_durable();
  /// As the files' reader found them in the ledger.
  void use(const playlists::Approvals& approvals);

 private:
  Ledger& rows_;
  FileLedger& ledger_;
  std::function<void()> reload_;
  std::set<std::string> known_;           // SHA-256
  std::optional<std::uint64_t> awaited_;  // ticket of a row that is not on the disk yet
};

/// What is asked of the daemon.
boost::json::object approve_request(const std::vector<ApprovedRecording>& recordings, const std::string& by,
                                    std::string_view language);

}  // namespace loa::station
