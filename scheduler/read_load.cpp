// Whether the files ask for more than a day can hold: a plan of them would never end.
#include <algorithm>
#include <map>

#include "playlists/nesting.hpp"
#include "scheduler/read_parts.hpp"

namespace loa::scheduler {

using config::Diagnostics;
using config::msg;

namespace {

constexpr double kMostItems = 10'000;   // a day, on average over a month: one every nine seconds
constexpr double kMostSessions = 1500;  // a day: a little more than one a minute
constexpr double kMonth = 31;           // days
constexpr double kLunarMonth = 29;      // the shortest
constexpr int kMonthsTried = 13;

double names_of(const ItemRule& item, const playlists::Nesting& nesting) {
  if (const auto* playlist = std::get_if<PlaylistItem>(&item.what)) {
    return static_cast<double>(nesting.names_in(playlist->id));
  }
  const auto* campaign = std::get_if<CampaignItem>(&item.what);
  return campaign != nullptr ? campaign->count : 1;
}

/// The share of a month's days on which it plays at most.
double share_of_days(const Programme& programme) {
  const auto& repeat = programme.repeat.words;
  if (repeat.form == Days::Form::never) return 0;
  if (repeat.form == Days::Form::rrule) return 0;  // sessions_by_rule() counts them
  if (repeat.form == Days::Form::lunar) return std::min(static_cast<double>(repeat.lunar.size()) / kLunarMonth, 1.0);
  if (repeat.form != Days::Form::dates) return 1;
  double days = 0;
  for (const auto& span : repeat.dates) {
    if (span.kind != DateSpan::Kind::dates) return 1;
    days += static_cast<double>((std::chrono::sys_days(span.last) - std::chrono::sys_days(span.first)).count() + 1);
  }
  return std::min(days / kMonth, 1.0);
}

/// In the fullest of the first months.
double sessions_by_rule(const calendar::Recurrence& rule) {
  const auto most = static_cast<std::size_t>(kMonth * kMostSessions) + 1;
  std::size_t sessions = 0;
  for (int i = 0; i < kMonthsTried && sessions < most; ++i) {
    const auto from = rule.dtstart() + i * std::chrono::days(31);
    sessions = std::max(sessions, rule.between(from, from + std::chrono::days(31), most).size());
  }
  return static_cast<double>(sessions) / kMonth;
}

/// By id what lines of the calendar bring on days on which its own `repeat` does not: how often a day at most.
using Brought = std::map<std::string, std::size_t, std::less<>>;

Brought brought_by(const std::vector<CalendarLine>& calendar, const std::vector<Programme>& programmes) {
  std::map<std::string, std::size_t, std::less<>> times;
  for (const auto& programme : programmes) times.emplace(programme.id, programme.at.size());
  Brought brought;
  const auto bring = [&](const std::string& id, std::size_t count) {
    auto& most = brought[id];
    most = std::max({most, count, std::size_t(1)});
  };
  for (const auto& line : calendar) {
    for (const auto& named : line.add) bring(named.id, times[named.id]);
    for (const auto& [who, by_whom] : line.replace) bring(by_whom.id, std::max(times[who.id], times[by_whom.id]));
  }
  return brought;
}

double sessions_a_day(const Programme& programme, const Brought& brought) {
  if (const auto found = brought.find(programme.id); found != brought.end()) {
    return static_cast<double>(found->second);
  }
  if (programme.repeat.rule != nullptr) return sessions_by_rule(*programme.repeat.rule);
  return static_cast<double>(programme.at.size()) * share_of_days(programme);
}

double items_a_session(const Programme& programme, const playlists::Nesting& nesting) {
  double items = 0;
  for (const auto& item : programme.items) items += names_of(item, nesting);
  return std::max(items, 1.0);
}

}  // namespace

bool check_load(const std::vector<Programme>& programmes, const std::vector<CalendarLine>& calendar,
                const playlists::Repertoire& repertoire, Diagnostics& diagnostics) {
  const auto brought = brought_by(calendar, programmes);
  const playlists::Nesting nesting(repertoire);
  double items = 0, sessions = 0;
  for (const auto& programme : programmes) {
    const auto its_sessions = sessions_a_day(programme, brought);
    sessions += its_sessions;
    items += its_sessions * items_a_session(programme, nesting);
    if (items <= kMostItems && sessions <= kMostSessions) continue;
    diagnostics
        .error("too-many-items", programme.span,
               items > kMostItems ? msg("with “{0}” the programmes come to more than {1} items a day", programme.id,
                                        static_cast<long long>(kMostItems))
                                  : msg("with “{0}” the programmes come to more than {1} sessions a day", programme.id,
                                        static_cast<long long>(kMostSessions)))
        .would(msg("no day is long enough for them"))
        .mend(msg("begin it less often, or give it fewer items"));
    return false;
  }
  return true;
}

}  // namespace loa::scheduler
