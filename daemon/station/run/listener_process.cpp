#include "daemon/station/run/listener_process.hpp"

#include <signal.h>
#include <sys/wait.h>

#include <algorithm>
#include <boost/asio/post.hpp>
#include <utility>

namespace loa::station {

namespace {

using SteadyTime = std::chrono::steady_clock;

constexpr std::chrono::seconds kListensLong{60};  // one that lived so long did not fail at its start
constexpr std::chrono::seconds kListenerLook{1};

std::chrono::milliseconds listener_back_off(int failures) {
  return std::chrono::milliseconds(std::min(1000 << std::min(failures, 6), 30'000));
}

}  // namespace

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
  begun_ = heard_ = SteadyTime::now();
  link_ = ChildLines::start(context_, programs_.listener,
                            {programs_.listener.string(), "--fd", std::to_string(kChildSocket), "--player",
                             programs_.player.string(), "--input", input_},
                            {[this](std::string_view line) { heed(line); }, [this] { ended("it ended"); }});
  if (!link_) {
    // Never from within the caller: it may be the conductor itself.
    boost::asio::post(context_, [this, why = "cannot start " + programs_.listener.string()] { handlers_.gone(why); });
    return spawn_later();
  }
  pid_ = link_->pid();
  watch();
}

void ListenerProcess::spawn_later() {
  respawn_.expires_after(listener_back_off(failures_++));
  respawn_.async_wait([this](const boost::system::error_code& error) {
    if (!error && !input_.empty() && pid_ < 0) spawn();
  });
}

void ListenerProcess::send(const wire::ListenerOrder& order) {
  if (link_) link_->send_now(wire::to_line(order));
}

void ListenerProcess::heed(std::string_view line) {
  heard_ = SteadyTime::now();
  if (const auto event = wire::listener_event_from(line)) handlers_.event(*event);
}

/// An answer may wait to be read while this process itself stood still: the timer is read after the socket then.
void ListenerProcess::watch() {
  watch_.expires_after(kListenerLook);
  watch_.async_wait([this, link = link_, armed = SteadyTime::now()](const boost::system::error_code& error) {
    if (error || link->is_mute()) return;
    const auto now = SteadyTime::now();
    if (now - armed > 2 * kListenerLook) heard_ = now;
    if (now - heard_ > kPatience) return ended("killed: hung");
    watch();
  });
}

/// Its socket's end and a signal end it.
void ListenerProcess::drop() {
  watch_.cancel();
  if (link_) link_->close();
  link_.reset();
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
