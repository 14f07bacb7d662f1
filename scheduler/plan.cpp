// Writes the draft out as the plan: ids, dated titles, one flat list by time.
#include "scheduler/plan.hpp"

#include <algorithm>
#include <functional>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "scheduler/check_draft.hpp"
#include "scheduler/plan_draft.hpp"
#include "scheduler/plan_repeats.hpp"

namespace loa::scheduler {

namespace {

/// The places of rules as text, each worked out once.
class Places {
 public:
  const std::string& of(const config::Span& span) {
    const auto [entry, is_new] = texts_.try_emplace(Place{span.source, span.begin});
    if (is_new) entry->second = span.file_line();
    return entry->second;
  }

 private:
  using Place = std::pair<const config::SourceText*, std::size_t>;
  struct Hash {
    std::size_t operator()(const Place& place) const { return std::hash<const void*>()(place.first) ^ place.second; }
  };
  std::unordered_map<Place, std::string, Hash> texts_;
};

PlannedSession planned(const DraftSession& draft, Places& places) {
  const auto& programme = *draft.occurrence.programme;
  PlannedSession session;
  session.id = draft.occurrence.id;
  session.programme = programme.id;
  session.title = programme.title;
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
  session.why = places.of(programme.span);
  for (const auto* line : {draft.occurrence.by, draft.occurrence.timed_by}) {
    if (line == nullptr || (line == draft.occurrence.by && !session.by.empty())) continue;
    session.by += (session.by.empty() ? "" : ", ") + (line->name.empty() ? places.of(line->span) : line->name);
  }
  return session;
}

void add_recording(PlannedItem& item, const Recording& recording) {
  const auto& clip = recording.clip;
  item.what = What::clip;
  item.article = clip.article;
  item.title = clip.title;
  item.clip = clip.path;
  if (recording.facts != nullptr) item.sha256 = recording.facts->sha256;
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

PlannedItem planned(const DraftSession& draft, const LaidItem& laid, Places& places) {
  PlannedItem item;
  item.session = draft.occurrence.id;
  item.programme = draft.occurrence.programme->id;
  item.index = std::to_string(laid.entry->position);
  if (laid.sub != 0) item.index.append(".").append(std::to_string(laid.sub));
  item.index.append(piece_letters(laid.piece));
  item.id.reserve(item.session.size() + 1 + item.index.size());
  item.id.append(item.session).append("/").append(item.index);
  item.what = What::pause;
  item.priority = draft.occurrence.programme->priority;
  item.ordered_by = draft.occurrence.programme->ordered_by;
  if (laid.recording != nullptr) add_recording(item, *laid.recording);
  if (laid.entry->campaign != nullptr) item.campaign = laid.entry->campaign->id;
  if (laid.made_good != nullptr) {
    item.campaign = laid.made_good->because->campaign;
    item.makes_good = laid.made_good->because->missed;
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
  item.why = places.of(laid.entry->rule->at);
  return item;
}

/// Sessions that sound something, by start, then id.
std::vector<const DraftSession*> by_time(const Draft& draft) {
  std::vector<const DraftSession*> sessions;
  for (const auto& session : draft.sessions) {
    if (!session.items.empty()) sessions.push_back(&session);
  }
  std::sort(sessions.begin(), sessions.end(), [](const DraftSession* a, const DraftSession* b) {
    return std::tie(a->occurrence.start, a->occurrence.id) < std::tie(b->occurrence.start, b->occurrence.id);
  });
  return sessions;
}

struct ItemOf {
  const DraftSession* session;
  const LaidItem* item;
};

/// By start, then session, then position: stable, since `sessions` are sorted and their items in order.
std::vector<ItemOf> items_by_time(const std::vector<const DraftSession*>& sessions) {
  std::vector<ItemOf> items;
  for (const auto* session : sessions) {
    for (const auto& item : session->items) items.push_back({session, &item});
  }
  const auto key = [](const ItemOf& each) { return std::tie(each.item->start, each.session->occurrence.id); };
  std::stable_sort(items.begin(), items.end(), [&](const ItemOf& a, const ItemOf& b) { return key(a) < key(b); });
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
  Places places;
  return planned(session, places);
}

PlannedItem planned_item(const DraftSession& session, const LaidItem& item) {
  Places places;
  return planned(session, item, places);
}

Plan make_plan(const Schedule& schedule, const playlists::Catalogue& catalogue, Date from, Date to,
               config::Diagnostics* findings) {
  Recordings recordings(schedule, catalogue);
  const auto draft = make_draft(schedule, recordings, from, to);
  Plan plan;
  Places places;
  const auto sessions = by_time(draft);
  plan.sessions.reserve(sessions.size());
  for (const auto* session : sessions) plan.sessions.push_back(planned(*session, places));
  const auto items = items_by_time(sessions);
  plan.items.reserve(items.size());
  Repeats repeats(schedule, catalogue, recordings);
  for (const auto& [session, item] : items) {
    plan.items.push_back(planned(*session, *item, places));
    plan.items.back().repeat_of = repeats.first_of(session->occurrence, *item);
  }
  if (findings != nullptr) {
    report_draft({schedule, catalogue, recordings, draft, from}, *findings);
    report_calendar(schedule, from, to, *findings);
  }
  return plan;
}

}  // namespace loa::scheduler
