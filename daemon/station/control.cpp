#include "daemon/station/control.hpp"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <memory>
#include <string>

namespace loa::station {

namespace {

namespace json = boost::json;
using Socket = boost::asio::local::stream_protocol::socket;
constexpr std::size_t kMostBytes = 64 * 1024;
constexpr std::size_t kMostConnections = 32;

/// A path of a socket holds at most 107 bytes; a longer one is reached through the directory's descriptor.
struct Reachable {
  explicit Reachable(const std::filesystem::path& socket) : path(socket.string()) {
    if (path.size() < sizeof(sockaddr_un::sun_path)) return;
    directory = ::open(socket.parent_path().c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC);
    path = "/proc/self/fd/" + std::to_string(directory) + "/" + socket.filename().string();
  }
  ~Reachable() {
    if (directory >= 0) ::close(directory);
  }
  Reachable(const Reachable&) = delete;
  Reachable& operator=(const Reachable&) = delete;
  std::string path;
  int directory = -1;
};

json::object parsed(std::string_view line) {
  boost::system::error_code error;
  auto value = json::parse(line, error);
  if (error || !value.is_object()) return {};
  return value.as_object();
}

}  // namespace

struct ControlServer::Connection : std::enable_shared_from_this<ControlServer::Connection> {
  Connection(ControlServer& owner, Socket peer)
      : server(owner), socket(std::move(peer)), deadline(socket.get_executor()) {
    ++server.connections_;
  }
  ~Connection() { --server.connections_; }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  void start() {
    deadline.expires_after(std::chrono::seconds(5));
    deadline.async_wait([self = shared_from_this()](const boost::system::error_code& error) {
      if (!error) self->close();
    });
    read();
  }
  void read() {
    socket.async_read_some(boost::asio::buffer(chunk),
                           [self = shared_from_this()](const boost::system::error_code& error, std::size_t size) {
                             if (error) return self->close();
                             self->text.append(self->chunk.data(), size);
                             const auto end = self->text.find('\n');
                             if (end != std::string::npos) return self->answer(end);
                             if (self->text.size() > kMostBytes) return self->close();
                             self->read();
                           });
  }
  void answer(std::size_t end) {
    text = json::serialize(server.handler_(parsed(std::string_view(text).substr(0, end)))) + "\n";
    boost::asio::async_write(
        socket, boost::asio::buffer(text),
        [self = shared_from_this()](const boost::system::error_code&, std::size_t) { self->close(); });
  }
  void close() {
    deadline.cancel();
    boost::system::error_code ignored;
    socket.close(ignored);
  }

  ControlServer& server;
  Socket socket;
  boost::asio::steady_timer deadline;
  std::array<char, 4096> chunk{};
  std::string text;
};

ControlServer::ControlServer(boost::asio::io_context& context, const std::filesystem::path& socket, Handler handler)
    : path_(socket), handler_(std::move(handler)), acceptor_(context) {
  ::unlink(socket.c_str());
  const Reachable reachable(socket);
  const boost::asio::local::stream_protocol::endpoint endpoint(reachable.path);
  acceptor_.open(endpoint.protocol());
  const auto before = ::umask(0177);
  boost::system::error_code error;
  acceptor_.bind(endpoint, error);
  ::umask(before);
  if (error) throw boost::system::system_error(error, "state/loa.sock");
  acceptor_.listen();
  accept();
}

ControlServer::~ControlServer() {
  ::unlink(path_.c_str());
}

void ControlServer::accept() {
  acceptor_.async_accept([this](const boost::system::error_code& error, Socket peer) {
    if (error == boost::asio::error::operation_aborted) return;
    if (!error && connections_ < kMostConnections) std::make_shared<Connection>(*this, std::move(peer))->start();
    accept();
  });
}

std::optional<json::object> ask_daemon(const std::filesystem::path& socket, const json::object& request) {
  const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd < 0) return std::nullopt;
  const timeval patience{10, 0};
  ::setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  ::setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
  const Reachable reachable(socket);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  reachable.path.copy(address.sun_path, sizeof address.sun_path - 1);
  std::string answer;
  if (::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) {
    const auto line = json::serialize(request) + "\n";
    std::array<char, 4096> chunk{};
    if (::send(fd, line.data(), line.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(line.size())) {
      for (ssize_t size; (size = ::recv(fd, chunk.data(), chunk.size(), 0)) > 0;)
        answer.append(chunk.data(), static_cast<std::size_t>(size));
    }
  }
  ::close(fd);
  const auto end = answer.find('\n');
  if (end == std::string::npos) return std::nullopt;
  return parsed(std::string_view(answer).substr(0, end));
}

}  // namespace loa::station
