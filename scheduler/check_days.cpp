// Findings about days: nothing plays, a holiday has no date, the lunar table ends.
#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <set>

#include "scheduler/check_draft.hpp"

namespace loa::scheduler {

namespace {

namespace chr = std::chrono;
using config::Diagnostics;
using config::msg;
using config::Severity;

constexpr chr::month kAnnounced = chr::October;  // by then the coming year's days off are usually known

unsigned weekday_of(Date day) {
  return chr::weekday(chr::sys_days(day)).c_encoding();
}

/// Days of the week on which something plays in the window.
std::array<bool, 7> weekdays_with_sound(const std::set<Date>& with_sound) {
  std::array<bool, 7> plays{};
  for (const auto day : with_sound) plays.at(weekday_of(day)) = true;
  return plays;
}

void report_muted(const CalendarLine& line, Date date, Findings& findings) {
  auto* found = findings.note(Severity::warning, "silent-day", line.span, {}, "", date, Findings::Dates::each);
  if (found == nullptr) return;
  found->message = line.name.empty() ? msg("no programme plays: this line mutes all")
                                     : msg("no programme plays: “{0}” mutes all", line.name);
  found->would(msg("silence the whole day"));
}

void report_silent(bool by_weekday, Date date, Findings& findings) {
  const auto variant = by_weekday ? std::string("weekday") : config::to_string(date);
  auto* found = findings.note(Severity::warning, "silent-day", {}, {}, variant, date, Findings::Dates::each);
  if (found == nullptr) return;
  found->file = "schedule";
  found->message = msg("no programme plays");
  found->would(msg("silence the whole day"));
  found->mend(msg("look at “repeat”, “except”, “from” and “until” of the programmes, and at “calendar”"));
}

using Ask = std::function<void(const DateSpan&)>;

/// Every span of dates in the schedule, those of the holidays' list left out.
void each_span(const Schedule& schedule, const Ask& ask) {
  const auto of = [&](const DaySet& set) { std::for_each(set.words.dates.begin(), set.words.dates.end(), ask); };
  for (const auto& hours : schedule.permitted_hours) of(hours.days);
  for (const auto& hours : schedule.soft_hours) of(hours.days);
  for (const auto& limit : schedule.limits) {
    of(limit.days);
    of(limit.except);
  }
  for (const auto& line : schedule.calendar) of(line.on);
  for (const auto& programme : schedule.programmes) {
    of(programme.repeat);
    of(programme.except);
    for (const auto& item : programme.items) {
      if (item.days) of(*item.days);
    }
  }
}

/// The first holidays' names, each with its first place.
std::map<std::string, config::Span> holidays_named(const Schedule& schedule) {
  std::map<std::string, config::Span> named;
  each_span(schedule, [&](const DateSpan& span) {
    if (span.kind == DateSpan::Kind::holiday) named.try_emplace(span.holiday, span.at);
  });
  return named;
}

bool has_days_in(const Holiday& holiday, chr::year year) {
  return std::any_of(holiday.days.begin(), holiday.days.end(), [&](const DateSpan& span) {
    return span.kind != DateSpan::Kind::dates || (span.first.year() <= year && year <= span.last.year());
  });
}

/// Where the schedule first goes by the lunar calendar; nothing when it never does.
std::optional<config::Span> lunar_at(const Schedule& schedule) {
  std::optional<config::Span> found;
  const auto take = [&](config::Span at) {
    if (!found) found = at;
  };
  const auto by_form = [&](const DaySet& set) {
    if (set.words.form == Days::Form::lunar) take(set.words.at);
  };
  for (const auto& hours : schedule.permitted_hours) by_form(hours.days);
  for (const auto& hours : schedule.soft_hours) by_form(hours.days);
  for (const auto& limit : schedule.limits) by_form(limit.days);
  for (const auto& line : schedule.calendar) by_form(line.on);
  for (const auto& programme : schedule.programmes) {
    by_form(programme.repeat);
    for (const auto& item : programme.items) {
      if (item.days) by_form(*item.days);
    }
  }
  each_span(schedule, [&](const DateSpan& span) {
    if (span.kind == DateSpan::Kind::lunar) take(span.at);
    if (span.kind != DateSpan::Kind::holiday) return;
    const auto holiday = schedule.holidays->find(span.holiday);
    if (holiday == schedule.holidays->end()) return;
    for (const auto& each : holiday->second.days) {
      if (each.kind == DateSpan::Kind::lunar) take(span.at);
    }
  });
  return found;
}

}  // namespace

void report_silent_days(const Checked& checked, int days, Findings& findings) {
  const Timetable timetable(checked.schedule);
  std::set<Date> with_sound;
  for (const auto& session : checked.draft.sessions) {
    if (session.occurrence.held >= checked.today) with_sound.insert(session.occurrence.held);
  }
  const auto plays = weekdays_with_sound(with_sound);
  std::set<Date> told;  // sessions without anything to play say it themselves
  for (const auto& session : checked.draft.idle) told.insert(session.held);
  for (int i = 0; i < days; ++i) {
    const Date date = chr::sys_days(checked.today) + chr::days(i);
    if (with_sound.contains(date) || told.contains(date)) continue;
    if (const auto* line = timetable.silenced_by(date)) {
      report_muted(*line, date, findings);
    } else {
      report_silent(!plays.at(weekday_of(date)), date, findings);
    }
  }
}

void report_holidays(const Schedule& schedule, Date today, Diagnostics& diagnostics) {
  for (const auto& [id, at] : holidays_named(schedule)) {
    const auto holiday = schedule.holidays->find(id);
    if (holiday == schedule.holidays->end() || holiday->second.days.empty()) continue;  // a mistake in it was told
    const auto coming = today.month() >= kAnnounced ? today.year() + chr::years(1) : today.year();
    for (auto year = today.year(); year <= coming; ++year) {
      if (has_days_in(holiday->second, year)) continue;
      diagnostics
          .warning("holiday-without-date", at,
                   msg("the list of holidays has no date of “{0}” in {1} ({2})", id, static_cast<int>(year),
                       holiday->second.at.file_line()))
          .would(msg("that year would be played as if there were no such holiday"))
          .mend(
              msg("write its dates into the station's own list, with all holidays that the schedule names: “holidays: "
                  "holidays.yaml” in station.yaml"));
    }
  }
}

void report_calendar(const Schedule& schedule, Date from, Date to, Diagnostics& diagnostics) {
  if (calendar::kFirstLunarDay <= from && chr::sys_days(to) - chr::days(1) <= chr::sys_days(calendar::kLastLunarDay)) {
    return;
  }
  const auto at = lunar_at(schedule);
  if (!at) return;
  diagnostics
      .error("lunar-range", *at,
             msg("the lunar calendar is known from {0} to {1} only", config::to_string(calendar::kFirstLunarDay),
                 config::to_string(calendar::kLastLunarDay)))
      .would(msg("outside these dates its days would be left out in silence"))
      .mend(msg("ask about dates within them"));
}

}  // namespace loa::scheduler
