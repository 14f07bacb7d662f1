#include "daemon/station/page/page_lacks.hpp"

#include <algorithm>
#include <map>

#include "config/unicode.hpp"
#include "daemon/station/conductor/conductor_wanted.hpp"
#include "daemon/station/page/page_facts.hpp"
#include "scheduler/check_findings.hpp"

namespace loa::station {

using config::msg;
using config::Text;
using scheduler::Fault;
using scheduler::PlannedItem;
using scheduler::PlannedSession;

namespace {

namespace chr = std::chrono;

Text consequence(const Snapshot& snapshot, const PlannedItem& item) {
  const bool by_rule = item.fault == Fault::unapproved;  // kept silent, not missing
  if (const auto other = by_rule ? std::nullopt : substitute_for(snapshot, item)) {
    return msg("“{0}” would play instead", playlists::with_date(other->article->title, item.day));
  }
  if (item.frames.count() > 0) return msg("{0} of silence", scheduler::length_words(item.frames));
  return msg("its place would stay empty");
}

/// Empty when the item lacks nothing that somebody could bring.
Text lack_of(const PlannedItem& item) {
  switch (item.fault) {
    case Fault::missing:
      return msg("“{0}”: the recording {1} is not there", item.title, item.clip);
    case Fault::refused:
      return msg("“{0}”: the recording {1} cannot be played", item.title, item.clip);
    case Fault::unmeasured:
      return msg("“{0}”: the recording {1} is not measured yet", item.title, item.clip);
    case Fault::limited:
      return msg("“{0}” is kept silent by a limit", item.title);
    case Fault::unapproved:
      return msg("“{0}”: the recording {1} is not approved", item.title, item.clip);
    case Fault::none:
    case Fault::unreached:
    case Fault::overridden:
      break;
  }
  return {};
}

bool sounds(const PlannedItem& item) {
  return item.what == scheduler::What::pause || (item.fault == Fault::none && item.frames.count() > 0);
}

/// Adds the lacks of one session.
class SessionLacks {
 public:
  SessionLacks(const Snapshot& snapshot, const PlannedSession& session, std::vector<Lack>& lacks)
      : snapshot_(snapshot), session_(session), lacks_(lacks) {}

  void look(const std::vector<const PlannedItem*>& items) {
    for (const auto* item : items) {
      auto words = lack_of(*item);
      if (words.empty()) continue;
      const bool silent = item->fault == Fault::limited;
      add(item->start, silent ? std::move(words) : msg("{0}; {1}", std::move(words), consequence(snapshot_, *item)));
    }
    if (std::none_of(items.begin(), items.end(),
                     [](const auto* item) { return item->what != scheduler::What::pause; })) {
      return add(session_.start, msg("the session has nothing to play"));
    }
    silences(items);
  }

 private:
  void add(Instant at, Text words) { lacks_.push_back({at, session_.title, std::move(words)}); }

  /// Stretches of the slot in which nothing is planned to sound, those of missing recordings left out: they are told.
  void silences(const std::vector<const PlannedItem*>& items) {
    Instant quiet_from = session_.start;
    for (const auto* item : items) {
      if (item->frames.count() == 0) continue;
      silence(quiet_from, item->start);
      if (sounds(*item) || !lack_of(*item).empty()) quiet_from = std::max(quiet_from, item->end());
    }
    if (session_.has_length) silence(quiet_from, session_.end);
  }

  void silence(Instant from, Instant until) {
    for (const auto& busy : session_.busy) {
      if (busy.from < until && from < busy.until) return;  // another programme sounds then
    }
    if (until - from < kSilenceTold) return;
    add(from, msg("{0} of silence until {1}", scheduler::length_words(until - from),
                  page_time(until, snapshot_.schedule.zone)));
  }

  const Snapshot& snapshot_;
  const PlannedSession& session_;
  std::vector<Lack>& lacks_;
};

/// Whether anything of the programme is meant for `day`.
bool is_for(const scheduler::Programme& programme, config::Date day) {
  return std::any_of(programme.items.begin(), programme.items.end(),
                     [&](const auto& item) { return !item.days || item.days->contains(day); });
}

/// Sessions that are not held because there is nothing for them: an empty folder, articles that have expired.
void add_idle(const Snapshot& snapshot, const scheduler::Plan& plan, config::Date day, Instant from,
              std::vector<Lack>& lacks) {
  const auto& zone = snapshot.schedule.zone;
  for (const auto& slot : scheduler::Timetable(snapshot.schedule).on(day)) {
    const auto start = zone.instant(slot.start);
    const bool held = std::any_of(plan.sessions.begin(), plan.sessions.end(), [&](const auto& session) {
      return session.programme == slot.programme->id && session.start == start;
    });
    if (held || start < from || !is_for(*slot.programme, day)) continue;
    lacks.push_back({start, slot.programme->title, msg("the session is not held, there is nothing to play")});
  }
}

}  // namespace

std::vector<Lack> lacks_of(const Snapshot& snapshot, config::Date day, Instant from) {
  const auto plan = snapshot.plan(day, chr::sys_days(day) + chr::days(1));
  std::map<std::string, std::vector<const PlannedItem*>> items;
  for (const auto& item : plan.items) items[item.session].push_back(&item);
  std::vector<Lack> lacks;
  for (const auto& session : plan.sessions) {
    if (session.end <= from || session.overridden) continue;
    SessionLacks(snapshot, session, lacks).look(items[session.id]);
  }
  std::erase_if(lacks, [&](const Lack& lack) { return lack.at < from; });
  add_idle(snapshot, plan, day, from, lacks);
  std::stable_sort(lacks.begin(), lacks.end(), [](const Lack& a, const Lack& b) { return a.at < b.at; });
  return lacks;
}

std::vector<std::string> lack_lines(const std::vector<Lack>& lacks, const calendar::Zone& zone,
                                    config::Language language) {
  std::vector<std::string> lines;
  for (const auto& lack : lacks) {
    if (lines.size() == kMostTold) {
      lines.push_back(msg("… {0} more", static_cast<unsigned long>(lacks.size() - kMostTold)).in(language));
      break;
    }
    lines.push_back(msg("{0} {1}: {2}", page_time(lack.at, zone), lack.programme, lack.words).in(language));
  }
  return lines;
}

std::string preflight_text(const Snapshot& snapshot, config::Date day, config::Language language) {
  const auto& zone = snapshot.schedule.zone;
  const auto midnight = zone.instant(calendar::LocalTime(chr::local_days(day)));
  const auto lacks = lacks_of(snapshot, day, midnight);
  const auto lines = lack_lines(lacks, zone, language);
  const auto date = scheduler::date_words(day);
  const auto count = static_cast<unsigned long>(lacks.size());
  std::string text =
      (lines.empty()
           ? msg("tomorrow, {0}, lacks nothing", date)
           : config::msgn("TOMORROW, {1}, LACKS {0} THING:", "TOMORROW, {1}, LACKS {0} THINGS:", count, count, date))
          .in(language) +
      "\n";
  for (const auto& line : lines) text += "  " + config::printable(line) + "\n";
  return text;
}

}  // namespace loa::station
