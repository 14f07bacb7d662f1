// Slots of a day and the times within them.
#include "scheduler/calendar/recurrence_times.hpp"

#include <algorithm>
#include <bit>
#include <numeric>

namespace loa::calendar {

namespace chr = std::chrono;

namespace {

constexpr std::uint32_t kAllHours = (1u << 24) - 1;
constexpr std::uint64_t kAllMinutes = (std::uint64_t{1} << 60) - 1;

int nth_bit(std::uint64_t bits, int index) {
  while (index-- > 0) bits &= bits - 1;
  return std::countr_zero(bits);
}

/// The first set bit at or after `from`, or 64.
int next_bit(std::uint64_t bits, int from) {
  return from >= 64 ? 64 : std::countr_zero(bits & ~std::uint64_t{0} << from);
}

std::uint64_t bits_of(const std::vector<int>& numbers, int highest) {
  std::uint64_t bits = 0;
  for (const int number : numbers) bits |= std::uint64_t{1} << std::min(number, highest);
  return bits;
}

std::int64_t floor_mod(std::int64_t a, std::int64_t b) {
  const auto rest = a % b;
  return rest < 0 ? rest + b : rest;
}

int slot_seconds_of(Frequency frequency) {
  switch (frequency) {
    case Frequency::secondly:
      return 1;
    case Frequency::minutely:
      return 60;
    case Frequency::hourly:
      return 3600;
    case Frequency::daily:
    case Frequency::weekly:
    case Frequency::monthly:
    case Frequency::yearly:
      break;
  }
  return kDaySeconds;
}

struct Bits {
  std::uint32_t hours;
  std::uint64_t minutes, seconds;
};

/// What a part that is missing allows: everything where the frequency runs through it, else DTSTART's.
Bits allowed(const RecurrenceRule& rule, LocalTime dtstart) {
  const chr::hh_mm_ss time(dtstart - chr::floor<chr::days>(dtstart));
  Bits bits{kAllHours, kAllMinutes, kAllMinutes};
  if (!rule.by_hour.empty()) {
    bits.hours = static_cast<std::uint32_t>(bits_of(rule.by_hour, 23));
  } else if (rule.frequency >= Frequency::daily) {
    bits.hours = 1u << time.hours().count();
  }
  if (!rule.by_minute.empty()) {
    bits.minutes = bits_of(rule.by_minute, 59);
  } else if (rule.frequency >= Frequency::hourly) {
    bits.minutes = std::uint64_t{1} << time.minutes().count();
  }
  if (!rule.by_second.empty()) {
    bits.seconds = bits_of(rule.by_second, 59);
  } else if (rule.frequency >= Frequency::minutely) {
    bits.seconds = std::uint64_t{1} << time.seconds().count();
  }
  return bits;
}

TimeSet slots_of(const RecurrenceRule& rule, LocalTime dtstart) {
  const auto bits = allowed(rule, dtstart);
  return {rule.frequency <= Frequency::hourly ? bits.hours : 1,
          rule.frequency <= Frequency::minutely ? bits.minutes : 1,
          rule.frequency == Frequency::secondly ? bits.seconds : 1};
}

TimeSet inner_of(const RecurrenceRule& rule, LocalTime dtstart) {
  const auto bits = allowed(rule, dtstart);
  return {rule.frequency <= Frequency::hourly ? 1 : bits.hours,
          rule.frequency <= Frequency::minutely ? 1 : bits.minutes,
          rule.frequency == Frequency::secondly ? 1 : bits.seconds};
}

}  // namespace

TimeSet::TimeSet(std::uint32_t hours, std::uint64_t minutes, std::uint64_t seconds)
    : hours_(hours),
      minutes_(minutes),
      seconds_(seconds),
      size_(std::popcount(hours) * std::popcount(minutes) * std::popcount(seconds)) {}

int TimeSet::at(int index) const {
  const int seconds = std::popcount(seconds_), minutes = std::popcount(minutes_);
  return nth_bit(hours_, index / seconds / minutes) * 3600 + nth_bit(minutes_, index / seconds % minutes) * 60 +
         nth_bit(seconds_, index % seconds);
}

std::optional<int> TimeSet::next(int from) const {
  int hour = from / 3600, minute = from / 60 % 60, second = from % 60;
  const int first_minute = std::countr_zero(minutes_), first_second = std::countr_zero(seconds_);
  if ((hours_ >> hour & 1) != 0 && (minutes_ >> minute & 1) != 0) {
    second = next_bit(seconds_, second);
    if (second < 64) return hour * 3600 + minute * 60 + second;
  }
  if ((hours_ >> hour & 1) != 0) {
    minute = next_bit(minutes_, minute + 1);
    if (minute < 64) return hour * 3600 + minute * 60 + first_second;
  }
  hour = next_bit(hours_, hour + 1);
  if (hour < 64) return hour * 3600 + first_minute * 60 + first_second;
  return std::nullopt;
}

DayTimes::DayTimes(const RecurrenceRule& rule, LocalTime dtstart)
    : slot_seconds_(slot_seconds_of(rule.frequency)),
      interval_(rule.frequency <= Frequency::daily ? rule.interval : 1),
      anchor_(chr::floor<chr::seconds>(dtstart.time_since_epoch()).count()),
      slots_(slots_of(rule, dtstart)),
      inner_(inner_of(rule, dtstart)) {
  anchor_ = (anchor_ - floor_mod(anchor_, slot_seconds_)) / slot_seconds_;
  if (rule.frequency <= Frequency::daily && !rule.by_set_position.empty()) {
    chosen_.emplace();
    for (const auto place : chosen_places(rule.by_set_position, inner_.size())) {
      chosen_->push_back(inner_.at(static_cast<int>(place)));
    }
  }
  // Over the days every remainder of the common divisor is met, and no other.
  const auto interval = interval_;
  interval_ = std::gcd(interval, slots_per_day());
  possible_ = next_slot(0, 0).has_value();
  interval_ = interval;
}

std::int64_t DayTimes::phase(std::int64_t day) const {
  return floor_mod(anchor_ - day * slots_per_day(), interval_);
}

std::int64_t DayTimes::next_day(std::int64_t day) const {
  return day + phase(day) / slots_per_day();
}

/// Leaps in turn to the next slot of the interval and to the next that BYHOUR, BYMINUTE and BYSECOND allow.
std::optional<int> DayTimes::next_slot(std::int64_t day, int from) const {
  const auto first = phase(day);
  for (auto at = slots_.next(from); at; at = slots_.next(from)) {
    const auto slot = *at / slot_seconds_;
    const auto wait = floor_mod(first - slot, interval_);
    if (wait == 0) return at;
    if (slot + wait >= slots_per_day()) return std::nullopt;
    from = static_cast<int>(slot + wait) * slot_seconds_;
  }
  return std::nullopt;
}

std::optional<int> DayTimes::next_inner(int from) const {
  if (!chosen_) return inner_.next(from);
  const auto found = std::lower_bound(chosen_->begin(), chosen_->end(), from);
  return found == chosen_->end() ? std::nullopt : std::optional(*found);
}

int DayTimes::count_slots(std::int64_t day) const {
  if (interval_ == 1) return slots_.size();
  if (slots_.size() == slots_per_day()) {  // nothing but the interval decides
    const auto after_first = slots_per_day() - 1 - phase(day);
    return after_first < 0 ? 0 : static_cast<int>(after_first / interval_) + 1;
  }
  int count = 0;
  for (auto slot = next_slot(day, 0); slot; slot = next_slot(day, *slot + slot_seconds_)) ++count;
  return count;
}

DayCounts::DayCounts(const DayTimes& times)
    : times_(times), slots_by_phase_(static_cast<std::size_t>(std::min(times.interval(), times.slots_per_day())), -1) {}

std::int64_t DayCounts::on(std::int64_t day) {
  const auto phase = times_.phase(day);
  if (phase >= times_.slots_per_day()) return 0;
  auto& slots = slots_by_phase_[static_cast<std::size_t>(phase)];
  if (slots < 0) slots = times_.count_slots(day);
  return std::int64_t{slots} * times_.inner_size();
}

std::vector<std::int64_t> chosen_places(const std::vector<int>& positions, std::int64_t size) {
  std::vector<std::int64_t> places;
  for (const std::int64_t position : positions) {
    const auto place = position > 0 ? position - 1 : size + position;
    if (place >= 0 && place < size) places.push_back(place);
  }
  std::sort(places.begin(), places.end());
  places.erase(std::unique(places.begin(), places.end()), places.end());
  return places;
}

}  // namespace loa::calendar
