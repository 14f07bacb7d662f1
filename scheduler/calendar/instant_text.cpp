// Instants and dates as text: RFC 3339 out, RFC 3339 or local time in. Strict: what is not quite right is nothing.
#include <array>
#include <cstdio>

#include "scheduler/calendar/digit.hpp"
#include "scheduler/calendar/zone.hpp"

namespace loa::calendar {

namespace {

namespace chr = std::chrono;

/// Takes pieces from the front; a piece that is not there answers nothing.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : rest_(text) {}

  bool at_end() const { return rest_.empty(); }

  bool take(char c) {
    if (rest_.empty() || rest_.front() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }

  /// Exactly `digits` digits that say at most `most`.
  std::optional<int> number(std::size_t digits, int most) {
    if (rest_.size() < digits) return std::nullopt;
    int value = 0;
    for (std::size_t i = 0; i < digits; ++i) {
      if (!is_digit(rest_[i])) return std::nullopt;
      value = value * 10 + (rest_[i] - '0');
    }
    if (value > most) return std::nullopt;
    rest_.remove_prefix(digits);
    return value;
  }

  /// One to nine digits behind the point.
  std::optional<chr::nanoseconds> fraction() {
    std::int64_t value = 0;
    std::size_t digits = 0;
    while (digits < rest_.size() && is_digit(rest_[digits])) {
      if (digits == 9) return std::nullopt;
      value = value * 10 + (rest_[digits++] - '0');
    }
    if (digits == 0) return std::nullopt;
    rest_.remove_prefix(digits);
    for (; digits < 9; ++digits) value *= 10;
    return chr::nanoseconds(value);
  }

 private:
  std::string_view rest_;
};

std::optional<chr::year_month_day> scan_date(Scanner& scanner) {
  const auto year = scanner.number(4, 9999);
  if (!year || !scanner.take('-')) return std::nullopt;
  const auto month = scanner.number(2, 12);
  if (!month || !scanner.take('-')) return std::nullopt;
  const auto day = scanner.number(2, 31);
  if (!day) return std::nullopt;
  const chr::year_month_day date{chr::year(*year), chr::month(static_cast<unsigned>(*month)),
                                 chr::day(static_cast<unsigned>(*day))};
  if (!date.ok()) return std::nullopt;
  return date;
}

struct ClockTime {
  chr::seconds since_midnight{0};
  chr::nanoseconds fraction{0};
  bool with_seconds = false;
};

std::optional<chr::minutes> scan_minutes(Scanner& scanner) {
  const auto hour = scanner.number(2, 23);
  if (!hour || !scanner.take(':')) return std::nullopt;
  const auto minute = scanner.number(2, 59);
  if (!minute) return std::nullopt;
  return chr::hours(*hour) + chr::minutes(*minute);
}

std::optional<ClockTime> scan_time(Scanner& scanner) {
  const auto minutes = scan_minutes(scanner);
  if (!minutes) return std::nullopt;
  ClockTime time{*minutes};
  if (!scanner.take(':')) return time;
  const auto second = scanner.number(2, 59);
  if (!second) return std::nullopt;
  time.since_midnight += chr::seconds(*second);
  time.with_seconds = true;
  if (!scanner.take('.')) return time;
  const auto fraction = scanner.fraction();
  if (!fraction) return std::nullopt;
  time.fraction = *fraction;
  return time;
}

/// "Z" or "+07:00".
std::optional<chr::seconds> scan_offset(Scanner& scanner) {
  if (scanner.take('Z') || scanner.take('z')) return chr::seconds(0);
  const bool west = scanner.take('-');
  if (!west && !scanner.take('+')) return std::nullopt;
  const auto minutes = scan_minutes(scanner);
  if (!minutes) return std::nullopt;
  return west ? -*minutes : *minutes;
}

/// To the nearest frame: 48,000 a second are 6 in 125,000 ns.
Frames nearest_frame(chr::nanoseconds fraction) {
  return chr::round<Frames>(fraction);
}

}  // namespace

std::string rfc3339(Instant instant, const Zone& zone) {
  // Local mean times (before 1911 in Việt Nam) have seconds that RFC 3339 cannot say: the offset is cut, not the time.
  const auto offset = chr::duration_cast<chr::minutes>(zone.offset(instant));
  const auto local = chr::floor<chr::milliseconds>(instant.time_since_epoch() + offset);
  const auto days = chr::floor<chr::days>(local);
  const chr::year_month_day date{chr::sys_days(days)};
  const chr::hh_mm_ss<chr::milliseconds> time(local - days);
  const auto away = chr::abs(offset);
  std::array<char, 64> text{};
  const int length = std::snprintf(
      text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02d.%03d%c%02d:%02d", static_cast<int>(date.year()),
      static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), static_cast<int>(time.hours().count()),
      static_cast<int>(time.minutes().count()), static_cast<int>(time.seconds().count()),
      static_cast<int>(time.subseconds().count()), offset < chr::minutes(0) ? '-' : '+',
      static_cast<int>(away / chr::hours(1)), static_cast<int>(away % chr::hours(1) / chr::minutes(1)));
  return std::string(text.data(), static_cast<std::size_t>(length));
}

std::optional<Instant> parse_instant(std::string_view text, const Zone& zone) {
  Scanner scanner(text);
  const auto date = scan_date(scanner);
  if (!date || !(scanner.take('T') || scanner.take('t'))) return std::nullopt;
  const auto time = scan_time(scanner);
  if (!time) return std::nullopt;
  const auto local = chr::local_days(*date) + time->since_midnight;
  const auto fraction = nearest_frame(time->fraction);
  if (scanner.at_end()) return zone.instant(local) + fraction;
  const auto offset = scan_offset(scanner);
  if (!offset || !scanner.at_end() || !time->with_seconds) return std::nullopt;
  return Instant(Frames(local.time_since_epoch() - *offset)) + fraction;
}

std::optional<chr::year_month_day> parse_date(std::string_view text) {
  Scanner scanner(text);
  const auto date = scan_date(scanner);
  if (!date || !scanner.at_end()) return std::nullopt;
  return date;
}

}  // namespace loa::calendar
