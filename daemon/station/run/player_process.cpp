#include "daemon/station/run/player_process.hpp"

#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/asio/write.hpp>
#include <utility>

namespace loa::station {

namespace {

Steady steady_now() {
  return std::chrono::steady_clock::now().time_since_epoch();
}

constexpr std::size_t kMostQueued = 4096;  // lines that a child may leave unread before it counts as hung

}  // namespace

struct PlayerProcess::Link {
  std::shared_ptr<ChildLines> lines;
  std::deque<std::string> outgoing;
  bool writing = false;
  bool gone() const { return lines->is_mute(); }
};

PlayerProcess::PlayerProcess(boost::asio::io_context& context, Settings settings, Handlers handlers)
    : context_(context),
      settings_(std::move(settings)),
      handlers_(std::move(handlers)),
      respawn_(context),
      trial_(context),
      next_trial_(context) {
  choice_.use(settings_.device, settings_.second_device, steady_now());
}

PlayerProcess::~PlayerProcess() {
  if (link_) link_->lines->close();
  if (pid_ > 0) {
    ::kill(-pid_, SIGKILL);
    reap();
  }
}

void PlayerProcess::start() {
  spawn();
}

void PlayerProcess::use(Settings settings) {
  if (settings == settings_) return;
  settings_ = std::move(settings);
  trial_.stop();
  next_trial_.cancel();
  if (link_ && !link_->gone()) ended(link_, "other sound settings");
  choice_.use(settings_.device, settings_.second_device, steady_now());
}

std::vector<std::string> PlayerProcess::words_for(const std::string& device, bool doubtful) const {
  std::vector<std::string> words{settings_.program.string(),
                                 "--fd",
                                 std::to_string(kChildSocket),
                                 "--device",
                                 device,
                                 "--channels",
                                 std::to_string(settings_.channels),
                                 "--latency-ms",
                                 std::to_string(settings_.latency.count())};
  if (doubtful) words.emplace_back("--prove-rate");
  return words;
}

void PlayerProcess::spawn() {
  auto words = words_for(choice_.device(), choice_.doubtful());
  words.insert(words.end(), {"--open-patience-ms", std::to_string(choice_.patience().count())});
  if (!settings_.out.empty()) words.insert(words.end(), {"--out", settings_.out});
  if (!settings_.out.empty() && begun_out_ == settings_.out) words.emplace_back("--resume");
  const auto link = std::make_shared<Link>();
  const std::weak_ptr<Link> weak = link;  // its lines are its own
  link->lines = ChildLines::start(context_, settings_.program, std::move(words),
                                  {[this](std::string_view line) { heed(line); },
                                   [this, weak] {
                                     if (const auto its = weak.lock()) ended(its, "");
                                   }});
  if (!link->lines) return ended(nullptr, "cannot start " + settings_.program.string());
  pid_ = link->lines->pid();
  link_ = link;
}

void PlayerProcess::heed(std::string_view line) {
  auto event = wire::event_from(line);
  if (!event) return;
  if (auto* device = std::get_if<wire::DeviceEvent>(&*event)) heed(*device);
  handlers_.event(*event);
}

/// A device at a wrong speed is tried again, but it must not sound and be lost again every quarter of a minute: from
/// now on it has to prove first that it keeps time.
void PlayerProcess::heed(wire::DeviceEvent& event) {
  choice_.on(event, steady_now());
  event.second = choice_.on_second();
  if (event.state != "open") return;
  begun_out_ = settings_.out;
  try_first();
}

void PlayerProcess::try_first() {
  const auto at = choice_.trial_at();
  if (!at || quitting_) return;
  next_trial_.expires_after(std::max(*at - steady_now(), Steady(0)));
  next_trial_.async_wait([this](const boost::system::error_code& error) {
    if (error || quitting_ || trial_.running() || !choice_.trial_at()) return;
    trial_.start(settings_.program, words_for(choice_.first(), choice_.first_doubtful()), [this](bool opened) {
      choice_.tried(opened, steady_now());
      try_first();
    });
  });
}

bool PlayerProcess::first_is_back() const {
  return choice_.first_is_back(steady_now());
}

void PlayerProcess::take_back_first() {
  if (!first_is_back() || !link_ || link_->gone()) return;
  hung_ = false;
  ended(link_, std::string(wire::kFirstIsBack));
}

void PlayerProcess::send(const wire::Order& order) {
  if (!link_ || link_->gone() || link_->outgoing.size() >= kMostQueued) return;
  link_->outgoing.push_back(wire::to_line(order));
  if (!link_->writing) write(link_);
}

void PlayerProcess::write(const std::shared_ptr<Link>& link) {
  link->writing = true;
  boost::asio::async_write(link->lines->socket(), boost::asio::buffer(link->outgoing.front()),
                           [this, link](const boost::system::error_code& error, std::size_t) {
                             link->writing = false;
                             if (link->gone() || error) return;  // the reader hears of the end
                             link->outgoing.pop_front();
                             if (!link->outgoing.empty()) write(link);
                           });
}

void PlayerProcess::restart() {
  if (!link_ || link_->gone()) return;  // the next one is on its way already
  hung_ = true;
  ended(link_, "killed: hung");
}

void PlayerProcess::ended(const std::shared_ptr<Link>& link, const std::string& why) {
  if (link) link->lines->close();
  const auto fate = reap();
  if (quitting_) return;
  respawn_.expires_after(next_after(why));
  respawn_.async_wait([this](const boost::system::error_code& error) {
    if (!error && !quitting_) spawn();
  });
  handlers_.gone(why.empty() ? fate : why);
}

std::chrono::milliseconds PlayerProcess::next_after(const std::string& why) {
  trial_.stop();  // what it has open is needed now, or is not asked any more
  next_trial_.cancel();
  if (why != wire::kFirstIsBack) return choice_.ended(std::exchange(hung_, false), steady_now());
  choice_.take_back();
  return std::chrono::milliseconds(0);
}

std::string PlayerProcess::reap() {
  std::erase_if(dying_, [](pid_t pid) { return waitpid(pid, nullptr, WNOHANG) != 0; });
  if (pid_ <= 0) return "";
  const pid_t pid = std::exchange(pid_, -1);
  int status = 0;
  if (waitpid(pid, &status, WNOHANG) == 0) {
    // Its socket is closed or it is hung: whatever it still does, it must not sound any longer. It is not waited for: a
    // child that hangs in a driver dies only when the driver lets it.
    ::kill(-pid, SIGKILL);  // its group
    dying_.push_back(pid);
    return "player ended";
  }
  if (WIFSIGNALED(status)) return "player killed by signal " + std::to_string(WTERMSIG(status));
  return "player ended with status " + std::to_string(WEXITSTATUS(status));
}

void PlayerProcess::quit(std::chrono::milliseconds patience) {
  quitting_ = true;
  respawn_.cancel();
  trial_.stop();
  next_trial_.cancel();
  if (!link_ || link_->gone() || pid_ <= 0) return;
  link_->lines->mute();
  // The queue may hold a half-sent line; a broken one is ignored by the player, the end of the socket is not.
  link_->lines->send_now(wire::to_line(wire::Order{wire::QuitOrder{}}));
  ::shutdown(link_->lines->socket().native_handle(), SHUT_WR);
  const auto deadline = std::chrono::steady_clock::now() + patience;
  int status = 0;
  while (waitpid(pid_, &status, WNOHANG) == 0 && std::chrono::steady_clock::now() < deadline) {
    pollfd nothing{};
    poll(&nothing, 0, 10);
  }
  reap();
}

}  // namespace loa::station
