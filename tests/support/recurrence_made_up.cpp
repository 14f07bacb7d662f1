// Rules made up by the number of a seed.
#include <algorithm>
#include <array>
#include <random>

#include "tests/support/recurrence_peers.hpp"

namespace loa::testing {

namespace chr = std::chrono;
using calendar::Frequency;
using calendar::RecurrenceRule;
using calendar::WeekdayNumber;

namespace {

class MakeUp {
 public:
  explicit MakeUp(std::uint64_t seed) : random_(seed) {}

  RecurrenceQuestion question() {
    rule_.frequency = static_cast<Frequency>(below(7));
    static constexpr std::array<int, 12> kIntervals = {1, 1, 1, 1, 1, 2, 2, 3, 4, 5, 7, 12};
    rule_.interval = one_in(12) ? 1 + below(one_in(4) ? 5000 : 100) : kIntervals[static_cast<std::size_t>(below(12))];
    const auto start = dtstart();
    add_days();
    add_times();
    if (one_in(3)) rule_.week_start = chr::weekday(static_cast<unsigned>(below(7)));
    add_position();
    const auto end = window(start);
    add_end(start, end);
    return {to_string(rule_), start, end, 40};
  }

 private:
  // Not std::uniform_int_distribution, which differs between libraries.
  int below(int count) { return static_cast<int>(random_() % static_cast<std::uint64_t>(count)); }
  bool one_in(int count) { return below(count) == 0; }

  std::vector<int> numbers(int low, int high, bool sign) {
    std::vector<int> list;
    for (int wanted = 1 + below(one_in(3) ? 6 : 2); wanted > 0; --wanted) {
      int number = low + below(high - low + 1);
      if (sign && one_in(3)) number = -number;
      if (std::find(list.begin(), list.end(), number) == list.end()) list.push_back(number);
    }
    std::sort(list.begin(), list.end());  // libical answers in the order of the lists
    return list;
  }

  /// Any day, more often one at an edge of the year or the month.
  LocalTime dtstart() {
    chr::year_month_day date = chr::year(1990 + below(60)) / chr::month(static_cast<unsigned>(1 + below(12))) /
                               chr::day(static_cast<unsigned>(1 + below(28)));
    if (one_in(4)) date = date.year() / date.month() / chr::last;
    if (one_in(6)) date = date.year() / chr::December / chr::day(static_cast<unsigned>(26 + below(6)));
    if (one_in(6)) date = date.year() / chr::January / chr::day(static_cast<unsigned>(1 + below(6)));
    return chr::local_days(date) + chr::hours(below(24)) + chr::minutes(one_in(2) ? 0 : below(60)) +
           chr::seconds(one_in(2) ? 0 : below(60));
  }

  void add_days() {
    const auto frequency = rule_.frequency;
    const bool yearly = frequency == Frequency::yearly;
    if (one_in(3)) rule_.by_month = numbers(1, 12, false);
    if (yearly && one_in(4)) rule_.by_week_number = numbers(one_in(4) ? 51 : 1, 53, true);
    if ((yearly || frequency <= Frequency::hourly) && one_in(6)) rule_.by_year_day = numbers(1, 366, true);
    if (frequency != Frequency::weekly && one_in(4)) rule_.by_month_day = numbers(one_in(4) ? 28 : 1, 31, true);
    if (one_in(2)) add_weekdays();
  }

  void add_weekdays() {
    const bool month = rule_.frequency == Frequency::monthly || !rule_.by_month.empty();
    const bool ordinals = (rule_.frequency == Frequency::monthly || rule_.frequency == Frequency::yearly) &&
                          rule_.by_week_number.empty() && one_in(2);
    for (int wanted = 1 + below(4); wanted > 0; --wanted) {
      WeekdayNumber number{0, chr::weekday(static_cast<unsigned>(below(7)))};
      if (ordinals && !one_in(5)) {
        number.ordinal = 1 + below(month ? 5 : 53);
        if (one_in(3)) number.ordinal = -number.ordinal;
      }
      auto& list = rule_.by_day;
      if (std::find(list.begin(), list.end(), number) == list.end()) list.push_back(number);
    }
  }

  void add_times() {
    if (one_in(5)) rule_.by_hour = numbers(0, 23, false);
    if (one_in(5)) rule_.by_minute = numbers(0, 59, false);
    if (one_in(6)) rule_.by_second = numbers(0, 59, false);
  }

  void add_position() {
    const bool other = !rule_.by_month.empty() || !rule_.by_week_number.empty() || !rule_.by_year_day.empty() ||
                       !rule_.by_month_day.empty() || !rule_.by_day.empty() || !rule_.by_hour.empty() ||
                       !rule_.by_minute.empty() || !rule_.by_second.empty();
    if (other && one_in(5)) rule_.by_set_position = numbers(1, one_in(4) ? 40 : 4, true);
  }

  LocalTime window(LocalTime start) const {
    switch (rule_.frequency) {
      case Frequency::secondly:
        return start + chr::hours(26);
      case Frequency::minutely:
        return start + chr::days(12);
      case Frequency::hourly:
        return start + chr::days(150);
      case Frequency::daily:
        return start + chr::days(365 * 4);
      case Frequency::weekly:
        return start + chr::days(365 * 6);
      case Frequency::monthly:
        return start + chr::days(365 * 12);
      case Frequency::yearly:
        break;
    }
    return start + chr::days(365 * 30);
  }

  void add_end(LocalTime start, LocalTime end) {
    if (one_in(4)) {
      rule_.count = 1 + below(30);
    } else if (one_in(6)) {
      const auto span = chr::floor<chr::seconds>(end - start).count();
      rule_.until = calendar::Until{
          calendar::Until::Form::local,
          start + chr::seconds(static_cast<std::int64_t>(random_() % static_cast<std::uint64_t>(span)))};
    }
  }

  std::mt19937_64 random_;
  RecurrenceRule rule_;
};

}  // namespace

RecurrenceQuestion made_up_question(std::uint64_t seed) {
  return MakeUp(seed).question();
}

}  // namespace loa::testing
