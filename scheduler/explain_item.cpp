// An item: its position, its time, what ends it.
#include <algorithm>

#include "config/unicode.hpp"
#include "scheduler/check_findings.hpp"
#include "scheduler/explain_parts.hpp"

namespace loa::scheduler {

namespace {

using config::msg;
using config::Text;

/// Outside the permitted hours from end to end.
bool is_gated(const Telling& telling, const PlannedItem& item) {
  return item.frames > Frames(0) && permitting(telling.schedule, item.start) == nullptr &&
         permitting(telling.schedule, item.end() - Frames(1)) == nullptr;
}

Text answer_of(const Telling& telling, const PlannedItem& item, const std::string& substitute) {
  const auto from = telling.clock(item.start), until = telling.clock(item.end());
  if (item.what == What::pause)
    return msg("{0}: silence, {1} from {2} to {3}", date_words(item.day), named(item), from, until);
  if (!substitute.empty() && !is_gated(telling, item)) {
    return msg("{0}: “{1}” would sound from {2}, since {3} cannot be played", date_words(item.day), substitute, from,
               named(item));
  }
  if (item.frames == Frames(0))
    return msg("{0}: silence, {1} is planned at {2} and does not sound", date_words(item.day), named(item), from);
  if (item.fault != Fault::none || is_gated(telling, item)) {
    return msg("{0}: silence from {1} to {2}, {3} does not sound", date_words(item.day), from, until, named(item));
  }
  return msg("{0}: {1} sounds from {2} to {3}", date_words(item.day), named(item), from, until);
}

void tell_rule(Telling& telling, const DraftSession& session, const LaidItem& item) {
  const auto& rule = *item.entry->rule;
  const auto date = session.occurrence.date;
  telling.add(Topic::item,
              msg("item {0} of “{1}”: {2}", std::to_string(item.entry->position), session.occurrence.programme->id,
                  quoted(rule.at)),
              rule.at);
  if (rule.days) {
    telling.add(Topic::days,
                msg("for {0} only, and {1} is one of these days", quoted(*rule.days), both_calendars(date)),
                rule.days->words.at.source != nullptr ? rule.days->words.at : rule.at);
  }
  int days_ago = 0;
  if (const auto* article = std::get_if<ArticleItem>(&rule.what)) days_ago = article->days_ago;
  if (const auto* playlist = std::get_if<PlaylistItem>(&rule.what)) days_ago = playlist->days_ago;
  if (days_ago == 0) return;
  const Date then(std::chrono::sys_days(date) - std::chrono::days(days_ago));
  telling.add(Topic::days, msg("“days_ago: {0}”: with the recording of {1}", days_ago, both_calendars(then)), rule.at);
}

void tell_start(Telling& telling, const DraftSession& session, const LaidItem& item) {
  const auto& rule = *item.entry->rule;
  const auto begins = telling.clock(item.start);
  if (item.pinned) return telling.add(Topic::time, msg("it has a time of its own, {0}", begins), rule.pin_at);
  if (item.piece > 0) return;  // told with whom it was interrupted by
  const auto& items = session.items;
  if (&item == items.data()) {
    if (item.start == session.occurrence.start)
      telling.add(Topic::time, msg("it begins with the session, at {0}", begins));
    return;
  }
  const auto before = planned_item(session, *(&item - 1));
  telling.add(Topic::time, msg("it follows {0} directly, at {1}", named(before), begins), (&item - 1)->entry->rule->at);
}

/// The session that begins where this one is cut.
const DraftSession* next_of(const Telling& telling, const DraftSession& session) {
  const auto& all = telling.draft.sessions;
  const auto found = std::find_if(all.begin(), all.end(), [&](const DraftSession& each) {
    return session.next && each.occurrence.start == *session.next && &each != &session &&
           each.occurrence.programme->priority == session.occurrence.programme->priority;
  });
  return found == all.end() ? nullptr : &*found;
}

const ItemRule* pinned_at(const DraftSession& session, const LaidItem& item) {
  for (const auto& entry : session.occurrence.entries) {
    if (entry.position > item.entry->position && entry.pin == item.end()) return entry.rule;
  }
  return nullptr;
}

Text ended(const LaidItem& item, Text by_whom) {
  if (item.fault == Fault::unreached) return msg("it is not reached: {0}", std::move(by_whom));
  const auto rest = item.length - item.offset - item.frames;
  if (item.recording == nullptr) return msg("it ends early: {0}", std::move(by_whom));
  return msg("its last {0} are cut: {1}", length_words(rest), std::move(by_whom));
}

void tell_cut(Telling& telling, const DraftSession& session, const LaidItem& item) {
  const auto& programme = *session.occurrence.programme;
  const auto when = telling.clock(item.end());
  switch (item.cut) {
    case Cut::none:
      return;
    case Cut::pin: {
      const auto* rule = pinned_at(session, item);
      return telling.add(Topic::cut, ended(item, msg("an item with a time of its own begins at {0}", when)),
                         rule != nullptr ? rule->pin_at : programme.span);
    }
    case Cut::slot:
      return telling.add(Topic::cut, ended(item, msg("the slot ends at {0}", when)), programme.places.length);
    case Cut::hours: {
      const auto* hours = permitting(telling.schedule, item.end() - Frames(1));
      return telling.add(Topic::cut, ended(item, msg("the permitted hours end at {0}", when)),
                         hours != nullptr ? hours->at : config::Span{});
    }
    case Cut::next: {
      const auto* next = next_of(telling, session);
      const auto by = next == nullptr ? msg("the next session begins at {0}", when)
                                      : msg("“{0}” begins at {1}", next->occurrence.programme->id, when);
      return telling.add(Topic::cut, ended(item, by),
                         next != nullptr ? next->occurrence.programme->span : programme.span);
    }
  }
}

void tell_interruption(Telling& telling, const DraftSession& session, const LaidItem& item) {
  const auto& programme = *session.occurrence.programme;
  const auto place = programme.places.interrupted.source != nullptr ? programme.places.interrupted : programme.span;
  if (item.fault == Fault::overridden) {
    telling.add(Topic::priority, msg("a higher priority has its time, and none is left for it"), programme.span);
  } else if (item.interruption == Interruption::broken_off) {
    telling.add(Topic::priority, msg("a higher priority breaks into it, and the rest is not heard"), place);
  } else if (item.piece > 0) {
    telling.add(Topic::priority,
                msg("it goes on at {0} after a higher priority has broken into it", telling.clock(item.start)), place);
  } else if (item.interruption == Interruption::continued) {
    telling.add(Topic::priority,
                msg("a higher priority breaks into it at {0}; it goes on afterwards", telling.clock(item.end())),
                place);
  }
  if (item.fault == Fault::limited) telling.add(Topic::limit, msg("an enforced limit keeps it silent in its time"));
}

}  // namespace

std::string Telling::clock(Instant instant) const {
  return time_words(std::chrono::floor<std::chrono::seconds>(instant), schedule.zone);
}

std::string quoted(const config::Span& span) {
  constexpr std::size_t kMost = 72;  // letters
  if (span.source == nullptr) return {};
  std::string words;
  for (const char c : span.source->bytes().substr(span.begin, span.end - span.begin)) {
    const bool blank = c == ' ' || c == '\n' || c == '\r' || c == '\t';
    if (!blank || (!words.empty() && words.back() != ' ')) words.push_back(blank ? ' ' : c);
  }
  if (!words.empty() && words.back() == ' ') words.pop_back();
  const bool in_quotes = words.size() > 2 && words.front() == '"' && words.find('"', 1) == words.size() - 1;
  if (in_quotes) words = words.substr(1, words.size() - 2);
  if (config::count_cells(words) <= kMost) return words;
  std::size_t cut = std::min(kMost, words.size());
  while (cut > 0 && (static_cast<unsigned char>(words[cut]) & 0xC0) == 0x80) --cut;
  return words.substr(0, cut) + "…";
}

std::string quoted(const DaySet& days) {
  const auto words = quoted(days.words.at);
  return words.empty() ? quoted(days.words.rule_at) : words;
}

Text named(const PlannedItem& item) {
  if (item.what == What::pause) return msg("a pause");
  if (item.what == What::relay) return msg("the relay “{0}” ({1})", item.title, item.relay);
  return msg("“{0}” ({1})", item.title, item.clip);
}

void tell_item(Telling& telling, const DraftSession& session, const LaidItem& item) {
  const auto planned = planned_item(session, item);
  const bool lacks = item.recording != nullptr && item.fault == item.recording->fault && item.fault != Fault::none &&
                     item.fault != Fault::unapproved;
  const auto substitute = lacks ? substitute_in(telling, *item.recording, planned.day) : std::string();
  if (!substitute.empty()) telling.told.answer = Explanation::Answer::sounds;
  telling.add(Topic::answer, answer_of(telling, planned, substitute), item.entry->rule->at);
  if (is_gated(telling, planned)) {
    telling.told.answer = Explanation::Answer::silent;
    tell_hours(telling, item.start);
  }
  if (item.recording != nullptr && item.recording->fault != Fault::none) tell_recording(telling, session, item);
  tell_interruption(telling, session, item);
  tell_cut(telling, session, item);
  tell_rule(telling, session, item);
  if (item.recording != nullptr) tell_choice(telling, session, item);
  tell_start(telling, session, item);
  if (item.recording != nullptr && item.recording->fault == Fault::none) tell_recording(telling, session, item);
}

}  // namespace loa::scheduler
