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

}  // namespace

Recordings::Known& Recordings::known(const std::string& id) {
  const auto [entry, is_new] = known_.try_emplace(id);
  if (is_new) {
    std::set<std::string> seen;
    entry->second.each_day = differs_by_day(repertoire_, id, seen);
  }
  return entry->second;
}

RecordingList Recordings::of(const std::string& id, Date day, int days_ago) {
  return list_of(known(id), id, day, days_ago);
}

Recordings::Ask& Recordings::asked(const ItemRule& rule) {
  if (const auto known = asks_.find(&rule); known != asks_.end()) return known->second;
  return asks_.emplace(&rule, ask_of(rule)).first->second;
}

const Campaign* Recordings::campaign_of(const ItemRule& rule) {
  return std::holds_alternative<CampaignItem>(rule.what) ? asked(rule).campaign : nullptr;
}

bool Recordings::differ_by_day(const ItemRule& rule) {
  const auto& ask = asked(rule);
  return (ask.shared != nullptr ? *ask.shared : ask).each_day;
}

RecordingList Recordings::of(const ItemRule& rule, Date day) {
  auto& own = asked(rule);
  auto& ask = own.shared != nullptr ? *own.shared : own;
  if (ask.ids.empty()) return ask.joined != nullptr ? RecordingList(*ask.joined) : RecordingList();
  const auto each = [&](const auto& id) { return list_of(*id.first, *id.second, day, ask.days_ago); };
  if (ask.ids.size() == 1) return each(ask.ids.front());
  if (ask.joined != nullptr && (!ask.each_day || ask.joined_day == day)) return *ask.joined;
  auto& joined = joined_.emplace_back();
  ask.joined = &joined;
  ask.joined_day = day;
  for (const auto& id : ask.ids) {
    const auto list = each(id);
    joined.insert(joined.end(), list.begin(), list.end());
  }
  return joined;
}

Recordings::Ask Recordings::ask_of(const ItemRule& rule) {
  Ask ask;
  const auto add = [&](const std::string& id) {
    ask.ids.emplace_back(&known(id), &id);
    ask.each_day = ask.each_day || ask.ids.back().first->each_day;
  };
  const auto add_list = [&](const std::vector<playlists::PlaylistEntry>& entries, const std::string& playlist) {
    for (const auto& entry : entries) add(entry.id);
    if (!playlist.empty()) add(playlist);
  };
  if (const auto* article = std::get_if<ArticleItem>(&rule.what)) {
    add(article->id);
    ask.days_ago = article->days_ago;
  } else if (const auto* playlist = std::get_if<PlaylistItem>(&rule.what)) {
    add(playlist->id);
    ask.days_ago = playlist->days_ago;
  } else if (const auto* fill = std::get_if<FillItem>(&rule.what)) {
    add_list(fill->entries, fill->playlist);
  } else if (const auto* relay = std::get_if<RelayItem>(&rule.what)) {
    if (const auto* known = schedule_.relay(relay->id)) ask.joined = &relayed(*known, *relay);
  } else if (const auto* offered = std::get_if<CampaignItem>(&rule.what)) {
    ask.campaign = schedule_.campaign(offered->id);
    if (ask.campaign == nullptr) return ask;
    const auto [shared, is_new] = asks_.try_emplace(ask.campaign);
    ask.shared = &shared->second;
    if (is_new) {
      add_list(ask.campaign->entries, ask.campaign->playlist);
      std::swap(ask.ids, shared->second.ids);
      shared->second.each_day = ask.each_day;
    }
  }
  return ask;
}

RecordingList Recordings::list_of(Known& known, const std::string& id, Date day, int days_ago) {
  const auto key = known.each_day ? std::pair(day, days_ago) : std::pair(Date{}, 0);
  const auto [entry, is_new] = known.lists.try_emplace(key);
  if (is_new) entry->second = measure(id, day, days_ago);
  return entry->second;
}

const Recordings::List& Recordings::relayed(const Relay& relay, const RelayItem& item) {
  auto& recording = recordings_.emplace_back();
  recording.relay = &relay;
  recording.takes_rest = !item.length;
  recording.length = Frames(item.length.value_or(Duration(0)));
  recording.clip.article = relay.id;
  recording.clip.title = relay.title;
  recording.clip.missing = relay.fallback;
  return joined_.emplace_back(List{&recording});
}

Recordings::List Recordings::measure(const std::string& id, Date day, int days_ago) {
  List list;
  for (auto& clip : playlists::resolve(repertoire_, catalogue_, id, day, day_after(day, -days_ago))) {
    list.push_back(&recordings_.emplace_back(measured(std::move(clip))));
  }
  return list;
}

Recording Recordings::measured(playlists::Clip clip) const {
  Recording recording;
  recording.facts = catalogue_.facts(clip.path);
  if (recording.facts != nullptr) recording.sha256 = recording.facts->sha256;
  recording.needs_approval = schedule_.needs_approval(clip.approval);
  recording.from_folder = !repertoire_.articles.contains(clip.article);
  if (recording.facts == nullptr) {
    recording.fault = catalogue_.exists(clip.path) ? Fault::unmeasured : Fault::missing;
  } else if (recording.facts->refused) {
    recording.fault = Fault::refused;
  } else if (recording.needs_approval && catalogue_.approval(recording.facts->sha256) == nullptr) {
    recording.fault = Fault::unapproved;
  }
  const bool measured = recording.fault == Fault::none || recording.fault == Fault::unapproved;
  const auto about = clip.about.value_or(std::chrono::milliseconds(0));
  recording.length = measured ? recording.facts->length : Frames(about);
  recording.clip = std::move(clip);
  return recording;
}

}  // namespace loa::scheduler
