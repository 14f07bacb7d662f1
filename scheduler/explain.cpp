// What is asked about: an instant, a session, an item.
#include "scheduler/explain.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "scheduler/check_draft.hpp"
#include "scheduler/explain_parts.hpp"

namespace loa::scheduler {

namespace {

namespace chr = std::chrono;
using config::msg;
using config::Text;

constexpr std::size_t kMostProgrammes = 100;  // of a day

constexpr std::size_t kMostNearest = 8;

Date plus(Date day, chr::days days) {
  return Date(chr::sys_days(day) + days);
}

/// A question about the days around `day`.
class Question {
 public:
  Question(const Schedule& schedule, const playlists::Catalogue& catalogue, Date day)
      : recordings_(schedule, catalogue),
        draft_(make_draft(schedule, recordings_, plus(day, -kLongestSession), plus(day, kLongestSession))),
        telling_{schedule, catalogue, recordings_, draft_, Timetable(schedule)} {}

  /// Lunar days are asked about outside their table: nothing can be said (contract 2).
  std::optional<Explanation> refused(Date day) {
    config::Diagnostics found;
    report_calendar(telling_.schedule, day, plus(day, chr::days(1)), found);
    if (!found.has_errors()) return std::nullopt;
    const auto& first = found.all().front();
    telling_.told.answer = Explanation::Answer::unknown;
    telling_.add(Topic::answer, first.message, first.at);
    return std::move(telling_.told);
  }

  Explanation of_day(Date day) {
    auto& told = telling_.told;
    told.answer = Explanation::Answer::day;
    told.instant = telling_.schedule.zone.instant(calendar::LocalTime(chr::local_days(day)));
    std::vector<const DraftSession*> held;
    for (const auto& session : draft_.sessions) {
      if (session.occurrence.held == day) held.push_back(&session);
    }
    std::sort(held.begin(), held.end(),
              [](const DraftSession* a, const DraftSession* b) { return a->occurrence.start < b->occurrence.start; });
    telling_.add(Topic::answer, config::msgn("{0}: {1} session", "{0}: {1} sessions", held.size(), both_calendars(day),
                                             static_cast<unsigned long>(held.size())));
    for (std::size_t i = 0; i < std::min(held.size(), kMostProgrammes); ++i) {
      const auto& programme = *held[i]->occurrence.programme;
      telling_.add(Topic::programme,
                   msg("“{0}” from {1} to {2}", programme.id, telling_.clock(held[i]->occurrence.start),
                       telling_.clock(held[i]->end)),
                   programme.span);
    }
    tell_kept_off_all(day);
    return std::move(told);
  }

  Explanation at(Instant instant) {
    telling_.told.instant = instant;
    const DraftSession* silent_session = nullptr;
    const LaidItem* silent_item = nullptr;
    for (const auto& session : draft_.sessions) {
      for (const auto& item : session.items) {
        if (item.start > instant || instant >= item.end()) continue;
        if (is_heard(item) && permitting(telling_.schedule, instant) != nullptr) return about(session, item, instant);
        if (silent_item == nullptr) {
          silent_session = &session;
          silent_item = &item;
        }
      }
    }
    telling_.told.answer = Explanation::Answer::silent;
    if (silent_item != nullptr && permitting(telling_.schedule, instant) != nullptr) {
      return about(*silent_session, *silent_item, instant);
    }
    tell_silence(telling_, instant);
    return std::move(telling_.told);
  }

  Explanation of(const AskedId& id) {
    const auto& station = telling_.schedule.station;
    if (id.station != station) {
      return unknown(id, msg("“{0}” is not this station; it is “{1}”", id.station, station));
    }
    const auto wanted = session_id_of(id);
    for (const auto& session : draft_.sessions) {
      if (session.occurrence.id == wanted) return of_session(id, session);
    }
    for (const auto& idle : draft_.idle) {
      if (idle.id == wanted) return of_idle(idle);
    }
    return off_air(id);
  }

 private:
  void tell_kept_off_all(Date day) {
    std::size_t told = 0;
    const auto story = telling_.timetable.story(day);
    for (const auto& programme : story.programmes) {
      const bool never = programme.programme->repeat.is_empty() && programme.steps.empty();
      if (!never && told < kMostProgrammes && tell_off(telling_, programme, day, std::nullopt)) ++told;
    }
    for (const auto& idle : draft_.idle) {
      if (idle.date != day) continue;
      telling_.add(Topic::other,
                   msg("“{0}” would begin at {1}, but has nothing to play on this day", idle.programme->id,
                       telling_.clock(idle.start)),
                   idle.programme->span);
    }
  }

  static bool is_heard(const LaidItem& item) { return item.recording != nullptr && item.fault == Fault::none; }

  static std::string session_id_of(const AskedId& id) {
    auto time = config::to_string(id.time);
    std::erase(time, ':');
    return id.station + "/" + config::to_string(id.date) + "T" + time + "/" + id.programme;
  }

  void show(const DraftSession& session) {
    telling_.told.session = planned_session(session);
    for (const auto& item : session.items) telling_.told.items.push_back(planned_item(session, item));
  }

  Explanation about(const DraftSession& session, const LaidItem& item, std::optional<Instant> instant) {
    auto& told = telling_.told;
    told.answer = is_heard(item) && item.frames > Frames(0) ? Explanation::Answer::sounds : Explanation::Answer::silent;
    told.instant = instant.value_or(item.start);
    show(session);
    told.item = planned_item(session, item);
    tell_item(telling_, session, item);
    tell_rules(telling_, session);
    if (instant) tell_kept_off(telling_, *instant);
    return std::move(told);
  }

  Explanation of_session(const AskedId& id, const DraftSession& session) {
    telling_.told.instant = session.occurrence.start;
    if (!id.index.empty()) {
      for (const auto& item : session.items) {
        if (planned_item(session, item).index == id.index) return about(session, item, std::nullopt);
      }
      return without_item(id, session);
    }
    telling_.told.answer = Explanation::Answer::session;
    show(session);
    tell_session(telling_, session);
    tell_rules(telling_, session);
    return std::move(telling_.told);
  }

  /// The session is planned, and nothing of it has that index.
  Explanation without_item(const AskedId& id, const DraftSession& session) {
    const auto& programme = *session.occurrence.programme;
    show(session);
    std::size_t position = 0;
    std::from_chars(id.index.data(), id.index.data() + id.index.size(), position);
    const bool exists = position >= 1 && position <= programme.items.size();
    telling_.told.answer = exists ? Explanation::Answer::unplanned : Explanation::Answer::unknown;
    telling_.add(Topic::answer, msg("“{0}” is not planned in {1}", id.index, session.occurrence.id), programme.span);
    if (!exists) {
      telling_.add(Topic::item, msg("“{0}” has {1} items", programme.id, programme.items.size()), programme.span);
    } else if (!tell_position(telling_, programme.items[position - 1], session.occurrence)) {
      const auto& rule = programme.items[position - 1];
      telling_.add(Topic::item,
                   msg("item {0} of “{1}”, {2}, gives other clips on this day, or is not broken into", position,
                       programme.id, quoted(rule.at)),
                   rule.at);
    }
    for (const auto& item : telling_.told.items) nearest(item.id);
    return std::move(telling_.told);
  }

  /// Nothing in it is for its day.
  Explanation of_idle(const Occurrence& session) {
    const auto& programme = *session.programme;
    telling_.told.answer = Explanation::Answer::unplanned;
    telling_.told.instant = session.start;
    telling_.add(Topic::answer,
                 msg("{0} is not held: “{1}” has nothing to play on {2}", session.id, programme.id,
                     both_calendars(session.date)),
                 programme.span);
    for (const auto& rule : programme.items) tell_position(telling_, rule, session);
    const auto story = telling_.timetable.story(session.date);
    tell_programme(telling_, day_of(story, programme), session.date);
    return std::move(telling_.told);
  }

  /// No session of that id: its programme is off that day, begins at other times, or there is none.
  Explanation off_air(const AskedId& id) {
    const auto* found = telling_.schedule.programme(id.programme);
    if (found == nullptr) return unknown(id, msg("there is no programme “{0}”", id.programme));
    auto& told = telling_.told;
    told.answer = Explanation::Answer::unplanned;
    told.instant = telling_.schedule.zone.instant(chr::local_days(id.date) + id.time.since_midnight);
    telling_.add(Topic::answer, msg("{0} is not planned", session_id_of(id)), found->span);
    const auto story = telling_.timetable.story(id.date);
    const auto& day = day_of(story, *found);
    if (!tell_off(telling_, day, id.date, std::nullopt) || !begins_at(day, id.time)) tell_times(*found, day, id.time);
    tell_programme(telling_, day, id.date);
    nearest_of_day(id);
    return std::move(told);
  }

  static bool begins_at(const ProgrammeDay& day, TimeOfDay time) {
    return day.times.empty() || std::find(day.times.begin(), day.times.end(), time) != day.times.end();
  }

  void tell_times(const Programme& programme, const ProgrammeDay& day, TimeOfDay asked) {
    std::string times;
    for (const auto time : day.times) times += (times.empty() ? "" : ", ") + config::to_string(time);
    if (times.empty() || begins_at(day, asked)) return;
    telling_.add(Topic::programme,
                 msg("“{0}” begins at {1}, not at {2}; ids keep the time before “move” and “shift”", programme.id,
                     times, config::to_string(asked)),
                 programme.at_span);
  }

  Explanation unknown(const AskedId& id, Text reason) {
    telling_.told.answer = Explanation::Answer::unknown;
    telling_.told.instant = telling_.schedule.zone.instant(chr::local_days(id.date) + id.time.since_midnight);
    telling_.add(Topic::answer, std::move(reason));
    nearest_of_day(id);
    return std::move(telling_.told);
  }

  void nearest(const std::string& id) { telling_.told.steps.push_back({Topic::nearest, Text::verbatim(id), {}, id}); }

  /// The likeliest first, then the sessions of that day.
  void nearest_of_day(const AskedId& id) {
    std::vector<std::string> ids;
    for (const auto& session : draft_.sessions) {
      if (session.occurrence.date == id.date) ids.push_back(session.occurrence.id);
    }
    std::sort(ids.begin(), ids.end());
    auto asked = id;
    asked.station = telling_.schedule.station;
    const auto near = config::nearest(session_id_of(asked), ids);
    if (!near.empty()) nearest(near);
    std::size_t told = near.empty() ? 0 : 1;
    for (const auto& each : ids) {
      if (each != near && told++ < kMostNearest) nearest(each);
    }
  }

  Recordings recordings_;
  const Draft draft_;
  Telling telling_;
};

}  // namespace

Explanation explain(const Schedule& schedule, const playlists::Catalogue& catalogue, Instant instant) {
  const auto day = schedule.zone.day(instant);
  Question question(schedule, catalogue, day);
  if (auto refused = question.refused(day)) return std::move(*refused);
  return question.at(instant);
}

Explanation explain(const Schedule& schedule, const playlists::Catalogue& catalogue, const AskedId& id) {
  Question question(schedule, catalogue, id.date);
  if (auto refused = question.refused(id.date)) return std::move(*refused);
  return question.of(id);
}

Explanation explain(const Schedule& schedule, const playlists::Catalogue& catalogue, Date day) {
  Question question(schedule, catalogue, day);
  if (auto refused = question.refused(day)) return std::move(*refused);
  return question.of_day(day);
}

std::string_view name_of(Topic topic) {
  static constexpr std::array<std::string_view, 22> kNames{
      "answer",    "item",     "days",    "time",      "playlist", "fill",  "campaign", "article",
      "recording", "approval", "missing", "cut",       "priority", "limit", "hours",    "programme",
      "calendar",  "slot",     "other",   "neighbour", "nearest",  "last"};
  return kNames.at(static_cast<std::size_t>(topic));
}

}  // namespace loa::scheduler
