#include "daemon/listener/listener.hpp"

#include <poll.h>
#include <time.h>

#include <algorithm>
#include <utility>
#include <vector>

namespace loa::listener {

namespace {

using namespace std::chrono_literals;

constexpr auto kBeat = 1s;
constexpr auto kStep = 100ms;  // between looks at what was heard

Steady now_steady() {
  return std::chrono::steady_clock::now();
}

/// The daemon's steady clock.
std::chrono::nanoseconds boot_time() {
  timespec now{};
  ::clock_gettime(CLOCK_BOOTTIME, &now);
  return std::chrono::seconds(now.tv_sec) + std::chrono::nanoseconds(now.tv_nsec);
}

wire::HeardSound told(const audio::Heard& heard) {
  wire::HeardSound sound{heard.found, heard.score, heard.share, {}, heard.level};
  if (heard.found) sound.delay = std::chrono::duration<double>(heard.delay).count();
  return sound;
}

}  // namespace

void Listener::run() {
  while (!link_.closed()) {
    wait();
    for (const auto& line : link_.receive()) {
      if (const auto order = wire::listener_order_from(line)) obey(*order);
    }
    listen();
    const auto now = now_steady();
    if (now - beat_ >= kBeat) {
      beat_ = now;
      say(wire::ListenerBeat{});
    }
    link_.flush();
  }
}

void Listener::wait() {
  std::vector<pollfd> watched{{link_.fd(), static_cast<short>(link_.unsent() ? POLLIN | POLLOUT : POLLIN), 0}};
  capture_.watch(watched);
  const auto until = std::min(capture_.look_at(), beat_ + kBeat);
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - now_steady());
  ::poll(watched.data(), watched.size(), static_cast<int>(std::clamp<std::int64_t>(left.count(), 0, 1000)));
}

void Listener::obey(const wire::ListenerOrder& order) {
  if (const auto* sounds = std::get_if<wire::SoundsOrder>(&order)) {
    auto master = audio::MasterReader::open(sounds->master);
    if (!master) return;
    listening_.sounds({sounds->id, std::move(master), sounds->offset, sounds->frames, sounds->at});
  }
  if (const auto* over = std::get_if<wire::OverOrder>(&order)) listening_.over(over->id, over->played);
  if (const auto* ask = std::get_if<wire::AskOrder>(&order)) listening_.ask(ask->id);
}

void Listener::listen() {
  const auto now = now_steady();
  if (const auto news = capture_.step(now)) say(*news);
  if (std::exchange(hears_, capture_.open()) && !hears_) listening_.deaf();
  if (!capture_.fresh().empty()) listening_.hear(capture_.fresh(), boot_time());
  if (now - stepped_ < kStep) return;
  stepped_ = now;
  for (const auto& answer : listening_.step(boot_time())) {
    wire::HeardEvent event{answer.id, {}};
    if (answer.heard) event.heard = told(*answer.heard);
    say(event);
  }
}

void Listener::say(const wire::ListenerEvent& event) {
  link_.send(wire::to_line(event));
}

}  // namespace loa::listener
