// Flaws of a recording as JSON: in the facts that are kept and in snapshots.
#pragma once

#include <boost/json.hpp>

#include "playlists/catalogue.hpp"

namespace loa::station {

/// [[code, from, until], …]
boost::json::array flaws_json(const std::vector<playlists::Flaw>& flaws);
/// What is no such list is none.
std::vector<playlists::Flaw> flaws_from(const boost::json::value& value);

}  // namespace loa::station
