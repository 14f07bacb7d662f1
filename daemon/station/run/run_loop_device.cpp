// The running station's sound: which device its player opens, when the first one takes over again, and
// its amplifiers.
#include <systemd/sd-daemon.h>

#include "daemon/station/run/run_loop.hpp"

namespace loa::station {

using namespace std::chrono_literals;

namespace {

constexpr auto kChangeTakes = 15s;  // more than closing one device and opening another

}  // namespace

PlayerProcess::Settings RunLoop::player_settings(const config::AudioSettings& audio) const {
  PlayerProcess::Settings settings;
  settings.program = sibling_program("loa-player").value_or("loa-player");
  settings.device = audio.device;
  settings.second_device = audio.second_device;
  settings.channels = audio.channels;
  settings.latency = audio.latency;
  settings.out = audio.device == "none" ? options_.out : "";
  return settings;
}

void RunLoop::open_player(const config::AudioSettings& audio) {
  player_ =
      std::make_unique<PlayerProcess>(context_, player_settings(audio),
                                      PlayerProcess::Handlers{[this](const wire::Event& event) { on_event(event); },
                                                              [this](const std::string& why) { on_player_gone(why); }});
}

void RunLoop::open_keyer() {
  keyer_ =
      std::make_unique<KeyerProcess>(context_, sibling_program("loa-keyer").value_or("loa-keyer"), options_.station,
                                     KeyerProcess::Handlers{[this](const wire::KeyEvent& event) {
                                                              if (conductor_) conductor_->on(event);
                                                              tick();
                                                            },
                                                            [this](const std::string& why) {
                                                              if (conductor_) conductor_->on_keyer_gone(why);
                                                              tick();
                                                            }});
}

void RunLoop::feed_watchdog() {
  if (watchdog_.may_feed(clock_.steady())) sd_notify(0, "WATCHDOG=1");
}

/// Never in the middle of sound: as long as the second device plays, the change would only make a gap.
void RunLoop::use_first_device() {
  if (player_->first_is_back() && conductor_->quiet(kChangeTakes)) player_->take_back_first();
}

}  // namespace loa::station
