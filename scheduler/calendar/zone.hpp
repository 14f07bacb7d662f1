// IANA zones behind one file: local civil time to instants and back (contract 2: a skipped local time is read with the
// offset before the gap, RFC 5545 3.3.5; one that occurs twice is the first).
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace loa::calendar {

/// 48,000 a second: whole milliseconds and whole frames are both exact.
using Frames = std::chrono::duration<std::int64_t, std::ratio<1, 48000>>;
using Instant = std::chrono::time_point<std::chrono::system_clock, Frames>;
using LocalTime = std::chrono::local_time<std::chrono::milliseconds>;

/// No zone is further than this from UTC, nor changes by more.
inline constexpr std::chrono::hours kFarthestOffset{26};

/// Immutable; cheap to copy; thread-safe.
class Zone {
 public:
  /// Nothing when the system's zone data has no such name.
  static std::optional<Zone> find(std::string_view name);

  const std::string& name() const;
  Instant instant(LocalTime local) const;
  LocalTime local(Instant instant) const;                  // rounded down to the millisecond
  std::chrono::seconds offset(Instant instant) const;      // from UTC, + east
  std::chrono::year_month_day day(Instant instant) const;  // the local date

 private:
  struct Data;
  explicit Zone(std::shared_ptr<const Data> data);
  std::shared_ptr<const Data> data_;
};

/// The names that find() knows, for typing mistakes: those with a region ("Asia/Ho_Chi_Minh"), and UTC. Reads the
/// system's folder each time.
std::vector<std::string> zone_names();

/// RFC 3339 with milliseconds and the zone's offset: "2026-11-23T05:30:00.000+07:00".
std::string rfc3339(Instant instant, const Zone& zone);
/// RFC 3339, or local YYYY-MM-DDTHH:MM[:SS[.mmm]] in `zone`; nothing when it is neither.
std::optional<Instant> parse_instant(std::string_view text, const Zone& zone);
/// YYYY-MM-DD; nothing when it is no date.
std::optional<std::chrono::year_month_day> parse_date(std::string_view text);

}  // namespace loa::calendar
