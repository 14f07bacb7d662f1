// Programmes × dates × times, with the entries of each day and their stable ids.
#include "scheduler/plan_sessions.hpp"

#include <cstdlib>
#include <string_view>
#include <utility>

namespace loa::scheduler {

namespace {

namespace chr = std::chrono;

Instant instant_of(const Schedule& schedule, Date date, TimeOfDay time) {
  return schedule.zone.instant(chr::local_days(date) + time.since_midnight);
}

TimeOfDay time_of_day(calendar::LocalTime local) {
  return {chr::floor<chr::seconds>(local - chr::floor<chr::days>(local))};
}

void append_digits(std::string& text, int number, int digits) {
  for (int power = digits == 4 ? 1000 : 10; power > 0; power /= 10) {
    text.push_back(static_cast<char>('0' + number / power % 10));
  }
}

std::string session_id(const Schedule& schedule, const Programme& programme, Date date, TimeOfDay at) {
  const chr::hh_mm_ss time(at.since_midnight);
  const auto seconds = static_cast<int>(time.seconds().count());
  std::string id;
  id.reserve(schedule.station.size() + programme.id.size() + std::string_view("/2026-11-23T053015/").size());
  id.append(schedule.station).push_back('/');
  append_digits(id, static_cast<int>(date.year()), 4);
  id.push_back('-');
  append_digits(id, static_cast<int>(static_cast<unsigned>(date.month())), 2);
  id.push_back('-');
  append_digits(id, static_cast<int>(static_cast<unsigned>(date.day())), 2);
  id.push_back('T');
  append_digits(id, static_cast<int>(time.hours().count()), 2);
  append_digits(id, static_cast<int>(time.minutes().count()), 2);
  if (seconds != 0) append_digits(id, seconds, 2);
  return id.append("/").append(programme.id);
}

Instant pin_of(const Schedule& schedule, TimeOfDay pin, Instant start) {
  const auto day = schedule.zone.day(start);
  const auto today = instant_of(schedule, day, pin);
  return today >= start ? today : instant_of(schedule, Date(chr::sys_days(day) + chr::days(1)), pin);
}

Entry::Kind kind_of(const ItemRule& rule) {
  if (std::holds_alternative<ArticleItem>(rule.what)) return Entry::Kind::article;
  if (std::holds_alternative<PlaylistItem>(rule.what)) return Entry::Kind::playlist;
  if (std::holds_alternative<CampaignItem>(rule.what)) return Entry::Kind::campaign;
  if (std::holds_alternative<RelayItem>(rule.what)) return Entry::Kind::relay;
  return std::holds_alternative<PauseItem>(rule.what) ? Entry::Kind::pause : Entry::Kind::fill;
}

/// What is made good in the places of `entry`, as far as it may still be aired.
std::vector<MadeGood> made_good(const Schedule& schedule, Recordings& recordings, const Occurrence& session,
                                const Entry& entry) {
  std::vector<MadeGood> found;
  if (schedule.make_goods.empty()) return found;
  const auto places = session.id + "/" + std::to_string(entry.position) + ".";
  for (auto each = schedule.make_goods.lower_bound(places);
       each != schedule.make_goods.end() && each->first.starts_with(places); ++each) {
    const auto clips = recordings.of(each->second.article, session.date, 0);
    const auto sub = static_cast<std::uint32_t>(std::strtoul(each->first.c_str() + places.size(), nullptr, 10));
    if (clips.size() == 1)
      found.push_back({sub, clips.front(), &each->second, schedule.campaign(each->second.campaign)});
  }
  return found;
}

/// But for its pin, and what is made good in it.
Entry entry_of(Recordings& recordings, const ItemRule& rule, std::uint32_t position, Date day) {
  Entry entry;
  entry.rule = &rule;
  entry.position = position;
  entry.kind = kind_of(rule);
  if (const auto* pause = std::get_if<PauseItem>(&rule.what)) entry.pause = Frames(pause->length);
  if (const auto* campaign = std::get_if<CampaignItem>(&rule.what)) {
    entry.campaign = recordings.campaign_of(rule);
    entry.places = static_cast<std::uint32_t>(campaign->count);
  }
  entry.clips = recordings.of(rule, day);
  return entry;
}

std::vector<Entry> entries_of(const Schedule& schedule, Recordings& recordings, const Occurrence& session) {
  auto entries = chain_entries(*session.programme, recordings, session.date);
  std::erase_if(entries, [&](const Entry& entry) { return offers_nothing(entry, session.date); });
  for (auto& entry : entries) {
    entry.made_good = made_good(schedule, recordings, session, entry);
    if (entry.rule->pin) entry.pin = pin_of(schedule, *entry.rule->pin, session.start);
  }
  return entries;
}

}  // namespace

const MadeGood* Entry::made_good_in(std::uint32_t sub) const {
  for (const auto& each : made_good) {
    if (each.sub == sub) return &each;
  }
  return nullptr;
}

bool offers_nothing(const Entry& entry, Date day) {
  if (entry.kind == Entry::Kind::pause) return false;
  return entry.clips.empty() || (entry.campaign != nullptr && !entry.campaign->valid_on(day));
}

std::vector<Entry> chain_entries(const Programme& programme, Recordings& recordings, Date day) {
  std::vector<Entry> entries;
  entries.reserve(programme.items.size());
  std::uint32_t position = 0;
  std::optional<CivilDay> asked;  // for the few that ask
  for (const auto& rule : programme.items) {
    ++position;
    if (rule.days && !asked) asked.emplace(day);
    if (rule.days && !rule.days->contains(*asked)) continue;
    entries.push_back(entry_of(recordings, rule, position, day));
  }
  return entries;
}

bool operator<(const Occurrence& a, const Occurrence& b) {
  if (a.programme->priority != b.programme->priority) return a.programme->priority < b.programme->priority;
  return a.start != b.start ? a.start < b.start : a.id < b.id;
}

Occurrence occurrence_of(const Schedule& schedule, Recordings& recordings, const Slot& slot, Date day) {
  Occurrence session;
  session.programme = slot.programme;
  session.by = slot.by;
  session.timed_by = slot.timed_by;
  session.date = day;
  session.held = Date(chr::floor<chr::days>(slot.start));
  session.at = time_of_day(slot.start);
  session.start = schedule.zone.instant(slot.start);
  session.id = session_id(schedule, *slot.programme, session.date, slot.nominal);
  session.entries = entries_of(schedule, recordings, session);
  return session;
}

std::vector<Occurrence> occurrences_of(const Schedule& schedule, const Timetable& timetable, Recordings& recordings,
                                       Date day, const std::function<bool(const Programme&)>& wanted) {
  std::vector<Occurrence> result;
  for (const auto& slot : timetable.on(day)) {
    if (wanted(*slot.programme)) result.push_back(occurrence_of(schedule, recordings, slot, day));
  }
  return result;
}

std::vector<Occurrence> occurrences(const Schedule& schedule, Recordings& recordings, Date from, Date to,
                                    const std::function<bool(const Programme&)>& wanted) {
  const Timetable timetable(schedule);
  const chr::days reach(timetable.shifts_days() ? 1 : 0);
  std::vector<Occurrence> result;
  for (auto day = chr::sys_days(from) - reach; day < chr::sys_days(to) + reach; day += chr::days(1)) {
    for (const auto& slot : timetable.on(day)) {
      const Date held(chr::floor<chr::days>(slot.start));
      if (from <= held && held < to && wanted(*slot.programme))
        result.push_back(occurrence_of(schedule, recordings, slot, day));
    }
  }
  return result;
}

}  // namespace loa::scheduler
