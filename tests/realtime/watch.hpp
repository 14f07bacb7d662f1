// What a sound card's thread may not do, caught where it does it: the allocator, locks and whatever waits or wakes are
// replaced in this whole program, and system calls of a thread are filtered by the kernel (seccomp). Linux with glibc.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <vector>

namespace loa::test {

/// How a process ends that was caught; what it did stands on its standard error, as "the sound card's thread: malloc".
inline constexpr int kCaught = 86;

/// While it lives, its thread may not allocate, free, lock, wait or wake: the process ends with kCaught.
class RealTime {
 public:
  RealTime();
  ~RealTime();
  RealTime(const RealTime&) = delete;
  RealTime& operator=(const RealTime&) = delete;
};

/// From now on the calling thread ends the process with kCaught at any system call but clock_gettime (the vDSO may fall
/// back on it), those in `also`, futexes at the two words, and what ends the process.
void forbid_system_calls(const std::atomic<std::uint32_t>* one, const std::atomic<std::uint32_t>* two,
                         const std::vector<int>& also = {});

/// Within RealTime clock_gettime answers this to its thread, after it asked the true one; 0 = the true one's answer.
struct MadeUpTime {
  std::chrono::nanoseconds wall{0}, steady{0};
};
void set_time(const MadeUpTime& time);

/// Waits while the word is `value`, and wakes who does: the only calls that a filtered thread has left.
void wait_while(std::atomic<std::uint32_t>& word, std::uint32_t value);
void wake(std::atomic<std::uint32_t>& word);

}  // namespace loa::test
