// The main thread of loa-player: orders in, events out, and the end of the process in every case. Knows no plan.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "audio/device.hpp"
#include "audio/output.hpp"
#include "daemon/player/feeder_thread.hpp"
#include "daemon/player/options.hpp"
#include "daemon/wire/socket_lines.hpp"

namespace loa::player {

/// How the process ends.
enum class Exit : int { done = 0, usage = 2, absent = 4, lost = 5 };

class Player {
 public:
  /// The device that the options mean; null and `error` when there is none.
  using FindDevice = std::function<std::unique_ptr<audio::Device>(const Options& options, std::string& error)>;

  explicit Player(const Options& options, FindDevice find = find_device);
  ~Player();
  Player(const Player&) = delete;
  Player& operator=(const Player&) = delete;

  /// Until the daemon says quit or is gone, or the device is. The caller ends the process at once: what is left of a
  /// lost device may hang.
  Exit run();

 private:
  using Steady = std::chrono::steady_clock;

  static std::unique_ptr<audio::Device> find_device(const Options& options, std::string& error);
  std::string open_device();
  Exit absent(const std::string& why);
  Exit lost();
  Exit loop();
  void wait();
  void obey(const std::string& line);
  void send(const wire::Event& event) { link_.send(wire::to_line(event)); }
  void send_events();
  void send_beat();
  bool watch_device();
  bool takes_nothing(Steady::time_point now);
  bool keeps_time(Steady::time_point now, const std::optional<double>& rate_error);
  void say_open();
  bool quit_done(Steady::time_point now) const;
  void fade_away();
  void close_device();

  Options options_;
  FindDevice find_;
  wire::SocketLines link_;
  int wake_fd_;
  int signal_fd_;
  audio::Output output_;
  Feeder feeder_;
  std::unique_ptr<audio::Device> device_;
  std::unique_ptr<FeederThread> thread_;
  bool open_said_ = false;
  bool terminated_ = false;
  std::string untimely_;  // why it is none that keeps time
  audio::DeviceFrame last_taken_{};
  Steady::time_point begun_, last_moved_, look_at_, next_beat_, quit_until_{Steady::time_point::max()};
  bool doubted_ = false;  // it has taken nothing for too long; the next look decides
};

}  // namespace loa::player
