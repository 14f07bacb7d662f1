#include "daemon/station/run/keyer_process.hpp"

#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <boost/asio/buffer.hpp>
#include <utility>

#include "daemon/station/host/socket_child.hpp"

namespace loa::station {

namespace {

using SteadyTime = std::chrono::steady_clock;

constexpr std::chrono::seconds kLivesLong{10};  // one that lived so long did not fail at its start

constexpr std::chrono::seconds kAttentive{1};

/// The first again at once: what was on is to be on again.
std::chrono::milliseconds keyer_back_off(int failures) {
  return std::chrono::milliseconds(failures == 0 ? 0 : std::min(100 << std::min(failures, 6), 4000));
}

}  // namespace

struct KeyerProcess::Link {
  Link(boost::asio::io_context& context, int fd) : socket(context) {
    socket.assign(boost::asio::local::stream_protocol(), fd);
    socket.non_blocking(true);
  }
  boost::asio::local::stream_protocol::socket socket;
  std::array<char, 4096> chunk{};
  std::string incoming;
  bool gone = false;
};

KeyerProcess::KeyerProcess(boost::asio::io_context& context, std::filesystem::path program,
                           std::filesystem::path station, Handlers handlers)
    : context_(context),
      program_(std::move(program)),
      station_(std::move(station)),
      handlers_(std::move(handlers)),
      respawn_(context),
      repeat_(context) {}

/// The end of its socket makes it let go and end by itself.
KeyerProcess::~KeyerProcess() {
  quitting_ = true;
  if (link_) link_->gone = true;
}

void KeyerProcess::use(std::vector<wire::KeySetup> keys) {
  for (auto& key : keys) {
    if (key.kind == "command") key.path = (station_ / key.path).lexically_normal().string();
  }
  if (keys == keys_) return;
  keys_ = std::move(keys);
  wanted_.assign(keys_.size(), false);
  failures_ = 0;
  respawn_.cancel();
  if (link_ && !link_->gone) {
    send(wire::ReleaseOrder{});
    link_->gone = true;
    boost::system::error_code ignored;
    link_->socket.close(ignored);
    reap(false);  // it ends when all is off
  }
  if (!keys_.empty()) spawn();
}

void KeyerProcess::spawn() {
  int pair[2];
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0) pair[0] = pair[1] = -1;
  std::vector<std::string> words{program_.string(), "--fd", std::to_string(kChildSocket)};
  pid_ = pair[0] < 0 ? -1 : spawn_child(program_, std::move(words), pair[1]);
  if (pair[1] >= 0) ::close(pair[1]);
  begun_ = asked_ = SteadyTime::now();
  unanswered_since_.reset();
  if (pid_ < 0) {
    if (pair[0] >= 0) ::close(pair[0]);
    return ended("cannot start " + program_.string());
  }
  link_ = std::make_shared<Link>(context_, pair[0]);
  read(link_);
  send(wire::KeysOrder{keys_});
  repeat();
}

void KeyerProcess::want(const std::vector<bool>& on) {
  wanted_ = on;
  if (link_ && !link_->gone) repeat();
}

/// Says what is wanted, and again by and by while anything is on; one that does not answer is killed.
void KeyerProcess::repeat() {
  const auto now = SteadyTime::now();
  // An answer may wait to be read while this process itself stood still: then the last question was long ago.
  const bool attentive = now - asked_ < kAttentive;
  if (unanswered_since_ && now - *unanswered_since_ > kPatience && attentive) return ended("killed: hung");
  const bool any = std::any_of(wanted_.begin(), wanted_.end(), [](bool on) { return on; });
  if (!send(wire::WantOrder{wanted_})) return;
  asked_ = now;
  if (!unanswered_since_ || !attentive) unanswered_since_ = now;
  if (!any) {
    repeat_.cancel();
    return;
  }
  repeat_.expires_after(wire::kWantEvery);
  repeat_.async_wait([this, link = link_](const boost::system::error_code& error) {
    if (!error && !link->gone) repeat();
  });
}

/// A few short lines: what does not go out at once finds a child that does not read, and that is noticed otherwise.
bool KeyerProcess::send(const wire::KeyerOrder& order) {
  if (!link_ || link_->gone) return false;
  const auto line = wire::to_line(order);
  [[maybe_unused]] const auto sent =
      ::send(link_->socket.native_handle(), line.data(), line.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
  return true;
}

void KeyerProcess::read(const std::shared_ptr<Link>& link) {
  link->socket.async_read_some(boost::asio::buffer(link->chunk),
                               [this, link](const boost::system::error_code& error, std::size_t size) {
                                 if (link->gone) return;
                                 if (error) return ended("");
                                 take_lines(*link, size);
                                 if (!link->gone) read(link);
                               });
}

void KeyerProcess::take_lines(Link& link, std::size_t size) {
  unanswered_since_.reset();
  link.incoming.append(link.chunk.data(), size);
  std::size_t begin = 0;
  for (auto end = link.incoming.find('\n'); end != std::string::npos && !link.gone;
       end = link.incoming.find('\n', begin)) {
    const auto event = wire::keyer_event_from(std::string_view(link.incoming).substr(begin, end - begin));
    begin = end + 1;
    if (!event) continue;
    if (const auto* key = std::get_if<wire::KeyEvent>(&*event)) handlers_.event(*key);
  }
  link.incoming.erase(0, begin);
}

void KeyerProcess::ended(const std::string& why) {
  if (link_) {
    link_->gone = true;
    boost::system::error_code ignored;
    link_->socket.close(ignored);
  }
  repeat_.cancel();
  const auto fate = reap(true);
  if (quitting_) return;
  failures_ = SteadyTime::now() - begun_ > kLivesLong ? 0 : failures_;
  respawn_.expires_after(keyer_back_off(failures_++));
  respawn_.async_wait([this](const boost::system::error_code& error) {
    if (!error && !quitting_ && !keys_.empty()) spawn();
  });
  handlers_.gone(why.empty() ? fate : why);
}

std::string KeyerProcess::reap(bool kill) {
  std::erase_if(dying_, [](pid_t pid) { return waitpid(pid, nullptr, WNOHANG) != 0; });
  if (pid_ <= 0) return "";
  const pid_t pid = std::exchange(pid_, -1);
  int status = 0;
  if (waitpid(pid, &status, WNOHANG) == 0) {
    if (kill) ::kill(pid, SIGKILL);
    dying_.push_back(pid);
    return "it ended";
  }
  if (WIFSIGNALED(status)) return "killed by signal " + std::to_string(WTERMSIG(status));
  return "it ended with status " + std::to_string(WEXITSTATUS(status));
}

void KeyerProcess::quit(std::chrono::milliseconds patience) {
  quitting_ = true;
  respawn_.cancel();
  repeat_.cancel();
  if (!link_ || link_->gone || pid_ <= 0) return;
  send(wire::ReleaseOrder{});
  link_->gone = true;
  const auto deadline = SteadyTime::now() + patience;
  while (waitpid(pid_, nullptr, WNOHANG) == 0) {
    if (SteadyTime::now() >= deadline) return;  // the end of the socket is told to it by this process's end
    pollfd nothing{};
    poll(&nothing, 0, 10);
  }
  pid_ = -1;
}

}  // namespace loa::station
