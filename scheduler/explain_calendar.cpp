// A programme's own rules on a day, and the lines of the calendar over them.
#include <fmt/format.h>

#include <algorithm>

#include "scheduler/check_findings.hpp"
#include "scheduler/explain_parts.hpp"

namespace loa::scheduler {

namespace {

using config::msg;
using config::Text;
using Kind = LayerStep::Kind;

/// "“Tết Nguyên đán”, lunar 01-01..01-03"; without a name the days alone.
std::string line_words(const CalendarLine& line) {
  const auto days = quoted(line.on);
  if (line.name.empty()) return days;
  return "“" + line.name + "”" + (days.empty() ? "" : ", " + days);
}

std::string shift_words(Duration by) {
  return by < Duration(0) ? "-" + config::to_string(-by) : "+" + config::to_string(by);
}

Text action_words(const ProgrammeDay& day, const LayerStep& step) {
  const auto& id = day.programme->id;
  switch (step.kind) {
    case Kind::muted:
      return msg("mutes “{0}”", id);
    case Kind::muted_with_all:
      return msg("mutes everything, whatever the other lines say");
    case Kind::replaced:
      return msg("“{0}” plays in the place of “{1}”", step.other->id, id);
    case Kind::standing_in:
      return msg("“{0}” plays in the place of “{1}”", id, step.other->id);
    case Kind::added:
      return msg("adds “{0}”", id);
    case Kind::moved:
      return msg("moves “{0}” to {1}", id, config::to_string(step.to));
    case Kind::shifted:
      return msg("shifts “{0}” by {1}", id, shift_words(step.by));
  }
  return {};
}

Text step_words(const ProgrammeDay& day, const LayerStep& step) {
  const auto action = action_words(day, step);
  return step.has_effect
             ? msg("the calendar ({0}): {1}", line_words(*step.line), action)
             : msg("the calendar ({0}): {1}, which changes nothing on this day", line_words(*step.line), action);
}

/// Where on its line the programme stands.
config::Span place_of(const ProgrammeDay& day, const LayerStep& step) {
  const auto& line = *step.line;
  const auto& id = day.programme->id;
  const auto in = [&](const std::vector<NamedProgramme>& names) {
    const auto found = std::find_if(names.begin(), names.end(), [&](const auto& each) { return each.id == id; });
    return found == names.end() ? line.span : found->at;
  };
  const auto in_pairs = [&](const auto& pairs) {
    const auto found = std::find_if(pairs.begin(), pairs.end(), [&](const auto& each) { return each.first.id == id; });
    return found == pairs.end() ? line.span : found->first.at;
  };
  switch (step.kind) {
    case Kind::muted:
      return in(line.mute);
    case Kind::added:
      return in(line.add);
    case Kind::replaced:
      return in_pairs(line.replace);
    case Kind::moved:
      return in_pairs(line.move);
    case Kind::shifted:
      return in_pairs(line.shift);
    case Kind::standing_in:
    case Kind::muted_with_all:
      break;
  }
  return line.span;
}

bool keeps_off(Kind kind) {
  return kind == Kind::muted || kind == Kind::muted_with_all || kind == Kind::replaced;
}

/// The span of `except` that means the day.
config::Span except_place(const Programme& programme, Date date) {
  const CivilDay day(date);
  for (const auto& span : programme.except.words.dates) {
    if (contains(span, day, programme.except.holidays.get())) return span.at;
  }
  return programme.span;
}

config::Span or_programme(const config::Span& place, const Programme& programme) {
  return place.source != nullptr ? place : programme.span;
}

Text off_words(const Programme& programme, Off off, Date date, config::Span& at) {
  const auto& places = programme.places;
  switch (off) {
    case Off::before_from:
      at = or_programme(places.from, programme);
      return msg("“{0}” is valid only from {1}", programme.id, both_calendars(*programme.from));
    case Off::after_until:
      at = or_programme(places.until, programme);
      return msg("“{0}” was valid only until {1}", programme.id, both_calendars(*programme.until));
    case Off::not_repeated:
      at = or_programme(places.repeat, programme);
      return msg("“{0}” does not play on {1}: “repeat: {2}”", programme.id, both_calendars(date),
                 quoted(programme.repeat));
    case Off::excepted:
      at = except_place(programme, date);
      return msg("“{0}” does not play on {1}: “except” names that day", programme.id, both_calendars(date));
    case Off::none:
      break;
  }
  return {};
}

void tell_own_days(Telling& telling, const ProgrammeDay& day, Date date) {
  const auto& programme = *day.programme;
  const auto words = quoted(programme.repeat);
  if (day.off != Off::none) {
    config::Span at;
    auto told = off_words(programme, day.off, date, at);
    const auto& steps = telling.told.steps;
    const bool said = std::any_of(steps.begin(), steps.end(), [&](const Step& step) {
      return step.at.source == at.source && step.at.begin == at.begin &&
             step.words.in(config::Language::en) == told.in(config::Language::en);
    });
    if (!said) telling.add(Topic::programme, std::move(told), at);
    return;
  }
  telling.add(Topic::programme,
              words.empty() ? msg("it plays every day, as nothing else is said, so on {0}", both_calendars(date))
                            : msg("“repeat: {0}”, so it plays on {1}", words, both_calendars(date)),
              or_programme(programme.places.repeat, programme));
}

}  // namespace

Text both_calendars(Date day) {
  const auto lunar = calendar::lunar_date(day);
  if (!lunar) return date_words(day);
  const auto month = fmt::format("{:02}", lunar->month), of_month = fmt::format("{:02}", lunar->day);
  return lunar->leap ? msg("{0} (lunar {1}-{2}, leap month)", date_words(day), month, of_month)
                     : msg("{0} (lunar {1}-{2})", date_words(day), month, of_month);
}

const ProgrammeDay& day_of(const DayStory& story, const Programme& programme) {
  return *std::find_if(story.programmes.begin(), story.programmes.end(),
                       [&](const ProgrammeDay& each) { return each.programme == &programme; });
}

void tell_programme(Telling& telling, const ProgrammeDay& day, Date date) {
  const auto& programme = *day.programme;
  for (auto step = day.steps.rbegin(); step != day.steps.rend(); ++step) {
    if (&*step != telling.told_off) telling.add(Topic::calendar, step_words(day, *step), place_of(day, *step));
  }
  const auto effective =
      std::count_if(day.steps.begin(), day.steps.end(), [](const auto& step) { return step.has_effect; });
  if (effective > 1)
    telling.add(Topic::calendar, msg("of several lines the later one wins, “mute: all” over every other"));
  telling.add(Topic::programme, msg("programme “{0}”: {1}", programme.id, programme.title), programme.span);
  std::string times;
  for (std::size_t i = 0; i < std::min<std::size_t>(day.times.size(), 12); ++i) {
    times += (times.empty() ? "" : ", ") + config::to_string(day.times[i]);
  }
  if (day.times.size() > 12) times += " …";
  if (!times.empty())
    telling.add(Topic::programme, msg("it begins at {0}", times), or_programme(programme.at_span, programme));
  tell_own_days(telling, day, date);
  if (day.off != Off::none) return;
  if (programme.from)
    telling.add(Topic::programme, msg("valid from {0}", date_words(*programme.from)), programme.places.from);
  if (programme.until)
    telling.add(Topic::programme, msg("valid until {0}", date_words(*programme.until)), programme.places.until);
}

bool tell_off(Telling& telling, const ProgrammeDay& day, Date date, std::optional<TimeOfDay> time) {
  const auto& programme = *day.programme;
  const auto decided = std::find_if(day.steps.rbegin(), day.steps.rend(),
                                    [](const LayerStep& step) { return step.has_effect && keeps_off(step.kind); });
  if (day.plays || day.stands_in) return false;
  if (decided != day.steps.rend()) {
    telling.told_off = &*decided;
    telling.add(Topic::other,
                time ? msg("“{0}” would begin at {1}, but {2}", programme.id, config::to_string(*time),
                           step_words(day, *decided))
                     : msg("“{0}” is kept off: {1}", programme.id, step_words(day, *decided)),
                place_of(day, *decided));
    return true;
  }
  if (day.off == Off::none) return false;
  config::Span at;
  const auto words = off_words(programme, day.off, date, at);
  telling.add(Topic::other, time ? msg("at {0}: {1}", config::to_string(*time), words) : words, at);
  return true;
}

}  // namespace loa::scheduler
