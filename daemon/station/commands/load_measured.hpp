// A station read and measured for a command that is asked once and ends: progress on standard error, facts kept for the
// next time when nobody else writes the state.
#pragma once

#include <optional>

#include "daemon/station/commands/cli_invocation.hpp"
#include "daemon/station/library/load.hpp"

namespace loa::station {

enum class Measure { always, unless_mistakes };

/// Nothing when the world failed (loa-media cannot be started; said on standard error): exit 3.
std::optional<LoadedStation> load_measured(const Invocation& invocation, Measure measure);

/// What the ledger of the station in `station` says of approvals; none where there is no ledger, or it cannot be read.
playlists::Approvals known_approvals(const std::filesystem::path& station);

/// The diagnostics to standard error, as a person reads them.
void say_diagnostics(const config::Diagnostics& diagnostics, config::Language language);

}  // namespace loa::station
