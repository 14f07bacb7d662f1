// A queue of values from one thread to another that may block: never for the sound card's thread.
#pragma once

#include <condition_variable>
#include <mutex>
#include <utility>
#include <vector>

namespace loa::player {

/// Thread-safe.
template <class T>
class Mailbox {
 public:
  void put(T value) {
    {
      const std::lock_guard lock(mutex_);
      values_.push_back(std::move(value));
    }
    filled_.notify_one();
  }

  /// All there are, in order; waits up to `patience` for the first.
  std::vector<T> take(std::chrono::milliseconds patience) {
    std::unique_lock lock(mutex_);
    filled_.wait_for(lock, patience, [this] { return !values_.empty(); });
    return std::exchange(values_, {});
  }

 private:
  std::mutex mutex_;
  std::condition_variable filled_;
  std::vector<T> values_;
};

}  // namespace loa::player
