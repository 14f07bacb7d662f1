#include "daemon/station/run/keyer_process.hpp"

#include <poll.h>
#include <signal.h>
#include <sys/wait.h>

#include <algorithm>
#include <utility>

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
  if (link_) link_->close();
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
  if (send(wire::ReleaseOrder{})) {
    link_->close();
    reap(false);  // it ends when all is off
  }
  if (!keys_.empty()) spawn();
}

void KeyerProcess::spawn() {
  begun_ = asked_ = SteadyTime::now();
  unanswered_since_.reset();
  link_ = ChildLines::start(context_, program_, {program_.string(), "--fd", std::to_string(kChildSocket)},
                            {[this](std::string_view line) { heed(line); }, [this] { ended(""); }});
  if (!link_) return ended("cannot start " + program_.string());
  pid_ = link_->pid();
  send(wire::KeysOrder{keys_});
  repeat();
}

void KeyerProcess::want(const std::vector<bool>& on) {
  wanted_ = on;
  if (link_ && !link_->is_mute()) repeat();
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
    if (!error && !link->is_mute()) repeat();
  });
}

bool KeyerProcess::send(const wire::KeyerOrder& order) {
  if (!link_ || link_->is_mute()) return false;
  link_->send_now(wire::to_line(order));
  return true;
}

void KeyerProcess::heed(std::string_view line) {
  unanswered_since_.reset();
  const auto event = wire::keyer_event_from(line);
  const auto* key = event ? std::get_if<wire::KeyEvent>(&*event) : nullptr;
  if (key != nullptr) handlers_.event(*key);
}

void KeyerProcess::ended(const std::string& why) {
  if (link_) link_->close();
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
  if (pid_ <= 0 || !send(wire::ReleaseOrder{})) return;
  link_->mute();
  const auto deadline = SteadyTime::now() + patience;
  while (waitpid(pid_, nullptr, WNOHANG) == 0) {
    if (SteadyTime::now() >= deadline) return;  // the end of the socket is told to it by this process's end
    pollfd nothing{};
    poll(&nothing, 0, 10);
  }
  pid_ = -1;
}

}  // namespace loa::station
