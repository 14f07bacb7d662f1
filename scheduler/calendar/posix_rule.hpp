// The footer of a zone file: a POSIX TZ string ("EST5EDT,M3.2.0,M11.1.0"), the rule for all time after its table
// (RFC 8536 3.3). Knows one rule; must not know files or names of zones.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace loa::calendar {

/// From `at` on (seconds since 1970 UTC) local time is UTC + `offset`.
struct Change {
  std::int64_t at = 0;
  std::int32_t offset = 0;  // seconds, + east
  bool operator==(const Change&) const = default;
};

/// One of the year's two dates: Mm.w.d, Jn or n, and the time of day on it.
struct RuleDate {
  enum class Form { month_week_day, julian_without_leap_day, day_from_zero };
  Form form = Form::month_week_day;
  unsigned month = 1, week = 1, weekday = 0;  // month_week_day; week 5 = the last, weekday 0 = Sunday
  int day = 0;                                // the other forms
  std::chrono::seconds time{7200};            // after local midnight, -167 h … +167 h

  /// Seconds since 1970 of this date's time, read as if the local time were UTC.
  std::int64_t local_seconds(std::chrono::year year) const;
};

struct PosixRule {
  std::int32_t standard = 0;  // seconds, + east
  struct Summer {
    std::int32_t offset = 0;
    RuleDate begin, end;  // begin is said in standard time, end in summer time
  };
  std::optional<Summer> summer;

  /// The two changes of each of the `years` years from `first`, sorted; none for a rule without summer time.
  std::vector<Change> changes(std::chrono::year first, int years) const;
};

/// Nothing when the text is no such rule.
std::optional<PosixRule> parse_posix_rule(std::string_view text);

}  // namespace loa::calendar
