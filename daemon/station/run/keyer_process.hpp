// The real KeyerLink: the child `loa-keyer` on a socket pair, told again and again what is to be on, and started again
// when it is gone.
#pragma once

#include <sys/types.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "daemon/station/run/child_lines.hpp"
#include "daemon/station/seams.hpp"

namespace loa::station {

/// Main thread only: while that stands still nobody is told that anything is to be on, and the child lets go.
class KeyerProcess final : public KeyerLink {
 public:
  struct Handlers {
    std::function<void(const wire::KeyEvent&)> event;
    std::function<void(const std::string& why)> gone;  // the child ended; another follows by itself
  };
  /// A child that has not answered for so long hangs in a driver; it is killed.
  static constexpr std::chrono::seconds kPatience{3};

  /// `station`: where paths of commands begin.
  KeyerProcess(boost::asio::io_context& context, std::filesystem::path program, std::filesystem::path station,
               Handlers handlers);
  ~KeyerProcess() override;

  void use(std::vector<wire::KeySetup> keys) override;
  void want(const std::vector<bool>& on) override;
  /// Tells it to release all and waits at most `patience`; one that takes longer goes on releasing by itself. Blocks;
  /// for the daemon's own end only.
  void quit(std::chrono::milliseconds patience);
  pid_t pid() const { return pid_; }

 private:
  void spawn();
  void heed(std::string_view line);
  /// False: nobody is there who could hear it.
  bool send(const wire::KeyerOrder& order);
  void repeat();
  void ended(const std::string& why);
  std::string reap(bool kill);

  boost::asio::io_context& context_;
  std::filesystem::path program_, station_;
  Handlers handlers_;
  std::vector<wire::KeySetup> keys_;
  std::vector<bool> wanted_;
  std::shared_ptr<ChildLines> link_;
  boost::asio::steady_timer respawn_, repeat_;
  std::chrono::steady_clock::time_point begun_, asked_;
  std::optional<std::chrono::steady_clock::time_point> unanswered_since_;
  pid_t pid_ = -1;
  std::vector<pid_t> dying_;  // told to end, or killed; not yet gone
  int failures_ = 0;          // ends in a row, each soon after its start
  bool quitting_ = false;
};

}  // namespace loa::station
