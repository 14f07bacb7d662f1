// Recurrence rules expanded by Loa and, in the same run, by libical: its iterator from DTSTART on, and for the question
// a plan asks, a month thirty years after DTSTART. Both are given the rule as text once, outside of the measurement.
#include <benchmark/benchmark.h>
#include <libical/ical.h>

#include <string>
#include <vector>

#include "scheduler/calendar/recurrence.hpp"

namespace {

namespace chr = std::chrono;
using namespace loa::calendar;

const std::vector<std::string> kRules = {
    "FREQ=DAILY",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE,FR",
    "FREQ=MONTHLY;BYDAY=2TU",
    "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
    "FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
    "FREQ=DAILY;BYHOUR=5,11,17;BYMINUTE=0,30",
    "FREQ=HOURLY;INTERVAL=3",
    "FREQ=MINUTELY;INTERVAL=20",
    "FREQ=SECONDLY;INTERVAL=7",
    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
};
constexpr std::size_t kOccurrences = 100;
const LocalTime kStart = chr::local_days(chr::year(2024) / 1 / 1) + chr::hours(5) + chr::minutes(30);
const LocalTime kFarMonth = chr::local_days(chr::year(2054) / 11 / 1);

Recurrence made(const benchmark::State& state) {
  const auto rule = std::get<RecurrenceRule>(parse_recurrence(kRules[static_cast<std::size_t>(state.range(0))]));
  return {rule, kStart, Zone::find("Asia/Ho_Chi_Minh").value()};
}

struct Ical {
  icalrecurrencetype rule;
  icaltimetype start = icaltime_from_string("20240101T053000");
  explicit Ical(const benchmark::State& state)
      : rule(icalrecurrencetype_from_string(kRules[static_cast<std::size_t>(state.range(0))].c_str())) {}
};

void label(benchmark::State& state, std::size_t occurrences) {
  state.SetLabel(kRules[static_cast<std::size_t>(state.range(0))]);
  state.counters["occurrences"] = static_cast<double>(occurrences);
}

void FirstHundredByLoa(benchmark::State& state) {
  const auto recurrence = made(state);
  const LocalTime end = chr::local_days(chr::year(9999) / 1 / 1);
  std::size_t found = 0;
  for (auto each : state) found = recurrence.between(kStart, end, kOccurrences).size();
  label(state, found);
}
BENCHMARK(FirstHundredByLoa)->DenseRange(0, 9)->Unit(benchmark::kMicrosecond);

void FirstHundredByLibical(benchmark::State& state) {
  const Ical ical(state);
  std::size_t found = 0;
  for (auto each : state) {
    auto* iterator = icalrecur_iterator_new(ical.rule, ical.start);
    for (found = 0; found < kOccurrences; ++found) {
      const auto next = icalrecur_iterator_next(iterator);
      if (icaltime_is_null_time(next)) break;
      benchmark::DoNotOptimize(next.second);
    }
    icalrecur_iterator_free(iterator);
  }
  label(state, found);
}
BENCHMARK(FirstHundredByLibical)->DenseRange(0, 9)->Unit(benchmark::kMicrosecond);

void MonthIn30YearsByLoa(benchmark::State& state) {
  const auto recurrence = made(state);
  std::size_t found = 0;
  for (auto each : state) found = recurrence.between(kFarMonth, kFarMonth + chr::days(31), kOccurrences).size();
  label(state, found);
}
BENCHMARK(MonthIn30YearsByLoa)->DenseRange(0, 9)->Unit(benchmark::kMicrosecond);

/// Its own way to begin later: icalrecur_iterator_set_start.
void MonthIn30YearsByLibical(benchmark::State& state) {
  const Ical ical(state);
  const auto from = icaltime_from_string("20541101T000000"), to = icaltime_from_string("20541202T000000");
  std::size_t found = 0;
  for (auto each : state) {
    auto* iterator = icalrecur_iterator_new(ical.rule, ical.start);
    if (icalrecur_iterator_set_start(iterator, from) == 0) state.SkipWithError("libical cannot begin later");
    for (found = 0; found < kOccurrences; ++found) {
      const auto next = icalrecur_iterator_next(iterator);
      if (icaltime_is_null_time(next) || icaltime_compare(next, to) >= 0) break;
    }
    icalrecur_iterator_free(iterator);
  }
  label(state, found);
}
BENCHMARK(MonthIn30YearsByLibical)->DenseRange(0, 9)->Unit(benchmark::kMicrosecond);

void CountOverThirtyYears(benchmark::State& state) {
  const auto rule = std::get<RecurrenceRule>(parse_recurrence("FREQ=SECONDLY;INTERVAL=7;COUNT=1000000000"));
  const Recurrence recurrence(rule, kStart, Zone::find("Asia/Ho_Chi_Minh").value());
  for (auto each : state) benchmark::DoNotOptimize(recurrence.next(kFarMonth));
}
BENCHMARK(CountOverThirtyYears)->Unit(benchmark::kMicrosecond);

void NeverComes(benchmark::State& state) {
  const auto rule = std::get<RecurrenceRule>(parse_recurrence("FREQ=WEEKLY;BYDAY=MO,TU;BYSETPOS=3"));
  const Recurrence recurrence(rule, kStart, Zone::find("Asia/Ho_Chi_Minh").value());
  for (auto each : state) benchmark::DoNotOptimize(recurrence.never());
}
BENCHMARK(NeverComes)->Unit(benchmark::kMicrosecond);

}  // namespace

BENCHMARK_MAIN();
