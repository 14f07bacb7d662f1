// Reads on which days something recurs: the forms of `repeat`. Must not know what recurs.
#include <algorithm>
#include <array>

#include "config/fields.hpp"
#include "config/unicode.hpp"
#include "config/value_shape.hpp"

namespace loa::config {
namespace {

std::optional<Days::Form> form_of(std::string_view word) {
  if (word == "daily") return Days::Form::daily;
  if (word == "weekdays") return Days::Form::weekdays;
  if (word == "weekends") return Days::Form::weekends;
  if (word == "never") return Days::Form::never;
  return std::nullopt;
}

// "2026-12-01" or "12-01..12-05" in the place of days: how that is written; "" for all else.
std::string dates_meant(const Node& node) {
  Diagnostics unsaid;
  return node.is_scalar() && read_dates(node, unsaid) ? "{dates: [" + node.scalar + "]}" : std::string();
}

std::string form_meant(std::string_view word) {
  auto plain = folded(word);
  std::erase(plain, ' ');
  if (plain == "hangngay" || plain == "moingay" || plain == "everyday" || plain == "tatca") return "daily";
  if (plain == "ngaythuong" || plain == "mon-fri" || plain == "t2-t6" || plain == "thu2-thu6") return "weekdays";
  if (plain == "cuoituan" || plain == "weekend" || plain == "t7-cn" || plain == "sat-sun") return "weekends";
  if (plain == "khong" || plain == "none") return "never";
  for (auto list : {weekday_range_meant(word), other_weekdays_meant(word)}) {
    if (!list.empty()) return list;
  }
  return nearest(word, {"daily", "weekdays", "weekends", "never"});
}

Text days_form() {
  return msg(
      "daily, weekdays, weekends, never, a list such as [mon, wed, fri], {{dates: […]}}, {{lunar: [\"01\", \"15\"]}} "
      "or "
      "{{rrule: \"FREQ=MONTHLY;BYDAY=2TU\"}}");
}

Diagnostic& report(const Node& node, Diagnostics& diagnostics, const char* code, Text message) {
  return diagnostics.error(code, node.span, std::move(message))
      .would(msg("on which days it plays is not known, so it cannot be planned"));
}

/// What a word that is no weekday was meant to be, said without a list: "mon-fri", "rằm"; "" = nothing known.
std::string form_instead_of_list(std::string_view word) {
  if (!weekday_meant(word).empty()) return {};
  auto days = form_of_days_meant(word);
  if (days.empty() || shape_of(word).gaps.size() > 2) days = weekday_range_meant(word);
  return days == "[mon, tue, wed, thu, fri]" ? "weekdays" : days;
}

std::optional<std::size_t> read_weekday(const Node& node, Diagnostics& diagnostics) {
  const auto form = msg("a day of the week: mon, tue, wed, thu, fri, sat or sun");
  const auto word = plain_word(node, diagnostics, form);
  if (!word) return std::nullopt;
  if (const auto day = weekday_of(*word)) return day;
  const auto meant = weekday_meant(*word);
  auto& made = report(node, diagnostics, "weekday-name", msg("“{0}” is not a day of the week", shown(*word)));
  const auto dates = dates_meant(node);
  const auto instead = form_instead_of_list(*word);
  if (auto either = either_weekdays(*word); !either.empty()) {
    made.mend(std::move(either));
    return std::nullopt;
  }
  made.mend(!instead.empty() ? msg("this is said without a list: {0}", instead)
            : !meant.empty() ? write_this(meant)
            : !dates.empty() ? msg("dates stand in a list of their own: {0}", dates)
                             : msg("write {0}", form));
  return std::nullopt;
}

/// [T2, T4] as it is written, where several names are wrong and what is meant is known of all: one mistake.
std::string whole_list_meant(const Node& node) {
  std::vector<std::string> list;
  std::size_t wrong = 0;
  for (const auto& item : node.items) {
    if (!item->is_scalar() || item->reported) return {};
    auto day = weekday_meant(item->scalar);
    if (day.empty() || std::find(list.begin(), list.end(), day) != list.end()) return {};
    if (day != item->scalar) ++wrong;
    list.push_back(std::move(day));
  }
  return wrong > 1 ? flow_list(list) : std::string();
}

std::optional<Days> read_list(const Node& node, Diagnostics& diagnostics) {
  Days days;
  days.form = Days::Form::list;
  days.at = node.span;
  if (node.items.empty()) {
    report(node, diagnostics, "empty-list", msg("the list of days is empty")).mend(msg("write {0}", days_form()));
    return std::nullopt;
  }
  if (const auto meant = whole_list_meant(node); !meant.empty()) {
    report(node, diagnostics, "weekday-name", msg("these are not the names of days of the week"))
        .mend(write_this(meant));
    return std::nullopt;
  }
  bool good = true;
  for (const auto& item : node.items) {
    const auto day = read_weekday(*item, diagnostics);
    good = good && day.has_value();
    if (!day) continue;
    if (days.weekday[*day]) {
      diagnostics.warning("weekday-twice", item->span, msg("{0} stands in the list twice", item->scalar))
          .would(msg("it counts once"))
          .mend(msg("delete one, or write the day that was meant"));
    }
    days.weekday[*day] = true;
  }
  return good ? std::optional(days) : std::nullopt;
}

/// Without "từ" before it and "hàng tuần" behind it, which change nothing.
std::string bare_weekdays(std::string_view word) {
  for (const std::string_view before : {"từ ", "Từ "}) {
    if (word.starts_with(before)) word.remove_prefix(before.size());
  }
  for (const std::string_view behind : {" hàng tuần", " hằng tuần", " mỗi tuần"}) {
    if (word.ends_with(behind)) word.remove_suffix(behind.size());
  }
  return std::string(word);
}

Text advice_about(const Node& node, const std::string& written) {
  const auto word = bare_weekdays(written);
  for (const auto& meant : {dates_meant(node), weekday_list_meant(word), form_meant(word), form_of_days_meant(word)}) {
    if (!meant.empty()) return write_this(meant);
  }
  if (auto either = either_weekdays(word); !either.empty()) return either;
  if (auto either = either_calendar(days_meant(word), "{dates: [\"", "\"]}"); !either.empty()) return either;
  const auto rule = word.starts_with("FREQ=") ? in_quotes(word) : std::string();
  return rule.empty() ? msg("write {0}", days_form()) : write_this("{rrule: " + rule + "}");
}

std::optional<Days> read_word(const Node& node, Diagnostics& diagnostics) {
  const auto word = plain_word(node, diagnostics, days_form());
  if (!word) return std::nullopt;
  if (const auto form = form_of(*word)) {
    Days days;
    days.form = *form;
    days.at = node.span;
    return days;
  }
  const auto day = weekday_list_meant(bare_weekdays(*word));
  report(node, diagnostics, day.empty() ? "not-days" : "weekday-name",
         day.empty() ? msg("“{0}” does not say on which days", shown(*word))
                     : msg("“{0}”: days of the week are written as a list", shown(*word)))
      .mend(advice_about(node, *word));
  return std::nullopt;
}

std::optional<LunarDay> read_lunar_day(const Node& node, Diagnostics& diagnostics) {
  const auto form = msg("\"15\" for every lunar month, \"01-15\" for one, \"12-last\" for a month's last day");
  const auto word = plain_word(node, diagnostics, form);
  if (!word) return std::nullopt;
  if (const auto day = lunar_day(*word)) return day;
  auto meant = lunar_day_meant(*word);
  if (meant.empty()) {
    if (const auto words = days_meant("âm lịch " + *word); words.last.empty()) meant = words.first;
  }
  report(node, diagnostics, "lunar-day", msg("“{0}” is no day of the lunar calendar", shown(*word)))
      .mend(meant.empty() ? msg("write {0}", form) : write_this('"' + meant + '"'));
  return std::nullopt;
}

bool read_lunar(const Node& node, Diagnostics& diagnostics, Days& days) {
  if (!node.is_sequence()) {
    if (const auto day = read_lunar_day(node, diagnostics)) days.lunar.push_back(*day);
    return !days.lunar.empty();
  }
  for (const auto& item : node.items) {
    if (const auto day = read_lunar_day(*item, diagnostics)) days.lunar.push_back(*day);
  }
  if (node.items.empty()) report(node, diagnostics, "empty-list", msg("the list of days is empty"));
  return !node.items.empty() && days.lunar.size() == node.items.size();
}

bool read_rule(Fields& fields, const Node& node, Days& days) {
  const auto rule = read_words(node, fields.diagnostics());
  days.rule_from = fields.date("from");
  days.rule_at = node.span;
  if (rule) days.rule = *rule;
  return rule.has_value();
}

bool read_date_list(const Node& node, Diagnostics& diagnostics, Days& days) {
  auto dates = read_dates(node, diagnostics);
  if (dates) days.dates = std::move(*dates);
  return dates.has_value();
}

/// The one form that the braces name; "" when it is none or several, which is reported here or as an unknown key.
std::string_view form_named(Fields& fields, bool empty) {
  std::string_view form;
  for (const std::string_view key : {"dates", "lunar", "rrule"}) {
    if (!fields.has(key)) continue;
    if (!form.empty()) {
      fields.diagnostics()
          .error("several-kinds", fields.key_span(key), msg("“{0}” stands beside “{1}”", key, form))
          .would(msg("on which days it plays is not known, so it cannot be planned"))
          .mend(msg("write {0}", days_form()));
      return {};
    }
    form = key;
  }
  if (form.empty() && empty) fields.require("dates", msg("write {0}", days_form()));
  return form;
}

std::optional<Days> read_mapping(const std::shared_ptr<const Node>& node, Diagnostics& diagnostics) {
  Fields fields(node, diagnostics, msg("a form of days"));
  Days days;
  days.at = node->span;
  const auto form = form_named(fields, node->entries.empty());
  NodePtr value;
  for (const std::string_view key : {"dates", "lunar", "rrule"}) {
    auto found = fields.find(key);
    if (key == form) value = std::move(found);
  }
  bool good = false;
  if (value && form == "dates") {
    days.form = Days::Form::dates;
    good = read_date_list(*value, diagnostics, days);
  } else if (value && form == "lunar") {
    days.form = Days::Form::lunar;
    good = read_lunar(*value, diagnostics, days);
    days.leap = fields.flag("leap").value_or(false);
  } else if (value) {
    days.form = Days::Form::rrule;
    good = read_rule(fields, *value, days);
  }
  fields.finish();
  return good ? std::optional(days) : std::nullopt;
}

/// Dates rather than a form of `repeat`: no word of it is a day of the week.
bool is_dates(const Node& node) {
  if (node.is_mapping()) return false;
  if (node.is_sequence()) {
    return std::any_of(node.items.begin(), node.items.end(),
                       [](const auto& item) { return item->is_scalar() && weekday_meant(item->scalar).empty(); });
  }
  return node.scalar.empty() ||
         (!form_of(node.scalar) && form_meant(node.scalar).empty() && weekday_list_meant(node.scalar).empty());
}

}  // namespace

std::optional<Days> read_days(const Node& node, Diagnostics& diagnostics) {
  if (node.is_sequence()) return read_list(node, diagnostics);
  if (node.is_mapping()) return read_mapping(std::make_shared<const Node>(node), diagnostics);
  return read_word(node, diagnostics);
}

std::optional<Days> read_days_or_dates(const Node& node, Diagnostics& diagnostics) {
  const bool every_month =
      node.is_scalar() && days_meant(node.scalar).kind == DaysMeant::Kind::every_lunar_month;  // no dates
  if (every_month || !is_dates(node)) return read_days(node, diagnostics);
  Days days;
  days.form = Days::Form::dates;
  days.at = node.span;
  return read_date_list(node, diagnostics, days) ? std::optional(days) : std::nullopt;
}

}  // namespace loa::config
