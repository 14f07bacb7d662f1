// Reads times of day. Knows how people write them; never sexagesimal, never octal. Must not know what starts then.
#include <fmt/format.h>

#include <algorithm>

#include "config/fields.hpp"
#include "config/value_shape.hpp"

namespace loa::config {
namespace {

std::string as_time(int hours, int minutes) {
  return fmt::format("{:02}:{:02}", hours, minutes);
}

bool is_hour_mark(const std::string& gap) {
  return gap == "h" || gap == "g" || gap == "gio" || gap == "h:";
}
bool is_minute_mark(const std::string& gap) {
  return gap.empty() || gap == "p" || gap == "ph" || gap == "phut" || gap == "m" || gap == "min" || gap == "'";
}
/// The words for a part of the day, with the hours of the clock that one reads it with.
struct PartOfDay {
  std::string_view word;
  int first, last;  // as they are spoken, 1 to 12
  int added;        // to those, but that 12 is noon, and midnight in the morning
};
constexpr PartOfDay kPartsOfDay[] = {{"am", 1, 12, 0},   {"a.m.", 1, 12, 0},  {"sa", 1, 12, 0},  {"sang", 1, 11, 0},
                                     {"pm", 1, 12, 12},  {"p.m.", 1, 12, 12}, {"ch", 1, 12, 12}, {"chieu", 1, 7, 12},
                                     {"toi", 5, 11, 12}, {"trua", 10, 12, 0}, {"trua", 1, 2, 12}};

bool is_part_of_day(const std::string& gap) {
  return std::any_of(std::begin(kPartsOfDay), std::end(kPartsOfDay),
                     [&](const PartOfDay& part) { return part.word == gap; });
}

/// "5" of "5 giờ chiều" is 17; one of the 24-hour clock stays. -1: the hour and the word do not go together.
int hours_meant(int spoken, const std::string& gap) {
  for (const auto& part : kPartsOfDay) {
    if (part.word != gap) continue;
    if (spoken >= part.first && spoken <= part.last) {
      const bool twelve = spoken == 12;
      const bool midnight = twelve && part.added == 0 && part.word != "trua";
      return midnight ? 0 : twelve ? 12 : spoken + part.added;
    }
    if (part.added == 12 && spoken >= part.first + 12 && spoken <= std::min(part.last + 12, 23)) return spoken;
  }
  return spoken == 0 && (gap == "am" || gap == "a.m." || gap == "sa" || gap == "sang") ? 0 : -1;
}

struct TimeComplaint {
  const char* code;
  Text message;
  std::string suggestion;  // "" = only the general form
};

bool fits(int hours, int minutes) {
  return hours >= 0 && hours < 24 && minutes >= 0 && minutes < 60;
}
std::string suggested(int hours, int minutes) {
  return fits(hours, minutes) ? as_time(hours, minutes) : "";
}

/// "5 giờ sáng": the word behind the hours.
std::string without_hour_mark(std::string gap) {
  for (const std::string_view mark : {"gio", "h", "g"}) {
    if (gap.starts_with(mark) && gap.size() > mark.size()) return gap.substr(mark.size());
  }
  return gap;
}

std::optional<TimeComplaint> half_day(const Shape& shape, const std::string& word) {
  const auto last = without_hour_mark(shape.gaps.back());
  if (!is_part_of_day(last)) return std::nullopt;
  const int hours = hours_meant(shape.number(0), last);
  const int minutes = shape.numbers.size() > 1 ? shape.number(1) : 0;
  return TimeComplaint{"time-with-half-day", msg("“{0}” is not a time of the 24-hour clock", word),
                       suggested(hours, minutes)};
}

std::optional<TimeComplaint> hour_mark(const Shape& shape, const std::string& word) {
  if (shape.numbers.size() > 2 || !is_hour_mark(shape.gaps[1])) return std::nullopt;
  if (!is_minute_mark(shape.gaps.back()) && shape.numbers.size() > 1) return std::nullopt;
  const int minutes = shape.numbers.size() > 1 ? shape.number(1) : 0;
  return TimeComplaint{"time-with-h", msg("“{0}” is not a time: hours and minutes are separated by a colon", word),
                       suggested(shape.number(0), minutes)};
}

std::optional<TimeComplaint> other_mark(const Shape& shape, const std::string& word) {
  if (shape.numbers.size() != 2 || !shape.gaps[0].empty()) return std::nullopt;
  const auto& last = shape.gaps[2];
  if (shape.gaps[1] == ":" && !shape.digits(1, 2, 2)) return std::nullopt;  // "5:3" may be 05:03 or 05:30
  if (!is_minute_mark(last) && !is_hour_mark(last) && last != ":") return std::nullopt;
  static const std::string_view marks[] = {":", ".", ",", "-", ";", "/", "", "::", "'", "：", ":h"};
  if (std::find(std::begin(marks), std::end(marks), shape.gaps[1]) == std::end(marks)) return std::nullopt;
  return TimeComplaint{"time-with-dot", msg("“{0}” is not a time: hours and minutes are separated by a colon", word),
                       suggested(shape.number(0), shape.number(1))};
}

/// "05:30 - 06:15", "05:30, 17:00": two times where one is asked for.
Text advice_for_two(const Shape& shape) {
  const bool two = shape.numbers.size() == 4 && shape.gaps[1] == ":" && shape.gaps[3] == ":" && shape.gaps[4].empty() &&
                   fits(shape.number(0), shape.number(1)) && fits(shape.number(2), shape.number(3));
  if (!two) return {};
  const auto first = as_time(shape.number(0), shape.number(1)), second = as_time(shape.number(2), shape.number(3));
  const auto& between = shape.gaps[2];
  if (between == "," || between == ";" || between == "va") {
    return msg("several times are a list: [\"{0}\", \"{1}\"]", first, second);
  }
  return msg("write one time, \"{0}\"; where it ends is said by a key of its own (“length”, “until”)", first);
}

std::optional<TimeComplaint> bare_number(const Shape& shape, const std::string& word) {
  if (shape.numbers.size() != 1 || !shape.is("")) return std::nullopt;
  const int value = shape.number(0);
  const bool hours_only = shape.digits(0, 1, 2);
  return TimeComplaint{"time-as-number", msg("{0} is a number, not a time", word),
                       hours_only ? suggested(value, 0) : suggested(value / 100, value % 100)};
}

TimeComplaint out_of_range(const Shape& shape, const std::string& word) {
  if (shape.number(0) == 24 && shape.number(1) == 0) {
    return {"time-24", msg("24:00 is valid only where a span of time ends"), "00:00"};
  }
  if (fits(shape.number(0), shape.number(1)) && shape.number(2) < 60) {  // right but for blanks
    return {"not-a-time", msg("“{0}” is not a time", word), as_time(shape.number(0), shape.number(1))};
  }
  return {"time-out-of-range", msg("there is no {0} on the clock: hours go from 0 to 23, minutes from 00 to 59", word),
          ""};
}

bool has_form(const Shape& shape) {
  const auto count = shape.numbers.size();
  return (count == 2 || count == 3) && shape.is(":") && shape.digits(0, 1, 2) && shape.digits(1, 2, 2) &&
         (count == 2 || shape.digits(2, 2, 2));
}

TimeComplaint complaint_about(const Shape& shape, const std::string& word) {
  if (has_form(shape)) return out_of_range(shape, word);
  if (!shape.numbers.empty()) {
    for (const auto recognise : {half_day, hour_mark, other_mark, bare_number}) {
      if (auto found = recognise(shape, word)) return *found;
    }
  }
  return {"not-a-time", msg("“{0}” is not a time", word), ""};
}

std::optional<TimeOfDay> time_of(const Shape& shape, bool allow_24) {
  if (!has_form(shape)) return std::nullopt;
  const int hours = shape.number(0), minutes = shape.number(1);
  const int seconds = shape.numbers.size() == 3 ? shape.number(2) : 0;
  const bool midnight = allow_24 && hours == 24 && minutes == 0 && seconds == 0;
  if (!midnight && (!fits(hours, minutes) || seconds > 59)) return std::nullopt;
  return TimeOfDay{std::chrono::hours(hours) + std::chrono::minutes(minutes) + std::chrono::seconds(seconds)};
}

}  // namespace

std::optional<TimeOfDay> read_time(const Node& node, Diagnostics& diagnostics, bool allow_24) {
  const auto form = msg("a time such as \"05:30\" or \"17:00:15\"");
  const auto word = plain_word(node, diagnostics, form);
  if (!word) return std::nullopt;
  const auto shape = shape_of(*word);
  // Blanks were squeezed out of the shape; within a right time there are none.
  if (const auto time = time_of(shape, allow_24); time && word->find(' ') == std::string::npos) return time;
  const auto complaint = complaint_about(shape, shown(*word));
  const auto two = advice_for_two(shape);
  diagnostics.error(complaint.code, node.span, complaint.message)
      .would(msg("the time is not known, so nothing can be started or ended then"))
      .mend(!two.empty()                   ? two
            : complaint.suggestion.empty() ? msg("write {0}", form)
                                           : write_this('"' + complaint.suggestion + '"'));
  return std::nullopt;
}

}  // namespace loa::config
