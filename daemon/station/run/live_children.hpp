// The real LiveSources: one child a source (`loa-media stream` for a file, `loa-player --capture` for an input), which
// writes into a named pipe that the player reads. Killed when nobody wants it any more.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>

#include "daemon/station/conductor/announce_order.hpp"
#include "daemon/station/host/process.hpp"
#include "daemon/station/host/temporary_folder.hpp"
#include "daemon/station/run/mailbox.hpp"

namespace loa::station {

/// Main thread only; files are opened beside it.
class LiveChildren final : public LiveSources {
 public:
  struct Settings {
    std::filesystem::path media, player;  // programs
    int channels = 1;
    double loudness = -16;  // LUFS
  };
  struct Hooks {
    std::function<Settings()> settings;
    std::function<void(const std::string& id, std::uint32_t attempt, const SourceNews& news)> news;
  };

  LiveChildren(boost::asio::io_context& context, Hooks hooks);
  ~LiveChildren() override;

  void start(const Wish& wish) override;
  void stop(const std::string& id, std::uint32_t attempt) override;

 private:
  using Key = std::pair<std::string, std::uint32_t>;
  struct Source {
    explicit Source(boost::asio::io_context& context) : waiting(context) {}
    std::optional<Child> child;
    boost::asio::posix::stream_descriptor waiting;  // a duplicate of the child's
    std::string pipe;
    std::size_t read = 0;  // bytes of what it said that are understood
    bool ended_told = false;
  };

  void opened(const Key& key, const Wish& wish, int file, int error);
  bool spawn(Source& source, const ChildOptions& options);
  void wait(const Key& key, const std::shared_ptr<Source>& source);
  void on_ready(const Key& key, const std::shared_ptr<Source>& source);
  void read_news(const Key& key, Source& source, const std::string& said);
  void tell(const Key& key, const SourceNews& news);

  boost::asio::io_context& context_;
  Hooks hooks_;
  TemporaryFolder folder_;
  std::map<Key, std::shared_ptr<Source>> sources_;
  std::uint64_t made_ = 0;
  Mailbox mailbox_;
};

}  // namespace loa::station
