// A JACK server without a sound card, for one measurement: own name, ordinary user, dummy driver.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

namespace loa::bench {

/// A child process that ends with this object.
class Child {
 public:
  explicit Child(const std::vector<std::string>& words, int pass_fd = -1);
  ~Child();
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  bool running();

 private:
  pid_t pid_ = -1;
};

/// Sets JACK_DEFAULT_SERVER for this process and its children. 48 kHz, `period` frames. `realtime` needs the right to
/// SCHED_FIFO; without it a busy machine makes JACK itself miss its cycles.
class JackServer {
 public:
  JackServer(int period, bool realtime);
  /// False when it did not come up.
  bool wait_until_up();

 private:
  std::string name_;
  Child child_;
};

}  // namespace loa::bench
