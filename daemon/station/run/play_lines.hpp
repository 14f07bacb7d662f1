// What `loa play` and the running station say to each other over the control socket. Values to JSON and back; instants
// as whole frames since 1970.
#pragma once

#include <boost/json/object.hpp>
#include <optional>
#include <string>
#include <vector>

#include "daemon/station/conductor/play_orders.hpp"

namespace loa::station {

boost::json::object play_request(const std::vector<PlayItem>& items, const std::string& by, const std::string& lang);
/// Empty when one of them is no item.
std::vector<PlayItem> play_items_in(const boost::json::object& request);

boost::json::object to_line(const Played& played);
/// Nothing for a line that tells of no file.
std::optional<Played> played_in(const boost::json::object& line);

}  // namespace loa::station
