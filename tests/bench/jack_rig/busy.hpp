// Other people's work: processes that compute for a share of the time, with no priority of their own.
#pragma once

#include <sys/types.h>

#include <vector>

namespace loa::bench {

/// `count` children, each busy for `share` (0 to 1) of every 100 ms; they end with this object, or their parent.
class Busy {
 public:
  Busy(int count, double share);
  ~Busy();
  Busy(const Busy&) = delete;
  Busy& operator=(const Busy&) = delete;

 private:
  std::vector<pid_t> children_;
};

}  // namespace loa::bench
