// Silence at an instant: the hours, the session that pauses, the programme that is kept off, the neighbours.
#include <algorithm>

#include "scheduler/check_findings.hpp"
#include "scheduler/explain_parts.hpp"

namespace loa::scheduler {

namespace {

namespace chr = std::chrono;
using config::msg;

constexpr std::size_t kMostKeptOff = 5;

void tell_answer(Telling& telling, Instant instant) {
  telling.add(Topic::answer, msg("{0} at {1}: silence", both_calendars(telling.schedule.zone.day(instant)),
                                 time_words(instant, telling.schedule.zone)));
}

/// The session of the highest priority that holds the instant.
const DraftSession* session_at(const Telling& telling, Instant instant) {
  for (const auto& session : telling.draft.sessions) {
    if (session.occurrence.start <= instant && instant < session.end) return &session;
  }
  return nullptr;
}

/// The fill whose rest is the gap before `behind` (null: before the slot's end): everything that fits is played. What
/// follows it up to a pin keeps its room.
const Entry* fill_before(const DraftSession& session, const LaidItem* behind) {
  const Entry* fill = nullptr;
  for (const auto& entry : session.occurrence.entries) {
    if (behind != nullptr && entry.position >= behind->entry->position) break;
    if (entry.pin) fill = nullptr;
    if (entry.kind == Entry::Kind::fill) fill = &entry;
  }
  return fill;
}

void tell_gap(Telling& telling, const DraftSession& session, Instant instant) {
  const auto& programme = *session.occurrence.programme;
  const auto next = std::find_if(session.items.begin(), session.items.end(),
                                 [&](const LaidItem& item) { return item.start > instant && item.frames > Frames(0); });
  auto ends = session.occurrence.start;
  for (const auto& item : session.items) {
    if (item.end() <= instant) ends = std::max(ends, item.end());
  }
  if (const auto* fill = fill_before(session, next != session.items.end() ? &*next : nullptr)) {
    const auto until = next != session.items.end() ? next->start : session.end;
    telling.add(
        Topic::fill,
        msg("of the recordings that fill none fits whole into the {0} that are left", length_words(until - ends)),
        fill->rule->at);
  }
  if (next != session.items.end()) {
    const auto& rule = *next->entry->rule;
    telling.add(Topic::time,
                msg("“{0}” pauses from {1}: its next item begins at {2}", programme.id, telling.clock(ends),
                    telling.clock(next->start)),
                next->pinned ? rule.pin_at : rule.at);
    return;
  }
  telling.add(Topic::slot,
              msg("the items of “{0}” end at {1}; the rest of its slot, until {2}, is silence", programme.id,
                  telling.clock(ends), telling.clock(session.end)),
              programme.places.length.source != nullptr ? programme.places.length : programme.span);
}

/// What is planned for the instant, outside the permitted hours.
void tell_gated(Telling& telling, const DraftSession& session, Instant instant) {
  for (const auto& item : session.items) {
    if (instant < item.start || item.end() <= instant) continue;
    const auto planned = planned_item(session, item);
    telling.add(Topic::item,
                msg("{0} is planned from {1} to {2} and is not heard", named(planned), telling.clock(planned.start),
                    telling.clock(planned.end())),
                item.entry->rule->at);
  }
  tell_rules(telling, session);
}

void tell_neighbours(Telling& telling, Instant instant) {
  const DraftSession *before = nullptr, *after = nullptr;
  for (const auto& session : telling.draft.sessions) {
    if (session.items.empty()) continue;
    if (session.end <= instant && (before == nullptr || before->end < session.end)) before = &session;
    const bool sooner = after == nullptr || session.occurrence.start < after->occurrence.start;
    if (instant < session.occurrence.start && sooner) after = &session;
  }
  const auto when = [&](Instant each) {
    const auto day = telling.schedule.zone.day(each);
    return day == telling.schedule.zone.day(instant) ? config::Text::verbatim(telling.clock(each))
                                                     : msg("{0}, {1}", telling.clock(each), date_words(day));
  };
  if (before != nullptr) {
    telling.add(Topic::neighbour,
                msg("before it “{0}” ended at {1}", before->occurrence.programme->id, when(before->end)),
                before->occurrence.programme->span);
  }
  if (after == nullptr) telling.add(Topic::neighbour, msg("nothing is planned in the two days after it"));
  if (after != nullptr) {
    telling.add(Topic::neighbour,
                msg("after it “{0}” begins at {1}", after->occurrence.programme->id, when(after->occurrence.start)),
                after->occurrence.programme->span);
  }
}

/// How long a session at that time would last: a minute at the least, since places of campaigns are given away day by
/// day.
Instant end_of(Telling& telling, const Slot& slot, Date day) {
  const auto session = occurrence_of(telling.schedule, telling.recordings, slot, day);
  if (slot.programme->length) return session.start + Frames(*slot.programme->length);
  return std::max(content_end(session, lay_out(session, std::nullopt, Lengths::known)),
                  session.start + chr::minutes(1));
}

/// Moved or shifted: it plays, but not then.
bool tell_elsewhere(Telling& telling, const DayStory& story, const Slot& base) {
  for (const auto& slot : story.slots) {
    if (slot.programme != base.programme || slot.nominal != base.nominal) continue;
    if (slot.start == base.start || slot.timed_by == nullptr) return false;
    const TimeOfDay at{chr::floor<chr::seconds>(slot.start - chr::floor<chr::days>(slot.start))};
    telling.add(Topic::other,
                msg("“{0}” would begin at {1}, but the calendar lets it begin at {2}: {3}", slot.programme->id,
                    config::to_string(base.nominal), config::to_string(at), cited(*slot.timed_by)),
                slot.timed_by->span);
    return true;
  }
  return false;
}

/// Of one programme on one day; true when something was told.
bool tell_one(Telling& telling, const DayStory& story, const ProgrammeDay& day, Date date, Instant instant) {
  if (day.programme->repeat.is_empty() && day.programme->repeat.rule == nullptr && day.steps.empty()) return false;
  for (const auto time : day.times) {
    const Slot base{day.programme, time, chr::local_days(date) + time.since_midnight, nullptr, nullptr};
    const auto start = telling.schedule.zone.instant(base.start);
    if (instant < start || start + chr::days(1) <= instant || end_of(telling, base, date) <= instant) continue;
    return day.plays ? tell_elsewhere(telling, story, base) : tell_off(telling, day, date, time);
  }
  return false;
}

void tell_idle(Telling& telling, Instant instant) {
  for (const auto& idle : telling.draft.idle) {
    const auto lasts = idle.programme->length.value_or(chr::minutes(1));
    if (instant < idle.start || idle.start + Frames(lasts) <= instant) continue;
    telling.add(Topic::other,
                msg("“{0}” would begin at {1}, but has nothing to play on this day", idle.programme->id,
                    telling.clock(idle.start)),
                idle.programme->span);
    for (const auto& rule : idle.programme->items) tell_position(telling, rule, idle);
  }
}

}  // namespace

void tell_kept_off(Telling& telling, Instant instant) {
  const auto today = chr::sys_days(telling.schedule.zone.day(instant));
  std::size_t told = 0;
  for (const auto day : {today, today - chr::days(1)}) {
    const auto story = telling.timetable.story(Date(day));
    for (const auto& programme : story.programmes) {
      if (told < kMostKeptOff && tell_one(telling, story, programme, Date(day), instant)) ++told;
    }
  }
}

void tell_silence(Telling& telling, Instant instant) {
  tell_answer(telling, instant);
  const bool permitted = tell_hours(telling, instant);
  if (permitted) telling.told.steps.pop_back();  // no reason for silence
  const auto* session = session_at(telling, instant);
  if (session != nullptr && !permitted) {
    tell_gated(telling, *session, instant);
  } else if (session != nullptr) {
    telling.told.session = planned_session(*session);
    for (const auto& item : session->items) telling.told.items.push_back(planned_item(*session, item));
    tell_gap(telling, *session, instant);
  }
  tell_kept_off(telling, instant);
  tell_idle(telling, instant);
  if (session == nullptr && telling.told.steps.size() == 1) {
    const auto* line = telling.timetable.silenced_by(telling.schedule.zone.day(instant));
    if (line != nullptr)
      telling.add(Topic::calendar, msg("the calendar mutes the whole day: {0}", cited(*line)), line->span);
    if (line == nullptr) telling.add(Topic::neighbour, msg("no programme has this time"));
  }
  tell_neighbours(telling, instant);
}

}  // namespace loa::scheduler
