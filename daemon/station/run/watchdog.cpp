#include "daemon/station/run/watchdog.hpp"

#include <utility>

namespace loa::station {

void Watchdog::on(const wire::Event& event, Steady now) {
  if (const auto* device = std::get_if<wire::DeviceEvent>(&event)) open_ = device->state == "open";
  if (const auto* beat = std::get_if<wire::BeatEvent>(&event)) {
    const bool moved = std::exchange(taken_, beat->taken) != beat->taken;
    if (open_ && !moved) return;
  }
  last_sign_ = now;
}

}  // namespace loa::station
