// Findings about whole sessions: overlaps, permitted hours, nothing to play.
#include <algorithm>
#include <map>
#include <optional>
#include <tuple>

#include "scheduler/check_draft.hpp"

namespace loa::scheduler {

namespace {

using config::msg;
using config::Severity;
using config::Text;

/// Of one session at most so many followers are compared: beyond them it is wrong in the same way.
constexpr std::size_t kMostFollowers = 64;
/// Overlaps of one day; as many findings as `check` shows.
constexpr std::size_t kMostOverlaps = 1'000;

const Programme& programme_of(const DraftSession& session) {
  return *session.occurrence.programme;
}

/// Where the session ends by the text alone: the slot where its length binds, else the least that its items take.
Instant proven_end(const DraftSession& session) {
  if (session.bound()) return *session.slot_end;
  const auto items = lay_out(session.occurrence, session.slot_end, Lengths::least);
  return content_end(session.occurrence, items);
}

/// Where it ends by what is known of the recordings, if nothing stopped it.
Instant known_end(const DraftSession& session) {
  return session.bound() ? *session.slot_end : session.content_end;
}

bool is_later_place(const config::Span& a, const config::Span& b) {
  if (a.source == nullptr || b.source == nullptr || a.source == b.source) return a.begin > b.begin;
  return a.source->name() > b.source->name();
}

std::string time_of(const DraftSession& session) {
  return config::to_string(session.occurrence.at);
}

Text overlap_words(const DraftSession& here, const DraftSession& there, Frames by) {
  if (&programme_of(here) == &programme_of(there)) {
    return msg("“{0}” at {1} overlaps its own session at {2} by {3}", programme_of(here).id, time_of(here),
               time_of(there), length_words(by));
  }
  return msg("“{0}” at {1} overlaps “{2}” at {3} ({4}) by {5}", programme_of(here).id, time_of(here),
             programme_of(there).id, time_of(there), programme_of(there).span.file_line(), length_words(by));
}

/// The lines of the calendar that put these sessions where they are, each once; "" = the timetable alone.
std::string lines_behind(std::initializer_list<const DraftSession*> sessions) {
  std::vector<const CalendarLine*> lines;
  for (const auto* session : sessions) {
    for (const auto* line : {session->occurrence.by, session->occurrence.timed_by}) {
      if (line != nullptr && std::find(lines.begin(), lines.end(), line) == lines.end()) lines.push_back(line);
    }
  }
  std::string words;
  for (const auto* line : lines) words += (words.empty() ? "" : ", ") + cited(*line);
  return words;
}

Text by_calendar(Text message, const std::string& lines) {
  return lines.empty() ? message : msg("{0}, by the calendar: {1}", std::move(message), lines);
}

calendar::LocalTime local_start(const DraftSession& session) {
  return std::chrono::local_days(session.occurrence.held) + session.occurrence.at.since_midnight;
}

/// By the clock on the wall: instants may overlap only because a zone's change skips what lies between.
bool overlap_by_text(const DraftSession& first, const DraftSession& second, Instant proven) {
  return proven > second.occurrence.start &&
         local_start(first) + (proven - first.occurrence.start) > local_start(second);
}

/// `proven`: the first one's proven end.
void report_overlap(const DraftSession& first, const DraftSession& second, Instant proven, Findings& findings) {
  const bool by_text = overlap_by_text(first, second, proven);
  const auto severity = by_text ? Severity::error : Severity::warning;
  const bool second_is_later = is_later_place(programme_of(second).span, programme_of(first).span);
  const auto& here = second_is_later ? second : first;
  const auto& there = second_is_later ? first : second;
  // One mistake of two programmes is said once as what the text proves and once as what recordings cause.
  const auto lines = lines_behind({&first, &second});
  auto* found = findings.note(severity, "slots-overlap", programme_of(here).span, programme_of(there).span,
                              (by_text ? "text" : "recordings") + lines, second.occurrence.date);
  if (found == nullptr) return;
  const auto by = (by_text ? proven : std::max(proven, known_end(first))) - second.occurrence.start;
  found->message = by_calendar(overlap_words(here, there, by), lines);
  found->would(msg("“{0}” would be cut off when “{1}” begins at {2}", programme_of(first).id, programme_of(second).id,
                   time_of(second)));
  found->mend(by_text ? msg("move one of them, or shorten “length”")
                      : msg("shorten the recordings, or begin “{0}” later", programme_of(second).id));
}

Text hours_advice() {
  return msg("move or shorten it, or widen “permitted_hours” in station.yaml");
}

config::Span place_of_times(const Programme& programme) {
  return programme.at_span.source != nullptr ? programme.at_span : programme.span;
}

/// Where the programme stands on a line of the calendar that changes its time; else the line.
config::Span place_on(const CalendarLine& line, const std::string& programme) {
  for (const auto& [who, to] : line.move) {
    if (who.id == programme) return who.at;
  }
  for (const auto& [who, by] : line.shift) {
    if (who.id == programme) return who.at;
  }
  return line.span;
}

/// A finding about when a session begins or ends, at whatever says when it begins; null when it has been told. `what`
/// tells apart what is said of one programme.
config::Diagnostic* note_hours(Severity severity, const DraftSession& session, const std::string& what,
                               Findings& findings) {
  const auto& programme = programme_of(session);
  const auto* moved = session.occurrence.timed_by;
  const auto times = place_of_times(programme);
  const auto at = moved != nullptr ? place_on(*moved, programme.id) : times;
  return findings.note(severity, "outside-hours", at, moved != nullptr ? times : config::Span{},
                       what + lines_behind({&session}), session.occurrence.date);
}

/// `message` with whatever the calendar has to do with it; a finding on one of its lines names the programme's place.
Text hours_words(Text message, const DraftSession& session) {
  if (session.occurrence.timed_by == nullptr) return by_calendar(std::move(message), lines_behind({&session}));
  return msg("{0}, by the calendar: {1} ({2})", std::move(message), lines_behind({&session}),
             place_of_times(programme_of(session)).file_line());
}

/// Sessions that begin outside the permitted hours, those of one programme and day together: one mistake, told once.
struct Outside {
  const DraftSession* first;
  const Interval* next;  // of the permitted hours, after the first one's start; or null
  std::vector<std::string> times;
};
using OutsideKey = std::tuple<Date, const Programme*, const CalendarLine*, const CalendarLine*>;

OutsideKey key_of(const DraftSession& session) {
  const auto& occurrence = session.occurrence;
  return {occurrence.date, occurrence.programme, occurrence.by, occurrence.timed_by};
}

Text times_words(const std::vector<std::string>& times) {
  constexpr std::size_t most = 4;
  std::string words;
  for (std::size_t i = 0; i < std::min(most, times.size()); ++i) words += (i == 0 ? "" : ", ") + times[i];
  if (times.size() <= most) return Text::verbatim(words);
  return msg("{0} and {1} other times", words, static_cast<unsigned long>(times.size() - most));
}

void report_outside(const Checked& checked, const Outside& outside, Findings& findings) {
  const auto& session = *outside.first;
  const auto* next = outside.next;
  const bool enters = outside.times.size() == 1 && next != nullptr && next->from < known_end(session);
  std::string all;
  for (const auto& time : outside.times) all += time + ' ';
  auto* found = note_hours(Severity::error, session, "from " + all, findings);
  if (found == nullptr) return;
  found->message = hours_words(
      msg("“{0}” begins at {1}, outside the permitted hours", programme_of(session).id, times_words(outside.times)),
      session);
  found->would(enters ? msg("silence until {0}", time_words(next->from, checked.schedule.zone))
                      : msg("it would stay silent"));
  found->mend(hours_advice());
}

void report_crossing(const Checked& checked, const DraftSession& session, Instant until, Findings& findings) {
  const bool by_text = proven_end(session) > until;
  const auto& zone = checked.schedule.zone;
  auto* found =
      note_hours(by_text ? Severity::error : Severity::warning, session, "until " + time_of(session), findings);
  if (found == nullptr) return;
  const auto end = by_text ? proven_end(session) : known_end(session);
  found->message =
      hours_words(msg("“{0}” at {1} lasts until {2}, the permitted hours end at {3}", programme_of(session).id,
                      time_of(session), time_words(end, zone), time_words(until, zone)),
                  session);
  found->would(msg("silence from {0} on", time_words(until, zone)));
  found->mend(hours_advice());
}

void report_session_hours(const Checked& checked, const DraftSession& session, const std::vector<Interval>& hours,
                          std::map<OutsideKey, Outside>& outside, Findings& findings) {
  const auto start = session.occurrence.start;
  const auto next = std::upper_bound(hours.begin(), hours.end(), start,
                                     [](Instant instant, const Interval& each) { return instant < each.from; });
  if (next == hours.begin() || std::prev(next)->until <= start) {
    const auto told =
        outside.try_emplace(key_of(session), Outside{&session, next == hours.end() ? nullptr : &*next, {}});
    told.first->second.times.push_back(time_of(session));
    return;
  }
  // With `finish` the plan itself ends the content at the hours' edge: only what the text proves is wrong.
  const auto until = std::prev(next)->until;
  const auto end = session.finishes() ? proven_end(session) : std::max(known_end(session), proven_end(session));
  if (end > until) report_crossing(checked, session, until, findings);
}

/// The first article named in the items that is not valid on the day, with its last day when that is over.
const playlists::Article* invalid_article(const Schedule& schedule, const Programme& programme, Date day) {
  for (const auto& rule : programme.items) {
    const auto* item = std::get_if<ArticleItem>(&rule.what);
    if (item == nullptr || (rule.days && !rule.days->contains(day))) continue;
    const auto article = schedule.repertoire.articles.find(item->id);
    if (article == schedule.repertoire.articles.end() || article->second.valid_on(day)) continue;
    return &article->second;
  }
  return nullptr;
}

Text emptiness(const Programme& programme, const playlists::Article* invalid, Date day) {
  if (invalid != nullptr && invalid->until && *invalid->until < day) {
    return msg("“{0}” has nothing to play: “{1}” may be aired only until {2}", programme.id, invalid->id,
               date_words(*invalid->until));
  }
  if (invalid != nullptr && invalid->from) {
    return msg("“{0}” has nothing to play: “{1}” may be aired only from {2}", programme.id, invalid->id,
               date_words(*invalid->from));
  }
  return msg("“{0}” has nothing to play", programme.id);
}

void report_empty_session(const Checked& checked, const Occurrence& session, Findings& findings) {
  const auto& programme = *session.programme;
  if (programme.mistaken || checked.schedule.repertoire.mistaken) return;  // the error is the reason
  const auto* invalid = invalid_article(checked.schedule, programme, session.date);
  auto* found = findings.note(Severity::warning, "session-empty", programme.span, {},
                              invalid == nullptr ? std::string() : invalid->id, session.date);
  if (found == nullptr) return;
  found->message = emptiness(programme, invalid, session.date);
  found->would(msg("it would be silent"));
  found->mend(
      invalid != nullptr
          ? msg("prolong “{0}”, put another article in its place, or end the programme with “until”", invalid->id)
          : msg("give it an item for these days, or leave them out of “repeat”"));
}

}  // namespace

void report_overlaps(const Checked& checked, Findings& findings) {
  const auto& sessions = checked.draft.sessions;
  std::map<Date, std::size_t> told;
  for (std::size_t i = 0; i < sessions.size(); ++i) {
    auto& of_day = told[sessions[i].occurrence.date];
    if (of_day == kMostOverlaps) continue;
    const auto proven = proven_end(sessions[i]);
    // A higher priority may have all of its time: whom it would have met does not matter.
    const auto end = sessions[i].sounds() ? std::max(known_end(sessions[i]), proven) : proven;
    const auto last = std::min(sessions.size(), i + 1 + kMostFollowers);
    for (std::size_t j = i + 1; j < last && sessions[j].occurrence.start < end; ++j) {
      if (programme_of(sessions[i]).priority != programme_of(sessions[j]).priority) break;
      if (!programme_of(sessions[i]).priority_known || !programme_of(sessions[j]).priority_known) continue;
      if (sessions[j].occurrence.date < checked.today) continue;
      if (sessions[j].overridden() && sessions[j].occurrence.start >= proven) continue;  // it ends nobody
      report_overlap(sessions[i], sessions[j], proven, findings);
      if (++of_day == kMostOverlaps) break;
    }
  }
}

void report_hours(const Checked& checked, Findings& findings) {
  if (!checked.schedule.hours_known) return;
  std::optional<Instant> from, until;
  for (const auto& session : checked.draft.sessions) {
    from = std::min(from.value_or(session.occurrence.start), session.occurrence.start);
    until = std::max(until.value_or(session.occurrence.start), known_end(session));
  }
  if (!from) return;
  const auto hours = permitted(checked.schedule, *from, *until + std::chrono::days(1));
  std::map<OutsideKey, Outside> outside;
  for (const auto& session : checked.draft.sessions) {
    if (session.occurrence.date >= checked.today) report_session_hours(checked, session, hours, outside, findings);
  }
  for (const auto& [key, each] : outside) report_outside(checked, each, findings);
}

void report_empty(const Checked& checked, Findings& findings) {
  for (const auto& session : checked.draft.idle) {
    if (session.date >= checked.today) report_empty_session(checked, session, findings);
  }
  for (const auto& session : checked.draft.sessions) {
    const auto& entries = session.occurrence.entries;
    const bool only_pauses = std::all_of(entries.begin(), entries.end(),
                                         [](const Entry& entry) { return entry.kind == Entry::Kind::pause; });
    if (only_pauses && session.occurrence.date >= checked.today) {
      report_empty_session(checked, session.occurrence, findings);
    }
  }
}

}  // namespace loa::scheduler
