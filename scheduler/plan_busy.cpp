// One list of stretches, searched by halves.
#include "scheduler/plan_busy.hpp"

#include <algorithm>

namespace loa::scheduler {

void Busy::add(Instant from, Instant until) {
  if (from < until) stretches_.push_back({from, until});
}

void Busy::join() {
  std::sort(stretches_.begin(), stretches_.end(), [](const Interval& a, const Interval& b) { return a.from < b.from; });
  std::vector<Interval> joined;
  for (const auto& each : stretches_) {
    if (!joined.empty() && each.from <= joined.back().until) {
      joined.back().until = std::max(joined.back().until, each.until);
    } else {
      joined.push_back(each);
    }
  }
  stretches_ = std::move(joined);
}

const Interval* Busy::next(Instant start) const {
  const auto first = std::partition_point(stretches_.begin(), stretches_.end(),
                                          [&](const Interval& each) { return each.until <= start; });
  return first == stretches_.end() ? nullptr : &*first;
}

std::span<const Interval> Busy::from(Instant start) const {
  const auto* first = next(start);
  if (first == nullptr) return {};
  const auto rest = std::span(stretches_).subspan(static_cast<std::size_t>(first - stretches_.data()));
  const auto last = std::partition_point(rest.begin(), rest.end(),
                                         [&](const Interval& each) { return each.from < start + kLongestSession; });
  return rest.first(static_cast<std::size_t>(last - rest.begin()));
}

std::vector<Interval> Busy::within(Instant start, Instant end) const {
  std::vector<Interval> met;
  for (const auto& each : from(start)) {
    if (each.from < end) met.push_back({std::max(each.from, start), std::min(each.until, end)});
  }
  return met;
}

bool Busy::keeps_off(const Programme& programme, Instant start) const {
  const auto* met = next(start);
  if (met == nullptr || start < met->from) return false;
  const bool too_late = met->until > start + Frames(programme.grace);
  return programme.late == Late::skip || (programme.late == Late::start && too_late);
}

}  // namespace loa::scheduler
