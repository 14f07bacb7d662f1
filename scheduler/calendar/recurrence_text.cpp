// A recurrence rule as text.
#include <array>
#include <cstdio>

#include "scheduler/calendar/recurrence_rule.hpp"

namespace loa::calendar {

namespace chr = std::chrono;

namespace {

void add(std::string& text, const char* part, const std::vector<int>& numbers) {
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    text += i == 0 ? ";" + std::string(part) + "=" : ",";
    text += std::to_string(numbers[i]);
  }
}

void add(std::string& text, const std::vector<WeekdayNumber>& days) {
  for (std::size_t i = 0; i < days.size(); ++i) {
    text += i == 0 ? ";BYDAY=" : ",";
    if (days[i].ordinal != 0) text += std::to_string(days[i].ordinal);
    text += short_name(days[i].day);
  }
}

std::string until_text(const Until& until) {
  const auto day = chr::floor<chr::days>(until.at);
  const chr::year_month_day date(day);
  const chr::hh_mm_ss time(chr::floor<chr::seconds>(until.at - day));
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%04d%02u%02u", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  std::string result = text.data();
  if (until.form == Until::Form::date) return result;
  std::snprintf(text.data(), text.size(), "T%02ld%02ld%02ld", static_cast<long>(time.hours().count()),
                static_cast<long>(time.minutes().count()), static_cast<long>(time.seconds().count()));
  result += text.data();
  return until.form == Until::Form::utc ? result + "Z" : result;
}

}  // namespace

std::string to_string(const RecurrenceRule& rule) {
  std::string text = "FREQ=" + std::string(name(rule.frequency));
  if (rule.interval != 1) text += ";INTERVAL=" + std::to_string(rule.interval);
  if (rule.count) text += ";COUNT=" + std::to_string(*rule.count);
  if (rule.until) text += ";UNTIL=" + until_text(*rule.until);
  add(text, "BYMONTH", rule.by_month);
  add(text, "BYWEEKNO", rule.by_week_number);
  add(text, "BYYEARDAY", rule.by_year_day);
  add(text, "BYMONTHDAY", rule.by_month_day);
  add(text, rule.by_day);
  add(text, "BYHOUR", rule.by_hour);
  add(text, "BYMINUTE", rule.by_minute);
  add(text, "BYSECOND", rule.by_second);
  add(text, "BYSETPOS", rule.by_set_position);
  if (rule.week_start != chr::Monday) text += ";WKST=" + std::string(short_name(rule.week_start));
  return text;
}

}  // namespace loa::calendar
