// How one session is laid out, when all that has the air before it is known.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tests/scheduler/plain_plan.hpp"

namespace loa::scheduler::plain {

struct Interruption {
  Time from, until;
};

struct Clip {
  std::string name;
  Time length = 0;
  bool missing = false;
};

/// One thing of a session, in order: a clip or a pause, or a fill with all its clips.
struct Entry {
  std::string index;  // "3", "3.1"
  bool is_fill = false, is_pause = false;
  Clip clip;               // of a pause: its length
  std::vector<Clip> fill;  // in list order
  std::optional<Time> pin;
  bool is_relay = false;    // goes on elsewhere, whoever has the air here
  bool takes_rest = false;  // a relay that lasts as long as there is room
};

struct Due {
  std::string id;
  const Programme* programme = nullptr;
  Day day = 0;  // of its start
  Time start = 0;
  std::optional<Time> finish_until;  // `finish` never passes it: the end of the permitted hours it begins in
  std::vector<Entry> entries;
};

/// `busy`: of higher ranks, sorted, apart. `next`: the next session of its rank that has any time.
PlainSession walk(const Due& due, const std::vector<Interruption>& busy, std::optional<Time> next);

}  // namespace loa::scheduler::plain
