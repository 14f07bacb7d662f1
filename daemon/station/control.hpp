// The daemon's ear: state/loa.sock. One JSON object asks, one answers; each connection carries one request.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/json/object.hpp>
#include <filesystem>
#include <functional>
#include <optional>

namespace loa::station {

/// Main thread only. A request is at most 64 KiB and must come within 5 s; at most 32 connections at a time. The socket
/// is readable and writable for its owner only (mode 0600): who may write the station's files may command the station.
class ControlServer {
 public:
  using Handler = std::function<boost::json::object(const boost::json::object& request)>;

  /// Takes the place of a socket that a killed daemon left; the caller holds the state's lock.
  ControlServer(boost::asio::io_context& context, const std::filesystem::path& socket, Handler handler);
  ~ControlServer();

 private:
  struct Connection;
  void accept();

  std::filesystem::path path_;
  Handler handler_;
  boost::asio::local::stream_protocol::acceptor acceptor_;
  std::size_t connections_ = 0;
};

/// Asks a running daemon; nothing when none answers within 10 s. Blocks.
std::optional<boost::json::object> ask_daemon(const std::filesystem::path& socket, const boost::json::object& request);

}  // namespace loa::station
