// The daemon's ear: state/loa.sock. One JSON object asks, one answers; each connection carries one request. Who asks
// for something that takes its time may stay and hear several lines.
#pragma once

#include <sys/types.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/json/object.hpp>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <utility>

namespace loa::station {

/// Somebody who stays to hear more than one line. Main thread only.
class Listener {
 public:
  virtual ~Listener() = default;
  virtual void tell(const boost::json::object& line) = 0;
  /// Nothing more will be told.
  virtual void finish() = 0;
  /// Called once when the other side goes away before it was finished; not any more after finish().
  std::function<void()> gone;
};

/// Main thread only. A request is at most 1 MiB and must come within 5 s; at most 32 connections at a time. The socket
/// is readable and writable for its owner only (mode 0600): who may write the station's files may command the station.
class ControlServer {
 public:
  using Handler = std::function<boost::json::object(const boost::json::object& request)>;

  /// True: the listener is told by and by, and finished. False: the handler answers.
  using Staying = std::function<bool(const boost::json::object& request, const std::shared_ptr<Listener>& listener)>;

  /// Listens at once; see listen().
  ControlServer(boost::asio::io_context& context, const std::filesystem::path& socket, Handler handler,
                Staying staying = {});
  ~ControlServer();

  /// Takes the place of whatever has the socket's name (a killed daemon left it, or somebody took ours away); the
  /// caller holds the state's lock. Connections that are open stay. The error with which nobody can be heard, if any.
  boost::system::error_code listen();
  /// False when the socket's name leads elsewhere, or nowhere.
  bool is_in_place() const;

 private:
  struct Connection;
  /// What connections need of the server, and keep when it is gone.
  struct Shared {
    Handler handler;
    Staying staying;
    std::size_t connections = 0;
    bool closed = false;
  };
  void accept();
  void accept_later();

  std::filesystem::path path_;
  std::optional<std::pair<dev_t, ino_t>> named_;  // what the name led to when it was made
  std::shared_ptr<Shared> shared_;
  boost::asio::local::stream_protocol::acceptor acceptor_;
  boost::asio::steady_timer again_;
};

/// Whether a daemon has that socket, if it answers or not.
bool somebody_listens(const std::filesystem::path& socket);

/// Until a station that is starting, or ending, is asked again.
inline constexpr std::chrono::milliseconds kAskAgain{200};

/// Asks a running daemon; nothing when none answers within 10 s. Blocks.
std::optional<boost::json::object> ask_daemon(const std::filesystem::path& socket, const boost::json::object& request);

/// Asks and hears every line until the daemon ends the connection, however long that takes. False when there is no
/// daemon. Blocks.
bool listen_to_daemon(const std::filesystem::path& socket, const boost::json::object& request,
                      const std::function<void(const boost::json::object& line)>& heard);

}  // namespace loa::station
