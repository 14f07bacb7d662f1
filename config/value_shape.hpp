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

/// Days in the words and signs of Vietnamese timetables, as they are written: "từ 1/6 đến 31/8" is "06-01..08-31", "rằm
/// tháng Giêng" is "lunar 01-15", "mùng 1" is "lunar 01" (of every month); "" when it is none of these.
std::string days_meant(std::string_view words);
/// Several of them, "2026-12-07, 2026-12-08": `["2026-12-07", "2026-12-08"]`; "" as above.
std::string list_of_days_meant(std::string_view words);
/// The same as a form of `repeat`: {lunar: ["01"]}, {dates: ["06-01..08-31"]}; "" as above.
std::string form_of_days_meant(std::string_view words);

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
