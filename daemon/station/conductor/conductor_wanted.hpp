// Which masters the coming month needs, in the order of their first use: the shelf's list of work.
#pragma once

#include <string>
#include <vector>

#include "daemon/station/library/snapshot.hpp"

namespace loa::station {

struct Wanted {
  std::string sha256;
  double gain = 0;   // dB of the article
  std::string clip;  // below library/
  Instant first;     // planned start of its first use
  bool operator==(const Wanted&) const = default;
};

/// How far ahead masters are made.
inline constexpr std::chrono::days kMastersAhead{31};

/// Each recording and gain once; a refused or unmeasured recording is not wanted. Substitutes of recordings that are
/// not there are.
std::vector<Wanted> wanted_masters(const Snapshot& snapshot, Instant now);

/// The article that is to sound instead of a missing recording on the day of `item`, when it can be played then.
struct Substitute {
  const playlists::Article* article = nullptr;
  std::string clip;
  const playlists::Facts* facts = nullptr;
};
std::optional<Substitute> substitute_for(const Snapshot& snapshot, const scheduler::PlannedItem& item);

}  // namespace loa::station
