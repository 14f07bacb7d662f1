// A recording as it is at this moment: measured whole, and its hash read anew, so that nobody approves other bytes than
// those that were listened to. Blocks.
#pragma once

#include <optional>
#include <vector>

#include "daemon/station/commands/approve_target.hpp"
#include "daemon/station/commands/cli_invocation.hpp"

namespace loa::station {

/// Measures those of `targets` that are not known yet. False when nothing can be measured on this machine.
bool measure_targets(LoadedStation& loaded, KnownFacts& known, const std::vector<ApproveTarget>& targets,
                     const Invocation& invocation);

/// The facts of the file as it is now; nothing, and `target` says why, when it cannot be approved as it is: still being
/// written, refused, changed meanwhile.
std::optional<playlists::Facts> facts_now(const LoadedStation& loaded, const KnownFacts& known, ApproveTarget& target);

}  // namespace loa::station
