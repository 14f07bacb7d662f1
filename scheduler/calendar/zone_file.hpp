// The zone files of the system (TZif, RFC 8536) as one table of changes that serves for all time.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scheduler/calendar/posix_rule.hpp"

namespace loa::calendar {

/// 400 years hold a whole number of weeks, so the Gregorian calendar repeats after them.
inline constexpr std::int64_t kCycleSeconds = std::int64_t{146'097} * 86'400;

/// Offsets of one zone. `changes` is sorted and never empty: [0] lies before everything. With `repeats` the last
/// kCycleSeconds of it go on for ever.
struct Offsets {
  std::vector<Change> changes;
  bool repeats = false;

  /// The change in force at `at` (seconds since 1970 UTC).
  Change in_force(std::int64_t at) const;
  /// The first change after `at`, if any.
  std::optional<Change> next(std::int64_t at) const;
};

/// From the bytes of a zone file; nothing when they are none, or one that counts leap seconds ("right/…").
std::optional<Offsets> parse_zone_file(std::string_view bytes);

/// The bytes of the system's file for `name`; nothing when there is none, or the name leaves the zones' folder.
std::optional<std::string> read_zone_file(std::string_view name);

}  // namespace loa::calendar
