// Where the running station takes announcements: hands them to the conductor at once, keeps their content beside the
// main thread, and tells who ordered one whether it sounds. Decides nothing of what sounds.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/json/object.hpp>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>

#include "daemon/station/conductor/conductor.hpp"
#include "daemon/station/run/control.hpp"
#include "daemon/station/run/mailbox.hpp"

namespace loa::station {

/// What of a file lies in state/ now.
struct KeptContent {
  std::string copy, sha256;
  std::string fault;  // English; "" = it is kept
};
/// Copies, hashes and syncs; blocks. `folder` is made when it is not there; nothing is kept without room for the
/// ledger.
KeptContent keep_content(const std::filesystem::path& file, const std::filesystem::path& folder, std::uint64_t number);

/// `loa announce …` as the daemon hears it, and back; instants as frames since 1970, spans in seconds.
boost::json::object announce_request(const AnnounceOrder& order, const std::string& lang);
std::optional<AnnounceOrder> announce_order_in(const boost::json::object& request);

/// Main thread only.
class AnnounceDesk {
 public:
  struct Hooks {
    std::function<Conductor&()> conductor;
    std::function<void()> done;  // something was ordered: rows are to be flushed, the loop looks again
  };

  /// `folder`: of the copies; those that no order names are removed.
  AnnounceDesk(boost::asio::io_context& context, std::filesystem::path folder, Hooks hooks);

  void ask(const boost::json::object& request, const std::shared_ptr<Listener>& listener);
  /// From the live sources, after the conductor heard it.
  void on_source(const std::string& id, const SourceNews& news);
  void on_news(std::uint64_t number, const AnnounceNews& news);

 private:
  struct Asked {
    std::shared_ptr<Listener> listener;
    config::Language language = config::Language::vi;
    AnnounceOrder order;
    bool ready = false;  // its sound is there, or waits for the device
    bool kept = false;
    std::string not_kept;  // why
    std::unique_ptr<boost::asio::steady_timer> patience;
  };

  void keep(const AnnounceOrder& order);
  void answer_if_settled(std::uint64_t number);
  void answer(std::uint64_t number, bool done, const config::Text& message);
  void tidy();

  boost::asio::io_context& context_;
  std::filesystem::path folder_;
  Hooks hooks_;
  std::map<std::uint64_t, Asked> asked_;
  Mailbox mailbox_;
};

}  // namespace loa::station
