// Reads the station's folder and measures its recordings beside the main thread, for as long as the disk takes.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>

#include "daemon/station/run/mailbox.hpp"
#include "daemon/station/run/run_prepare.hpp"

namespace loa::station {

/// Main thread only, and waits for a disk in first() alone.
class Loader {
 public:
  /// What is done beside: as Preparer does it. May hang for ever; it owns all that it touches.
  struct Work {
    std::function<Prepared(calendar::Instant now, const SnapshotPtr& in_force)> prepare;
    std::function<bool(calendar::Instant now, std::size_t most, const SnapshotPtr& in_force)> measure_more;
    std::function<void()> keep_facts = {};
  };
  struct Hooks {
    std::function<calendar::Instant()> now;
    std::function<void(Prepared)> loaded;
    std::function<SnapshotPtr()> in_force = [] { return SnapshotPtr(); };
  };

  Loader(boost::asio::io_context& context, Work work, Hooks hooks);

  /// Blocks until the folder is read, at most for `patience`; nothing: it comes to `loaded` once it
  /// is, unless this is called again meanwhile.
  std::optional<Prepared> first(std::chrono::milliseconds patience);
  /// One at a time; what is asked for meanwhile is done once more afterwards.
  void load();
  void load_in(std::chrono::milliseconds pause);
  /// Measures a little, so that an edit never waits long behind a large library; loads when that gave something.
  void measure_more();
  /// Somebody took the file of what was measured away: it is written again.
  void keep_facts();
  /// Begins nothing more, and tells nothing more.
  void stop();

 private:
  void prepare(std::function<void(Prepared)> done);
  void ended();

  boost::asio::io_context& context_;
  std::shared_ptr<const Work> work_;
  Hooks hooks_;
  boost::asio::steady_timer timer_;
  std::optional<Prepared> first_;
  bool waits_for_first_ = false;
  bool loading_ = false;
  bool load_again_ = false;
  bool facts_wait_ = false;  // to be kept
  bool stopped_ = false;
  Mailbox mailbox_;
};

/// With a Preparer of its own, which is given up when `intake.stop` is asked to.
Loader::Work preparing(const std::filesystem::path& station, IntakeOptions intake);

}  // namespace loa::station
