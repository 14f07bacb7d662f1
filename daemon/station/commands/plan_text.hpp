// A plan as a person reads it: day by day a bar of 24 hours, then each session with its items, times and faults.
#pragma once

#include <string>
#include <vector>

#include "config/text.hpp"
#include "scheduler/plan.hpp"

namespace loa::station {

struct PlanText {
  const scheduler::Plan& plan;
  const std::vector<scheduler::Interval>& permitted;
  const calendar::Zone& zone;
  config::Language language = config::Language::vi;
  bool colour = false;

  /// Days [from, to), those without a session too.
  std::string in(config::Date from, config::Date to) const;
};

/// "0:05", "12:30", "1:02:05": minutes and seconds, rounded to the second.
std::string length_words(scheduler::Frames length);
/// "T2 23/11/2026", "Mon 2026-11-23".
std::string day_words(config::Date day, config::Language language);
/// The same day of the lunar calendar: "15/10 âm lịch", "lunar 10-15"; "" outside its table.
std::string lunar_words(config::Date day, config::Language language);

}  // namespace loa::station
