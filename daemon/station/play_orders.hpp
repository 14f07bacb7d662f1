// From files with instants to orders for the player: which anchor, how many frames. Pure.
#pragma once

#include <string>
#include <vector>

#include "daemon/station/play_list.hpp"
#include "daemon/station/seams.hpp"

namespace loa::station {

struct PlayableItem {
  PlayItem item;
  Master master;
};

struct PlannedOrder {
  wire::PlayOrder order;
  std::size_t index = 0;  // of its item
  Instant planned;        // of its first frame
};

/// What has no instant follows the one before by frame count, the first one begins at `at_once`; a stop shortens. `id`
/// of the orders: "play/1", "play/2" …
std::vector<PlannedOrder> play_orders(const std::vector<PlayableItem>& items, Instant at_once);

}  // namespace loa::station
