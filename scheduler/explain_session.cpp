// A session: its rules, who breaks in, limits, permitted hours.
#include <fmt/format.h>

#include <algorithm>

#include "scheduler/check_draft.hpp"
#include "scheduler/explain_parts.hpp"

namespace loa::scheduler {

namespace {

using config::msg;
using config::Text;

constexpr std::size_t kMostOfPosition = 8;  // clips of one position, told one by one but for the last

/// At the key that makes the priority, else at the programme.
config::Span rank_place(const Programme& programme) {
  return programme.places.priority.source != nullptr ? programme.places.priority : programme.span;
}

void tell_priorities(Telling& telling, const DraftSession& session) {
  for (const auto& other : telling.draft.sessions) {
    const auto& programme = *other.occurrence.programme;
    const auto from = telling.clock(other.occurrence.start), until = telling.clock(other.end);
    if (breaks_into(other, session)) {
      telling.add(Topic::priority,
                  programme.ordered_by.empty()
                      ? msg("“{0}” has a higher priority and the air from {1} to {2}", programme.id, from, until)
                      : msg("“{0}” has a higher priority and the air from {1} to {2}, ordered by {3}", programme.id,
                            from, until, programme.ordered_by),
                  rank_place(programme));
    } else if (breaks_into(session, other)) {
      telling.add(Topic::priority,
                  msg("it has a higher priority than “{0}”, planned from {1} to {2}, and breaks into it", programme.id,
                      from, until),
                  rank_place(*session.occurrence.programme));
    }
  }
}

void tell_limits(Telling& telling, const DraftSession& session) {
  for (const auto& breach : breaches(telling.schedule, telling.draft)) {
    if (&telling.draft.sessions[breach.session] != &session) continue;
    const auto& rule = breach.limit->rule;
    telling.add(Topic::limit,
                rule.enforce ? msg("{0}; what is beyond it stays silent", breach_words(breach, session.occurrence))
                             : msg("{0}; it is played all the same", breach_words(breach, session.occurrence)),
                rule.at);
  }
}

void tell_slot(Telling& telling, const DraftSession& session) {
  const auto& programme = *session.occurrence.programme;
  if (programme.length) {
    telling.add(
        Topic::slot,
        session.finishes()
            ? msg("its slot is {0}; it is played to its end all the same", config::to_string(*programme.length))
            : msg("its slot is {0}, until {1}", config::to_string(*programme.length), telling.clock(*session.slot_end)),
        programme.places.length);
  }
  if (!session.next || *session.next != session.end) return;
  telling.add(Topic::slot, msg("it ends at {0}, where the next session begins", telling.clock(session.end)),
              programme.span);
}

}  // namespace

bool tell_hours(Telling& telling, Instant instant) {
  const auto& schedule = telling.schedule;
  if (const auto* hours = permitting(schedule, instant)) {
    telling.add(
        Topic::hours,
        msg("within the permitted hours, {0} to {1}", config::to_string(hours->from), config::to_string(hours->until)),
        hours->at);
    if (const auto* soft = softening(schedule, instant)) {
      telling.add(Topic::hours,
                  msg("within soft hours, {0} to {1}: {2} dB softer", config::to_string(soft->from),
                      config::to_string(soft->until), fmt::format("{:g}", -soft->gain)),
                  soft->at);
    }
    return true;
  }
  const auto later = permitted(schedule, instant, instant + std::chrono::days(1));
  const auto place = schedule.permitted_hours.empty() ? config::Span{} : schedule.permitted_hours.front().at;
  telling.add(Topic::hours,
              later.empty() ? msg("outside the permitted hours: nothing of a schedule sounds")
                            : msg("outside the permitted hours, which begin at {0}: nothing of a schedule sounds",
                                  telling.clock(later.front().from)),
              place);
  return false;
}

void tell_session(Telling& telling, const DraftSession& session) {
  const auto& programme = *session.occurrence.programme;
  telling.add(Topic::answer,
              msg("{0}: “{1}” from {2} to {3}", both_calendars(session.occurrence.held), programme.title,
                  telling.clock(session.occurrence.start), telling.clock(session.end)),
              programme.span);
  std::size_t of_position = 0;
  for (std::size_t i = 0; i < session.items.size(); ++i) {
    const auto& item = session.items[i];
    of_position = i > 0 && session.items[i - 1].entry == item.entry ? of_position + 1 : 1;
    if (of_position > kMostOfPosition) continue;
    if (of_position == kMostOfPosition) {
      const auto of_entry = [&](const LaidItem& each) { return each.entry == item.entry; };
      const auto rest =
          std::count_if(session.items.begin() + static_cast<std::ptrdiff_t>(i), session.items.end(), of_entry);
      telling.add(Topic::item, msg("{0}: {1} more", std::to_string(item.entry->position), std::to_string(rest)),
                  item.entry->rule->at);
      continue;
    }
    const auto planned = planned_item(session, item);
    telling.add(Topic::item,
                msg("{0}: {1} at {2}, {3}", planned.index, named(planned), telling.clock(item.start),
                    length_words(item.frames)),
                item.entry->rule->at);
  }
  const auto& held = session.occurrence.entries;
  for (std::size_t i = 0; i < programme.items.size(); ++i) {
    const auto stands = [&](const Entry& entry) { return entry.rule == &programme.items[i]; };
    if (std::none_of(held.begin(), held.end(), stands)) tell_position(telling, programme.items[i], session.occurrence);
  }
}

void tell_rules(Telling& telling, const DraftSession& session) {
  const auto& occurrence = session.occurrence;
  tell_priorities(telling, session);
  tell_limits(telling, session);
  tell_slot(telling, session);
  const auto story = telling.timetable.story(occurrence.date);
  tell_programme(telling, day_of(story, *occurrence.programme), occurrence.date);
  const auto& steps = telling.told.steps;
  const bool said =
      std::any_of(steps.begin(), steps.end(), [](const Step& step) { return step.topic == Topic::hours; });
  if (!said) tell_hours(telling, telling.told.instant);
}

}  // namespace loa::scheduler
