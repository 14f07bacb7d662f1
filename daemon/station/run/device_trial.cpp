#include "daemon/station/run/device_trial.hpp"

#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <boost/asio/buffer.hpp>
#include <utility>

#include "daemon/station/host/socket_child.hpp"
#include "daemon/wire/player_messages.hpp"

namespace loa::station {

struct DeviceTrial::Child {
  explicit Child(boost::asio::io_context& context) : socket(context), timer(context) {}
  boost::asio::local::stream_protocol::socket socket;
  boost::asio::steady_timer timer;
  std::array<char, 4096> chunk{};
  std::string incoming;
  std::function<void(bool)> done;
  pid_t pid = -1;
};

DeviceTrial::~DeviceTrial() {
  stop();
  for (const auto& child : leaving_) {
    ::kill(-child->pid, SIGKILL);
    ::waitpid(child->pid, nullptr, WNOHANG);
  }
}

void DeviceTrial::start(const std::filesystem::path& program, std::vector<std::string> words,
                        std::function<void(bool)> done) {
  std::erase_if(leaving_, [](const auto& child) { return ::waitpid(child->pid, nullptr, WNOHANG) != 0; });
  auto child = std::make_shared<Child>(context_);
  child->done = std::move(done);
  child_ = child;
  int pair[2];
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) == 0) {
    child->pid = spawn_child(program, std::move(words), pair[1]);
    ::close(pair[1]);
    child->socket.assign(boost::asio::local::stream_protocol(), pair[0]);
  }
  child->timer.expires_after(child->pid > 0 ? kPatience : std::chrono::seconds(0));
  child->timer.async_wait([this, child](const boost::system::error_code& error) {
    if (!error) end(child, false);
  });
  if (child->pid > 0) read(child);
}

void DeviceTrial::read(const std::shared_ptr<Child>& child) {
  child->socket.async_read_some(
      boost::asio::buffer(child->chunk), [this, child](const boost::system::error_code& error, std::size_t size) {
        if (child != child_) return;
        if (error) return end(child, false);
        child->incoming.append(child->chunk.data(), size);
        for (auto at = child->incoming.find('\n'); at != std::string::npos; at = child->incoming.find('\n')) {
          const auto event = wire::event_from(std::string_view(child->incoming).substr(0, at));
          child->incoming.erase(0, at + 1);
          const auto* device = event ? std::get_if<wire::DeviceEvent>(&*event) : nullptr;
          if (device != nullptr) return end(child, device->state == "open");
        }
        read(child);
      });
}

void DeviceTrial::end(const std::shared_ptr<Child>& child, bool opened) {
  if (child != child_) return;
  child_.reset();
  let_go(child);
  std::exchange(child->done, {})(opened);
}

/// The end of its socket tells a player to close its device and go; one that hangs is killed, and nobody waits for it.
void DeviceTrial::let_go(const std::shared_ptr<Child>& child) {
  boost::system::error_code ignored;
  child->socket.close(ignored);
  child->timer.cancel();
  if (child->pid <= 0) return;
  leaving_.push_back(child);
  child->timer.expires_after(kLeave);
  child->timer.async_wait([this, child](const boost::system::error_code& error) {
    if (error) return;
    if (::waitpid(child->pid, nullptr, WNOHANG) == 0) {
      ::kill(-child->pid, SIGKILL);
      return;  // it is collected before the next trial
    }
    std::erase(leaving_, child);
  });
}

void DeviceTrial::stop() {
  if (const auto child = std::exchange(child_, nullptr)) let_go(child);
}

}  // namespace loa::station
