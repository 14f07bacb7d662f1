// Counts a day's sessions and minutes against each limit.
#include "scheduler/limits.hpp"

#include <algorithm>
#include <map>
#include <tuple>

namespace loa::scheduler {

namespace {

namespace chr = std::chrono;

Frames sound_of(const LaidItem& item) {
  return item.recording == nullptr ? Frames(0) : item.frames;
}

Frames sound_of(const DraftSession& session) {
  Frames sound{0};
  for (const auto& item : session.items) sound += sound_of(item);
  return sound;
}

/// The first item with which the sound passes `room`.
std::size_t first_beyond(const DraftSession& session, Frames room) {
  for (std::size_t i = 0; i < session.items.size(); ++i) {
    room -= sound_of(session.items[i]);
    if (room < Frames(0)) return i;
  }
  return session.items.size();
}

/// Places in the draft.
using Day = std::vector<std::size_t>;

/// The sessions that count, by the local date of their start, each day's in order of time.
std::map<Date, Day> days_of(const Draft& draft, bool mistaken) {
  std::map<Date, Day> days;
  for (std::size_t i = 0; i < draft.sessions.size(); ++i) {
    const auto& occurrence = draft.sessions[i].occurrence;
    const auto& programme = *occurrence.programme;
    const bool counts = programme.priority != playlists::Priority::emergency && (mistaken || !programme.mistaken);
    if (counts && !draft.sessions[i].items.empty()) days[occurrence.held].push_back(i);
  }
  const auto key = [&](std::size_t i) {
    return std::tie(draft.sessions[i].occurrence.start, draft.sessions[i].occurrence.id);
  };
  for (auto& [date, day] : days) {
    std::sort(day.begin(), day.end(), [&](std::size_t a, std::size_t b) { return key(a) < key(b); });
  }
  return days;
}

void count(const Limit& limit, const Draft& draft, const Day& day, std::vector<Breach>& found) {
  const auto& rule = limit.rule;
  long long number = 0;
  Frames total{0};
  for (const auto i : day) {
    const auto& session = draft.sessions[i];
    const auto sound = sound_of(session);
    ++number;
    if (rule.sessions_per_day && number > *rule.sessions_per_day) {
      found.push_back({Breach::Kind::sessions_per_day, &limit, i, number, sound, 0});
    }
    if (rule.minutes_per_session && sound > chr::minutes(*rule.minutes_per_session)) {
      found.push_back({Breach::Kind::minutes_per_session, &limit, i, number, sound,
                       first_beyond(session, chr::minutes(*rule.minutes_per_session))});
    }
    if (rule.minutes_per_day && sound > Frames(0) && total + sound > chr::minutes(*rule.minutes_per_day)) {
      found.push_back({Breach::Kind::minutes_per_day, &limit, i, number, total + sound,
                       first_beyond(session, chr::minutes(*rule.minutes_per_day) - total)});
    }
    total += sound;
  }
}

}  // namespace

std::vector<Breach> breaches(const Schedule& schedule, const Draft& draft, bool mistaken) {
  std::vector<Breach> found;
  if (schedule.limits.empty()) return found;
  for (const auto& [date, day] : days_of(draft, mistaken)) {
    const CivilDay civil(date);
    for (const auto& limit : schedule.limits) {
      if (limit.in_force(civil)) count(limit, draft, day, found);
    }
  }
  return found;
}

void enforce_limits(const Schedule& schedule, Draft& draft) {
  for (const auto& breach : breaches(schedule, draft)) {
    if (!breach.limit->rule.enforce) continue;
    auto& items = draft.sessions[breach.session].items;
    for (std::size_t i = breach.first_item; i < items.size(); ++i) {
      if (items[i].recording != nullptr && items[i].frames > Frames(0)) items[i].fault = Fault::limited;
    }
  }
}

}  // namespace loa::scheduler
