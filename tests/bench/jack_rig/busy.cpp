// fork, compute, sleep.
#include "tests/bench/jack_rig/busy.hpp"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <thread>

namespace loa::bench {
namespace {

[[noreturn]] void compute(double share) {
  using Clock = std::chrono::steady_clock;
  constexpr std::chrono::milliseconds kTurn{100};
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  volatile double value = 1;
  for (auto turn = Clock::now();; turn += kTurn) {
    while (Clock::now() < turn + kTurn * share) value = value * 1.000001 + 0.5;
    std::this_thread::sleep_until(turn + kTurn);
  }
}

}  // namespace

Busy::Busy(int count, double share) {
  for (int i = 0; i < count; ++i) {
    const pid_t child = ::fork();
    if (child == 0) compute(share);
    if (child > 0) children_.push_back(child);
  }
}

Busy::~Busy() {
  for (const pid_t child : children_) {
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
  }
}

}  // namespace loa::bench
