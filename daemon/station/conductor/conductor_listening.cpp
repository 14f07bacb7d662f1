// What the listener tells.
#include "daemon/station/conductor/conductor.hpp"

namespace loa::station {

void Conductor::on(const wire::ListenerEvent& event) {
  if (std::holds_alternative<wire::ListenerBeat>(event)) return;
  hearing_.on(event);
  tick();
}

void Conductor::on_listener_gone(const std::string& why) {
  hearing_.gone(why);
  tick();
}

}  // namespace loa::station
