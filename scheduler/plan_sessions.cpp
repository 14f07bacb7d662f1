// Programmes × dates × times, with the entries of each day and their stable ids.
#include "scheduler/plan_sessions.hpp"

#include <array>
#include <cstdio>
#include <tuple>

namespace loa::scheduler {

namespace {

namespace chr = std::chrono;

Instant instant_of(const Schedule& schedule, Date date, TimeOfDay time) {
  return schedule.zone.instant(chr::local_days(date) + time.since_midnight);
}

std::string session_id(const Schedule& schedule, const Programme& programme, Date date, TimeOfDay at) {
  const chr::hh_mm_ss time(at.since_midnight);
  std::array<char, 40> text{};
  const auto hours = static_cast<int>(time.hours().count()), minutes = static_cast<int>(time.minutes().count());
  const auto seconds = static_cast<int>(time.seconds().count());
  int length = std::snprintf(text.data(), text.size(), "/%04d-%02u-%02uT%02d%02d", static_cast<int>(date.year()),
                             static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), hours, minutes);
  if (seconds != 0) {
    const auto used = static_cast<std::size_t>(length);
    length += std::snprintf(text.data() + used, text.size() - used, "%02d", seconds);
  }
  std::string id;
  id.reserve(schedule.station.size() + static_cast<std::size_t>(length) + 1 + programme.id.size());
  id.append(schedule.station).append(text.data(), static_cast<std::size_t>(length));
  return id.append("/").append(programme.id);
}

Instant pin_of(const Schedule& schedule, TimeOfDay pin, Instant start) {
  const auto day = schedule.zone.day(start);
  const auto today = instant_of(schedule, day, pin);
  return today >= start ? today : instant_of(schedule, Date(chr::sys_days(day) + chr::days(1)), pin);
}

/// Fills in what the rule's kind says.
class Fill {
 public:
  Fill(Entry& entry, Recordings& recordings, Date day) : entry_(entry), recordings_(recordings), day_(day) {}

  void operator()(const ArticleItem& item) {
    entry_.kind = Entry::Kind::article;
    add(item.id, item.days_ago);
  }
  void operator()(const PlaylistItem& item) {
    entry_.kind = Entry::Kind::playlist;
    add(item.id, item.days_ago);
  }
  void operator()(const PauseItem& item) {
    entry_.kind = Entry::Kind::pause;
    entry_.pause = Frames(item.length);
  }
  void operator()(const FillItem& item) {
    entry_.kind = Entry::Kind::fill;
    for (const auto& each : item.entries) add(each.id, 0);
    if (!item.playlist.empty()) add(item.playlist, 0);
  }

 private:
  void add(const std::string& id, int days_ago) {
    const auto& clips = recordings_.of(id, day_, days_ago);
    entry_.clips.insert(entry_.clips.end(), clips.begin(), clips.end());
  }

  Entry& entry_;
  Recordings& recordings_;
  Date day_;
};

std::vector<Entry> entries_of(const Schedule& schedule, Recordings& recordings, const Occurrence& session) {
  std::vector<Entry> entries;
  std::uint32_t position = 0;
  for (const auto& rule : session.programme->items) {
    ++position;
    if (rule.days && !rule.days->contain(session.date)) continue;
    Entry entry;
    entry.rule = &rule;
    entry.position = position;
    std::visit(Fill(entry, recordings, session.date), rule.what);
    if (entry.kind != Entry::Kind::pause && entry.clips.empty()) continue;
    if (rule.pin) entry.pin = pin_of(schedule, *rule.pin, session.start);
    entries.push_back(std::move(entry));
  }
  return entries;
}

}  // namespace

bool operator<(const Occurrence& a, const Occurrence& b) {
  return std::tie(a.programme->priority, a.start, a.id) < std::tie(b.programme->priority, b.start, b.id);
}

std::vector<Occurrence> occurrences(const Schedule& schedule, Recordings& recordings, Date from, Date to) {
  std::vector<Occurrence> result;
  for (auto day = chr::sys_days(from); day < chr::sys_days(to); day += chr::days(1)) {
    const Date date(day);
    for (const auto& programme : schedule.programmes) {
      if (!programme.plays_on(date)) continue;
      for (const auto at : programme.at) {
        auto& session = result.emplace_back();
        session.programme = &programme;
        session.date = date;
        session.at = at;
        session.start = instant_of(schedule, date, at);
        session.id = session_id(schedule, programme, date, at);
        session.entries = entries_of(schedule, recordings, session);
      }
    }
  }
  return result;
}

}  // namespace loa::scheduler
