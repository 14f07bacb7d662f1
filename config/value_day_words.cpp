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

/// "ram thang gieng", "mung 3 tet", "giao thua", "15/8 am lich": "01-15", "01-03", "12-last", "08-15"; "15" for "ram";
/// "" when nothing says that it is lunar.
std::string lunar_words(std::string text) {
  const bool said =
      take(text, "am lich ") || take_last(text, " am lich") || take(text, "lunar ") || take_last(text, " al");
  if (text == "giao thua" || text == "30 tet" || text == "ba muoi tet" || text == "29 tet")
    return fmt::format("{}-last", 12);
  if (said) {
    if (auto meant = lunar_day_meant(text); !meant.empty()) return meant;
    const auto shape = shape_of(text);
    const int day = shape.number(0), month = shape.number(1);
    if (shape.numbers.size() == 2 && shape.is("/") && day >= 1 && day <= 30 && month >= 1 && month <= 12) {
      return fmt::format("{:02}-{:02}", month, day);
    }
  }
  if (!said && !text.starts_with("ram") && !text.starts_with("mung ") && !text.starts_with("mong ")) return {};
  int month = 0;
  if (take_last(text, " tet")) month = 1;
  if (const auto at = text.find(" thang "); month == 0 && at != std::string::npos) {
    month = lunar_month(text.substr(at + 7));
    text.erase(at);
    if (month == 0) return {};
  }
  const int day = lunar_day_of_month(text);
  if (day == 0) return {};
  return month == 0 ? fmt::format("{:02}", day) : fmt::format("{:02}-{:02}", month, day);
}

std::string solar_words(std::string_view text) {
  const auto shape = shape_of(text);
  const auto date = [&](int y, int m, int d) -> std::string {
    const Date made{std::chrono::year(y), std::chrono::month(static_cast<unsigned>(m)),
                    std::chrono::day(static_cast<unsigned>(d))};
    return made.ok() ? to_string(made) : std::string();
  };
  if (!shape.gaps.front().empty() || !shape.gaps.back().empty()) return {};
  const int a = shape.number(0), b = shape.number(1), c = shape.number(2);
  if (shape.numbers.size() == 3) {
    if (shape.digits(0, 4, 4)) return date(a, b, c);
    return shape.digits(2, 4, 4) ? date(c, b, a) : std::string();
  }
  constexpr int leap_year = 2000;
  if (shape.numbers.size() != 2 || !shape.digits(0, 1, 2) || !shape.digits(1, 1, 2)) return {};
  const auto made = shape.is("-") ? date(leap_year, a, b) : date(leap_year, b, a);
  return made.empty() ? made : made.substr(5);
}

std::string one_day_meant(std::string text) {
  take(text, "ngay ");
  if (const auto lunar = lunar_words(text); !lunar.empty()) return "lunar " + lunar;
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

}  // namespace

namespace {

/// "2026-12-07, 2026-12-08", "rằm và mùng 1": each of them, or nothing when it is one, or one of them no day.
std::vector<std::string> each_meant(std::string_view words) {
  std::vector<std::string> all;
  for (auto text = plain_words(words); !text.empty();) {
    const auto end = std::min({text.find(','), text.find(';'), text.find(" va "), text.size()});
    auto one = days_meant(text.substr(0, end));
    if (one.empty()) return {};
    all.push_back(std::move(one));
    text.erase(0, text.compare(end, 4, " va ") == 0 ? end + 4 : end + 1);
    while (text.starts_with(' ')) text.erase(0, 1);
  }
  return all.size() > 1 ? all : std::vector<std::string>();
}

bool is_every_month(std::string_view days) {
  return days.starts_with("lunar ") && days.size() == 8;
}

}  // namespace

std::string list_of_days_meant(std::string_view words) {
  if (words.size() > kLongest) return {};
  std::string list;
  for (const auto& one : each_meant(words)) {
    if (is_every_month(one)) return {};
    list += (list.empty() ? "[\"" : "\", \"") + one;
  }
  return list.empty() ? list : list + "\"]";
}

std::string days_meant(std::string_view words) {
  if (words.size() > kLongest) return {};
  auto text = plain_words(words);
  take(text, "tu ");
  auto [left, right] = sides_of(text);
  if (right.empty()) return one_day_meant(text);
  const auto first = one_day_meant(left);
  auto last = one_day_meant(right);
  if (last.empty() && first.size() == 10 && number(right, 31) > 0) {  // "2026-12-01..05"
    last = solar_words(first.substr(0, 8) + fmt::format("{:02}", number(right, 31)));
  }
  const bool lunar = first.starts_with("lunar ");
  if (lunar && last.starts_with("lunar ")) last.erase(0, 6);
  if (first.empty() || last.empty() || (!lunar && first.size() != last.size())) return {};
  return first + ".." + last;
}

std::string form_of_days_meant(std::string_view words) {
  const auto days = days_meant(words);
  if (days.empty()) {
    if (const auto list = list_of_days_meant(words); !list.empty()) return "{dates: " + list + "}";
    const auto all = words.size() > kLongest ? std::vector<std::string>() : each_meant(words);
    if (all.empty() || !std::all_of(all.begin(), all.end(), is_every_month)) return {};
    std::string list;
    for (const auto& one : all) list += (list.empty() ? "\"" : "\", \"") + one.substr(6);
    return "{lunar: [" + list + "\"]}";
  }
  if (is_every_month(days)) return "{lunar: [\"" + days.substr(6) + "\"]}";
  return "{dates: [\"" + days + "\"]}";
}

}  // namespace loa::config
