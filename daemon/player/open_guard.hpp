// Opening a device may hang for ever. A thread that looks at the clock says so to the daemon and ends the process.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace loa::player {

/// Lives while a device is being opened. Whoever still stands in the device when `patience` is over is left there:
/// `late` runs on the guard's thread and is to end the process; should the device come back meanwhile, the destructor
/// waits for that.
class OpenGuard {
 public:
  OpenGuard(std::chrono::milliseconds patience, std::function<void()> late);
  ~OpenGuard();
  OpenGuard(const OpenGuard&) = delete;
  OpenGuard& operator=(const OpenGuard&) = delete;

 private:
  std::mutex mutex_;
  std::condition_variable opened_said_;
  bool opened_ = false;
  std::thread thread_;
};

}  // namespace loa::player
