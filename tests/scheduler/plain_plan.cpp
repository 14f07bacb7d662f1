#include "tests/scheduler/plain_plan.hpp"

#include <algorithm>
#include <set>

#include "tests/scheduler/plain_walk.hpp"

namespace loa::scheduler::plain {

namespace {

constexpr Seconds kDaySeconds = 86'400;
constexpr Seconds kHour = 3'600;

/// Seconds east of UTC at a UTC instant: the zones' rules of 2026 and 2027 as they are published.
Seconds offset_at(const std::string& zone, Seconds utc) {
  const auto at = [](Day day, Seconds time) { return static_cast<Seconds>(day) * kDaySeconds + time; };
  if (zone == "America/New_York") {
    const bool summer = (utc >= at(day_of(2026, 3, 8), 7 * kHour) && utc < at(day_of(2026, 11, 1), 6 * kHour)) ||
                        (utc >= at(day_of(2027, 3, 14), 7 * kHour) && utc < at(day_of(2027, 11, 7), 6 * kHour));
    return summer ? -4 * kHour : -5 * kHour;
  }
  return 7 * kHour;
}

Seconds utc_of(const std::string& zone, Seconds local) {
  // The offsets around it: the one before every change nearby is tried first, so that of two instants the first counts.
  const auto before = offset_at(zone, local - 15 * kHour), behind = offset_at(zone, local + 15 * kHour);
  for (const auto offset : {before, behind}) {
    if (offset_at(zone, local - offset) == offset) return local - offset;
  }
  return local - before;
}

Seconds local_of(const Timetable& timetable, Time instant) {
  auto utc = instant / kSecond;
  return utc + offset_at(timetable.zone, utc);
}

Day date_of(const Timetable& timetable, Time instant) {
  return static_cast<Day>(local_of(timetable, instant) / kDaySeconds);
}

/// The calendar's lines over one day of the timetable.
class DayOfTimetable {
 public:
  DayOfTimetable(const Timetable& timetable, Day day) : timetable_(timetable), day_(day) {
    for (const auto& [id, programme] : timetable.programmes) {
      if (!programme.at.empty() && valid(programme) && programme.repeat.has(day) && !programme.except.has(day)) {
        places_.push_back({id, id, id});
      }
    }
    for (const auto& line : timetable.calendar) {
      if (line.on.has(day)) apply(line);
    }
  }

  struct Start {
    std::string programme;
    Seconds nominal, actual;
    bool operator<(const Start& other) const {
      return std::pair(programme, nominal) < std::pair(other.programme, other.nominal);
    }
  };

  std::set<Start> starts() const {
    std::set<Start> starts;
    if (mute_all_) return starts;
    for (const auto& place : places_) {
      if (place.plays.empty()) continue;
      if (!valid(timetable_.programmes.at(place.plays))) continue;
      const bool own = !timetable_.programmes.at(place.plays).at.empty();
      const auto& timed_as = own ? place.plays : place.times_of;
      for (const auto time : timetable_.programmes.at(timed_as).at) {
        starts.insert({place.plays, time, moved(place.plays, timed_as, time)});
      }
    }
    return starts;
  }

 private:
  struct Place {
    std::string owner;     // whose rule put it there
    std::string plays;     // "": it is muted
    std::string times_of;  // where who plays has none of its own
  };

  bool valid(const Programme& programme) const {
    return (!programme.from || *programme.from <= day_) && (!programme.until || day_ <= *programme.until);
  }

  void apply(const Line& line) {
    if (line.mute_all) mute_all_ = true;
    for (const auto& muted : line.mute) {
      for (auto& place : places_) {
        if (place.plays == muted || place.owner == muted) place.plays.clear();
      }
    }
    for (auto& place : places_) {
      if (place.plays.empty()) continue;
      auto by = line.replace.find(place.owner);  // a second stand-in takes the place of the first
      if (by == line.replace.end()) by = line.replace.find(place.plays);
      if (by == line.replace.end()) continue;
      const auto& stands_for = by->first;
      if (!timetable_.programmes.at(stands_for).at.empty()) place.times_of = stands_for;
      place.plays = by->second;
    }
    for (const auto& added : line.add) {
      const auto is_its = [&](const Place& place) { return place.owner == added; };
      const bool plays = std::any_of(places_.begin(), places_.end(),
                                     [&](const Place& place) { return is_its(place) && place.plays == added; });
      if (plays) continue;
      std::erase_if(places_, is_its);  // who stands in for it, too
      places_.push_back({added, added, added});
    }
    for (const auto& [id, time] : line.move) moves_[id] = {true, time};
    for (const auto& [id, span] : line.shift) moves_[id] = {false, span};
  }

  Seconds moved(const std::string& plays, const std::string& timed_as, Seconds nominal) const {
    auto move = moves_.find(plays);
    if (move == moves_.end()) move = moves_.find(timed_as);
    if (move == moves_.end()) return nominal;
    return move->second.first ? move->second.second : nominal + move->second.second;
  }

  const Timetable& timetable_;
  Day day_;
  std::vector<Place> places_;
  bool mute_all_ = false;
  std::map<std::string, std::pair<bool, Seconds>> moves_;  // true: to this time; else by this span
};

class Planner {
 public:
  explicit Planner(const Timetable& timetable) : timetable_(timetable) {}

  std::vector<PlainSession> plan(Day from, Day to) {
    add_days(from - 4, to + 4);
    std::vector<PlainSession> all;
    std::vector<Interruption> busy;
    for (int rank = 0; rank <= 2; ++rank) {
      const auto planned = plan_rank(rank, busy);
      for (const auto& session : planned) {
        const auto date = date_of(timetable_, session.start);
        if (from <= date && date < to) all.push_back(session);
        if (!session.overridden && session.start < session.end) busy.push_back({session.start, session.end});
      }
      join(busy);
    }
    std::sort(all.begin(), all.end(),
              [](const auto& a, const auto& b) { return std::pair(a.start, a.id) < std::pair(b.start, b.id); });
    for (Day day = from; day < to; ++day) limit_day(all, day);
    return all;
  }

  /// By the text alone: its slot where it is given, its pins, its start.
  std::optional<std::string> overlapping(Day from, Day to) {
    add_days(from - 4, to + 4);
    for (const auto& each : due_) {
      auto until = each.start + 1;
      const bool fills = std::any_of(each.entries.begin(), each.entries.end(), [](const auto& e) { return e.is_fill; });
      if (each.programme->length && (each.programme->overrun != Overrun::finish || fills)) {
        until = each.start + *each.programme->length * kSecond;
      } else {
        for (const auto& entry : each.entries) until = std::max(until, entry.pin.value_or(0) + 1);
      }
      for (const auto& other : due_) {
        if (&other == &each || other.programme->rank != each.programme->rank) continue;
        if (each.start <= other.start && other.start < until) return other.id.substr(other.id.rfind('/') + 1);
      }
    }
    return std::nullopt;
  }

 private:
  void add_days(Day from, Day to) {
    for (Day day = from; day < to; ++day) {
      for (const auto& start : DayOfTimetable(timetable_, day).starts()) add(day, start);
    }
  }

  static Time sound_of(const PlainSession& session) {
    Time sound = 0;
    for (const auto& item : session.items) sound += item.clip.empty() ? 0 : item.frames;
    return sound;
  }

  /// Silent from the first item on with which the session's sound passes `room`.
  static void keep_within(PlainSession& session, Time room) {
    for (auto& item : session.items) {
      room -= item.clip.empty() ? 0 : item.frames;
      if (room < 0 && !item.clip.empty() && item.frames > 0) item.fault = "limited";
    }
  }

  void limit_day(std::vector<PlainSession>& all, Day day) const {
    constexpr Time kMinute = 60 * kSecond;
    for (const auto& limit : timetable_.limits) {
      const bool valid = (!limit.from || *limit.from <= day) && (!limit.until || day <= *limit.until);
      if (!valid || !limit.days.has(day) || limit.except.has(day)) continue;
      int count = 0;
      Time total = 0;
      for (auto& session : all) {
        if (session.rank == 0 || date_of(timetable_, session.start) != day) continue;
        if (++count > limit.sessions_per_day.value_or(count)) keep_within(session, -1);
        if (limit.minutes_per_session) keep_within(session, *limit.minutes_per_session * kMinute);
        if (limit.minutes_per_day) keep_within(session, *limit.minutes_per_day * kMinute - total);
        total += sound_of(session);
      }
    }
  }

  static void join(std::vector<Interruption>& busy) {
    std::sort(busy.begin(), busy.end(), [](const auto& a, const auto& b) { return a.from < b.from; });
    std::vector<Interruption> joined;
    for (const auto& each : busy) {
      if (joined.empty() || joined.back().until < each.from) {
        joined.push_back(each);
      } else {
        joined.back().until = std::max(joined.back().until, each.until);
      }
    }
    busy = joined;
  }

  /// The last one first: one that has no time whatever its neighbours do leaves the one before it alone.
  std::vector<PlainSession> plan_rank(int rank, const std::vector<Interruption>& busy) const {
    std::vector<const Due*> due;
    for (const auto& each : due_) {
      if (each.programme->rank == rank) due.push_back(&each);
    }
    std::sort(due.begin(), due.end(),
              [](const Due* a, const Due* b) { return std::pair(a->start, a->id) < std::pair(b->start, b->id); });
    std::vector<PlainSession> planned;
    std::optional<Time> next;
    for (auto each = due.rbegin(); each != due.rend(); ++each) {
      auto now = **each;
      if (now.programme->overrun == Overrun::finish) now.finish_until = end_of_hours(now.start);
      auto session = walk(now, busy, next);
      session.rank = rank;
      if (!walk(now, busy, std::nullopt).overridden) next = session.start;
      if (!session.items.empty()) planned.push_back(session);  // else: a fill that no clip fits into
    }
    return planned;
  }

  /// The hours of made-up timetables end on whole minutes.
  std::optional<Time> end_of_hours(Time start) const {
    if (!may_sound(timetable_, start)) return std::nullopt;
    auto end = start - start % (60 * kSecond);
    while (may_sound(timetable_, end) && end < start + kDaySeconds * kSecond) end += 60 * kSecond;
    return end;
  }

  void add(Day nominal_day, const DayOfTimetable::Start& start) {
    Due due;
    due.programme = &timetable_.programmes.at(start.programme);
    due.start = instant_of(timetable_, nominal_day, start.actual);
    due.day = nominal_day;
    char time[16];
    std::snprintf(time, sizeof time, start.nominal % 60 == 0 ? "T%02ld%02ld" : "T%02ld%02ld%02ld", start.nominal / 3600,
                  start.nominal / 60 % 60, start.nominal % 60);
    due.id = "xa-vi-du/" + date_text(nominal_day) + time + '/' + start.programme;
    for (std::size_t i = 0; i < due.programme->items.size(); ++i) add_entries(due, due.programme->items[i], i + 1);
    if (!due.entries.empty()) due_.push_back(due);
  }

  void add_entries(Due& due, const Item& item, std::size_t position) const {
    if (item.days && !item.days->has(due.day)) return;
    const auto index = std::to_string(position);
    std::vector<Entry> entries;
    if (item.kind == Item::Kind::pause) {
      entries.push_back({index, false, true, {"", item.pause, false}, {}, {}, false, false});
    } else if (item.kind == Item::Kind::relay) {
      const Clip relayed{item.name, item.relayed.value_or(0) * kSecond, false};
      entries.push_back({index, false, false, relayed, {}, {}, true, !item.relayed});
    } else if (item.kind == Item::Kind::article) {
      for (const auto& clip : clips({item.name}, due.day, item.days_ago)) {
        entries.push_back({index, false, false, clip, {}, {}, false, false});
      }
    } else if (item.kind == Item::Kind::fill) {
      const auto names = item.name.empty() ? item.names : std::vector<std::string>{item.name};
      const auto found = clips(names, due.day, 0);
      if (!found.empty()) entries.push_back({index, true, false, {}, found, {}, false, false});
    } else {
      for (const auto& clip : clips({item.name}, due.day, item.days_ago)) {
        entries.push_back({index + '.' + std::to_string(entries.size() + 1), false, false, clip, {}, {}, false, false});
      }
    }
    if (item.pin && !entries.empty()) entries.front().pin = pin(due.start, *item.pin);
    due.entries.insert(due.entries.end(), entries.begin(), entries.end());
  }

  /// The first such instant at or after the session's start.
  Time pin(Time start, Seconds time) const {
    for (Day day = date_of(timetable_, start) - 1;; ++day) {
      const auto instant = instant_of(timetable_, day, time);
      if (instant >= start) return instant;
    }
  }

  std::vector<Clip> clips(const std::vector<std::string>& names, Day day, int days_ago) const {
    std::vector<Clip> found;
    for (const auto& name : names) {
      const auto list = timetable_.playlists.find(name);
      if (list != timetable_.playlists.end()) {
        const auto below = clips(list->second, day, days_ago);
        found.insert(found.end(), below.begin(), below.end());
        continue;
      }
      const auto& article = timetable_.articles.at(name);
      if ((article.from && day < *article.from) || (article.until && *article.until < day)) continue;
      auto clip = article.clip;
      if (const auto at = clip.find("<date>"); at != std::string::npos) clip.replace(at, 6, date_text(day - days_ago));
      const auto recording = article.recording.find(clip);
      const bool missing = recording == article.recording.end();
      found.push_back({clip, missing ? article.about.value_or(0) * kSecond : recording->second, missing});
    }
    return found;
  }

  const Timetable& timetable_;
  std::vector<Due> due_;
};

}  // namespace

Time instant_of(const Timetable& timetable, Day day, Seconds time) {
  return utc_of(timetable.zone, day * kDaySeconds + time) * kSecond;
}

bool may_sound(const Timetable& timetable, Time instant) {
  const auto today = date_of(timetable, instant);
  for (Day day = today - 1; day <= today; ++day) {
    for (const auto& hours : timetable.hours) {
      const auto until = hours.until <= hours.from ? hours.until + kDaySeconds : hours.until;
      if (hours.days.has(day) && instant_of(timetable, day, hours.from) <= instant &&
          instant < instant_of(timetable, day, until)) {
        return true;
      }
    }
  }
  return false;
}

std::optional<std::string> overlapping(const Timetable& timetable, Day from, Day to) {
  return Planner(timetable).overlapping(from, to);
}

std::vector<PlainSession> plain_plan(const Timetable& timetable, Day from, Day to) {
  return Planner(timetable).plan(from, to);
}

}  // namespace loa::scheduler::plain
