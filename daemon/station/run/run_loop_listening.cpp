// The running station's ear: the child that listens to the amplifier.
#include "daemon/station/run/run_loop.hpp"

namespace loa::station {

void RunLoop::open_listener() {
  ListenerProcess::Programs programs{sibling_program("loa-listener").value_or("loa-listener"),
                                     sibling_program("loa-player").value_or("loa-player")};
  ListenerProcess::Handlers handlers;
  handlers.event = [this](const wire::ListenerEvent& event) {
    if (!conductor_) return;
    conductor_->on(event);
    if (!std::holds_alternative<wire::ListenerBeat>(event)) tick();
  };
  handlers.gone = [this](const std::string& why) {
    if (!conductor_) return;
    conductor_->on_listener_gone(why);
    tick();
  };
  listener_ = std::make_unique<ListenerProcess>(context_, std::move(programs), std::move(handlers));
}

}  // namespace loa::station
