// The text of a recurrence rule (RFC 5545 3.3.10) as values. Knows the grammar and which parts may stand together; must
// not know when anything recurs (recurrence.hpp), clocks or files.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "scheduler/calendar/zone.hpp"

namespace loa::calendar {

enum class Frequency { secondly, minutely, hourly, daily, weekly, monthly, yearly };

/// An element of BYDAY: "TU" (ordinal 0: every one), "2TU" (the second), "-1FR" (the last).
struct WeekdayNumber {
  int ordinal = 0;  // -53 … 53; of the month or the year
  std::chrono::weekday day;
  bool operator==(const WeekdayNumber&) const = default;
};

/// UNTIL, inclusive: a date means to the end of that day, by the station's clocks.
struct Until {
  enum class Form { date, local, utc };
  Form form = Form::date;
  LocalTime at;  // as written: with `utc` it is UTC's civil time; second 60 is read as 59 (RFC 5545 3.3.12)
  bool operator==(const Until&) const = default;
};

/// A valid rule. The lists are as written, without what is repeated; empty = the part is not there.
struct RecurrenceRule {
  Frequency frequency = Frequency::daily;
  std::int64_t interval = 1;          // 1 … 10^12
  std::optional<std::int64_t> count;  // 1 … 10^12; never together with `until`
  std::optional<Until> until;
  std::vector<int> by_second;           // 0 … 60; 60 is the leap second, read as 59 (RFC 5545 3.3.12)
  std::vector<int> by_minute, by_hour;  // 0 … 59, 0 … 23
  std::vector<WeekdayNumber> by_day;
  std::vector<int> by_month_day;     // ±1 … ±31; negative counts from the end, here and below
  std::vector<int> by_year_day;      // ±1 … ±366
  std::vector<int> by_week_number;   // ±1 … ±53
  std::vector<int> by_month;         // 1 … 12
  std::vector<int> by_set_position;  // ±1 … ±366
  std::chrono::weekday week_start = std::chrono::Monday;
  bool operator==(const RecurrenceRule&) const = default;
};

inline constexpr std::size_t kLongestRule = 16'384;  // bytes

/// Why a text is no rule, and where. One reason is given, the first that is found.
struct RecurrenceError {
  enum class Reason {
    empty,              // no text
    too_long,           // more than kLongestRule bytes, several times what a rule can need
    prefixed,           // "RRULE:" or "DTSTART…" stands before the rule, which is written without them
    not_a_part,         // no NAME=VALUE between two ';'
    unknown_part,       // no part has that name
    repeated_part,      // a part stands twice
    not_supported,      // RSCALE, SKIP (RFC 7529)
    malformed,          // the value is not of the part's form
    out_of_range,       // a number outside low … high (with a sign where `sign` allows one), or 0 where none may be
    no_such_date,       // UNTIL names a day or time that does not exist
    frequency_missing,  // FREQ must be there
    count_with_until,   // both say where it ends
    week_number_frequency,     // BYWEEKNO without FREQ=YEARLY
    year_day_frequency,        // BYYEARDAY with DAILY, WEEKLY or MONTHLY
    month_day_frequency,       // BYMONTHDAY with WEEKLY
    ordinal_frequency,         // "2TU" with another FREQ than MONTHLY and YEARLY
    ordinal_with_week_number,  // "2TU" together with BYWEEKNO
    set_position_alone,        // BYSETPOS without another BY…
  };
  Reason reason = Reason::empty;
  std::size_t begin = 0, end = 0;  // bytes of the text; end exclusive
  std::string part;                // in capitals, "BYDAY"; empty where no part is meant; as written when unknown
  std::int64_t low = 0, high = 0;  // what is allowed, for out_of_range
  bool sign = false;               // -high … -low is allowed as well
  std::string_view section;        // "RFC 5545 3.3.10"
};

/// Names of parts and their values in any case (RFC 5545 1.3), parts in any order. Nothing is forgiven beyond that.
std::variant<RecurrenceRule, RecurrenceError> parse_recurrence(std::string_view text);

/// The rule as text: FREQ first, capitals, what is default left out. parse_recurrence() gives the same rule.
std::string to_string(const RecurrenceRule& rule);

/// "MO"; "FREQ"'s value "MONTHLY".
std::string_view short_name(std::chrono::weekday day);
std::string_view name(Frequency frequency);

}  // namespace loa::calendar
