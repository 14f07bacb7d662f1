// The real PlayerLink: the child `loa-player` on a socket pair, started again with back-off when it is gone.
#pragma once

#include <sys/types.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <deque>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "daemon/station/run/child_lines.hpp"
#include "daemon/station/run/device_choice.hpp"
#include "daemon/station/run/device_trial.hpp"
#include "daemon/station/seams.hpp"

namespace loa::station {

/// Main thread only. Nothing here blocks: a child that does not read loses its orders (it is hung and will be
/// replaced).
class PlayerProcess final : public PlayerLink {
 public:
  struct Settings {
    std::filesystem::path program;
    std::string device = "default";  // default | none | a name
    std::string second_device;       // where the first is absent or lost (DeviceChoice); "" = none
    int channels = 1;
    std::chrono::milliseconds latency{0};
    std::string out;  // a WAV of what sounded, over all children; "" = none
    bool operator==(const Settings&) const = default;
  };
  struct Handlers {
    std::function<void(const wire::Event&)> event;
    std::function<void(const std::string& why)> gone;  // the child ended; another follows by itself
  };

  PlayerProcess(boost::asio::io_context& context, Settings settings, Handlers handlers);
  ~PlayerProcess() override;

  void start();
  /// Other settings than before end the child; the next one has them.
  void use(Settings settings);
  /// The second device sounds, and the first could be opened again meanwhile (docs/devices.md).
  bool first_is_back() const;
  /// Ends the player of the second device for one of the first. To be called where nobody hears it.
  void take_back_first();
  /// Asks it to end and waits at most `patience`, then kills it. Blocks; for the daemon's own end only.
  void quit(std::chrono::milliseconds patience);

  void send(const wire::Order& order) override;
  void restart() override;
  pid_t pid() const { return pid_; }

 private:
  struct Link;  // one child's lines, and what it has still to be told

  void spawn();
  void write(const std::shared_ptr<Link>& link);
  void heed(std::string_view line);
  void heed(wire::DeviceEvent& event);
  void try_first();
  std::vector<std::string> words_for(const std::string& device, bool doubtful) const;
  std::chrono::milliseconds next_after(const std::string& why);
  void ended(const std::shared_ptr<Link>& link, const std::string& why);
  std::string reap();

  boost::asio::io_context& context_;
  Settings settings_;
  Handlers handlers_;
  std::shared_ptr<Link> link_;
  boost::asio::steady_timer respawn_;
  pid_t pid_ = -1;
  std::string begun_out_;     // the file that an earlier child of ours has begun
  std::vector<pid_t> dying_;  // killed, not yet gone
  DeviceChoice choice_;
  DeviceTrial trial_;
  boost::asio::steady_timer next_trial_;
  bool hung_ = false;  // it is being killed
  bool quitting_ = false;
};

}  // namespace loa::station
