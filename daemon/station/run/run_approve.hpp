// What is approved while the station runs: rows into its ledger, and the plan made anew once they are on the disk.
#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "daemon/station/conductor/approvals.hpp"
#include "daemon/station/ledger/ledger_file.hpp"
#include "daemon/station/run/awaited_rows.hpp"

namespace loa::station {

/// Main thread only.
class ApprovalDesk {
 public:
  /// `rows`: where rows go in, in front of `ledger`. All outlive it.
  ApprovalDesk(Ledger& rows, FileLedger& ledger, AwaitedRows& awaited);

  /// Of an approve_request(). Waits for the disk, a second at most.
  boost::json::object answer(const boost::json::object& request);
  /// As the files' reader found them in the ledger.
  void use(const playlists::Approvals& approvals);

 private:
  Ledger& rows_;
  FileLedger& ledger_;
  AwaitedRows& awaited_;
  std::set<std::string> known_;                   // SHA-256: as the ledger has them
  std::map<std::string, std::uint64_t> written_;  // by SHA-256: the tickets of those that it did not have when asked
};

/// What is asked of the daemon.
boost::json::object approve_request(const std::vector<ApprovedRecording>& recordings, const std::string& by,
                                    std::string_view language);

}  // namespace loa::station
