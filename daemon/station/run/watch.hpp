// Notices that something in the station's folders changed, and that it has been quiet since: editors write by rename,
// copy programs in pieces, network shares without any event.
#pragma once

#include <array>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <filesystem>
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace loa::station {

/// Main thread only. `changed` is called after kQuiet without a further event (and at the latest kPatience after the
/// first one), and after a look every kLookAgain found another state than the last time (network shares send no
/// events).
class Watch {
 public:
  static constexpr std::chrono::milliseconds kQuiet{300};
  static constexpr std::chrono::milliseconds kPatience{3000};
  static constexpr std::chrono::seconds kLookAgain{30};
  /// A schedule file that is still being written holds `changed` back this long after its last write, until it is
  /// closed.
  static constexpr std::chrono::seconds kHalfWritten{20};

  Watch(boost::asio::io_context& context, std::function<void()> changed);

  /// What to watch from now on: folders that may or may not exist (their parents are watched then); below `deep` ones
  /// everything.
  void set(std::vector<std::filesystem::path> folders, std::vector<std::filesystem::path> deep);
  void stop();

 private:
  void watch_all();
  void add(const std::filesystem::path& folder);
  void read();
  bool note(int watch, std::uint32_t mask, std::string_view name);
  void settled();
  void stir();
  void look_again();
  std::uint64_t state() const;

  std::function<void()> changed_;
  boost::asio::posix::stream_descriptor inotify_;
  boost::asio::steady_timer quiet_;
  boost::asio::steady_timer again_;
  std::vector<std::filesystem::path> folders_, deep_;
  std::set<std::pair<int, std::string>> half_written_;  // schedule files written to and not closed: watch, name
  std::chrono::steady_clock::time_point first_stir_{}, last_write_{};
  std::uint64_t known_ = 0;  // what a look saw last
  bool stirring_ = false;
  bool stopped_ = false;
  alignas(8) std::array<char, 16384> events_{};
};

}  // namespace loa::station
