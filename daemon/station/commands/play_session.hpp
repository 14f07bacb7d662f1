// One run of the player for `play`: orders out, what became of each of them in.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "daemon/station/conductor/play_orders.hpp"
#include "daemon/station/run/player_process.hpp"

namespace loa::station {

class PlaySession {
 public:
  PlaySession(PlayerProcess::Settings settings, std::vector<PlayableItem> items,
              std::function<void(const Played&)> played);

  /// Until everything ended, the device is lost, or Ctrl-C. "" or why it could not be played.
  std::string run();

 private:
  void on_event(const wire::Event& event);
  void on(const wire::DeviceEvent& event);
  void on(const wire::BeatEvent& event);
  void on(const wire::StartedEvent& event);
  void on(const wire::EndedEvent& event);
  void order_all();
  void keep_gate_open();
  void stop(std::string fault);

  boost::asio::io_context context_{1};
  std::vector<PlayableItem> items_;
  std::function<void(const Played&)> played_;
  PlayerProcess player_;
  boost::asio::steady_timer gate_timer_{context_};
  boost::asio::signal_set signals_{context_};
  std::map<std::string, Played> waiting_;  // by the order's id
  std::int64_t underruns_ = 0, underruns_before_ = 0;
  std::string fault_;
  bool ordered_ = false;
};

}  // namespace loa::station
