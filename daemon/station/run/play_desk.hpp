// Where the running station takes files that a person wants to hear: makes them ready beside the main thread, hands
// them to the conductor, and tells who asked what became of them. Decides nothing of what sounds.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/json/object.hpp>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "daemon/station/conductor/conductor_options.hpp"
#include "daemon/station/run/control.hpp"
#include "daemon/station/run/play_master.hpp"

namespace loa::station {

/// Main thread only. One play after the other is made ready; its files are all ready before the first sounds.
class PlayDesk {
 public:
  struct Hooks {
    std::function<int()> channels;
    std::function<Outcome(std::uint64_t number, const std::vector<PlayableItem>& items, const std::string& by)> play;
    std::function<void(std::uint64_t number, const std::string& by)> withdraw;
  };

  /// `folder`: for the masters; this process's alone, emptied at the beginning and the end.
  PlayDesk(boost::asio::io_context& context, std::filesystem::path folder, Hooks hooks);
  ~PlayDesk();

  /// {command: play, by, lang, files: [{file, at, stop}]}, instants as frames since 1970. The lines that are told: see
  /// play_lines.hpp.
  void ask(const boost::json::object& request, const std::shared_ptr<Listener>& listener);
  /// What became of a file; from the conductor.
  void on_played(std::uint64_t number, const Played& played);
  /// The player's count, as its beats tell it.
  void on_underruns(std::int64_t count) { underruns_ = count; }
  /// No more is taken, and what is being made ready is given up.
  void close();

 private:
  struct Play {
    std::shared_ptr<Listener> listener;
    config::Language language = config::Language::vi;
    std::string by;
    std::vector<PlayItem> items;
    std::size_t open = 0;      // files without an end
    bool under_way = false;    // the conductor has it
    std::stop_source give_up;  // of making it ready
  };
  struct Ready {
    std::vector<PlayableItem> items;
    config::Text fault;
  };

  Ready make_ready(std::uint64_t number, const std::vector<PlayItem>& items, int channels,
                   const std::stop_token& stop) const;
  void begin(std::uint64_t number, const Ready& ready);
  void refuse(std::uint64_t number, const config::Text& why);
  void leave(std::uint64_t number);
  void forget(std::uint64_t number);
  std::filesystem::path folder_of(std::uint64_t number) const { return folder_ / std::to_string(number); }

  boost::asio::io_context& context_;
  std::filesystem::path folder_;
  Hooks hooks_;
  std::map<std::uint64_t, Play> plays_;
  std::uint64_t next_ = 1;
  std::int64_t underruns_ = 0, underruns_before_ = 0;
  boost::asio::thread_pool making_{1};
};

}  // namespace loa::station
