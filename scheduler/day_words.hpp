// Days that the schedule names without a year, in words and with their next date: so that 10-03 typed for 03-10 is
// seen before it matters.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "scheduler/schedule.hpp"

namespace loa::scheduler {

/// "October 3", as in "every year on October 3"; "full moon of the 1st lunar month"; a holiday's name.
config::Text words_of(const DateSpan& span, const Holidays& holidays);
/// "full moon of every lunar month", "last day of the 12th lunar month".
config::Text words_of(config::LunarDay day);

/// A yearly, lunar or named day, or a range of them, where the schedule first names it.
struct NamedDay {
  std::string written;  // "10-03", "lunar 01-01..01-03", "holiday:quoc-khanh"
  config::Text words;
  config::Span at;
  std::optional<Date> first, last;  // of the next time, or of the one that goes on; nothing: within 8 years never
  bool goes_on = false;             // today is one of several days

  /// "10-03 = every year on October 3, next Sun 03/10/2027 (schedule/lich.yaml:12)".
  config::Text line() const;
};

/// In the order of their places in the files, each once; at most 200. `today`: the first day that counts.
std::vector<NamedDay> named_days(const Schedule& schedule, Date today);
/// The same for people, each on a line of its own below a heading; "" when there are none.
std::string named_days_text(const Schedule& schedule, Date today, config::Language language);

}  // namespace loa::scheduler
