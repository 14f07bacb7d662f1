// At which seconds of a day a recurrence rule occurs, once the day is allowed: BYHOUR, BYMINUTE, BYSECOND, the interval
// of DAILY and what is more frequent, and BYSETPOS within those. Must not know which days, nor zones.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "scheduler/calendar/recurrence_days.hpp"

namespace loa::calendar {

inline constexpr int kDaySeconds = 86'400;

/// Every combination of some hours, minutes and seconds, as seconds of the day in order.
class TimeSet {
 public:
  TimeSet(std::uint32_t hours, std::uint64_t minutes, std::uint64_t seconds);

  int size() const { return size_; }
  int at(int index) const;                  // 0 … size() - 1
  std::optional<int> next(int from) const;  // the first at or after

 private:
  std::uint32_t hours_;  // bit = hour
  std::uint64_t minutes_, seconds_;
  int size_;
};

/// A day is cut into slots: the day itself (DAILY and rarer), its hours, minutes or seconds. Slots recur by the
/// interval, counted from DTSTART's; each one that does has the same times within. Immutable.
class DayTimes {
 public:
  DayTimes(const RecurrenceRule& rule, LocalTime dtstart);

  /// False when no slot of any day is reached, as with FREQ=HOURLY;INTERVAL=24;BYHOUR=6 from five o'clock.
  bool possible() const { return possible_ && inner_size() > 0; }
  /// The first day at or after in which a slot of the interval begins, whatever BYHOUR and the like say of it.
  std::int64_t next_day(std::int64_t day) const;
  /// The first slot at or after `from` that occurs on the day, in seconds of the day; nothing when there is none.
  std::optional<int> next_slot(std::int64_t day, int from) const;
  int slot_seconds() const { return slot_seconds_; }

  int inner_size() const { return chosen_ ? static_cast<int>(chosen_->size()) : inner_.size(); }
  int inner(int index) const { return chosen_ ? (*chosen_)[static_cast<std::size_t>(index)] : inner_.at(index); }
  /// The first time within a slot at or after `from`, both in seconds of the slot.
  std::optional<int> next_inner(int from) const;

  /// Slots from the day's first to the next of the interval, 0 … interval() - 1: days of one phase have the same slots.
  std::int64_t phase(std::int64_t day) const;
  std::int64_t interval() const { return interval_; }
  std::int64_t slots_per_day() const { return kDaySeconds / slot_seconds_; }
  /// How many slots occur on the day.
  int count_slots(std::int64_t day) const;

 private:
  int slot_seconds_;
  std::int64_t interval_;  // in slots
  std::int64_t anchor_;    // DTSTART's slot, counted from 1970
  TimeSet slots_, inner_;
  std::optional<std::vector<int>> chosen_;  // of `inner_`, by BYSETPOS
  bool possible_ = true;
};

/// How often a rule occurs on a day, each kind of day counted once only. Not thread-safe.
class DayCounts {
 public:
  explicit DayCounts(const DayTimes& times);
  std::int64_t on(std::int64_t day);

 private:
  const DayTimes& times_;
  std::vector<int> slots_by_phase_;  // -1: not counted yet
};

/// The places of BYSETPOS among `size` things, from 0, in order, each once.
std::vector<std::int64_t> chosen_places(const std::vector<int>& positions, std::int64_t size);

}  // namespace loa::calendar
