// The real ListenerLink: the child `loa-listener` on a socket pair, started again when it is gone.
#pragma once

#include <sys/types.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "daemon/station/run/child_lines.hpp"
#include "daemon/station/seams.hpp"

namespace loa::station {

/// Main thread only; never waits for the child, which may hang in a disk that holds a master.
class ListenerProcess final : public ListenerLink {
 public:
  struct Programs {
    std::filesystem::path listener, player;
  };
  struct Handlers {
    std::function<void(const wire::ListenerEvent&)> event;
    std::function<void(const std::string& why)> gone;  // the child ended; another follows by itself
  };
  /// One that says nothing for so long hangs; it is killed.
  static constexpr std::chrono::seconds kPatience{10};

  ListenerProcess(boost::asio::io_context& context, Programs programs, Handlers handlers);
  ~ListenerProcess() override;

  void use(const std::string& input) override;
  void send(const wire::ListenerOrder& order) override;
  pid_t pid() const { return pid_; }

 private:
  void spawn();
  void spawn_later();
  void heed(std::string_view line);
  void watch();
  void drop();
  void ended(const std::string& why);

  boost::asio::io_context& context_;
  Programs programs_;
  Handlers handlers_;
  std::string input_;
  std::shared_ptr<ChildLines> link_;
  boost::asio::steady_timer respawn_, watch_;
  std::chrono::steady_clock::time_point begun_, heard_;
  pid_t pid_ = -1;
  std::vector<pid_t> dying_;  // killed; not yet gone
  int failures_ = 0;          // ends in a row, each soon after its start
};

}  // namespace loa::station
