#include "daemon/station/conductor/play_orders.hpp"

#include <algorithm>

namespace loa::station {

std::vector<PlannedOrder> play_orders(const std::vector<PlayableItem>& items, Instant at_once, std::uint64_t number) {
  const std::string prefix = number == 0 ? "play/" : "play/" + std::to_string(number) + ".";
  std::vector<PlannedOrder> planned;
  Instant anchor = at_once;
  Frames at{0};
  for (std::size_t i = 0; i < items.size(); ++i) {
    const auto& [item, master, sha256] = items[i];
    if (item.at) {
      anchor = *item.at;
      at = Frames(0);
    }
    wire::PlayOrder order;
    order.id = prefix + std::to_string(i + 1);
    order.master = master.path;
    order.anchor = anchor;
    order.at = at;
    order.frames = item.stop ? std::clamp(*item.stop - (anchor + at), Frames(0), master.frames) : master.frames;
    at += order.frames;
    planned.push_back({order, i, anchor + order.at});
  }
  return planned;
}

}  // namespace loa::station
