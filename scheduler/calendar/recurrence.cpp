// Expansion: the interval's periods (weeks, months, years) or days from the beginning of the question on, in each the
// days that the rule allows, on each the times.
#include "scheduler/calendar/recurrence.hpp"

#include <algorithm>

namespace loa::calendar {

namespace chr = std::chrono;
using namespace std::chrono_literals;

namespace {

constexpr chr::local_days kFirstDay{chr::year(1) / chr::January / 1};
constexpr chr::local_days kEndDay{chr::year(10'000) / chr::January / 1};

std::int64_t seconds_of(LocalTime at) {
  return chr::floor<chr::seconds>(at.time_since_epoch()).count();
}

/// The first whole second at or after, within the years that are served.
std::int64_t seconds_from(LocalTime at) {
  return chr::ceil<chr::seconds>(std::clamp(at, LocalTime(kFirstDay), LocalTime(kEndDay)).time_since_epoch()).count();
}

/// Whole seconds; what lies outside of the years that are served becomes their end, where nothing occurs any more.
LocalTime served(LocalTime dtstart) {
  if (dtstart < kFirstDay || dtstart >= kEndDay) return kEndDay;
  return chr::floor<chr::seconds>(dtstart);
}

LocalTime local_time(std::int64_t seconds) {
  return LocalTime(chr::seconds(seconds));
}

DayNumber day_of(std::int64_t seconds) {
  return static_cast<DayNumber>((seconds - (seconds % kDaySeconds + kDaySeconds) % kDaySeconds) / kDaySeconds);
}

std::int64_t floor_div(std::int64_t a, std::int64_t b) {
  return a / b - (a % b != 0 && (a < 0) != (b < 0) ? 1 : 0);
}

}  // namespace

/// One answer to one question. `walk` is its whole course; everything below answers false when the end is reached.
class Recurrence::Expansion {
 public:
  Expansion(const Recurrence& recurrence, LocalTime from, LocalTime to, const std::function<bool(LocalTime)>& take)
      : rule_(recurrence.rule_),
        zone_(recurrence.zone_),
        times_(recurrence.times_),
        calendar_(recurrence.days_),
        take_(take),
        dtstart_(seconds_of(recurrence.dtstart_)),
        from_(std::max(seconds_from(from), dtstart_)),
        until_(seconds_from(to)),
        left_(rule_.count.value_or(0)) {
    // Without COUNT nothing before the question matters; with it everything since DTSTART has to be counted.
    start_ = rule_.count ? dtstart_ : from_;
    if (rule_.until) bound(*rule_.until);
    if (rule_.count) counts_.emplace(times_);
  }

  void walk() {
    if (start_ >= until_ || !times_.possible()) return;
    if (rule_.frequency <= Frequency::daily) {
      walk_days();
    } else {
      walk_periods();
    }
  }

 private:
  void bound(const Until& until) {
    auto end = until.at;
    switch (until.form) {
      case Until::Form::date:
        end += chr::days(1);
        break;
      case Until::Form::local:
        end += 1s;
        break;
      case Until::Form::utc:
        last_ = Instant(Frames(until.at.time_since_epoch()));
        end = zone_.local(*last_);
        doubtful_ = seconds_of(end - kFarthestOffset);
        end += kFarthestOffset;
        break;
    }
    until_ = std::min(until_, seconds_from(end));
  }

  void walk_days() {
    const auto end = day_of(until_ - 1) + 1;
    for (std::int64_t day = day_of(start_);;) {
      const auto due = times_.next_day(day);  // leaps over days in turn with the calendar, until both agree
      if (due >= end) return;
      const auto allowed = calendar_.next(static_cast<DayNumber>(due), end);
      if (!allowed || (*allowed == due && !walk_day(*allowed))) return;
      day = *allowed == due ? due + 1 : *allowed;
    }
  }

  void walk_periods() {
    const auto anchor = period_of(day_of(dtstart_));
    const auto gone = floor_div(period_of(day_of(start_)) - anchor + rule_.interval - 1, rule_.interval);
    const auto last = period_of(day_of(until_ - 1));
    for (auto period = anchor + gone * rule_.interval; period <= last; period += rule_.interval) {
      if (!walk_period(period)) return;
    }
  }

  /// Weeks since that of 1970-01-01, months since the year 0, years; with BYWEEKNO the year whose week the day lies in.
  std::int64_t period_of(DayNumber day) const {
    if (rule_.frequency == Frequency::weekly) return floor_div(day - week_offset(), 7);
    const chr::year_month_day date{chr::sys_days(chr::days(day))};
    const int year = static_cast<int>(date.year());
    if (rule_.frequency == Frequency::monthly)
      return year * 12 + static_cast<int>(static_cast<unsigned>(date.month())) - 1;
    if (rule_.by_week_number.empty()) return year;
    if (day < first_week(year, rule_.week_start)) return year - 1;
    return day < first_week(year + 1, rule_.week_start) ? year : year + 1;
  }

  DayNumber week_offset() const { return -days_into_week(0, rule_.week_start); }

  bool walk_period(std::int64_t period) {
    found_.clear();
    collect(period);
    if (!rule_.by_set_position.empty()) return walk_positions();
    return std::all_of(found_.begin(), found_.end(), [this](DayNumber day) { return walk_day(day); });
  }

  void collect(std::int64_t period) {
    if (rule_.frequency == Frequency::weekly) {
      const auto first = static_cast<DayNumber>(week_offset() + period * 7);
      return collect(first, first + 7);
    }
    if (rule_.frequency == Frequency::monthly) {
      const auto month = chr::year(static_cast<int>(period / 12)) / chr::month(static_cast<unsigned>(period % 12 + 1));
      return collect(day_number(month / 1), day_number(month / chr::last) + 1);
    }
    const int year = static_cast<int>(period);
    if (rule_.by_week_number.empty()) return collect(first_of_year(year), first_of_year(year + 1));
    const auto first = first_week(year, rule_.week_start);
    const auto weeks = (first_week(year + 1, rule_.week_start) - first) / 7;
    for (const auto week : chosen_places(rule_.by_week_number, weeks)) {
      const auto begin = static_cast<DayNumber>(first + week * 7);
      collect(begin, begin + 7);
    }
  }

  void collect(DayNumber from, DayNumber until) {
    for (auto day = calendar_.next(from, until); day; day = calendar_.next(*day + 1, until)) found_.push_back(*day);
  }

  bool walk_positions() {
    const std::int64_t times = times_.inner_size();
    for (const auto place : chosen_places(rule_.by_set_position, static_cast<std::int64_t>(found_.size()) * times)) {
      const auto day = found_[static_cast<std::size_t>(place / times)];
      if (!meet(std::int64_t{day} * kDaySeconds + times_.inner(static_cast<int>(place % times)))) return false;
    }
    return true;
  }

  bool walk_day(DayNumber day) {
    const auto begin = std::int64_t{day} * kDaySeconds;
    if (begin + kDaySeconds <= start_) return true;
    if (counts_ && begin >= start_ && begin + kDaySeconds <= from_) {
      left_ -= counts_->on(day);
      return left_ > 0;
    }
    const int slot_seconds = times_.slot_seconds();
    const int from = static_cast<int>(std::max<std::int64_t>(0, start_ - begin));
    const int first = from - from % slot_seconds;
    for (auto slot = times_.next_slot(day, first); slot; slot = times_.next_slot(day, *slot + slot_seconds)) {
      if (!walk_slot(begin + *slot, std::max(0, from - *slot))) return false;
    }
    return true;
  }

  bool walk_slot(std::int64_t begin, int from) {
    for (auto at = times_.next_inner(from); at; at = times_.next_inner(*at + 1)) {
      if (!meet(begin + *at)) return false;
    }
    return true;
  }

  bool meet(std::int64_t at) {
    if (at >= until_) return false;
    if (at < start_) return true;
    if (last_ && at >= doubtful_ && zone_.instant(local_time(at)) > *last_) return true;
    if (rule_.count && left_-- <= 0) return false;
    return at < from_ || take_(local_time(at));
  }

  const RecurrenceRule& rule_;
  const Zone& zone_;
  const DayTimes& times_;
  DayCalendar calendar_;
  const std::function<bool(LocalTime)>& take_;
  std::int64_t dtstart_;  // seconds of local time, here and below
  std::int64_t from_;
  std::int64_t until_;  // exclusive
  std::int64_t start_;
  std::int64_t left_;                // of COUNT
  std::optional<DayCounts> counts_;  // with COUNT
  std::optional<Instant> last_;      // with UNTIL in UTC; only times from `doubtful_` on can lie behind it
  std::int64_t doubtful_ = 0;
  std::vector<DayNumber> found_;  // the days of a period
};

Recurrence::Recurrence(RecurrenceRule rule, LocalTime dtstart, Zone zone)
    : rule_(std::move(rule)),
      dtstart_(served(dtstart)),
      zone_(std::move(zone)),
      days_(rule_, chr::year_month_day(chr::floor<chr::days>(dtstart_))),
      times_(rule_, dtstart_) {}

void Recurrence::visit(LocalTime from, LocalTime to, const std::function<bool(LocalTime)>& take) const {
  if (dtstart_ >= kEndDay) return;
  Expansion(*this, from, to, take).walk();
}

std::vector<LocalTime> Recurrence::between(LocalTime from, LocalTime to, std::size_t limit) const {
  std::vector<LocalTime> found;
  if (limit == 0) return found;
  visit(from, to, [&](LocalTime at) {
    found.push_back(at);
    return found.size() < limit;
  });
  return found;
}

std::optional<LocalTime> Recurrence::next(LocalTime from) const {
  const auto found = between(from, kEndDay, 1);
  return found.empty() ? std::nullopt : std::optional(found.front());
}

bool Recurrence::occurs(LocalTime at) const {
  if (at >= kEndDay) return false;
  const auto found = between(at, at + 1s, 1);
  return !found.empty() && found.front() == at;
}

bool Recurrence::never() const {
  return !next(dtstart_);
}

}  // namespace loa::calendar
