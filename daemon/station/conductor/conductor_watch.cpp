#include "daemon/station/conductor/conductor_watch.hpp"

#include <utility>

namespace loa::station {

void PlayerWatch::expect(Steady now) {
  heard_ = false;
  taken_ = -1;
  last_sign_ = now;
}

void PlayerWatch::on(const wire::DeviceEvent& event, Steady now) {
  device_ = event.state == "open" ? Device::open : event.state == "lost" ? Device::lost : Device::absent;
  if (!event.name.empty()) name_ = event.name;
  note_ = event.note;
  second_ = event.second;
  heard_ = true;
  last_sign_ = now;
}

void PlayerWatch::on(const wire::BeatEvent& event, Steady now) {
  heard_ = true;
  // A beat whose count stands still is a device that takes nothing.
  if (open() && event.taken == taken_) return;
  taken_ = event.taken;
  last_sign_ = now;
}

void PlayerWatch::gone(std::string why, Steady now) {
  // What its last words said of the device says more than that it ended.
  if (device_ == Device::open || device_ == Device::starting) {
    device_ = Device::gone;
    note_ = std::move(why);
  }
  expect(now);
}

std::string_view name_of(PlayerWatch::Device device) {
  using Device = PlayerWatch::Device;
  switch (device) {
    case Device::starting:
      return "starting";
    case Device::open:
      return "open";
    case Device::absent:
      return "absent";
    case Device::lost:
      return "lost";
    case Device::gone:
      return "gone";
  }
  return "";
}

}  // namespace loa::station
