// Notices that something in the station's folders changed, and that it has been quiet since: editors write by rename,
// copy programs in pieces, network shares without any event.
#pragma once

#include <array>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "daemon/station/host/process_fd.hpp"
#include "daemon/station/run/mailbox.hpp"

namespace loa::station {

/// What is watched: folders that may or may not exist (their parents are watched then); below `deep` ones everything.
struct WatchedFolders {
  std::vector<std::filesystem::path> folders, deep;
  bool operator==(const WatchedFolders&) const = default;
};

/// A look at the folders: asks `inotify` to watch each of them, and gives one number for all that is in them. May never
/// come back (a network drive that hangs), therefore never in the main thread; it touches nothing else.
using FolderLook = std::function<std::uint64_t(int inotify, const WatchedFolders&)>;
std::uint64_t look_at_folders(int inotify, const WatchedFolders& watched);

/// Main thread only, and never waits for a disk. `changed` is called after kQuiet without a further event (and at the
/// latest kPatience after the first one), and after a look every kLookAgain found another state than the last time
/// (network shares send no events).
class Watch {
 public:
  static constexpr std::chrono::milliseconds kQuiet{300};
  static constexpr std::chrono::milliseconds kPatience{3000};
  static constexpr std::chrono::seconds kLookAgain{30};
  /// A schedule file that is still being written holds `changed` back this long after its last write, until it is
  /// closed.
  static constexpr std::chrono::seconds kHalfWritten{20};

  struct Hooks {
    std::function<void()> changed;
    /// True: a look has not come back within kLookAgain; false: it has, after all.
    std::function<void(bool)> hangs = [](bool) {};
  };

  /// `pace`: between two looks.
  Watch(boost::asio::io_context& context, Hooks hooks, FolderLook look = look_at_folders,
        std::chrono::milliseconds pace = kLookAgain);

  /// What to watch from now on.
  void set(WatchedFolders watched);
  void stop();

 private:
  /// What a look is for, the weightiest last.
  enum class Purpose { none, compare, begin, tell };

  void read();
  bool note(int watch, std::uint32_t mask, std::string_view name);
  void settled();
  void stir();
  void look_again();
  void look(Purpose purpose);
  void looked(std::uint64_t state);

  Hooks hooks_;
  FolderLook look_;
  std::chrono::milliseconds pace_;
  boost::asio::posix::stream_descriptor inotify_;
  std::shared_ptr<const Descriptor> shared_inotify_;  // for looks, which may outlive this
  boost::asio::steady_timer quiet_;
  boost::asio::steady_timer again_;
  std::shared_ptr<const WatchedFolders> watched_;
  std::set<std::pair<int, std::string>> half_written_;  // schedule files written to and not closed: watch, name
  std::chrono::steady_clock::time_point first_stir_{}, last_write_{};
  std::uint64_t known_ = 0;  // what a look saw last
  Purpose looking_ = Purpose::none;
  std::chrono::steady_clock::time_point looking_since_{};
  Purpose next_ = Purpose::none;  // asked for while a look was under way
  bool stirring_ = false;
  bool hangs_ = false;
  bool stopped_ = false;
  alignas(8) std::array<char, 16384> events_{};
  Mailbox mailbox_;
};

}  // namespace loa::station
