// Reads dates and lists of dates: 2026-12-01, yearly 12-01, ranges a..b. Must not know what happens then.
#include <fmt/format.h>

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

struct Complaint {
  const char* code;
  Text message;
  Text hint;
};

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
  return msg("a date such as 2026-12-01, a range 2026-12-01..2026-12-05, or 12-01 for every year");
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

std::optional<Complaint> coming_later(const std::string& folded_word) {
  if (!folded_word.starts_with("lunar") && !folded_word.starts_with("holiday:")) return std::nullopt;
  const bool lunar = folded_word.starts_with("lunar");
  return Complaint{"not-yet-supported",
                   lunar ? msg("lunar dates are not yet supported") : msg("named holidays are not yet supported"),
                   msg("write the dates of this year, such as 2026-02-17")};
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

Complaint complaint_about(const std::string& word, const Text& form, bool yearly_too) {
  const auto shape = shape_of(word);
  const auto text = shown(word);
  if (auto later = coming_later(folded(text))) return *later;
  if (is_iso(shape) || (yearly_too && is_yearly(shape))) return no_such_day(shape, text, form);
  if (auto found = three_numbers(shape, text, form)) return *found;
  if (auto found = joined_digits(shape, text, form)) return *found;
  if (yearly_too) {
    if (auto found = two_numbers(shape, text)) return *found;
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
  if (const auto full = full_date(word)) return DateSpan{*full, *full, false, {}};
  if (const auto yearly = yearly_date(word)) return DateSpan{*yearly, *yearly, true, {}};
  return std::nullopt;
}

std::optional<DateSpan> report_range(const Node& node, Diagnostics& diagnostics, const DateSpan& first,
                                     const DateSpan& last) {
  const auto text = shown(node.scalar);
  if (first.yearly != last.yearly) {
    report(node, diagnostics,
           {"dates-mixed", msg("“{0}”: one end has a year, the other none", text), msg("write both ends in one form")});
  } else {
    report(node, diagnostics,
           {"dates-reversed", msg("“{0}” ends before it begins", text),
            write_this(to_string(last.first) + ".." + to_string(first.first))});
  }
  return std::nullopt;
}

std::optional<DateSpan> read_span(const Node& node, Diagnostics& diagnostics) {
  const auto form = dates_form();
  const auto word = plain_word(node, diagnostics, form);
  if (!word) return std::nullopt;
  const auto dots = word->find("..");
  const auto left = word->substr(0, dots);
  const auto right = dots == std::string::npos ? left : word->substr(dots + 2);
  const auto first = one_day(left), last = one_day(right);
  if (!first || !last) {
    report(node, diagnostics, complaint_about(first ? right : left, form, true));
    return std::nullopt;
  }
  const bool reversed = !first->yearly && last->first < first->first;
  if (first->yearly != last->yearly || reversed) return report_range(node, diagnostics, *first, *last);
  return DateSpan{first->first, last->last, first->yearly, node.span};
}

}  // namespace

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
