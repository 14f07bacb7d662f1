// Waiting is the only thing that this adds to the feeder.
#include "daemon/player/feeder_thread.hpp"

#include <unistd.h>

namespace loa::player {
namespace {

// While orders are there, so often that a start is told soon; else seldom, to use no power.
// A live source is looked at often: what it sends is soon heard, and what it lacks is soon known.
constexpr std::chrono::milliseconds kLive{10}, kBusy{40}, kIdle{250};

}  // namespace

FeederThread::FeederThread(Feeder& feeder, int wake_fd)
    : feeder_(feeder), wake_fd_(wake_fd), thread_([this] { run(); }) {}

FeederThread::~FeederThread() {
  stopping_ = true;
  obey(wire::QuitOrder{});
  thread_.join();
}

Status FeederThread::status() const {
  const std::lock_guard lock(mutex_);
  return status_;
}

void FeederThread::run() {
  bool settled = false;
  while (!stopping_) {
    const auto& status = feeder_.status();
    const auto patience = status.live ? kLive : settled && status.idle ? kIdle : kBusy;
    for (auto& order : orders_.take(patience)) feeder_.obey(std::move(order));
    feeder_.turn();
    settled = feeder_.status().map.has_value();
    publish();
  }
}

void FeederThread::publish() {
  auto events = feeder_.take_events();
  const bool quitting = feeder_.status().quitting;
  {
    const std::lock_guard lock(mutex_);
    status_ = feeder_.status();
  }
  const bool news = !events.empty() || quitting;
  for (auto& event : events) events_.put(std::move(event));
  const std::uint64_t one = 1;
  if (news && ::write(wake_fd_, &one, sizeof one) < 0) return;  // full: the main thread is awake anyway
}

}  // namespace loa::player
