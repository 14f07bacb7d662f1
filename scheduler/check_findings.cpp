// Keeps one diagnostic for each finding and writes its dates behind it.
#include "scheduler/check_findings.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

namespace loa::scheduler {

namespace {

namespace chr = std::chrono;
using config::msg;
using config::Severity;
using config::Text;

Text weekday_words(chr::weekday day) {
  switch (day.c_encoding()) {
    case 1:
      return msg("Mon");
    case 2:
      return msg("Tue");
    case 3:
      return msg("Wed");
    case 4:
      return msg("Thu");
    case 5:
      return msg("Fri");
    case 6:
      return msg("Sat");
    case 0:
      break;
  }
  return msg("Sun");
}

std::string day_month_year(Date date) {
  std::array<char, 32> text{};
  const int length = std::snprintf(text.data(), text.size(), "%02u/%02u/%04d", static_cast<unsigned>(date.day()),
                                   static_cast<unsigned>(date.month()), static_cast<int>(date.year()));
  return std::string(text.data(), static_cast<std::size_t>(length));
}

Text with_dates(Text message, Date first, Date last, unsigned long days) {
  if (days == 1) return msg("{0} ({1})", std::move(message), date_words(first));
  return msg("{0} ({1}, {2} days until {3})", std::move(message), date_words(first), days, date_words(last));
}

/// "…: T3 01/12/2026, T4 02/12/2026".
Text with_each(Text message, const std::vector<Date>& dates) {
  auto list = date_words(dates.front());
  for (std::size_t i = 1; i < dates.size(); ++i) list = msg("{0}, {1}", std::move(list), date_words(dates[i]));
  return msg("{0} ({1})", std::move(message), std::move(list));
}

bool lies_in(const config::Span& place, const config::Span& span) {
  return place.source != nullptr && place.source == span.source && span.begin <= place.begin && place.begin < span.end;
}

}  // namespace

Text date_words(Date date) {
  return msg("{0} {1}", weekday_words(chr::weekday(chr::sys_days(date))), day_month_year(date));
}

std::string length_words(Frames length) {
  if (length >= chr::seconds(10)) return config::to_string(config::Duration(chr::round<chr::seconds>(length)));
  const auto tenths = chr::ceil<chr::duration<int, std::deci>>(length).count();
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + "s";
}

std::string time_words(Instant instant, const calendar::Zone& zone) {
  const auto local = zone.local(instant);
  const auto day = chr::floor<chr::days>(local);
  const auto text = config::to_string(config::TimeOfDay{chr::floor<chr::seconds>(local - day)});
  const auto ms = (local - chr::floor<chr::seconds>(local)).count();
  if (ms == 0) return text;
  std::array<char, 8> fraction{};
  std::snprintf(fraction.data(), fraction.size(), ".%03d", static_cast<int>(ms));
  return (text.size() == 5 ? text + ":00" : text) + fraction.data();
}

config::Diagnostic* Findings::note(Severity severity, const char* code, config::Span at, config::Span other,
                                   const std::string& variant, Date date, Dates dates) {
  const auto [entry, is_new] =
      index_.try_emplace({code, at.source, at.begin, other.source, other.begin, variant}, told_.size());
  if (is_new) {
    auto& told = told_.emplace_back();
    told.diagnostic.severity = severity;
    told.diagnostic.code = code;
    told.diagnostic.at = at;
    told.diagnostic.other = other;
    told.first = told.last = date;
    told.days = 1;
    if (dates == Dates::each) told.each.push_back(date);
    return &told.diagnostic;
  }
  auto& told = told_[entry->second];
  if (date == told.last) return nullptr;
  ++told.days;
  if (dates == Dates::each) told.each.push_back(date);
  told.first = std::min(told.first, date);
  told.last = std::max(told.last, date);
  return nullptr;
}

bool Findings::said_before(const std::string& code, config::Span span) const {
  const auto& all = diagnostics_.all();
  return std::any_of(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(before_), [&](const auto& diagnostic) {
    return diagnostic.code == code && (lies_in(diagnostic.at, span) || lies_in(diagnostic.other, span));
  });
}

void Findings::finish() {
  for (auto& told : told_) {
    auto& from = told.diagnostic;
    auto message = told.each.empty() ? with_dates(std::move(from.message), told.first, told.last, told.days)
                                     : with_each(std::move(from.message), told.each);
    const bool placed = from.at.source != nullptr;
    auto& to = from.severity == Severity::error
                   ? (placed ? diagnostics_.error(from.code, from.at, std::move(message))
                             : diagnostics_.file_error(from.code, from.file, std::move(message)))
                   : (placed ? diagnostics_.warning(from.code, from.at, std::move(message))
                             : diagnostics_.file_warning(from.code, from.file, std::move(message)));
    to.on_air = std::move(from.on_air);
    to.hint = std::move(from.hint);
    to.other = from.other;
  }
  told_.clear();
  index_.clear();
}

}  // namespace loa::scheduler
