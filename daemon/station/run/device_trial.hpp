// Whether a sound device can be opened and takes frames, found out by a silent player of its own, because opening may
// hang. Knows no plan.
#pragma once

#include <sys/types.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/steady_timer.hpp>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace loa::station {

/// Main thread only; one trial at a time. Nothing here blocks.
class DeviceTrial {
 public:
  /// Longer than a player takes to prove that a device keeps time.
  static constexpr std::chrono::seconds kPatience{20};
  static constexpr std::chrono::seconds kLeave{2};  // for a player that was told to end

  explicit DeviceTrial(boost::asio::io_context& context) : context_(context) {}
  ~DeviceTrial();
  DeviceTrial(const DeviceTrial&) = delete;
  DeviceTrial& operator=(const DeviceTrial&) = delete;

  bool running() const { return child_ != nullptr; }
  /// `words`: of the player's command line, its name first. `done` is called once, unless stop() comes before.
  void start(const std::filesystem::path& program, std::vector<std::string> words,
             std::function<void(bool opened)> done);
  void stop();

 private:
  struct Child;
  void heed(std::string_view line);
  void end(std::shared_ptr<Child> child, bool opened);
  void let_go(const std::shared_ptr<Child>& child);

  boost::asio::io_context& context_;
  std::shared_ptr<Child> child_;
  std::vector<std::shared_ptr<Child>> leaving_;
};

}  // namespace loa::station
