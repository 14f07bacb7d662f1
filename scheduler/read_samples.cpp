// Days that stand for all others when the text of a programme is tried out.
#include <algorithm>

#include "scheduler/read_parts.hpp"

namespace loa::scheduler {

namespace {

using std::chrono::days;
using std::chrono::sys_days;

constexpr std::size_t kMostTries = 600;
constexpr sys_days kSomeMonday{std::chrono::year{2026} / 1 / 5};
// Of every date of the year these years have all seven days of the week (29 February has them within 28 years).
constexpr int kFirstYear = 2024, kYears = 28;
constexpr days kSomeYears{3 * 366};

class Collector {
 public:
  explicit Collector(const Programme& programme) : programme_(programme) {}

  void add(sys_days day) {
    if (++tries_ > kMostTries) {
      samples_.complete = false;
      return;
    }
    if (!programme_.valid_on(day) || (!programme_.repeat.is_empty() && !programme_.repeat.contains(Date(day)))) return;
    samples_.days.push_back(day);
  }
  void add_week(sys_days first) {
    for (int i = 0; i < 7; ++i) add(first + days(i));
  }
  void add_span(const DateSpan& span) {
    if (span.kind == DateSpan::Kind::dates) {
      const sys_days last = span.last;
      for (auto day = sys_days(span.first); day <= last && day < sys_days(span.first) + days(7); day += days(1))
        add(day);
      return;
    }
    if (span.kind != DateSpan::Kind::yearly) return;
    for (int year = kFirstYear; year < kFirstYear + kYears; ++year) {
      const Date day = std::chrono::year(year) / span.first.month() / span.first.day();
      if (day.ok()) add(day);
    }
  }

  /// Days that are no dates of the solar year: as they come in some years, one by one.
  void add_days_of(const DaySet& set, sys_days from) {
    for (auto day = from; day < from + kSomeYears; day += std::chrono::days(1)) {
      if (set.contains(Date(day))) add(day);
    }
  }

  Samples take() { return std::move(samples_); }

 private:
  const Programme& programme_;
  Samples samples_;
  std::size_t tries_ = 0;
};

sys_days some_week(const Programme& programme) {
  if (programme.from) return *programme.from;
  return programme.until ? sys_days(*programme.until) - days(6) : kSomeMonday;
}

bool goes_by_another_calendar(const DaySet& set) {
  const auto& words = set.words;
  return words.form == Days::Form::lunar || words.form == Days::Form::rrule ||
         std::any_of(words.dates.begin(), words.dates.end(), [](const DateSpan& span) {
           return span.kind == DateSpan::Kind::lunar || span.kind == DateSpan::Kind::holiday;
         });
}

void add(const DaySet& set, sys_days from, Collector& collector) {
  for (const auto& span : set.words.dates) collector.add_span(span);
  if (goes_by_another_calendar(set)) collector.add_days_of(set, from);
}

}  // namespace

Samples sample_days(const Programme& programme) {
  Collector collector(programme);
  collector.add_week(some_week(programme));
  add(programme.repeat, some_week(programme), collector);
  for (const auto& item : programme.items) {
    if (item.days) add(*item.days, some_week(programme), collector);
  }
  return collector.take();
}

}  // namespace loa::scheduler
