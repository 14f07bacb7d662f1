#include "daemon/station/run/listener_process.hpp"

#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>
#include <utility>

#include "daemon/station/host/socket_child.hpp"

namespace loa::station {

namespace {

using SteadyTime = std::chrono::steady_clock;

constexpr std::chrono::seconds kListensLong{60};  // one that lived so long did not fail at its start
constexpr std::chrono::seconds kListenerLook{1};

std::chrono::milliseconds listener_back_off(int failures) {
  return std::chrono::milliseconds(std::min(1000 << std::min(failures, 6), 30'000));
}

}  // namespace

struct ListenerProcess::Link {
  Link(boost::asio::io_context& context, int fd) : socket(context) {
    socket.assign(boost::asio::local::stream_protocol(), fd);
    socket.non_blocking(true);
  }
  boost::asio::local::stream_protocol::socket socket;
  std::array<char, 4096> chunk{};
  std::string incoming;
  bool gone = false;
};

ListenerProcess::ListenerProcess(boost::asio::io_context& context, Programs programs, Handlers handlers)
    : context_(context),
      programs_(std::move(programs)),
      handlers_(std::move(handlers)),
      respawn_(context),
      watch_(context) {}

ListenerProcess::~ListenerProcess() {
  drop();
}

void ListenerProcess::use(const std::string& input) {
  if (input == input_) return;
  input_ = input;
  failures_ = 0;
  respawn_.cancel();
  drop();
  if (!input_.empty()) spawn();
}

void ListenerProcess::spawn() {
  int pair[2];
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0) return spawn_later();
  std::vector<std::string> words{programs_.listener.string(),
                                 "--fd",
                                 std::to_string(kChildSocket),
                                 "--player",
                                 programs_.player.string(),
                                 "--input",
                                 input_};
  pid_ = spawn_child(programs_.listener, std::move(words), pair[1]);
  ::close(pair[1]);
  begun_ = heard_ = SteadyTime::now();
  if (pid_ < 0) {
    ::close(pair[0]);
    // Never from within the caller: it may be the conductor itself.
    boost::asio::post(context_, [this, why = "cannot start " + programs_.listener.string()] { handlers_.gone(why); });
    return spawn_later();
  }
  link_ = std::make_shared<Link>(context_, pair[0]);
  read(link_);
  watch();
}

void ListenerProcess::spawn_later() {
  respawn_.expires_after(listener_back_off(failures_++));
  respawn_.async_wait([this](const boost::system::error_code& error) {
    if (!error && !input_.empty() && pid_ < 0) spawn();
  });
}

/// A few short lines: what does not go out at once finds a child that does not read, and that is noticed otherwise.
void ListenerProcess::send(const wire::ListenerOrder& order) {
  if (!link_ || link_->gone) return;
  const auto line = wire::to_line(order);
  [[maybe_unused]] const auto sent =
      ::send(link_->socket.native_handle(), line.data(), line.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
}

void ListenerProcess::read(const std::shared_ptr<Link>& link) {
  link->socket.async_read_some(boost::asio::buffer(link->chunk),
                               [this, link](const boost::system::error_code& error, std::size_t size) {
                                 if (link->gone) return;
                                 if (error) return ended("it ended");
                                 heard_ = SteadyTime::now();
                                 take_lines(*link, size);
                                 if (!link->gone) read(link);
                               });
}

void ListenerProcess::take_lines(Link& link, std::size_t size) {
  link.incoming.append(link.chunk.data(), size);
  std::size_t begin = 0;
  for (auto end = link.incoming.find('\n'); end != std::string::npos && !link.gone;
       end = link.incoming.find('\n', begin)) {
    const auto event = wire::listener_event_from(std::string_view(link.incoming).substr(begin, end - begin));
    begin = end + 1;
    if (event) handlers_.event(*event);
  }
  link.incoming.erase(0, begin);
}

/// An answer may wait to be read while this process itself stood still: the timer is read after the socket then.
void ListenerProcess::watch() {
  watch_.expires_after(kListenerLook);
  watch_.async_wait([this, link = link_, armed = SteadyTime::now()](const boost::system::error_code& error) {
    if (error || link->gone) return;
    const auto now = SteadyTime::now();
    if (now - armed > 2 * kListenerLook) heard_ = now;
    if (now - heard_ > kPatience) return ended("killed: hung");
    watch();
  });
}

/// Its socket's end and a signal end it.
void ListenerProcess::drop() {
  watch_.cancel();
  if (link_) {
    link_->gone = true;
    boost::system::error_code ignored;
    link_->socket.close(ignored);
    link_.reset();
  }
  if (pid_ > 0) {
    ::kill(pid_, SIGTERM);
    dying_.push_back(std::exchange(pid_, -1));
  }
  std::erase_if(dying_, [](pid_t pid) { return ::waitpid(pid, nullptr, WNOHANG) != 0; });
}

void ListenerProcess::ended(const std::string& why) {
  if (pid_ > 0) ::kill(pid_, SIGKILL);
  drop();
  if (SteadyTime::now() - begun_ > kListensLong) failures_ = 0;
  spawn_later();
  handlers_.gone(why);
}

}  // namespace loa::station
