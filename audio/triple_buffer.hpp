// The newest value of one thread, for one other. Wait-free on both sides; values in between are never seen.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <type_traits>

namespace loa::audio {

template <class T>
class TripleBuffer {
  static_assert(std::is_trivially_copyable_v<T>);

 public:
  /// Writer only.
  void publish(const T& value) noexcept {
    slots_[back_] = value;
    back_ = middle_.exchange(back_ | kFresh, std::memory_order_acq_rel) & kSlot;
  }

  /// Reader only; as made by default before the first publish. Valid until the next call.
  const T& newest() noexcept {
    if ((middle_.load(std::memory_order_relaxed) & kFresh) != 0) {
      front_ = middle_.exchange(front_, std::memory_order_acq_rel) & kSlot;
    }
    return slots_[front_];
  }

 private:
  static constexpr std::uint8_t kFresh = 4, kSlot = 3;
  std::array<T, 3> slots_{};
  std::uint8_t back_ = 0;
  std::atomic<std::uint8_t> middle_{1};
  std::uint8_t front_ = 2;
};

}  // namespace loa::audio
