// Looks for a recording on the days on which the timetable can air it: its own, and each `days_ago` after it.
#include "scheduler/plan_repeats.hpp"

#include <algorithm>
#include <tuple>

namespace loa::scheduler {

namespace {

namespace chr = std::chrono;

/// How many days before it an item's recordings are; nothing for pauses and fills.
std::optional<int> days_ago_of(const ItemRule& rule) {
  if (const auto* article = std::get_if<ArticleItem>(&rule.what)) return article->days_ago;
  if (const auto* playlist = std::get_if<PlaylistItem>(&rule.what)) return playlist->days_ago;
  return std::nullopt;
}

bool plays_clips(const Entry& entry) {
  return entry.kind == Entry::Kind::article || entry.kind == Entry::Kind::playlist;
}

}  // namespace

Repeats::Repeats(const Schedule& schedule, const playlists::Catalogue& catalogue, Recordings& recordings)
    : schedule_(schedule), catalogue_(catalogue), recordings_(recordings), timetable_(schedule) {
  for (const auto& programme : schedule.programmes) {
    for (const auto& rule : programme.items) {
      if (!plays_dated(rule)) continue;
      programmes_.insert(&programme);
      days_ago_.insert(*days_ago_of(rule));
    }
  }
}

bool Repeats::plays_dated(const ItemRule& rule) const {
  std::set<std::string> seen;
  if (const auto* article = std::get_if<ArticleItem>(&rule.what)) return is_dated(article->id, seen);
  const auto* playlist = std::get_if<PlaylistItem>(&rule.what);
  return playlist != nullptr && is_dated(playlist->id, seen);
}

/// Whether a recording of the day is below `id`. `seen` ends cycles.
bool Repeats::is_dated(const std::string& id, std::set<std::string>& seen) const {
  const auto& [articles, playlists, partial, mistaken] = schedule_.repertoire;
  if (const auto article = articles.find(id); article != articles.end()) return article->second.of_the_day();
  const auto playlist = playlists.find(id);
  if (playlist == playlists.end() || !seen.insert(id).second) return false;
  const auto& entries = playlist->second.entries;
  return std::any_of(entries.begin(), entries.end(), [&](const auto& entry) { return is_dated(entry.id, seen); });
}

std::optional<Date> Repeats::first_of(const Occurrence& session, const LaidItem& item) {
  if (item.recording == nullptr || !plays_clips(*item.entry) || !item.recording->clip.recorded) return std::nullopt;
  const Dated recording{item.recording->clip.path, *item.recording->clip.recorded};
  auto first = first_of(recording);
  if (const auto* facts = item.recording->facts; facts != nullptr) take_earlier(first, first_of_same(facts->sha256));
  const Airing own{session.start, session.id, item.entry->position, item.sub, session.held};
  if (first && is_before(*first, own)) return first->day;
  // The recording of a day before is a repeat by the operator's own word (contract 1.2).
  return recording.recorded < session.date ? std::optional(recording.recorded) : std::nullopt;
}

std::optional<Repeats::Airing> Repeats::first_of(const Dated& recording) {
  std::optional<Airing> first;
  for (const int days : days_ago_) {
    const auto& airings = airings_on(day_after(recording.recorded, days));
    const auto found = airings.find(recording.path);
    if (found != airings.end()) take_earlier(first, found->second);
  }
  return first;
}

const std::optional<Repeats::Airing>& Repeats::first_of_same(const std::string& sha256) {
  static const std::optional<Airing> none;
  if (!same_) find_same();
  const auto same = same_->find(sha256);
  if (same == same_->end()) return none;
  const auto [entry, is_new] = firsts_of_same_.try_emplace(sha256);
  if (!is_new) return entry->second;
  for (const auto& recording : same->second) take_earlier(entry->second, first_of(recording));
  return entry->second;
}

/// Measured recordings that begin like a recording of the day, by their content.
std::vector<const Repeats::Known*> Repeats::clips_like_dated() const {
  std::set<std::string_view> beginnings;
  for (const auto& [id, article] : schedule_.repertoire.articles) {
    const std::string_view clip = article.clip;
    if (article.of_the_day()) beginnings.insert(clip.substr(0, clip.find('<')));
  }
  std::vector<const Known*> clips;
  for (const auto beginning : beginnings) {
    const auto& all = catalogue_.all();
    for (auto clip = all.lower_bound(beginning); clip != all.end() && clip->first.starts_with(beginning); ++clip) {
      if (clip->second && !clip->second->sha256.empty()) clips.push_back(&*clip);
    }
  }
  const auto key = [](const auto* clip) { return std::tie(clip->second->sha256, clip->first); };
  std::sort(clips.begin(), clips.end(), [&](const auto* a, const auto* b) { return key(a) < key(b); });
  clips.erase(std::unique(clips.begin(), clips.end()), clips.end());  // beginnings of beginnings
  return clips;
}

/// Recordings of different days that are one and the same.
void Repeats::find_same() {
  same_.emplace();
  const auto clips = clips_like_dated();
  const auto alike = [&](std::size_t i, std::size_t j) {
    return j < clips.size() && clips[i]->second->sha256 == clips[j]->second->sha256;
  };
  std::set<std::string_view> patterns;
  for (const auto& [id, article] : schedule_.repertoire.articles) {
    if (article.of_the_day()) patterns.insert(article.clip);
  }
  for (std::size_t i = 0; i < clips.size(); ++i) {
    if (!alike(i, i + 1) && (i == 0 || !alike(i, i - 1))) continue;
    for (const auto pattern : patterns) {
      const auto day = playlists::date_in(pattern, clips[i]->first);
      if (day) (*same_)[clips[i]->second->sha256].push_back({clips[i]->first, *day});
    }
  }
}

const Repeats::Airings& Repeats::airings_on(Date day) {
  const auto [entry, is_new] = days_.try_emplace(day);
  if (!is_new) return entry->second;
  const auto wanted = [&](const Programme& programme) { return programmes_.contains(&programme); };
  for (const auto& session : occurrences_of(schedule_, timetable_, recordings_, day, wanted)) {
    add(session, entry->second);
  }
  return entry->second;
}

void Repeats::add(const Occurrence& session, Airings& airings) {
  for (const auto& entry : session.entries) {
    if (!plays_clips(entry)) continue;
    std::uint32_t sub = 0;
    for (const auto* recording : entry.clips) {
      if (entry.kind == Entry::Kind::playlist) ++sub;
      const auto& clip = recording->clip;
      if (!clip.recorded) continue;
      // What is a repeat from its first airing on was aired on the recording's day, by whatever timetable.
      const auto day = *clip.recorded < session.date ? *clip.recorded : session.held;
      Airing airing{session.start, session.id, entry.position, sub, day};
      const auto [known, is_new] = airings.try_emplace(clip.path, airing);
      if (!is_new && is_before(airing, known->second)) known->second = std::move(airing);
    }
  }
}

bool Repeats::is_before(const Airing& a, const Airing& b) {
  return std::tie(a.start, a.session, a.position, a.sub) < std::tie(b.start, b.session, b.position, b.sub);
}

void Repeats::take_earlier(std::optional<Airing>& first, const std::optional<Airing>& other) {
  if (other && (!first || is_before(*other, *first))) first = other;
}

}  // namespace loa::scheduler
