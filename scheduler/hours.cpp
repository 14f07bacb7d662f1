// Permitted hours as instants: local days laid side by side, what adjoins is one.
#include <algorithm>
#include <cmath>
#include <set>

#include "scheduler/plan.hpp"

namespace loa::scheduler {

namespace {

namespace chr = std::chrono;

template <class Hours>
Interval on_day(const Schedule& schedule, const Hours& hours, chr::sys_days day) {
  const chr::local_days local(day.time_since_epoch());
  const auto last = hours.until <= hours.from ? local + chr::days(1) : local;
  return {schedule.zone.instant(local + hours.from.since_midnight),
          schedule.zone.instant(last + hours.until.since_midnight)};
}

std::vector<Interval> joined(std::vector<Interval> intervals) {
  std::sort(intervals.begin(), intervals.end(), [](const Interval& a, const Interval& b) { return a.from < b.from; });
  std::vector<Interval> result;
  for (const auto& interval : intervals) {
    if (!result.empty() && interval.from <= result.back().until) {
      result.back().until = std::max(result.back().until, interval.until);
    } else {
      result.push_back(interval);
    }
  }
  return result;
}

}  // namespace

const PermittedHours* permitting(const Schedule& schedule, Instant instant) {
  const auto day = chr::sys_days(schedule.zone.day(instant));
  for (const auto& hours : schedule.permitted_hours) {
    for (const auto begins : {day, day - chr::days(1), day + chr::days(1)}) {
      const auto interval = on_day(schedule, hours, begins);
      if (hours.days.contains(Date(begins)) && interval.from <= instant && instant < interval.until) return &hours;
    }
  }
  return nullptr;
}

std::vector<Interval> permitted(const Schedule& schedule, Instant from, Instant until) {
  // Two days to either side: an interval that runs over midnight, and a whole one beyond each edge to join with.
  const auto first = chr::sys_days(schedule.zone.day(from)) - chr::days(2);
  const auto last = chr::sys_days(schedule.zone.day(until)) + chr::days(2);
  std::vector<Interval> intervals;
  for (auto day = first; day <= last; day += chr::days(1)) {
    for (const auto& hours : schedule.permitted_hours) {
      if (!hours.days.contains(Date(day))) continue;
      const auto interval = on_day(schedule, hours, day);
      if (interval.from < interval.until) intervals.push_back(interval);
    }
  }
  auto result = joined(std::move(intervals));
  std::erase_if(result, [&](const Interval& each) { return each.until <= from || until <= each.from; });
  return result;
}

std::vector<Softened> softened(const Schedule& schedule, Instant from, Instant until) {
  std::vector<Softened> found;
  if (schedule.soft_hours.empty()) return found;
  const auto first = chr::sys_days(schedule.zone.day(from)) - chr::days(2);
  const auto last = chr::sys_days(schedule.zone.day(until)) + chr::days(2);
  for (auto day = first; day <= last; day += chr::days(1)) {
    for (const auto& hours : schedule.soft_hours) {
      if (hours.gain >= 0 || !hours.days.contains(Date(day))) continue;
      const auto interval = on_day(schedule, hours, day);
      const bool touches = interval.from < until && from < interval.until;
      if (touches && interval.from < interval.until) found.push_back({interval.from, interval.until, hours.gain});
    }
  }
  std::stable_sort(found.begin(), found.end(), [](const Softened& a, const Softened& b) { return a.from < b.from; });
  return found;
}

double softer_by(const Schedule& schedule, Instant from, Instant until) {
  const auto soft = softened(schedule, from, until);
  if (soft.empty() || until <= from) return 0;
  std::set<Instant> edges{from, until};
  for (const auto& each : soft) {
    edges.insert(std::clamp(each.from, from, until));
    edges.insert(std::clamp(each.until, from, until));
  }
  double power = 0;
  for (auto edge = edges.begin(); std::next(edge) != edges.end(); ++edge) {
    double gain = 0;
    for (const auto& each : soft) {
      if (each.from <= *edge && *edge < each.until) gain = std::min(gain, each.gain);
    }
    power += static_cast<double>((*std::next(edge) - *edge).count()) * std::pow(10.0, gain / 10);
  }
  return 10 * std::log10(power / static_cast<double>((until - from).count()));
}

const SoftHours* softening(const Schedule& schedule, Instant instant) {
  const auto day = chr::sys_days(schedule.zone.day(instant));
  const SoftHours* softest = nullptr;
  for (const auto& hours : schedule.soft_hours) {
    for (const auto begins : {day, day - chr::days(1), day + chr::days(1)}) {
      const auto interval = on_day(schedule, hours, begins);
      const bool holds = hours.days.contains(Date(begins)) && interval.from <= instant && instant < interval.until;
      if (holds && hours.gain < (softest != nullptr ? softest->gain : 0)) softest = &hours;
    }
  }
  return softest;
}

}  // namespace loa::scheduler
