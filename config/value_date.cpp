// Reads dates and lists of dates: 2026-12-01, yearly 12-01, ranges a..b, lunar ones, named holidays. Must not know what
// happens then, nor when a lunar day or a holiday is.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "config/fields.hpp"
#include "config/unicode.hpp"
#include "config/value_shape.hpp"

namespace loa::config {
namespace {

using std::chrono::day;
using std::chrono::month;
using std::chrono::year;

constexpr int kLeapYear = 2000;  // the year of yearly dates, so that 02-29 exists
constexpr int kFirstYear = 1970, kLastYear = 2199;
constexpr std::string_view kLunarWord = "lunar ", kHolidayWord = "holiday:";

Date date_of(int y, int m, int d) {
  return {year(y), month(static_cast<unsigned>(m)), day(static_cast<unsigned>(d))};
}

bool is_iso(const Shape& shape) {
  return shape.numbers.size() == 3 && shape.is("-") && shape.digits(0, 4, 4) && shape.digits(1, 2, 2) &&
         shape.digits(2, 2, 2);
}
bool is_yearly(const Shape& shape) {
  return shape.numbers.size() == 2 && shape.is("-") && shape.digits(0, 2, 2) && shape.digits(1, 2, 2);
}

Text date_form() {
  return msg("a date such as 2026-12-01");
}
Text dates_form() {
  return msg(
      "a date such as 2026-12-01, a range 2026-12-01..2026-12-05, 12-01 for every year, “lunar 01-15”, or "
      "“holiday:quoc-khanh”");
}

Text lunar_hint() {
  return msg("write month and day, as in “lunar 01-15”, “lunar 12-last” or “lunar 01-01..01-03”");
}

Text suggest(int y, int m, int d, const Text& form) {
  const auto meant = date_of(y, m, d);
  return meant.ok() ? write_this(to_string(meant)) : msg("write {0}", form);
}

std::optional<Complaint> three_numbers(const Shape& shape, const std::string& text, const Text& form) {
  if (shape.numbers.size() != 3) return std::nullopt;
  const int a = shape.number(0), b = shape.number(1), c = shape.number(2);
  if (shape.digits(2, 4, 4)) {
    return Complaint{"date-day-first", msg("“{0}” is not a date: the year comes first, then the month", text),
                     suggest(c, b, a, form)};
  }
  if (shape.digits(0, 4, 4)) {
    return Complaint{"date-separators",
                     msg("“{0}” is not a date: two digits for month and day, separated by “-”", text),
                     suggest(a, b, c, form)};
  }
  return Complaint{"date-short-year", msg("“{0}” is not a date: the year has four digits and comes first", text),
                   suggest(2000 + c, b, a, form)};
}

std::optional<Complaint> two_numbers(const Shape& shape, const std::string& text) {
  if (shape.numbers.size() != 2 || !shape.gaps.front().empty() || !shape.gaps.back().empty()) return std::nullopt;
  const auto meant = date_of(kLeapYear, shape.number(1), shape.number(0));
  if (!meant.ok()) return std::nullopt;
  return Complaint{"date-day-first", msg("“{0}” is not a date: the month comes before the day", text),
                   msg("write {0} (every year), or the full date with its year", to_string(meant).substr(5))};
}

Complaint no_such_day(const Shape& shape, const std::string& text, const Text& form) {
  const bool full = shape.numbers.size() == 3;
  if (full && date_of(shape.number(0), shape.number(1), shape.number(2)).ok()) {
    return {"out-of-range", msg("{0} is out of range", text),
            msg("write a year from {0} to {1}", kFirstYear, kLastYear)};
  }
  const bool swapped = shape.numbers.size() == 2 && shape.number(0) > 12 && shape.number(1) <= 12;
  const auto hint = swapped ? write_this(shape.numbers[1] + '-' + shape.numbers[0]) : msg("write {0}", form);
  return {"no-such-day", msg("there is no {0} in the calendar", text), hint};
}

// 20261201
std::optional<Complaint> joined_digits(const Shape& shape, const std::string& text, const Text& form) {
  if (shape.numbers.size() != 1 || !shape.is("") || !shape.digits(0, 8, 8)) return std::nullopt;
  const int number = shape.number(0);
  return Complaint{"date-separators", msg("“{0}” is not a date: two digits for month and day, separated by “-”", text),
                   suggest(number / 10'000, number / 100 % 100, number % 100, form)};
}

/// Both ends of "lunar 1-1..3" as they are written; "" when they are not clear.
std::string lunar_span_meant(std::string_view text) {
  if (!text.starts_with(kLunarWord)) return {};
  text.remove_prefix(kLunarWord.size());
  const auto dots = text.find("..");
  const auto first = lunar_day_meant(text.substr(0, dots));
  if (dots == std::string_view::npos || first.empty()) return first.empty() ? first : std::string(kLunarWord) + first;
  const auto last = lunar_day_meant(text.substr(dots + 2));
  return last.empty() ? last : std::string(kLunarWord) + first + ".." + last;
}

Complaint no_lunar_day(const std::string& text) {
  const auto meant = lunar_span_meant(text);
  return {"lunar-day", msg("“{0}” is no day of the lunar calendar", text),
          meant.empty() ? lunar_hint() : write_this(meant)};
}

/// "Lunar 1/15", "âm lịch 15-01"; "holiday quoc-khanh", "lễ quốc khánh".
std::optional<Complaint> other_calendar(const std::string& folded_word, const std::string& text) {
  const auto begins = [&](std::string_view with) { return folded_word.starts_with(with); };
  if (begins("lunar") || begins("am lich") || begins("al ")) return no_lunar_day(text);
  if (!begins("holiday") && !begins("le ") && !begins("ngay le")) return std::nullopt;
  return Complaint{"not-a-date", msg("“{0}” is not a date", text),
                   msg("name a holiday of the list of holidays, as in holiday:quoc-khanh")};
}

/// "quoc-khanh", "Quốc khánh"; "weekends" where dates are asked for.
std::optional<Complaint> other_words(std::string plain, const std::string& text) {
  static const std::vector<std::string> holidays = {"tet duong lich", "tet nguyen dan",   "gio to", "chien thang",
                                                    "quoc khanh",     "quoc te lao dong", "van hoa"};
  static constexpr std::array<std::string_view, 5> several{"weekends", "weekend", "weekdays", "cuoi tuan",
                                                           "ngay thuong"};
  std::replace(plain.begin(), plain.end(), '-', ' ');
  const bool number = plain.find_first_not_of("0123456789") == std::string::npos;  // may be a day of a month
  const bool weekday = !number && !weekday_meant(text).empty();
  if (weekday || std::find(several.begin(), several.end(), plain) != several.end()) {
    return Complaint{"not-a-date", msg("“{0}” is not a date", text),
                     msg("days of the week are said with “repeat”, as in repeat: weekdays")};
  }
  auto near = plain == "tet" ? std::string("tet nguyen dan") : nearest(plain, holidays);
  if (near.empty()) return std::nullopt;
  std::replace(near.begin(), near.end(), ' ', '-');
  return Complaint{"not-a-date", msg("“{0}” is not a date", text), write_this("holiday:" + near)};
}

/// "rằm tháng Giêng", "mùng 1"; "2026-12-01 - 2026-12-05", "từ 1/6 đến 31/8".
std::optional<Complaint> said_in_words(const std::string& word) {
  if (const auto list = list_of_days_meant(word); !list.empty()) {
    return Complaint{"not-a-date", msg("“{0}” is not a date", shown(word)), write_this(list)};
  }
  const auto meant = days_meant(word);
  if (!meant.is_known() && form_of_days_meant(word).empty()) return std::nullopt;
  const auto plain = folded(word), written = to_string(meant);
  const bool lunar = plain.starts_with("am lich") || plain.starts_with("lunar");
  auto either = either_calendar(meant, "", "");
  return Complaint{
      lunar ? "lunar-day" : "not-a-date",
      lunar ? msg("“{0}” is no day of the lunar calendar", shown(word)) : msg("“{0}” is not a date", shown(word)),
      !either.empty()   ? either
      : written.empty() ? lunar_hint()
                        : write_this(meant.last.empty() ? written : '"' + written + '"')};
}

Complaint complaint_about(const std::string& word, const Text& form, bool yearly_too) {
  const auto shape = shape_of(word);
  const auto text = shown(word);
  if (is_iso(shape) || (yearly_too && is_yearly(shape))) return no_such_day(shape, text, form);
  if (auto found = three_numbers(shape, text, form)) return *found;
  if (auto found = joined_digits(shape, text, form)) return *found;
  if (!yearly_too && shape.numbers.size() == 2 && days_meant(word).kind == DaysMeant::Kind::yearly) {
    return {"not-a-date", msg("“{0}” has no year", text), msg("write it with its year in front, as in 2026-12-01")};
  }
  if (yearly_too && word.find_first_of(",;") != std::string::npos) {
    if (auto found = said_in_words(word)) return *found;
  }
  if (!yearly_too && shape.numbers.size() == 6) {
    return {"not-a-date", msg("“{0}” is not one date", text),
            msg("write one date; the first and the last day are “from” and “until”")};
  }
  if (yearly_too) {
    if (auto found = said_in_words(word); found && shape.numbers.size() < 4 && !two_numbers(shape, text)) return *found;
    if (auto found = other_calendar(folded(text), text)) return *found;
    if (auto found = two_numbers(shape, text)) return *found;
    if (auto found = other_words(folded(text), text)) return *found;
    if (auto found = said_in_words(word)) return *found;
  }
  return {"not-a-date", msg("“{0}” is not a date", text), msg("write {0}", form)};
}

void report(const Node& node, Diagnostics& diagnostics, const Complaint& complaint) {
  diagnostics.error(complaint.code, node.span, complaint.message)
      .would(msg("on which days it plays is not known, so it cannot be planned"))
      .mend(complaint.hint);
}

std::optional<Date> full_date(std::string_view word) {
  const auto shape = shape_of(word);
  if (!is_iso(shape) || word.size() != 10) return std::nullopt;
  const auto date = date_of(shape.number(0), shape.number(1), shape.number(2));
  const int in = static_cast<int>(date.year());
  return date.ok() && in >= kFirstYear && in <= kLastYear ? std::optional(date) : std::nullopt;
}

std::optional<Date> yearly_date(std::string_view word) {
  const auto shape = shape_of(word);
  if (!is_yearly(shape) || word.size() != 5) return std::nullopt;
  const auto date = date_of(kLeapYear, shape.number(0), shape.number(1));
  return date.ok() ? std::optional(date) : std::nullopt;
}

// A full or a yearly date, one day.
std::optional<DateSpan> one_day(std::string_view word) {
  DateSpan span;
  if (const auto full = full_date(word)) {
    span.first = span.last = *full;
    return span;
  }
  const auto yearly = yearly_date(word);
  if (!yearly) return std::nullopt;
  span.first = span.last = *yearly;
  span.kind = DateSpan::Kind::yearly;
  return span;
}

std::optional<DateSpan> report_range(const Node& node, Diagnostics& diagnostics, const DateSpan& first,
                                     const DateSpan& last) {
  const auto text = shown(node.scalar);
  if (first.kind != last.kind) {
    report(node, diagnostics,
           {"dates-mixed", msg("“{0}”: one end has a year, the other none", text), msg("write both ends in one form")});
  } else {
    report(node, diagnostics,
           {"dates-reversed", msg("“{0}” ends before it begins", text),
            write_this(to_string(last.first) + ".." + to_string(first.first))});
  }
  return std::nullopt;
}

struct Ends {
  std::string left, right;  // the same where there is no range
};

Ends ends_of(const std::string& word) {
  const auto dots = word.find("..");
  const auto left = word.substr(0, dots);
  return {left, dots == std::string::npos ? left : word.substr(dots + 2)};
}

std::optional<DateSpan> read_solar(const Node& node, Diagnostics& diagnostics, const std::string& word) {
  const auto ends = ends_of(word);
  auto first = one_day(ends.left);
  const auto last = one_day(ends.right);
  if (!first || !last) {
    const auto meant = ends.left == ends.right ? std::nullopt : said_in_words(word);
    report(node, diagnostics, meant ? *meant : complaint_about(first ? ends.right : ends.left, dates_form(), true));
    return std::nullopt;
  }
  const bool full = first->kind == DateSpan::Kind::dates;
  if (first->kind != last->kind || (full && last->first < first->first)) {
    return report_range(node, diagnostics, *first, *last);
  }
  first->last = last->last;
  return first;
}

std::optional<DateSpan> read_lunar_span(const Node& node, Diagnostics& diagnostics, std::string_view word) {
  word.remove_prefix(kLunarWord.size());
  auto ends = ends_of(std::string(word));
  if (ends.right.starts_with(kLunarWord)) ends.right.erase(0, kLunarWord.size());
  const auto first = lunar_day(ends.left), last = lunar_day(ends.right);
  const auto with_month = [](const std::optional<LunarDay>& day) { return day && day->month != LunarDay::kEveryMonth; };
  if (!with_month(first) || !with_month(last)) {
    report(node, diagnostics, no_lunar_day(shown(node.scalar)));
    return std::nullopt;
  }
  DateSpan span;
  span.kind = DateSpan::Kind::lunar;
  span.lunar_first = *first;
  span.lunar_last = *last;
  return span;
}

/// Whether there is such a holiday is not known here.
DateSpan holiday_named(std::string_view word) {
  DateSpan span;
  span.kind = DateSpan::Kind::holiday;
  span.holiday = word.substr(kHolidayWord.size());
  return span;
}

/// "holiday: quoc-khanh", with a blank: a key and its value.
bool report_blank(const Node& node, Diagnostics& diagnostics) {
  if (!node.is_mapping() || node.entries.size() != 1) return false;
  const auto& [key, value] = node.entries.front();
  if (key->scalar != "holiday" || !value->is_scalar()) return false;
  report(node, diagnostics,
         {"not-a-date", msg("“{0}” is not a date", "holiday: " + shown(value->scalar)),
          msg("write {0} without a blank", "holiday:" + shown(value->scalar))});
  return true;
}

std::optional<DateSpan> read_span(const Node& node, Diagnostics& diagnostics) {
  if (report_blank(node, diagnostics)) return std::nullopt;
  const auto word = plain_word(node, diagnostics, dates_form());
  if (!word) return std::nullopt;
  auto span = word->starts_with(kLunarWord)     ? read_lunar_span(node, diagnostics, *word)
              : word->starts_with(kHolidayWord) ? std::optional(holiday_named(*word))
                                                : read_solar(node, diagnostics, *word);
  if (span) span->at = node.span;
  return span;
}

}  // namespace

std::string lunar_day_meant(std::string_view word) {
  const auto shape = shape_of(word);
  if (shape.numbers.size() != 2 || !shape.digits(0, 1, 2) || !shape.digits(1, 1, 2)) return {};
  int month = shape.number(0), day = shape.number(1);
  if (!shape.is("-") && month <= 12 && day <= 12 && month != day) return {};  // "1/5": either may be meant
  if (month > 12) std::swap(month, day);
  const bool good = (shape.is("-") || shape.is("/")) && month >= 1 && month <= 12 && day >= 1 && day <= 30;
  return good ? fmt::format("{:02}-{:02}", month, day) : std::string();
}

std::optional<LunarDay> lunar_day(std::string_view word) {
  LunarDay lunar;
  const auto two_digits = [](std::string_view text) -> std::optional<int> {
    const auto shape = shape_of(text);
    return text.size() == 2 && shape.digits(0, 2, 2) ? std::optional(shape.number(0)) : std::nullopt;
  };
  if (const auto dash = word.find('-'); dash != std::string_view::npos) {
    const auto number = two_digits(word.substr(0, dash));
    if (!number || *number < 1 || *number > 12) return std::nullopt;
    lunar.month = *number;
    word.remove_prefix(dash + 1);
  }
  const auto number = word == "last" ? std::optional(LunarDay::kLastDay) : two_digits(word);
  if (!number || *number < 1 || (*number > 30 && word != "last")) return std::nullopt;
  lunar.day = *number;
  return lunar;
}

std::optional<Date> read_date(const Node& node, Diagnostics& diagnostics) {
  const auto form = date_form();
  const auto word = plain_word(node, diagnostics, form);
  if (!word) return std::nullopt;
  if (const auto date = full_date(*word)) return date;
  report(node, diagnostics, complaint_about(*word, form, false));
  return std::nullopt;
}

std::optional<std::vector<DateSpan>> read_dates(const Node& node, Diagnostics& diagnostics) {
  if (!node.is_sequence()) {
    const auto span = read_span(node, diagnostics);
    return span ? std::optional(std::vector<DateSpan>{*span}) : std::nullopt;
  }
  if (node.items.empty()) {
    report(node, diagnostics, {"empty-list", msg("the list of dates is empty"), msg("write {0}", dates_form())});
    return std::nullopt;
  }
  std::vector<DateSpan> spans;
  for (const auto& item : node.items) {
    if (const auto span = read_span(*item, diagnostics)) spans.push_back(*span);
  }
  return spans.size() == node.items.size() ? std::optional(std::move(spans)) : std::nullopt;
}

}  // namespace loa::config
