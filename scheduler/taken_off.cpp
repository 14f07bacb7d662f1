#include "scheduler/taken_off.hpp"

#include <algorithm>

namespace loa::scheduler {

namespace {

bool is_off_in(const CalendarLine& line, const std::string& programme) {
  const auto is = [&](const NamedProgramme& named) { return named.id == programme; };
  return std::any_of(line.mute.begin(), line.mute.end(), is) ||
         std::any_of(line.replace.begin(), line.replace.end(), [&](const auto& pair) { return is(pair.first); });
}

bool is_off_by_calendar(const Schedule& schedule, const std::string& programme, Date date) {
  const Timetable timetable(schedule);
  if (timetable.silenced_by(date) != nullptr) return true;
  const auto slots = timetable.on(date);
  if (std::any_of(slots.begin(), slots.end(), [&](const Slot& slot) { return slot.programme->id == programme; })) {
    return false;
  }
  const CivilDay day(date);
  return std::any_of(schedule.calendar.begin(), schedule.calendar.end(),
                     [&](const CalendarLine& line) { return line.on.contains(day) && is_off_in(line, programme); });
}

}  // namespace

TakenOff taken_off(const Schedule& schedule, const PlannedItem& item) {
  const auto article = schedule.repertoire.articles.find(item.article);
  if (article != schedule.repertoire.articles.end() && !article->second.valid_on(item.day)) return TakenOff::expired;
  const auto* programme = schedule.programme(item.programme);
  if (programme == nullptr) return TakenOff::no;
  if (!programme->valid_on(item.day)) return TakenOff::expired;
  return is_off_by_calendar(schedule, item.programme, item.day) ? TakenOff::calendar : TakenOff::no;
}

}  // namespace loa::scheduler
