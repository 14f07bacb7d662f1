// Small timetables made up by chance from a seed: crowded, so that what meets on air meets often.
#pragma once

#include <random>

#include "tests/scheduler/plain_timetable.hpp"

namespace loa::scheduler::plain {

/// Chance that is the same everywhere (the standard's distributions are not).
class Chance {
 public:
  explicit Chance(unsigned seed) : engine_(seed) {}
  int below(int limit) { return static_cast<int>(engine_() % static_cast<unsigned>(limit)); }
  int within(int first, int last) { return first + below(last - first + 1); }
  bool one_in(int n) { return below(n) == 0; }
  template <class List>
  auto one_of(const List& list) {
    return list[static_cast<std::size_t>(below(static_cast<int>(list.size())))];
  }

 private:
  std::mt19937 engine_;
};

/// What is asked for: these days, and what plays around them.
struct MadeUpTimetable {
  Timetable timetable;
  Day from, to;
};

/// Whether programmes stay whose slots overlap by the text alone: a mistake that keeps a timetable from being planned.
enum class Overlaps { removed, kept };

MadeUpTimetable made_up_timetable(unsigned seed, Overlaps overlaps = Overlaps::removed);

}  // namespace loa::scheduler::plain
