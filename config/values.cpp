// The values themselves: how they are written back and which days they mean. Must not know YAML.
#include "config/values.hpp"

#include <fmt/format.h>

namespace loa::config {
namespace {

using std::chrono::month_day;

month_day in_year(Date date) {
  return {date.month(), date.day()};
}

bool contains_yearly(month_day first, month_day last, month_day day) {
  if (first <= last) return first <= day && day <= last;
  return day >= first || day <= last;
}

bool listed(const std::vector<DateSpan>& spans, Date day) {
  for (const auto& span : spans) {
    if (span.contains(day)) return true;
  }
  return false;
}

}  // namespace

std::string to_string(TimeOfDay time) {
  const auto total = time.since_midnight.count();
  const auto hours = total / 3600, minutes = total / 60 % 60, seconds = total % 60;
  if (seconds == 0) return fmt::format("{:02}:{:02}", hours, minutes);
  return fmt::format("{:02}:{:02}:{:02}", hours, minutes, seconds);
}

std::string to_string(Date date) {
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                     static_cast<unsigned>(date.day()));
}

std::string to_string(Duration duration) {
  auto left = duration.count();
  std::string words = left < 0 ? "-" : "";
  if (left < 0) left = -left;
  const auto add = [&](std::int64_t size, const char* unit) {
    if (left >= size) words += fmt::format("{}{}", left / size, unit);
    left %= size;
  };
  add(3'600'000, "h");
  add(60'000, "min");
  add(1'000, "s");
  add(1, "ms");
  return words.empty() ? "0s" : words;
}

bool DateSpan::contains(Date day) const {
  if (yearly) return contains_yearly(in_year(first), in_year(last), in_year(day));
  return first <= day && day <= last;
}

bool Days::contain(Date day) const {
  const auto number = std::chrono::weekday(std::chrono::sys_days(day)).iso_encoding() - 1;  // 0 = Monday
  switch (form) {
    case Form::daily:
      return true;
    case Form::weekdays:
      return number < 5;
    case Form::weekends:
      return number >= 5;
    case Form::never:
      return false;
    case Form::list:
      return weekday[number];
    case Form::dates:
      return listed(dates, day);
  }
  return false;
}

}  // namespace loa::config
