// Writes the draft out as the plan: ids, dated titles, one flat list by time.
#include "scheduler/plan.hpp"

#include <algorithm>
#include <functional>
#include <unordered_map>
#include <utility>

#include "scheduler/check_draft.hpp"
#include "scheduler/plan_draft.hpp"
#include "scheduler/plan_repeats.hpp"

namespace loa::scheduler {

namespace {

/// What the items of a programme have in common, as text.
struct ProgrammeTexts {
  SharedText id, title, ordered_by;
  SharedText place;
  std::vector<SharedText> items;  // the place of each

  explicit ProgrammeTexts(const Programme& programme)
      : id(programme.id),
        title(programme.title),
        ordered_by(programme.ordered_by),
        place(programme.span.file_line()),
        items(programme.items.size()) {}

  const SharedText& place_of(const Entry& entry) {
    auto& text = items[entry.position - 1];
    if (text.empty()) text = entry.rule->at.file_line();
    return text;
  }
};

/// The texts that items share, each made once.
class Texts {
 public:
  ProgrammeTexts& of(const Programme& programme) {
    if (last_ == nullptr || last_->first != &programme) last_ = &*programmes_.try_emplace(&programme, programme).first;
    return last_->second;
  }
  /// `name` stands in the schedule.
  const SharedText& of(const std::string& name) {
    const auto [entry, is_new] = names_.try_emplace(&name);
    if (is_new) entry->second = name;
    return entry->second;
  }

 private:
  std::unordered_map<const Programme*, ProgrammeTexts> programmes_;
  std::pair<const Programme* const, ProgrammeTexts>* last_ = nullptr;  // its items follow each other
  std::unordered_map<const std::string*, SharedText> names_;
};

/// The lines of the calendar that put the session there and moved it.
std::string lines_of(const Occurrence& session) {
  std::string lines;
  for (const auto* line : {session.by, session.timed_by}) {
    if (line == nullptr || (line == session.by && !lines.empty())) continue;
    lines += (lines.empty() ? "" : ", ") + (line->name.empty() ? line->span.file_line() : line->name);
  }
  return lines;
}

PlannedSession planned(const DraftSession& draft, Texts& texts) {
  const auto& programme = *draft.occurrence.programme;
  const auto& its = texts.of(programme);
  PlannedSession session;
  session.id = draft.occurrence.id;
  session.programme = its.id;
  session.title = its.title;
  session.start = draft.occurrence.start;
  session.end = draft.end;
  session.limit = draft.limit;
  session.has_length = programme.length.has_value();
  session.overrun = programme.overrun;
  session.late = programme.late;
  session.grace = Frames(programme.grace);
  session.priority = programme.priority;
  session.busy = draft.busy;
  session.overridden = draft.overridden();
  session.why = its.place;
  session.by = lines_of(draft.occurrence);
  return session;
}

void add_recording(PlannedItem& item, const Recording& recording) {
  const auto& clip = recording.clip;
  item.what = recording.relay != nullptr ? What::relay : What::clip;
  (recording.relay != nullptr ? item.relay : item.article) = clip.article;
  if (recording.relay != nullptr) item.taken_from = recording.relay->taken_from();
  item.title = clip.title;
  item.clip = clip.path;
  item.sha256 = recording.sha256;
  item.of_the_day = clip.recorded.has_value();
  item.gain = clip.gain;
  item.needs_approval = recording.needs_approval;
  item.substitute = clip.missing;
  item.priority = std::min(item.priority, clip.priority);  // the enumerators go from the highest to the lowest
}

/// "" for the first piece, then "b", "c" … "z", "zb" …
std::string piece_letters(std::uint32_t piece) {
  if (piece == 0) return {};
  constexpr std::uint32_t kLetters = 25;  // from b to z
  std::string letters((piece - 1) / kLetters, 'z');
  letters.push_back(static_cast<char>('b' + (piece - 1) % kLetters));
  return letters;
}

PlannedItem planned(const DraftSession& draft, const LaidItem& laid, Texts& texts) {
  auto& its = texts.of(*draft.occurrence.programme);
  PlannedItem item;
  item.session = draft.occurrence.id;
  item.programme = its.id;
  item.index = std::to_string(laid.entry->position);
  if (laid.sub != 0) item.index.append(".").append(std::to_string(laid.sub));
  item.index.append(piece_letters(laid.piece));
  item.id.reserve(item.session.size() + 1 + item.index.size());
  item.id.append(item.session.str()).append("/").append(item.index);
  item.what = What::pause;
  item.priority = draft.occurrence.programme->priority;
  item.ordered_by = its.ordered_by;
  if (laid.recording != nullptr) add_recording(item, *laid.recording);
  if (laid.entry->campaign != nullptr) item.campaign = texts.of(laid.entry->campaign->id);
  if (laid.made_good != nullptr) {
    item.campaign = texts.of(laid.made_good->because->campaign);
    item.makes_good = texts.of(laid.made_good->because->missed);
  }
  item.day = draft.occurrence.date;
  item.start = laid.start;
  item.frames = laid.frames;
  item.clip_frames = laid.length;
  item.offset = laid.offset;
  item.fade = laid.fade;
  item.interruption = laid.interruption;
  item.anchor = laid.anchor;
  item.pinned = laid.pinned;
  item.fault = laid.fault;
  item.why = its.place_of(*laid.entry);
  return item;
}

/// Sessions that sound something, by start, then id.
std::vector<const DraftSession*> by_time(const Draft& draft) {
  std::vector<const DraftSession*> sessions;
  for (const auto& session : draft.sessions) {
    if (!session.items.empty()) sessions.push_back(&session);
  }
  const auto is_before = [](const DraftSession* a, const DraftSession* b) {
    if (a->occurrence.start != b->occurrence.start) return a->occurrence.start < b->occurrence.start;
    return a->occurrence.id < b->occurrence.id;
  };
  // They are already where there is one priority.
  if (!std::is_sorted(sessions.begin(), sessions.end(), is_before)) {
    std::sort(sessions.begin(), sessions.end(), is_before);
  }
  return sessions;
}

struct ItemOf {
  const DraftSession* session;
  const LaidItem* item;
};

/// By start, then session, then position: stable, since `sessions` are sorted and their items in order.
std::vector<ItemOf> items_by_time(const std::vector<const DraftSession*>& sessions) {
  std::vector<ItemOf> items;
  std::size_t count = 0;
  for (const auto* session : sessions) count += session->items.size();
  items.reserve(count);
  for (const auto* session : sessions) {
    for (const auto& item : session->items) items.push_back({session, &item});
  }
  const auto is_before = [](const ItemOf& a, const ItemOf& b) {
    if (a.item->start != b.item->start) return a.item->start < b.item->start;
    return a.session != b.session && a.session->occurrence.id < b.session->occurrence.id;
  };
  // They are already where no sessions overlap.
  if (!std::is_sorted(items.begin(), items.end(), is_before)) std::stable_sort(items.begin(), items.end(), is_before);
  return items;
}

}  // namespace

std::string repeat_mark(Date first, Date day) {
  constexpr std::chrono::days kYear{365};
  const auto number = [](auto part) {
    const auto text = std::to_string(static_cast<unsigned>(part));
    return text.size() < 2 ? '0' + text : text;
  };
  const auto mark = "PL " + number(first.day()) + '/' + number(first.month());
  const bool long_ago = std::chrono::sys_days(day) - std::chrono::sys_days(first) >= kYear;
  return long_ago ? mark + '/' + std::to_string(static_cast<int>(first.year())) : mark;
}

PlannedSession planned_session(const DraftSession& session) {
  Texts texts;
  return planned(session, texts);
}

PlannedItem planned_item(const DraftSession& session, const LaidItem& item) {
  Texts texts;
  return planned(session, item, texts);
}

Plan make_plan(const Schedule& schedule, const playlists::Catalogue& catalogue, Date from, Date to,
               config::Diagnostics* findings) {
  Recordings recordings(schedule, catalogue);
  const auto draft = make_draft(schedule, recordings, from, to);
  Plan plan;
  Texts texts;
  const auto sessions = by_time(draft);
  plan.sessions.reserve(sessions.size());
  for (const auto* session : sessions) plan.sessions.push_back(planned(*session, texts));
  const auto items = items_by_time(sessions);
  plan.items.reserve(items.size());
  Repeats repeats(schedule, catalogue, recordings);
  for (const auto& [session, item] : items) {
    plan.items.push_back(planned(*session, *item, texts));
    plan.items.back().repeat_of = repeats.first_of(session->occurrence, *item);
  }
  if (findings != nullptr) {
    report_draft({schedule, catalogue, recordings, draft, from}, *findings);
    report_calendar(schedule, from, to, *findings);
  }
  return plan;
}

}  // namespace loa::scheduler
