// The day's recordings, measured by the catalogue; undated ones are looked up once for all days.
#include "scheduler/plan_recordings.hpp"

#include <set>

namespace loa::scheduler {

namespace {

/// Whether any clip below `id` comes and goes, or has another name, from day to day. `seen` ends cycles.
bool differs_by_day(const playlists::Repertoire& repertoire, const std::string& id, std::set<std::string>& seen) {
  if (!seen.insert(id).second) return false;
  if (const auto article = repertoire.articles.find(id); article != repertoire.articles.end()) {
    return article->second.dated() || article->second.from || article->second.until;
  }
  const auto playlist = repertoire.playlists.find(id);
  if (playlist == repertoire.playlists.end()) return false;
  if (playlist->second.folder) return true;
  for (const auto& entry : playlist->second.entries) {
    if (differs_by_day(repertoire, entry.id, seen)) return true;
  }
  return false;
}

Date days_before(Date day, int days) {
  return Date(std::chrono::sys_days(day) - std::chrono::days(days));
}

}  // namespace

Recordings::Known& Recordings::known(const std::string& id) {
  const auto [entry, is_new] = known_.try_emplace(id);
  if (is_new) {
    std::set<std::string> seen;
    entry->second.each_day = differs_by_day(repertoire_, id, seen);
  }
  return entry->second;
}

const Recordings::List& Recordings::of(const std::string& id, Date day, int days_ago) {
  auto& known_id = known(id);
  const auto key = known_id.each_day ? std::pair(day, days_ago) : std::pair(Date{}, 0);
  const auto [entry, is_new] = known_id.lists.try_emplace(key);
  if (is_new) entry->second = measure(id, day, days_ago);
  return entry->second;
}

Recordings::List Recordings::measure(const std::string& id, Date day, int days_ago) {
  List list;
  for (auto& clip : playlists::resolve(repertoire_, catalogue_, id, day, days_before(day, days_ago))) {
    list.push_back(&recordings_.emplace_back(measured(std::move(clip))));
  }
  return list;
}

Recording Recordings::measured(playlists::Clip clip) const {
  Recording recording;
  recording.facts = catalogue_.facts(clip.path);
  recording.from_folder = !repertoire_.articles.contains(clip.article);
  if (recording.facts == nullptr) {
    recording.fault = catalogue_.exists(clip.path) ? Fault::unmeasured : Fault::missing;
  } else if (recording.facts->refused) {
    recording.fault = Fault::refused;
  }
  const auto about = clip.about.value_or(std::chrono::milliseconds(0));
  recording.length = recording.fault == Fault::none ? recording.facts->length : Frames(about);
  recording.clip = std::move(clip);
  return recording;
}

}  // namespace loa::scheduler
