// Which days the operator's words mean: weekdays, dates, lunar days, named holidays, recurrence rules.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "config/values.hpp"
#include "scheduler/calendar/lunar.hpp"
#include "scheduler/calendar/recurrence.hpp"
#include "scheduler/holidays.hpp"

namespace loa::scheduler {

using config::Date;
using config::DateSpan;
using config::Days;

/// `days` after it; before it when negative.
Date day_after(Date day, int days);

/// A day in both calendars, worked out once for the many questions about it.
struct CivilDay {
  Date date;
  std::optional<calendar::LunarDate> lunar;  // nothing outside the table
  explicit CivilDay(Date day);
};

/// Whether `span` means `day`. Lunar ranges go from day to day, a leap month between them included; a single lunar day
/// is of the ordinary month (contract 2).
bool contains(const DateSpan& span, const CivilDay& day, const Holidays* holidays);

/// Daily unless something else is said. Immutable after reading; cheap to copy; thread-safe.
struct DaySet {
  Days words;
  std::shared_ptr<const Holidays> holidays;            // null: none are known
  std::shared_ptr<const calendar::Recurrence> rule{};  // of a recurrence rule; null: it was refused, or it is none

  bool contains(Date day) const;
  bool contains(const CivilDay& day) const;
  bool is_empty() const { return words.form == Days::Form::never; }
};

/// `dates` as a set; none of them: no day.
DaySet set_of(std::vector<DateSpan> dates, std::shared_ptr<const Holidays> holidays);

}  // namespace loa::scheduler
