// A word taken apart into its numbers and what stands around them: how a wrong time or date is recognised.
// Knows characters only.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/diagnostics.hpp"
#include "config/node.hpp"
#include "config/values.hpp"

namespace loa::config {

/// "5h30 sáng": numbers {"5", "30"}, gaps {"", "h", "sang"}: one gap more than numbers, folded and without blanks.
struct Shape {
  std::vector<std::string> numbers;
  std::vector<std::string> gaps;

  bool is(std::string_view gap) const;  // every gap between two numbers is `gap`, none stands outside
  bool digits(std::size_t index, std::size_t least, std::size_t most) const;
  int number(std::size_t index) const;  // -1 above nine digits
};
/// Numbers of at most ten pieces; longer words have the shape of no value.
Shape shape_of(std::string_view text);

/// The text of a value that must be one word; lists, mappings, nothing, curly quotes and invisible blanks are reported.
/// `form`: how the right value looks, for the hint.
std::optional<std::string> plain_word(const Node& node, Diagnostics& diagnostics, const Text& form);
/// As above without a look at quotes and blanks: any text.
std::optional<std::string> any_text(const Node& node, Diagnostics& diagnostics, const Text& form);

/// "15", "last", "12-last", "01-15" of the lunar calendar; nothing for any other word.
std::optional<LunarDay> lunar_day(std::string_view word);

/// "1-1", "1/15", "15-1" as it is written: "01-01", "01-15"; "" when it is none, or not clear.
std::string lunar_day_meant(std::string_view word);

/// Days as a Vietnamese timetable says them, one or from … to.
struct DaysMeant {
  enum class Kind { unknown, dates, yearly, lunar, every_lunar_month, either };  // either: "mùng 2 tháng 9"
  Kind kind = Kind::unknown;
  std::string first;  // "2026-12-01"; yearly, lunar, either "12-01"; lunar also "12-last"; every_lunar_month "15"
  std::string last;   // likewise; "": one day
  bool is_known() const { return kind != Kind::unknown; }
};
/// "từ 1/6 đến 31/8", "rằm tháng Giêng", "mùng 1": what they mean, where that is sure.
DaysMeant days_meant(std::string_view words);
/// As they stand in a list of dates: 06-01..08-31, lunar 01-15; "" of every_lunar_month and either, which cannot.
std::string to_string(const DaysMeant& days);
/// Several of them, "2026-12-07, 2026-12-08": `["2026-12-07", "2026-12-08"]`; "" as above.
std::string list_of_days_meant(std::string_view words);
/// One or several as a form of `repeat`: {lunar: ["01"]}, {dates: ["06-01..08-31"]}; "" when they are not clear.
std::string form_of_days_meant(std::string_view words);
/// Of a day that may be of either calendar: both readings, each between `before` and `after`; else empty.
Text either_calendar(const DaysMeant& days, std::string_view before, std::string_view after);

/// 0 of "mon" to 6 of "sun", as the files write them.
std::optional<std::size_t> weekday_of(std::string_view word);
/// "mon" of "T2", "thứ hai", "Monday"; "" of all else and of a range.
std::string weekday_meant(std::string_view word);
/// "mon, wed", "thứ 2 4 6", "2-4-6", "T246" as a list: "[mon, wed]"; "" when a part of it is no day, or stands there
/// twice.
std::string weekday_list_meant(std::string_view text);
/// "T2-T6", "2..6", "thứ 2 đến thứ 7" as a list; "" when one end is no day, or the days between may not be meant.
std::string weekday_range_meant(std::string_view word);
/// "trừ CN": the other days of the week as a list.
std::string other_weekdays_meant(std::string_view word);
/// "2-4", "T3-5": all days between the two, these two only, or a date: each reading with what to write; else empty.
Text either_weekdays(std::string_view word);

/// [a, b, c]
std::string flow_list(const std::vector<std::string>& values);
/// The text as a value in quotes; "" when it is too long to be shown, or holds what no pair of quotes can.
std::string in_quotes(std::string_view text);
/// "put the text in quotes", with the text where that is possible.
Text quote_this(std::string_view text);
Text quote_this(std::string_view key, std::string_view text);

/// What is wrong with a value.
struct Complaint {
  const char* code;
  Text message;
  Text hint;
};

/// "write 05:30".
Text write_this(std::string value);

/// At most 60 letters of a value, for messages.
std::string shown(std::string_view value);

}  // namespace loa::config
