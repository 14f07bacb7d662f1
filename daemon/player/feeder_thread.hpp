// The feeder on its thread: wakes for orders and often enough to stay ahead of the device.
#pragma once

#include <atomic>
#include <mutex>
#include <thread>

#include "daemon/player/feeder.hpp"
#include "daemon/player/mailbox.hpp"

namespace loa::player {

/// The methods are the main thread's.
class FeederThread {
 public:
  /// `wake_fd`: an eventfd that is written when there are events.
  FeederThread(Feeder& feeder, int wake_fd);
  ~FeederThread();
  FeederThread(const FeederThread&) = delete;
  FeederThread& operator=(const FeederThread&) = delete;

  void obey(wire::Order order) { orders_.put(std::move(order)); }
  std::vector<wire::Event> take_events() { return events_.take({}); }
  Status status() const;

 private:
  void run();
  void publish();

  Feeder& feeder_;
  int wake_fd_;
  Mailbox<wire::Order> orders_;
  Mailbox<wire::Event> events_;
  mutable std::mutex mutex_;
  Status status_;  // under the mutex
  std::atomic<bool> stopping_{false};
  std::thread thread_;
};

}  // namespace loa::player
