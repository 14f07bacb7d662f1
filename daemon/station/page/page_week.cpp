#include "daemon/station/page/page_week.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "daemon/station/page/page_facts.hpp"
#include "scheduler/check_findings.hpp"
#include "scheduler/plan.hpp"

namespace loa::station {

using config::msg;
using config::msgn;
using config::Text;
using scheduler::PlannedItem;
using scheduler::PlannedSession;

namespace {

namespace chr = std::chrono;
using Sessions = std::vector<const PlannedSession*>;

constexpr chr::days kNear{2};  // further ahead recordings are still to be made

std::string lunar_words(config::Date day) {
  const auto lunar = calendar::lunar_date(day);
  if (!lunar) return {};
  return std::to_string(lunar->day) + "/" + std::to_string(lunar->month);
}

Text heading_of(config::Date day) {
  const auto lunar = lunar_words(day);
  return lunar.empty() ? scheduler::date_words(day)
                       : msg("{0} ({1} by the lunar calendar)", scheduler::date_words(day), lunar);
}

class Week {
 public:
  Week(const Snapshot& snapshot, Instant now, config::Date first, int days, PageLines& lines)
      : snapshot_(snapshot), plan_(snapshot.plan(first, chr::sys_days(first) + chr::days(days))), lines_(lines) {
    for (const auto& item : plan_.items) {
      const bool fails = item.what != scheduler::What::pause && item.fault != scheduler::Fault::none;
      const bool near = chr::sys_days(item.day) - chr::sys_days(first) < kNear;
      if (fails && near && item.end() > now) ++failing_[item.session];
    }
    for (const auto& session : plan_.sessions) by_day_[chr::sys_days(zone().day(session.start))].push_back(&session);
  }

  void write(config::Date date) {
    lines_.line(heading_of(date));
    const auto& sessions = by_day_[chr::sys_days(date)];
    if (sessions.empty()) return lines_.line(msg("no programme"), 4);
    std::map<std::string, Sessions> by_programme;
    for (const auto* session : sessions) by_programme[session->programme].push_back(session);
    std::set<std::string> told;
    for (const auto* session : sessions) {
      const auto& same = by_programme[session->programme];
      if (same.size() <= kTimesApart) {
        write(*session);
      } else if (told.insert(session->programme).second) {
        write_together(same);
      }
    }
  }

 private:
  const calendar::Zone& zone() const { return snapshot_.schedule.zone; }

  void write(const PlannedSession& session) {
    const auto times = page_time(session.start, zone()) + "–" + page_time(session.end, zone());
    auto line = times + "  " + session.title;
    if (!session.by.empty()) line += msg(" (by the calendar: {0})", session.by).in(lines_.language());
    lines_.line(line + failing({&session}), 4);
  }

  void write_together(const Sessions& sessions) {
    const auto words = msg("{0} times, the first {1}, the last {2}", static_cast<unsigned long>(sessions.size()),
                           page_time(sessions.front()->start, zone()), page_time(sessions.back()->start, zone()));
    lines_.line(sessions.front()->title + ": " + words.in(lines_.language()) + failing(sessions), 4);
  }

  std::string failing(const Sessions& sessions) const {
    unsigned long count = 0;
    for (const auto* session : sessions) {
      const auto found = failing_.find(session->id);
      if (found != failing_.end()) count += found->second;
    }
    if (count == 0) return {};
    return msgn("  [{0} item will not sound as planned]", "  [{0} items will not sound as planned]", count, count)
        .in(lines_.language());
  }

  const Snapshot& snapshot_;
  scheduler::Plan plan_;
  PageLines& lines_;
  std::map<chr::sys_days, Sessions> by_day_;
  std::map<std::string, unsigned long> failing_;  // by session
};

}  // namespace

void write_days(const Snapshot& snapshot, Instant now, int days, PageLines& lines) {
  const auto first = snapshot.schedule.zone.day(now);
  Week week(snapshot, now, first, days, lines);
  for (int i = 0; i < days; ++i) week.write(chr::sys_days(first) + chr::days(i));
}

}  // namespace loa::station
