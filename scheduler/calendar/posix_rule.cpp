// Parser and arithmetic of POSIX TZ rules with RFC 8536's extensions (hours from -167 to 167, names in <>).
#include "scheduler/calendar/posix_rule.hpp"

#include <algorithm>

#include "scheduler/calendar/digit.hpp"

namespace loa::calendar {

namespace {

namespace chr = std::chrono;

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// Reads from the front of a text; the first failure makes every later answer worthless and `ok` false.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  bool ok() const { return ok_; }
  bool at_end() const { return rest_.empty(); }
  bool next_is(char c) const { return !rest_.empty() && rest_.front() == c; }

  bool take(char c) {
    if (!next_is(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }
  void expect(char c) {
    if (!take(c)) ok_ = false;
  }

  int number(int low, int high) {
    int value = 0;
    std::size_t digits = 0;
    while (digits < rest_.size() && digits < 4 && is_digit(rest_[digits])) value = value * 10 + (rest_[digits++] - '0');
    rest_.remove_prefix(digits);
    if (digits == 0 || value < low || value > high) ok_ = false;
    return value;
  }

  /// At least three letters, or anything between < and >.
  void name() {
    const bool bracketed = take('<');
    std::size_t length = 0;
    while (length < rest_.size() && (bracketed ? rest_[length] != '>' : is_letter(rest_[length]))) ++length;
    rest_.remove_prefix(length);
    if (length < 3) ok_ = false;
    if (bracketed) expect('>');
  }

  /// [+-]h[:mm[:ss]]
  chr::seconds span(int most_hours) {
    const bool negative = take('-');
    if (!negative) take('+');
    chr::seconds value = chr::hours(number(0, most_hours));
    if (take(':')) value += chr::minutes(number(0, 59));
    if (take(':')) value += chr::seconds(number(0, 59));
    return negative ? -value : value;
  }

  /// POSIX counts west as positive; we count east.
  std::int32_t offset() { return static_cast<std::int32_t>(-span(24).count()); }

  RuleDate date() {
    RuleDate result;
    if (take('M')) {
      result.month = static_cast<unsigned>(number(1, 12));
      expect('.');
      result.week = static_cast<unsigned>(number(1, 5));
      expect('.');
      result.weekday = static_cast<unsigned>(number(0, 6));
    } else if (take('J')) {
      result.form = RuleDate::Form::julian_without_leap_day;
      result.day = number(1, 365);
    } else {
      result.form = RuleDate::Form::day_from_zero;
      result.day = number(0, 365);
    }
    if (take('/')) result.time = span(167);
    return result;
  }

 private:
  std::string_view rest_;
  bool ok_ = true;
};

chr::sys_days day_of(const RuleDate& date, chr::year year) {
  const chr::sys_days new_year = year / chr::January / 1;
  switch (date.form) {
    case RuleDate::Form::month_week_day: {
      const chr::weekday weekday(date.weekday);
      const auto month = year / chr::month(date.month);
      if (date.week == 5) return chr::sys_days(month / weekday[chr::last]);
      return chr::sys_days(month / weekday[date.week]);
    }
    case RuleDate::Form::julian_without_leap_day:
      return new_year + chr::days(date.day - 1 + (year.is_leap() && date.day >= 60 ? 1 : 0));
    case RuleDate::Form::day_from_zero:
      return new_year + chr::days(date.day);
  }
  return new_year;
}

}  // namespace

std::int64_t RuleDate::local_seconds(chr::year year) const {
  return chr::sys_seconds(day_of(*this, year) + time).time_since_epoch().count();
}

std::vector<Change> PosixRule::changes(chr::year first, int years) const {
  std::vector<Change> result;
  if (!summer) return result;
  result.reserve(static_cast<std::size_t>(years) * 2);
  for (int i = 0; i < years; ++i) {
    const chr::year year = first + chr::years(i);
    result.push_back({summer->begin.local_seconds(year) - standard, summer->offset});
    result.push_back({summer->end.local_seconds(year) - summer->offset, standard});
  }
  std::stable_sort(result.begin(), result.end(), [](const Change& a, const Change& b) { return a.at < b.at; });
  return result;
}

std::optional<PosixRule> parse_posix_rule(std::string_view text) {
  Reader reader(text);
  PosixRule rule;
  reader.name();
  rule.standard = reader.offset();
  if (reader.ok() && !reader.at_end()) {
    PosixRule::Summer summer;
    reader.name();
    summer.offset = reader.next_is(',') ? rule.standard + 3600 : reader.offset();
    reader.expect(',');
    summer.begin = reader.date();
    reader.expect(',');
    summer.end = reader.date();
    rule.summer = summer;
  }
  if (!reader.ok() || !reader.at_end()) return std::nullopt;
  return rule;
}

}  // namespace loa::calendar
