#include "daemon/station/run/control.hpp"

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
#include <deque>
#include <string>
#include <utility>

#include "daemon/station/host/process_fd.hpp"

namespace loa::station {

namespace {

namespace json = boost::json;
using Socket = boost::asio::local::stream_protocol::socket;
constexpr std::size_t kMostBytes = 1024 * 1024;
constexpr std::size_t kMostConnections = 32;
constexpr std::chrono::milliseconds kAcceptAgain{250};

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

/// Device and number of what a name leads to; nothing when it leads nowhere.
std::optional<std::pair<dev_t, ino_t>> identity_of(const std::filesystem::path& path) {
  struct stat facts {};
  if (::lstat(path.c_str(), &facts) != 0) return std::nullopt;
  return std::pair(facts.st_dev, facts.st_ino);
}

json::object parsed(std::string_view line) {
  boost::system::error_code error;
  auto value = json::parse(line, error);
  if (error || !value.is_object()) return {};
  return value.as_object();
}

}  // namespace

struct ControlServer::Connection final : Listener, std::enable_shared_from_this<ControlServer::Connection> {
  Connection(std::shared_ptr<Shared> owner, Socket peer)
      : server(std::move(owner)), socket(std::move(peer)), deadline(socket.get_executor()) {
    ++server->connections;
  }
  ~Connection() override { --server->connections; }
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
    deadline.cancel();
    const auto request = parsed(std::string_view(text).substr(0, end));
    if (server->closed) return close();
    if (server->staying && server->staying(request, shared_from_this())) return watch();
    tell(server->handler(request));
    finish();
  }
  void tell(const json::object& line) override {
    lines.push_back(json::serialize(line) + "\n");
    if (lines.size() == 1) write();
  }
  void finish() override {
    finished = true;
    gone = {};
    if (lines.empty()) close();
  }
  void write() {
    boost::asio::async_write(socket, boost::asio::buffer(lines.front()),
                             [self = shared_from_this()](const boost::system::error_code& error, std::size_t) {
                               if (error) return self->close();
                               self->lines.pop_front();
                               if (!self->lines.empty()) return self->write();
                               if (self->finished) self->close();
                             });
  }
  /// Nothing more is asked: whatever can be read is the end.
  void watch() {
    socket.async_wait(Socket::wait_read,
                      [self = shared_from_this()](const boost::system::error_code&) { self->close(); });
  }
  void close() {
    deadline.cancel();
    boost::system::error_code ignored;
    socket.close(ignored);
    if (const auto tell_gone = std::exchange(gone, {})) tell_gone();
  }

  std::shared_ptr<Shared> server;
  Socket socket;
  boost::asio::steady_timer deadline;
  std::array<char, 4096> chunk{};
  std::string text;
  std::deque<std::string> lines;  // to be told
  bool finished = false;
};

ControlServer::ControlServer(boost::asio::io_context& context, const std::filesystem::path& socket, Handler handler,
                             Staying staying)
    : path_(socket),
      shared_(std::make_shared<Shared>(Shared{std::move(handler), std::move(staying)})),
      acceptor_(context),
      again_(context) {
  listen();
}

ControlServer::~ControlServer() {
  shared_->closed = true;
  if (is_in_place()) ::unlink(path_.c_str());
}

boost::system::error_code ControlServer::listen() {
  boost::system::error_code error;
  acceptor_.close(error);
  again_.cancel();
  ::unlink(path_.c_str());
  const Reachable reachable(path_);
  const boost::asio::local::stream_protocol::endpoint endpoint(reachable.path);
  acceptor_.open(endpoint.protocol(), error);
  const auto before = ::umask(0177);
  if (!error) acceptor_.bind(endpoint, error);
  ::umask(before);
  if (!error) acceptor_.listen(boost::asio::socket_base::max_listen_connections, error);
  named_ = error ? std::nullopt : identity_of(path_);
  if (!error) accept();
  return error;
}

bool ControlServer::is_in_place() const {
  return acceptor_.is_open() && named_ && identity_of(path_) == named_;
}

void ControlServer::accept() {
  acceptor_.async_accept([this](const boost::system::error_code& error, Socket peer) {
    if (error == boost::asio::error::operation_aborted) return;
    if (error) return accept_later();
    if (shared_->connections < kMostConnections) std::make_shared<Connection>(shared_, std::move(peer))->start();
    accept();
  });
}

/// Out of descriptors or memory: who waits is there still, and asking at once would only burn the processor.
void ControlServer::accept_later() {
  again_.expires_after(kAcceptAgain);
  again_.async_wait([this](const boost::system::error_code& error) {
    if (!error) accept();
  });
}

namespace {

/// -1 when nobody listens there.
int connect_to(const std::filesystem::path& socket) {
  const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd < 0) return -1;
  const timeval patience{10, 0};
  ::setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
  const Reachable reachable(socket);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  reachable.path.copy(address.sun_path, sizeof address.sun_path - 1);
  if (::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) return fd;
  ::close(fd);
  return -1;
}

bool send_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto sent = ::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

}  // namespace

bool somebody_listens(const std::filesystem::path& socket) {
  const Descriptor connected(connect_to(socket));
  return bool(connected);
}

std::optional<json::object> ask_daemon(const std::filesystem::path& socket, const json::object& request) {
  const int fd = connect_to(socket);
  if (fd < 0) return std::nullopt;
  const timeval patience{10, 0};
  ::setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  std::string answer;
  std::array<char, 4096> chunk{};
  if (send_all(fd, json::serialize(request) + "\n")) {
    for (ssize_t size; (size = ::recv(fd, chunk.data(), chunk.size(), 0)) > 0;)
      answer.append(chunk.data(), static_cast<std::size_t>(size));
  }
  ::close(fd);
  const auto end = answer.find('\n');
  if (end == std::string::npos) return std::nullopt;
  return parsed(std::string_view(answer).substr(0, end));
}

bool listen_to_daemon(const std::filesystem::path& socket, const json::object& request,
                      const std::function<void(const json::object& line)>& heard) {
  const int fd = connect_to(socket);
  if (fd < 0) return false;
  std::string text;
  std::array<char, 4096> chunk{};
  if (send_all(fd, json::serialize(request) + "\n")) {
    for (ssize_t size; (size = ::recv(fd, chunk.data(), chunk.size(), 0)) > 0;) {
      text.append(chunk.data(), static_cast<std::size_t>(size));
      for (auto end = text.find('\n'); end != std::string::npos; end = text.find('\n')) {
        heard(parsed(std::string_view(text).substr(0, end)));
        text.erase(0, end + 1);
      }
    }
  }
  ::close(fd);
  return true;
}

}  // namespace loa::station
