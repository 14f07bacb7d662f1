// When higher priorities have the air. Internal to the plan.
#pragma once

#include <span>
#include <vector>

#include "scheduler/plan.hpp"

namespace loa::scheduler {

/// Grows rank by rank.
class Busy {
 public:
  void add(Instant from, Instant until);
  /// Sorted and apart again, after add().
  void join();

  /// The first one that is not over at `start`; null: there is none.
  const Interval* next(Instant start) const;
  /// Those that a session from `start` on may meet.
  std::span<const Interval> from(Instant start) const;
  /// What of them lies in [start, end).
  std::vector<Interval> within(Instant start, Instant end) const;
  /// Whether `late` lets nothing sound of a session of `programme` at `start`: a higher priority has the air when it is
  /// due.
  bool keeps_off(const Programme& programme, Instant start) const;

 private:
  std::vector<Interval> stretches_;
};

}  // namespace loa::scheduler
