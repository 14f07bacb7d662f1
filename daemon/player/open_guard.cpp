#include "daemon/player/open_guard.hpp"

#include <utility>

namespace loa::player {

OpenGuard::OpenGuard(std::chrono::milliseconds patience, std::function<void()> late)
    : thread_([this, patience, late = std::move(late)] {
        std::unique_lock lock(mutex_);
        if (!opened_said_.wait_for(lock, patience, [this] { return opened_; })) late();
      }) {}

/// Waits for the lock while `late` runs.
OpenGuard::~OpenGuard() {
  {
    const std::lock_guard lock(mutex_);
    opened_ = true;
  }
  opened_said_.notify_one();
  thread_.join();
}

}  // namespace loa::player
