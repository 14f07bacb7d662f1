#include "daemon/station/run/device_trial.hpp"

#include <signal.h>
#include <sys/wait.h>

#include <utility>

#include "daemon/station/run/child_lines.hpp"
#include "daemon/wire/player_messages.hpp"

namespace loa::station {

struct DeviceTrial::Child {
  explicit Child(boost::asio::io_context& context) : timer(context) {}
  std::shared_ptr<ChildLines> lines;  // null where it could not be started
  boost::asio::steady_timer timer;
  std::function<void(bool)> done;
  pid_t pid() const { return lines ? lines->pid() : -1; }
};

DeviceTrial::~DeviceTrial() {
  stop();
  for (const auto& child : leaving_) {
    ::kill(-child->pid(), SIGKILL);
    ::waitpid(child->pid(), nullptr, WNOHANG);
  }
}

void DeviceTrial::start(const std::filesystem::path& program, std::vector<std::string> words,
                        std::function<void(bool)> done) {
  std::erase_if(leaving_, [](const auto& child) { return ::waitpid(child->pid(), nullptr, WNOHANG) != 0; });
  auto child = std::make_shared<Child>(context_);
  child->done = std::move(done);
  child_ = child;
  child->lines = ChildLines::start(context_, program, std::move(words),
                                   {[this](std::string_view line) { heed(line); }, [this] { end(child_, false); }});
  child->timer.expires_after(child->lines ? kPatience : std::chrono::seconds(0));
  child->timer.async_wait([this, child](const boost::system::error_code& error) {
    if (!error) end(child, false);
  });
}

void DeviceTrial::heed(std::string_view line) {
  const auto event = wire::event_from(line);
  const auto* device = event ? std::get_if<wire::DeviceEvent>(&*event) : nullptr;
  if (device != nullptr) end(child_, device->state == "open");
}

void DeviceTrial::end(std::shared_ptr<Child> child, bool opened) {
  if (child != child_) return;
  child_.reset();
  let_go(child);
  std::exchange(child->done, {})(opened);
}

/// The end of its socket tells a player to close its device and go; one that hangs is killed, and nobody waits for it.
void DeviceTrial::let_go(const std::shared_ptr<Child>& child) {
  child->timer.cancel();
  if (!child->lines) return;
  child->lines->close();
  leaving_.push_back(child);
  child->timer.expires_after(kLeave);
  child->timer.async_wait([this, child](const boost::system::error_code& error) {
    if (error) return;
    if (::waitpid(child->pid(), nullptr, WNOHANG) == 0) {
      ::kill(-child->pid(), SIGKILL);
      return;  // it is collected before the next trial
    }
    std::erase(leaving_, child);
  });
}

void DeviceTrial::stop() {
  if (const auto child = std::exchange(child_, nullptr)) let_go(child);
}

}  // namespace loa::station
