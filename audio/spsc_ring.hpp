// A queue of small values from one thread to one other, of fixed size. Wait-free on both sides.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <type_traits>

namespace loa::audio {

template <class T, std::size_t Size>
class SpscRing {
  static_assert((Size & (Size - 1)) == 0, "a power of two");
  static_assert(std::is_trivially_copyable_v<T>);

 public:
  /// Producer only. False when it is full.
  bool push(const T& value) noexcept {
    const auto pushed = pushed_.load(std::memory_order_relaxed);
    if (pushed - popped_.load(std::memory_order_acquire) == Size) return false;
    slots_[pushed % Size] = value;
    pushed_.store(pushed + 1, std::memory_order_release);
    return true;
  }

  /// Producer only: how many values can be pushed.
  std::size_t room() const noexcept {
    return Size - (pushed_.load(std::memory_order_relaxed) - popped_.load(std::memory_order_acquire));
  }

  /// Consumer only. False when it is empty.
  bool pop(T& value) noexcept {
    const auto popped = popped_.load(std::memory_order_relaxed);
    if (pushed_.load(std::memory_order_acquire) == popped) return false;
    value = slots_[popped % Size];
    popped_.store(popped + 1, std::memory_order_release);
    return true;
  }

 private:
  std::array<T, Size> slots_{};
  std::atomic<std::size_t> pushed_{0};
  std::atomic<std::size_t> popped_{0};
};

}  // namespace loa::audio
