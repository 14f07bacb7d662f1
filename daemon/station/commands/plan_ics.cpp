#include "daemon/station/commands/plan_ics.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <map>
#include <string_view>

#include "daemon/station/commands/plan_lines.hpp"

namespace loa::station {

namespace {

using scheduler::Instant;
using scheduler::PlannedItem;
using scheduler::PlannedSession;

constexpr std::size_t kLongestLine = 75;  // octets without the line end (RFC 5545 3.1)

/// RFC 5545 3.3.11.
std::string escaped(std::string_view text) {
  std::string made;
  for (const char c : text) {
    if (c == '\n') {
      made += "\\n";
      continue;
    }
    if (c == '\\' || c == ';' || c == ',') made += '\\';
    if (static_cast<unsigned char>(c) >= ' ') made += c;
  }
  return made;
}

/// Folds between letters, never within one (RFC 5545 3.1 allows both; not every reader does).
std::string folded(std::string_view line) {
  std::string made;
  std::size_t room = kLongestLine;
  while (line.size() > room) {
    std::size_t end = room;
    while (end > 1 && (static_cast<unsigned char>(line[end]) & 0xC0U) == 0x80U) --end;
    made.append(line.substr(0, end)).append("\r\n ");
    line.remove_prefix(end);
    room = kLongestLine - 1;
  }
  return made.append(line).append("\r\n");
}

std::string utc(Instant instant) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(instant);
  return fmt::format("{:%Y%m%dT%H%M%SZ}", fmt::gmtime(std::chrono::system_clock::to_time_t(seconds)));
}

std::string priority_of(playlists::Priority priority) {
  return priority == playlists::Priority::emergency ? "1" : priority == playlists::Priority::priority ? "4" : "0";
}

/// "05:30:00 Nhạc hiệu", a line for each clip.
std::string description(const std::vector<const PlannedItem*>& items, const calendar::Zone& zone) {
  std::string text;
  for (const auto* item : items) {
    if (item->what == scheduler::What::pause) continue;
    if (!text.empty()) text += '\n';
    text += calendar::rfc3339(item->start, zone).substr(std::string_view("2026-11-23T").size(), 8) + ' ' + item->title;
    if (item->repeat_of) text += " (" + repeat_mark_of(*item) + ")";
  }
  return text;
}

/// The title; with the mark of a repeat where all recordings of the day in it are repeats of one day.
std::string summary(const PlannedSession& session, const std::vector<const PlannedItem*>& items) {
  std::string mark;
  for (const auto* item : items) {
    if (!item->repeat_of && !item->of_the_day) continue;
    const auto own = repeat_mark_of(*item);
    if (own.empty() || (!mark.empty() && mark != own)) return session.title;
    mark = own;
  }
  return mark.empty() ? session.title.str() : session.title + " (" + mark + ")";
}

std::string event(const PlannedSession& session, const std::vector<const PlannedItem*>& items,
                  const calendar::Zone& zone) {
  std::string lines = "BEGIN:VEVENT\r\n";
  lines += folded("UID:" + escaped(session.id));
  lines += "DTSTAMP:" + utc(session.start) + "\r\n";  // no clock: the same plan, the same bytes
  lines += "DTSTART:" + utc(session.start) + "\r\n";
  lines += "DTEND:" + utc(std::max(session.end, session.start + std::chrono::seconds(1))) + "\r\n";
  lines += folded("SUMMARY:" + escaped(summary(session, items)));
  if (const auto text = description(items, zone); !text.empty()) lines += folded("DESCRIPTION:" + escaped(text));
  lines += folded("CATEGORIES:" + escaped(session.programme));
  lines += "PRIORITY:" + priority_of(session.priority) + "\r\n";
  return lines + "TRANSP:TRANSPARENT\r\nEND:VEVENT\r\n";
}

}  // namespace

std::string plan_ics(const scheduler::Plan& plan, const calendar::Zone& zone, const std::string& station) {
  std::map<std::string, std::vector<const PlannedItem*>> items;
  for (const auto& item : plan.items) items[item.session].push_back(&item);
  std::string lines = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Loa//loa plan//VI\r\nCALSCALE:GREGORIAN\r\n";
  lines += folded("X-WR-CALNAME:" + escaped(station)) + folded("X-WR-TIMEZONE:" + zone.name());
  for (const auto& session : plan.sessions) lines += event(session, items[session.id], zone);
  return lines + "END:VCALENDAR\r\n";
}

}  // namespace loa::station
