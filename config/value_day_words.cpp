// Days as Vietnamese timetables say them, in the form that the files take. Must not know what happens on them.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "config/fields.hpp"
#include "config/unicode.hpp"
#include "config/value_shape.hpp"

namespace loa::config {
namespace {

constexpr std::size_t kLongest = 100;  // bytes; nobody says a day in more

/// Lower case without marks, each dash a “-”, each gap one blank, none at the ends.
std::string plain_words(std::string_view words) {
  std::string text(words);
  for (const std::string_view dash : {"–", "—", "−"}) {
    for (auto at = text.find(dash); at != std::string::npos; at = text.find(dash)) text.replace(at, dash.size(), "-");
  }
  std::string plain;
  for (const char c : folded(text)) {
    if (c != ' ' || (!plain.empty() && plain.back() != ' ')) plain += c;
  }
  while (plain.ends_with(' ')) plain.pop_back();
  return plain;
}

using Kind = DaysMeant::Kind;

std::string month_and_day(int month, int day) {
  return fmt::format("{:02}-{:02}", month, day);
}

bool take(std::string& text, std::string_view beginning) {
  if (!text.starts_with(beginning)) return false;
  text.erase(0, beginning.size());
  return true;
}

bool take_last(std::string& text, std::string_view ending) {
  if (!text.ends_with(ending)) return false;
  text.erase(text.size() - ending.size());
  return true;
}

/// 1 to `most`; 0 = none.
int number(std::string_view text, int most) {
  if (text.empty() || text.size() > 2 || text.find_first_not_of("0123456789") != std::string_view::npos) return 0;
  const int value = std::stoi(std::string(text));
  return value <= most ? value : 0;
}

/// "gieng", "7", "bay", "chap": the month of the lunar year; 0 = none.
int lunar_month(std::string_view text) {
  static constexpr std::array<std::string_view, 12> names{"gieng", "hai", "ba",   "tu",   "nam",      "sau",
                                                          "bay",   "tam", "chin", "muoi", "muoi mot", "chap"};
  const auto found = std::find(names.begin(), names.end(), text);
  return found == names.end() ? number(text, 12) : static_cast<int>(found - names.begin()) + 1;
}

/// "ram", "mung 1", "mong ba": the day of the lunar month; 0 = none.
int lunar_day_of_month(std::string text) {
  if (text == "ram") return 15;
  if (!take(text, "mung ") && !take(text, "mong ")) return number(text, 30);
  static constexpr std::array<std::string_view, 10> names{"mot", "hai", "ba",  "bon",  "nam",
                                                          "sau", "bay", "tam", "chin", "muoi"};
  const auto found = std::find(names.begin(), names.end(), text);
  return found == names.end() ? number(text, 10) : static_cast<int>(found - names.begin()) + 1;
}

/// "am lich …", "… al": taken away, and whether it was there.
bool take_lunar(std::string& text) {
  return take(text, "am lich ") || take_last(text, " am lich") || take(text, "lunar ") || take_last(text, " al");
}

/// The days before and after the turn of the year: "giao thua", "30 tet", "29 tet", "mung 3 tet".
DaysMeant around_new_year(std::string text) {
  constexpr const char* last = "12-last";
  if (text == "giao thua") return {Kind::lunar, last, {}};
  if (!take_last(text, " tet")) return {};
  if (text == "30" || text == "ba muoi") return {Kind::lunar, last, {}};
  if (const int day = number(text, 29); day >= 20) return {Kind::lunar, month_and_day(12, day), {}};
  const bool first_days = text.starts_with("mung ") || text.starts_with("mong ");
  const int day = first_days ? lunar_day_of_month(text) : 0;
  return day == 0 ? DaysMeant() : DaysMeant{Kind::lunar, month_and_day(1, day), {}};
}

/// 15/8, 10-3 of the lunar calendar, the day first; none where the month may be first ("01-05").
DaysMeant lunar_numbers(std::string_view text) {
  const auto shape = shape_of(text);
  if (shape.numbers.size() != 2 || (!shape.is("/") && !shape.is("-"))) return {};
  int day = shape.number(0), month = shape.number(1);
  const bool as_in_files = shape.is("-") && shape.digits(0, 2, 2) && shape.digits(1, 2, 2);
  if (as_in_files && day <= 12 && month <= 12 && day != month) return {};
  if (month > 12) std::swap(day, month);
  if (day < 1 || day > 30 || month < 1 || month > 12) return {};
  return {Kind::lunar, month_and_day(month, day), {}};
}

/// "ram thang gieng", "mung 1", "15 thang 8"; `said`: of the lunar calendar. "mung 2 thang 9" is a day of either.
DaysMeant lunar_words(std::string text, bool said) {
  if (const auto turn = around_new_year(text); turn.is_known()) return turn;
  if (said) {
    if (const auto numbers = lunar_numbers(text); numbers.is_known()) return numbers;
  }
  const bool full_moon = text.starts_with("ram"), first_days = text.starts_with("mung ") || text.starts_with("mong ");
  if (!said && !full_moon && !first_days) return {};
  std::string name;
  if (const auto at = text.find(" thang "); at != std::string::npos) {
    name = text.substr(at + 7);
    text.erase(at);
  }
  const int month = lunar_month(name), day = lunar_day_of_month(text);
  if (day == 0 || (month == 0 && !name.empty())) return {};
  if (month == 0) return {Kind::every_lunar_month, fmt::format("{:02}", day), {}};
  const bool lunar = said || full_moon || name == "gieng" || name == "chap";
  return {lunar ? Kind::lunar : Kind::either, month_and_day(month, day), {}};
}

DaysMeant solar_words(std::string_view text) {
  const auto shape = shape_of(text);
  const auto date = [&](int y, int m, int d) -> std::string {
    const Date made{std::chrono::year(y), std::chrono::month(static_cast<unsigned>(m)),
                    std::chrono::day(static_cast<unsigned>(d))};
    return made.ok() ? to_string(made) : std::string();
  };
  if (!shape.gaps.front().empty() || !shape.gaps.back().empty()) return {};
  const int a = shape.number(0), b = shape.number(1), c = shape.number(2);
  if (shape.numbers.size() == 3) {
    const auto made = shape.digits(0, 4, 4) ? date(a, b, c) : shape.digits(2, 4, 4) ? date(c, b, a) : std::string();
    return made.empty() ? DaysMeant() : DaysMeant{Kind::dates, made, {}};
  }
  constexpr int leap_year = 2000;
  if (shape.numbers.size() != 2 || !shape.digits(0, 1, 2) || !shape.digits(1, 1, 2)) return {};
  const bool as_in_files = shape.is("-") && shape.digits(0, 2, 2) && shape.digits(1, 2, 2);
  if (shape.is("-") && !as_in_files && a <= 12 && b <= 12 && a != b) return {};  // 5-3
  const auto made = as_in_files ? date(leap_year, a, b) : date(leap_year, b, a);
  return made.empty() ? DaysMeant() : DaysMeant{Kind::yearly, made.substr(5), {}};
}

/// "lunar 01-15", as the files write it, the month first.
DaysMeant in_form(std::string text) {
  const auto day = take(text, "lunar ") ? lunar_day(text) : std::nullopt;
  if (!day || text == "last") return {};
  return {day->month == LunarDay::kEveryMonth ? Kind::every_lunar_month : Kind::lunar, text, {}};
}

DaysMeant one_day_meant(std::string text, bool said) {
  take(text, "ngay ");
  if (const auto form = in_form(text); form.is_known()) return form;
  said = take_lunar(text) || said;
  if (const auto lunar = lunar_words(text, said); lunar.is_known() || said) return lunar;
  return solar_words(text);
}

/// Both sides of what stands between two days: "..", " - ", "den".
std::array<std::string, 2> sides_of(const std::string& text) {
  for (const std::string_view between :
       {" den het ", " den ngay ", " den ", " toi ", " ... ", "...", " .. ", ".. ", " ..", "..", " - "}) {
    const auto at = text.find(between);
    if (at != std::string::npos) return {text.substr(0, at), text.substr(at + between.size())};
  }
  return {};
}

/// "mung 1 den mung 3 tet": a first day without its month is of the last one's.
void take_month(DaysMeant& first, const DaysMeant& last) {
  if (first.kind != Kind::every_lunar_month || last.kind != Kind::lunar) return;
  const auto whole = last.first.substr(0, 3) + first.first;
  if (whole < last.first) first = {Kind::lunar, whole, {}};
}

DaysMeant range_meant(const std::string& left, const std::string& right, bool said) {
  auto first = one_day_meant(left, said), last = one_day_meant(right, said);
  if (!last.is_known() && first.kind == Kind::dates && number(right, 31) > 0) {  // "2026-12-01..05"
    last = solar_words(first.first.substr(0, 8) + fmt::format("{:02}", number(right, 31)));
  }
  take_month(first, last);
  if (first.kind != last.kind || first.kind == Kind::either || !first.is_known()) return {};
  const bool backwards = last.first < first.first;  // over the turn of the year, which no date with its year crosses
  if (backwards && (first.kind == Kind::dates || first.kind == Kind::every_lunar_month)) return {};
  first.last = last.first;
  return first;
}

/// "2026-12-07, 2026-12-08", "rằm và mùng 1": each of them, or nothing when it is one, or one of them no day.
std::vector<DaysMeant> each_meant(std::string_view words) {
  std::vector<DaysMeant> all;
  if (words.size() > kLongest) return all;
  for (auto text = plain_words(words); !text.empty();) {
    const auto end = std::min({text.find(','), text.find(';'), text.find(" va "), text.size()});
    all.push_back(days_meant(text.substr(0, end)));
    if (!all.back().is_known()) return {};
    text.erase(0, text.compare(end, 4, " va ") == 0 ? end + 4 : end + 1);
    while (text.starts_with(' ')) text.erase(0, 1);
  }
  return all.size() > 1 ? all : std::vector<DaysMeant>();
}

/// ["15"]; of a range each day of it.
std::vector<std::string> days_of_every_month(const DaysMeant& days) {
  std::vector<std::string> all;
  const int first = std::stoi(days.first), last = days.last.empty() ? first : std::stoi(days.last);
  for (int day = first; day <= last; ++day) all.push_back(fmt::format("\"{:02}\"", day));
  return all;
}

std::string lunar_form(const std::vector<DaysMeant>& all) {
  std::vector<std::string> days;
  for (const auto& each : all) {
    if (each.kind != Kind::every_lunar_month) return {};
    for (auto& day : days_of_every_month(each)) days.push_back(std::move(day));
  }
  return days.empty() ? std::string() : "{lunar: " + flow_list(days) + "}";
}

}  // namespace

std::string to_string(const DaysMeant& days) {
  const bool lunar = days.kind == Kind::lunar;
  if (!lunar && days.kind != Kind::dates && days.kind != Kind::yearly) return {};
  return (lunar ? "lunar " : "") + days.first + (days.last.empty() ? "" : ".." + days.last);
}

DaysMeant days_meant(std::string_view words) {
  if (words.size() > kLongest) return {};
  auto text = plain_words(words);
  take(text, "tu ");
  const auto [left, right] = sides_of(text);
  if (right.empty()) return one_day_meant(text, false);
  const bool form = text.starts_with("lunar "), said = take_lunar(text);  // of both ends
  const auto ends = sides_of(text);
  const auto end = [&](const std::string& day) { return form && !day.starts_with("lunar ") ? "lunar " + day : day; };
  return range_meant(end(ends[0]), end(ends[1]), said);
}

std::string list_of_days_meant(std::string_view words) {
  std::vector<std::string> list;
  for (const auto& one : each_meant(words)) {
    const auto written = to_string(one);
    if (written.empty()) return {};
    list.push_back('"' + written + '"');
  }
  return list.empty() ? std::string() : flow_list(list);
}

std::string form_of_days_meant(std::string_view words) {
  const auto days = days_meant(words);
  if (const auto written = to_string(days); !written.empty()) return "{dates: [\"" + written + "\"]}";
  if (days.is_known()) return lunar_form({days});
  const auto list = list_of_days_meant(words);
  return list.empty() ? lunar_form(each_meant(words)) : "{dates: " + list + "}";
}

Text either_calendar(const DaysMeant& days, std::string_view before, std::string_view after) {
  if (days.kind != Kind::either) return {};
  const auto put = [&](const std::string& day) { return std::string(before) + day + std::string(after); };
  return msg("write {0} if the solar calendar is meant, {1} if the lunar one", put(days.first),
             put("lunar " + days.first));
}

}  // namespace loa::config
