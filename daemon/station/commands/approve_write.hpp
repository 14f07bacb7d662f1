// Approvals into the station's ledger: by the daemon where one runs, else by this process.
#pragma once

#include <string>
#include <vector>

#include "daemon/station/commands/cli_invocation.hpp"
#include "daemon/station/conductor/approvals.hpp"
#include "daemon/station/library/load.hpp"

namespace loa::station {

enum class ApproveOutcome {
  written,  // durable; no daemon runs
  taken,    // the daemon has it, and it is durable
  waiting,  // the daemon has it, and its disk does not take it at the moment
  failed,   // said on standard error
};

/// Blocks: waits for a station that is starting.
ApproveOutcome write_approvals(const Invocation& invocation, const LoadedStation& loaded, const std::string& by,
                               const std::vector<ApprovedRecording>& recordings);

}  // namespace loa::station
