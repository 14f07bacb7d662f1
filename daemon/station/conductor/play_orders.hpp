// From files with instants to orders for the player: which anchor, how many frames. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "daemon/station/conductor/play_list.hpp"
#include "daemon/station/seams.hpp"

namespace loa::station {

struct PlayableItem {
  PlayItem item;
  Master master;
  std::string sha256;  // of the file
};

/// What became of one of them.
struct Played {
  std::size_t index = 0;  // of its item
  Instant planned;
  std::optional<Instant> start;  // absent: nothing of it sounded
  Instant end;
  Frames frames{0};
  std::int64_t underruns = 0;
  std::string note;
  std::string verdict, reason;  // of its row; "" without a station
};

struct PlannedOrder {
  wire::PlayOrder order;
  std::size_t index = 0;  // of its item
  Instant planned;        // of its first frame
};

/// What has no instant follows the one before by frame count, the first one begins at `at_once`; a stop shortens. `id`
/// of the orders: "play/1", "play/2" …, with the number of a play "play/7.1", "play/7.2" …
std::vector<PlannedOrder> play_orders(const std::vector<PlayableItem>& items, Instant at_once,
                                      std::uint64_t number = 0);

}  // namespace loa::station
