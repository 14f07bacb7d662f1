// What a day's plan lacks, while there is still time to mend it: the preflight. Pure; knows no clock.
#pragma once

#include <string>
#include <vector>

#include "daemon/station/library/snapshot.hpp"

namespace loa::station {

/// One thing that a session lacks.
struct Lack {
  Instant at;             // when it would be heard
  std::string programme;  // its title
  config::Text words;  // "“Bản tin 28/11”: the recording ban-tin/2026-11-28.mp3 is not there; nhac-cho would play"
};

/// A silence within a session shorter than this is not worth a word.
inline constexpr std::chrono::seconds kSilenceTold{60};

/// Of the sessions that start on the local date `day`, at `from` or later, by time.
std::vector<Lack> lacks_of(const Snapshot& snapshot, config::Date day, Instant from);

/// "05:31:00 Buổi sáng: …" for each; beyond kMostTold only how many more.
inline constexpr std::size_t kMostTold = 40;
std::vector<std::string> lack_lines(const std::vector<Lack>& lacks, const calendar::Zone& zone,
                                    config::Language language);

/// What is said at the hour of the preflight: how much `day` lacks, and each of it. Ends with a line's end.
std::string preflight_text(const Snapshot& snapshot, config::Date day, config::Language language);

}  // namespace loa::station
