// A station read and measured for a command that is asked once and ends: progress on standard error, facts kept for the
// next time when nobody else writes the state.
#pragma once

#include <boost/json/object.hpp>
#include <filesystem>
#include <optional>
#include <vector>

#include "daemon/station/commands/cli_invocation.hpp"
#include "daemon/station/library/load.hpp"

namespace loa::station {

enum class Measure { always, unless_mistakes };

/// Nothing when the world failed (loa-media cannot be started; said on standard error): exit 3.
std::optional<LoadedStation> load_measured(const Invocation& invocation, Measure measure);

/// The rows of the ledger of the station in `station` that its plan depends on; none where there is no ledger, or it
/// cannot be read.
std::vector<boost::json::object> standing_rows(const std::filesystem::path& station);
/// What they say of approvals.
playlists::Approvals known_approvals(const std::filesystem::path& station);

/// The diagnostics to standard error, as a person reads them.
void say_diagnostics(const config::Diagnostics& diagnostics, config::Language language);

}  // namespace loa::station
