#include "daemon/station/commands/plan_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <unordered_map>

#include "daemon/station/commands/paint.hpp"
#include "daemon/station/commands/plan_lines.hpp"
#include "daemon/station/host/output.hpp"

namespace loa::station {

namespace {

using config::Date;
using config::Language;
using config::msg;
using config::msgn;
using scheduler::Fault;
using scheduler::Frames;
using scheduler::Instant;
using scheduler::PlannedItem;
using scheduler::PlannedSession;
using namespace std::chrono_literals;

constexpr int kCellsOfADay = 72;  // one for 20 minutes
constexpr std::size_t kTitleCells = 40;
constexpr const char* kRed = "\x1b[31m";

std::string clock_words(Instant instant, const calendar::Zone& zone, bool seconds) {
  const auto local = zone.local(instant);
  const auto of_day = local - std::chrono::floor<std::chrono::days>(local);
  const std::chrono::hh_mm_ss time(std::chrono::floor<std::chrono::seconds>(of_day));
  std::string words = fmt::format("{:02}:{:02}", time.hours().count(), time.minutes().count());
  return seconds ? words + fmt::format(":{:02}", time.seconds().count()) : words;
}

Instant midnight(Date day, const calendar::Zone& zone) {
  return zone.instant(calendar::LocalTime(std::chrono::local_days(day)));
}

struct Stretch {
  Instant from, until;
};

bool touches(const std::vector<Stretch>& stretches, Instant from, Instant until) {
  return std::any_of(stretches.begin(), stretches.end(),
                     [&](const Stretch& each) { return each.from < until && from < each.until; });
}

/// What is wrong with an item, for people; empty when it plays as written.
config::Text fault_words(const PlannedItem& item) {
  switch (item.fault) {
    case Fault::none:
      if (item.interruption == scheduler::Interruption::continued) return msg("a piece: a higher priority breaks in");
      if (item.interruption == scheduler::Interruption::broken_off) return msg("broken off by a higher priority");
      if (item.interruption == scheduler::Interruption::delayed) return msg("late, a higher priority has the air");
      if (!is_cut(item)) return {};
      return item.what == scheduler::What::relay
                 ? msg("cut, it should last {0}", length_words(item.clip_frames))
                 : msg("cut, the recording is {0} long", length_words(item.clip_frames));
    case Fault::missing:
      return msg("the recording is not there");
    case Fault::unmeasured:
      return msg("the recording is not measured yet");
    case Fault::refused:
      return msg("the recording cannot be played");
    case Fault::unreached:
      return msg("not reached, the session ends before");
    case Fault::overridden:
      return msg("overridden by a higher priority");
    case Fault::limited:
      return msg("kept silent by a limit");
    case Fault::unapproved:
      return msg("not approved yet, it stays silent");
  }
  return {};
}

/// Draws one day after another.
class DayDrawing {
 public:
  explicit DayDrawing(const PlanText& text) : text_(text) {
    for (const auto& item : text.plan.items) items_[item.session].push_back(&item);
  }

  std::string day(Date date) const {
    const Instant begin = midnight(date, text_.zone);
    const Instant end = midnight(Date(std::chrono::sys_days(date) + std::chrono::days(1)), text_.zone);
    std::vector<const PlannedSession*> sessions;
    for (const auto& session : text_.plan.sessions) {
      if (begin <= session.start && session.start < end) sessions.push_back(&session);
    }
    std::string lines = heading(date, sessions);
    if (!sessions.empty()) lines += hours() + bar(begin, end);
    for (const auto* each : sessions) lines += session(*each);
    return lines + "\n";
  }

 private:
  std::string heading(Date date, const std::vector<const PlannedSession*>& sessions) const {
    const auto lunar = lunar_words(date, text_.language);
    const std::string day = painted(kBold, day_words(date, text_.language), text_.colour) +
                            (lunar.empty() ? std::string() : " (" + lunar + ")");
    if (sessions.empty()) return day + "  " + msg("nothing is planned").in(text_.language) + "\n";
    Frames sounding{0};
    for (const auto* session : sessions) {
      for (const auto* item : items_of(*session))
        sounding += item->what != scheduler::What::pause ? item->frames : Frames(0);
    }
    const auto count = sessions.size();
    return day + "  " +
           msg("{0}, {1} of sound", msgn("{0} session", "{0} sessions", count, count), length_words(sounding))
               .in(text_.language) +
           "\n";
  }

  static std::string hours() {
    std::string line = "  ";
    for (int hour = 0; hour < 24; hour += 4) line += fmt::format("{:02}{:10}", hour, "");
    return line + "24\n";
  }

  std::string bar(Instant begin, Instant end) const {
    const std::vector<Stretch> sounding = stretches_of_sound(begin, end);
    std::vector<Stretch> open;
    for (const auto& interval : text_.permitted) open.push_back({interval.from, interval.until});
    std::string line = "  ";
    for (int cell = 0; cell < kCellsOfADay; ++cell) {
      const Instant from = begin + (end - begin) * cell / kCellsOfADay;
      const Instant until = begin + (end - begin) * (cell + 1) / kCellsOfADay;
      line += touches(sounding, from, until) ? "█" : touches(open, from, until) ? "·" : " ";
    }
    line.erase(line.find_last_not_of(' ') + 1);
    return line + "\n";
  }

  std::vector<Stretch> stretches_of_sound(Instant begin, Instant end) const {
    std::vector<Stretch> found;
    for (const auto& item : text_.plan.items) {
      const bool sounds = item.what != scheduler::What::pause && item.frames.count() > 0;
      if (sounds && item.start < end && begin < item.end()) found.push_back({item.start, item.end()});
    }
    return found;
  }

  std::string session(const PlannedSession& session) const {
    std::string lines = fmt::format("  {}–{}  {} ({})  {}\n", clock_words(session.start, text_.zone, false),
                                    clock_words(session.end, text_.zone, false), one_line(session.title),
                                    session.programme, length_words(session.end - session.start));
    if (!session.by.empty()) lines += "      ~ " + msg("by the calendar: {0}", session.by).in(text_.language) + "\n";
    for (const auto* each : items_of(session)) lines += item(*each);
    return lines;
  }

  std::string item(const PlannedItem& item) const {
    const bool pause = item.what == scheduler::What::pause;
    const std::string title = pause ? msg("(pause)").in(text_.language) : item.title.str();
    const std::string fault = fault_words(item).in(text_.language);
    std::string line = fmt::format("{}  {}  {}", clock_words(item.start, text_.zone, true),
                                   right(length_words(item.frames), 8), left(title, kTitleCells));
    if (const auto mark = repeat_mark_of(item); !mark.empty()) line += "  " + mark;
    const std::string from = item.what == scheduler::What::relay ? item.taken_from : item.clip;
    line += "  " + (fault.empty() ? one_line(from) : from + ": " + fault);
    line.erase(line.find_last_not_of(' ') + 1);
    return fault.empty() ? "      " + line + "\n" : "    ! " + painted(kRed, line, text_.colour) + "\n";
  }

  static std::string one_line(const std::string& words) {
    std::string line = left(words, 200);
    line.erase(line.find_last_not_of(' ') + 1);
    return line;
  }

  const std::vector<const PlannedItem*>& items_of(const PlannedSession& session) const {
    static const std::vector<const PlannedItem*> none;
    const auto found = items_.find(session.id);
    return found == items_.end() ? none : found->second;
  }

  const PlanText& text_;
  std::unordered_map<std::string, std::vector<const PlannedItem*>> items_;  // by session, in order
};

}  // namespace

std::string length_words(Frames length) {
  const auto seconds = std::chrono::round<std::chrono::seconds>(length).count();
  if (seconds < 3600) return fmt::format("{}:{:02}", seconds / 60, seconds % 60);
  return fmt::format("{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
}

std::string lunar_words(Date day, Language language) {
  const auto lunar = calendar::lunar_date(day);
  if (!lunar) return {};
  if (language == Language::en) {
    return fmt::format("lunar {:02}-{:02}{}", lunar->month, lunar->day, lunar->leap ? " leap" : "");
  }
  return fmt::format("{:02}/{:02}{} âm lịch", lunar->day, lunar->month, lunar->leap ? " nhuận" : "");
}

std::string day_words(Date day, Language language) {
  static constexpr std::array kVietnamese = {"CN", "T2", "T3", "T4", "T5", "T6", "T7"};
  static constexpr std::array kEnglish = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  const auto weekday = std::chrono::weekday(std::chrono::sys_days(day)).c_encoding();
  if (language == Language::en) return fmt::format("{} {}", kEnglish.at(weekday), config::to_string(day));
  return fmt::format("{} {:02}/{:02}/{}", kVietnamese.at(weekday), static_cast<unsigned>(day.day()),
                     static_cast<unsigned>(day.month()), static_cast<int>(day.year()));
}

std::string PlanText::in(Date from, Date to) const {
  const DayDrawing drawing(*this);
  std::string lines;
  for (auto day = std::chrono::sys_days(from); day < std::chrono::sys_days(to); day += std::chrono::days(1)) {
    lines += drawing.day(Date(day));
  }
  return lines;
}

}  // namespace loa::station
