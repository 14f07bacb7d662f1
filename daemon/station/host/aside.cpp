#include "daemon/station/host/aside.hpp"

#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <thread>
#include <utility>

namespace loa::station {

namespace {

struct Running {
  std::mutex mutex;
  std::condition_variable ended;
  std::size_t count = 0;
};

/// Never destroyed: a thread may come back at any time.
Running& running() {
  static auto& all = *new Running;
  return all;
}

}  // namespace

void run_aside(std::function<void()> work) {
  {
    const std::lock_guard lock(running().mutex);
    ++running().count;
  }
  std::thread([work = std::move(work)]() mutable {
    work();
    work = nullptr;  // what it owns goes before it counts as ended
    const std::lock_guard lock(running().mutex);
    --running().count;
    running().ended.notify_all();
  }).detach();
}

bool aside_ends(std::chrono::milliseconds patience) {
  std::unique_lock lock(running().mutex);
  return running().ended.wait_for(lock, patience, [] { return running().count == 0; });
}

}  // namespace loa::station
