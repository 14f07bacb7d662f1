// Days that stand for all others when the text of a programme is tried out.
#include "scheduler/read_parts.hpp"

namespace loa::scheduler {

namespace {

using std::chrono::days;
using std::chrono::sys_days;

constexpr std::size_t kMostTries = 600;
constexpr sys_days kSomeMonday{std::chrono::year{2026} / 1 / 5};
// Of every date of the year these years have all seven days of the week (29 February has them within 28 years).
constexpr int kFirstYear = 2024, kYears = 28;

class Collector {
 public:
  explicit Collector(const Programme& programme) : programme_(programme) {}

  void add(sys_days day) {
    if (++tries_ > kMostTries) {
      samples_.complete = false;
      return;
    }
    const bool valid =
        (!programme_.from || *programme_.from <= Date(day)) && (!programme_.until || Date(day) <= *programme_.until);
    const bool any_day = programme_.repeat.form == Days::Form::never;
    if (!valid || (!any_day && !programme_.repeat.contain(day))) return;
    samples_.days.push_back(day);
  }
  void add_week(sys_days first) {
    for (int i = 0; i < 7; ++i) add(first + days(i));
  }
  void add_span(const config::DateSpan& span) {
    if (!span.yearly) {
      const sys_days last = span.last;
      for (auto day = sys_days(span.first); day <= last && day < sys_days(span.first) + days(7); day += days(1))
        add(day);
      return;
    }
    for (int year = kFirstYear; year < kFirstYear + kYears; ++year) {
      const Date day = std::chrono::year(year) / span.first.month() / span.first.day();
      if (day.ok()) add(day);
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

}  // namespace

Samples sample_days(const Programme& programme) {
  Collector collector(programme);
  collector.add_week(some_week(programme));
  for (const auto& span : programme.repeat.dates) collector.add_span(span);
  for (const auto& item : programme.items) {
    if (!item.days) continue;
    for (const auto& span : item.days->dates) collector.add_span(span);
  }
  return collector.take();
}

}  // namespace loa::scheduler
