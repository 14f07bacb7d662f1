// What airs of an article, a playlist, a campaign or a programme in the days ahead, and if nothing does, what keeps it
// off: asked by name.
#include <algorithm>
#include <set>

#include "config/unicode.hpp"
#include "scheduler/check_draft.hpp"
#include "scheduler/explain_parts.hpp"

namespace loa::scheduler {

namespace {

namespace chr = std::chrono;
using config::msg;
using config::msgn;
using config::Text;

constexpr std::size_t kMostAirings = 5;  // told one by one
constexpr std::size_t kMostUses = 20;

/// What bears the name; of one name an article or a playlist, and besides a campaign, a programme.
struct Bearer {
  std::string id;
  const playlists::Article* article = nullptr;
  const playlists::Playlist* playlist = nullptr;
  const Campaign* campaign = nullptr;
  const Relay* relay = nullptr;
  const Programme* programme = nullptr;
  bool is_clip = false;  // of a folder: its path without the ending

  bool is_known() const { return is_clip || article || playlist || campaign || relay || programme; }
  /// What an item can be, beside a programme of the same name.
  bool is_played() const { return article != nullptr || campaign != nullptr || relay != nullptr; }
  config::Span at() const {
    if (article != nullptr) return article->at;
    if (playlist != nullptr) return playlist->at;
    if (campaign != nullptr) return campaign->span;
    if (relay != nullptr) return relay->span;
    return programme != nullptr ? programme->span : config::Span{};
  }
  std::string title() const {
    if (article != nullptr) return article->title;
    if (campaign != nullptr) return campaign->title;
    if (relay != nullptr) return relay->title;
    return programme != nullptr ? programme->title : std::string();
  }
};

Bearer bearer_of(const Schedule& schedule, const std::string& id) {
  Bearer bearer{id};
  const auto& repertoire = schedule.repertoire;
  if (const auto found = repertoire.articles.find(id); found != repertoire.articles.end()) {
    bearer.article = &found->second;
  }
  if (const auto found = repertoire.playlists.find(id); found != repertoire.playlists.end()) {
    bearer.playlist = &found->second;
  }
  bearer.campaign = schedule.campaign(id);
  bearer.relay = schedule.relay(id);
  bearer.programme = schedule.programme(id);
  return bearer;
}

std::vector<std::pair<std::string, std::string>> ids_and_titles(const Schedule& schedule) {
  std::vector<std::pair<std::string, std::string>> all;
  for (const auto& [id, article] : schedule.repertoire.articles) all.emplace_back(id, article.title);
  for (const auto& [id, playlist] : schedule.repertoire.playlists) all.emplace_back(id, std::string());
  for (const auto& campaign : schedule.campaigns) all.emplace_back(campaign.id, campaign.title);
  for (const auto& relay : schedule.relays) all.emplace_back(relay.id, relay.title);
  for (const auto& programme : schedule.programmes) all.emplace_back(programme.id, programme.title);
  return all;
}

/// By its id, else by its title.
Bearer bearer_named(const Schedule& schedule, const std::string& name) {
  auto bearer = bearer_of(schedule, name);
  if (bearer.is_known()) return bearer;
  const auto words = config::folded(name);
  for (const auto& [id, title] : ids_and_titles(schedule)) {
    if (!title.empty() && config::folded(title) == words) return bearer_of(schedule, id);
  }
  return bearer;
}

/// The ids that an item names.
std::vector<std::string> named_by(const ItemRule& rule) {
  std::vector<std::string> ids;
  if (const auto* article = std::get_if<ArticleItem>(&rule.what)) ids.push_back(article->id);
  if (const auto* playlist = std::get_if<PlaylistItem>(&rule.what)) ids.push_back(playlist->id);
  if (const auto* campaign = std::get_if<CampaignItem>(&rule.what)) ids.push_back(campaign->id);
  if (const auto* relay = std::get_if<RelayItem>(&rule.what)) ids.push_back(relay->id);
  if (const auto* fill = std::get_if<FillItem>(&rule.what)) {
    if (!fill->playlist.empty()) ids.push_back(fill->playlist);
    for (const auto& entry : fill->entries) ids.push_back(entry.id);
  }
  return ids;
}

struct Airing {
  const DraftSession* session;
  const LaidItem* item;  // null: asked about a programme
  Instant start() const { return item != nullptr ? item->start : session->occurrence.start; }
  bool is_heard() const {
    if (item == nullptr) return session->sounds();
    return item->fault == Fault::none && item->frames > Frames(0);
  }
};

class NameQuestion {
 public:
  NameQuestion(const Schedule& schedule, const playlists::Catalogue& catalogue, Instant now)
      : schedule_(schedule),
        now_(now),
        today_(schedule.zone.day(now)),
        until_(Date(chr::sys_days(today_) + chr::days(kDaysAhead))),
        recordings_(schedule, catalogue),
        draft_(make_draft(schedule, recordings_, Date(chr::sys_days(today_) - kLongestSession), until_)),
        telling_{schedule, catalogue, recordings_, draft_, Timetable(schedule)} {}

  Explanation about(const std::string& name) {
    telling_.told.instant = now_;
    auto bearer = bearer_named(schedule_, name);
    auto airings = airings_of(bearer);
    bearer.is_clip = !bearer.is_known() && !airings.empty();
    if (!bearer.is_known()) return unknown(name);
    tell_airings(bearer, airings);
    telling_.told.steps.front().id = bearer.id;
    if (airings.empty()) tell_reasons(bearer);
    return std::move(telling_.told);
  }

 private:
  Explanation unknown(const std::string& name) {
    telling_.told.answer = Explanation::Answer::unknown;
    telling_.add(Topic::answer, msg("there is no article, playlist, campaign, relay or programme “{0}”", name));
    std::vector<std::string> ids;
    for (auto& [id, title] : ids_and_titles(schedule_)) ids.push_back(std::move(id));
    const auto near = config::nearest(name, ids);
    if (!near.empty()) telling_.told.steps.push_back({Topic::nearest, Text::verbatim(near), {}, near});
    return std::move(telling_.told);
  }

  /// Whether the playlist `outer` holds `inner`, at any depth.
  bool holds(const std::string& outer, const std::string& inner, std::set<std::string>& seen) const {
    if (outer == inner) return true;
    const auto found = schedule_.repertoire.playlists.find(outer);
    if (found == schedule_.repertoire.playlists.end() || !seen.insert(outer).second) return false;
    const auto& entries = found->second.entries;
    return std::any_of(entries.begin(), entries.end(), [&](const auto& entry) { return holds(entry.id, inner, seen); });
  }

  bool is_of(const Bearer& bearer, const DraftSession& session, const LaidItem& item) const {
    const auto planned = planned_item(session, item);
    if (planned.what == What::pause) return false;
    if (planned.what == What::relay) return bearer.relay != nullptr && planned.relay == bearer.id;
    if (bearer.campaign != nullptr && planned.campaign == bearer.id) return true;
    if (bearer.playlist == nullptr) return planned.article == bearer.id;
    const auto names = named_by(*item.entry->rule);
    std::set<std::string> seen;
    return std::any_of(names.begin(), names.end(), [&](const auto& each) { return holds(each, bearer.id, seen); });
  }

  std::vector<Airing> airings_of(const Bearer& bearer) const {
    std::vector<Airing> all;
    for (const auto& session : draft_.sessions) {
      if (bearer.programme != nullptr && session.occurrence.programme == bearer.programme && session.end > now_) {
        all.push_back({&session, nullptr});
      } else if (bearer.programme == nullptr || bearer.is_played()) {
        for (const auto& item : session.items) {
          if (item.end() > now_ && is_of(bearer, session, item)) all.push_back({&session, &item});
        }
      }
    }
    std::stable_sort(all.begin(), all.end(), [](const Airing& a, const Airing& b) { return a.start() < b.start(); });
    return all;
  }

  Text when(Instant instant) const {
    return msg("{0} at {1}", date_words(schedule_.zone.day(instant)), telling_.clock(instant));
  }

  Text named(const Bearer& bearer) const {
    const auto title = bearer.title();
    return title.empty() || title == bearer.id ? Text::verbatim("“" + bearer.id + "”")
                                               : msg("“{0}” ({1})", bearer.id, title);
  }

  void tell_airings(const Bearer& bearer, const std::vector<Airing>& airings) {
    const auto is_heard = [](const Airing& each) { return each.is_heard(); };
    const auto heard = static_cast<unsigned long>(std::count_if(airings.begin(), airings.end(), is_heard));
    const auto planned = static_cast<unsigned long>(airings.size());
    auto& told = telling_.told;
    told.answer = heard > 0 ? Explanation::Answer::name : Explanation::Answer::unplanned;
    if (airings.empty()) {
      telling_.add(Topic::answer, msg("{0} does not air in the next {1} days", named(bearer), kDaysAhead), bearer.at());
      return;
    }
    const auto first = std::find_if(airings.begin(), airings.end(), is_heard);
    telling_.add(Topic::answer,
                 heard == 0 ? msgn("{1} is planned {0} time in the next {2} days and is not heard",
                                   "{1} is planned {0} times in the next {2} days and is not heard", planned, planned,
                                   named(bearer), kDaysAhead)
                            : msgn("{1} airs {0} time in the next {2} days: {3}",
                                   "{1} airs {0} times in the next {2} days, next {3}", heard, heard, named(bearer),
                                   kDaysAhead, when(first->start())),
                 bearer.at());
    for (std::size_t i = 0; i < std::min(airings.size(), kMostAirings); ++i) tell_airing(airings[i]);
    if (airings.size() > kMostAirings) {
      telling_.add(Topic::item,
                   msg("{0} more, the last {1}", airings.size() - kMostAirings, when(airings.back().start())),
                   airings.back().session->occurrence.programme->span);
    }
    if (heard < planned) tell_silent(*std::find_if_not(airings.begin(), airings.end(), is_heard), planned - heard);
  }

  void tell_airing(const Airing& airing) {
    const auto& programme = *airing.session->occurrence.programme;
    const auto id =
        airing.item != nullptr ? planned_item(*airing.session, *airing.item).id : airing.session->occurrence.id.str();
    auto words = airing.item == nullptr
                     ? msg("{0}, until {1}", when(airing.start()), telling_.clock(airing.session->end))
                     : msg("{0}, {1}, in “{2}”", when(airing.start()), length_words(airing.item->frames), programme.id);
    if (!airing.is_heard()) words = msg("{0}: silent", std::move(words));
    const auto place = airing.item != nullptr ? airing.item->entry->rule->at : programme.span;
    telling_.told.steps.push_back({Topic::item, std::move(words), place, id});
  }

  void tell_silent(const Airing& airing, unsigned long count) {
    const auto id =
        airing.item != nullptr ? planned_item(*airing.session, *airing.item).id : airing.session->occurrence.id.str();
    telling_.add(Topic::item, msgn("{0} of them is silent; why: loa explain {1}",
                                   "{0} of them are silent; why the first is: loa explain {1}", count, count, id));
    if (airing.item == nullptr || airing.item->recording == nullptr) return;
    const auto fault = airing.item->recording->fault;
    if (fault != Fault::none) tell_recording(telling_, *airing.session, *airing.item);
  }

  void tell_reasons(const Bearer& bearer) {
    if (bearer.article != nullptr) tell_days(*bearer.article);
    if (bearer.programme != nullptr) tell_programme_off(*bearer.programme);
    if (bearer.programme == nullptr || bearer.is_played()) {
      std::set<std::string> seen;
      tell_uses(bearer.id, seen);
    }
  }

  void tell_days(const playlists::Article& article) {
    const bool over = article.until && *article.until < today_;
    const bool ahead = article.from && *article.from >= until_;
    if (over || ahead) tell_validity(telling_, article, today_);
  }

  /// Whoever names it, and what keeps that one off.
  void tell_uses(const std::string& id, std::set<std::string>& seen) {
    if (!seen.insert(id).second || seen.size() > kMostUses) return;
    bool used = false;
    for (const auto& [other, playlist] : schedule_.repertoire.playlists) {
      for (const auto& entry : playlist.entries) {
        if (entry.id != id) continue;
        used = true;
        telling_.add(Topic::playlist, msg("“{0}” stands in the playlist “{1}”", id, other), entry.at);
        tell_uses(other, seen);
      }
    }
    for (const auto& campaign : schedule_.campaigns) used = tell_campaign_use(campaign, id, seen) || used;
    for (const auto& programme : schedule_.programmes) used = tell_programme_use(programme, id) || used;
    for (const auto& relay : schedule_.relays) {
      if (relay.fallback != id) continue;
      used = true;
      telling_.add(Topic::missing, msg("“{0}” is played only while the relay “{1}” gives nothing", id, relay.id),
                   relay.fallback_at);
    }
    for (const auto& [other, article] : schedule_.repertoire.articles) {
      if (article.missing != id) continue;
      used = true;
      telling_.add(Topic::missing, msg("“{0}” is played only when the recording of “{1}” is missing", id, other),
                   article.missing_at);
    }
    if (!used)
      telling_.add(Topic::item, msg("no programme, playlist or campaign names “{0}”", id),
                   bearer_of(schedule_, id).at());
  }

  bool tell_campaign_use(const Campaign& campaign, const std::string& id, std::set<std::string>& seen) {
    if (campaign.id == id) {
      if (campaign.until && *campaign.until < today_) {
        telling_.add(Topic::campaign, msg("the campaign “{0}” ended on {1}", id, date_words(*campaign.until)),
                     campaign.span);
      } else if (campaign.from && *campaign.from >= until_) {
        telling_.add(Topic::campaign, msg("the campaign “{0}” begins on {1}", id, date_words(*campaign.from)),
                     campaign.span);
      }
      return false;
    }
    const auto& entries = campaign.entries;
    const bool named = std::any_of(entries.begin(), entries.end(), [&](const auto& entry) { return entry.id == id; });
    if (!named && campaign.playlist != id) return false;
    telling_.add(Topic::campaign, msg("“{0}” stands in the campaign “{1}”", id, campaign.id), campaign.span);
    tell_uses(campaign.id, seen);
    return true;
  }

  bool tell_programme_use(const Programme& programme, const std::string& id) {
    bool used = false;
    for (std::size_t i = 0; i < programme.items.size(); ++i) {
      const auto names = named_by(programme.items[i]);
      if (std::find(names.begin(), names.end(), id) == names.end()) continue;
      telling_.add(Topic::item, msg("“{0}” stands in item {1} of “{2}”", id, i + 1, programme.id),
                   programme.items[i].at);
      const auto* session = first_of(programme);
      if (session != nullptr) tell_position(telling_, programme.items[i], session->occurrence);
      if (session == nullptr && !used) tell_programme_off(programme);
      used = true;
    }
    return used;
  }

  const DraftSession* first_of(const Programme& programme) const {
    const DraftSession* first = nullptr;
    for (const auto& session : draft_.sessions) {
      if (session.occurrence.programme != &programme || session.end <= now_) continue;
      if (first == nullptr || session.occurrence.start < first->occurrence.start) first = &session;
    }
    return first;
  }

  /// The first day on which only the calendar, or an empty list, keeps it off; else its own rules today.
  void tell_programme_off(const Programme& programme) {
    for (auto day = today_; day < until_; day = Date(chr::sys_days(day) + chr::days(1))) {
      const auto story = telling_.timetable.story(day);
      const auto& of_day = day_of(story, programme);
      if (of_day.off != Off::none && of_day.off != Off::excepted) continue;
      if (!of_day.plays && tell_off(telling_, of_day, day, std::nullopt)) return;
    }
    for (const auto& idle : draft_.idle) {
      if (idle.programme != &programme || idle.date < today_) continue;
      for (const auto& rule : programme.items) tell_position(telling_, rule, idle);
      return;
    }
    const auto story = telling_.timetable.story(today_);
    tell_off(telling_, day_of(story, programme), today_, std::nullopt);
  }

  const Schedule& schedule_;
  const Instant now_;
  const Date today_, until_;
  Recordings recordings_;
  const Draft draft_;
  Telling telling_;
};

}  // namespace

Explanation explain_name(const Schedule& schedule, const playlists::Catalogue& catalogue, const std::string& name,
                         Instant now) {
  return NameQuestion(schedule, catalogue, now).about(name);
}

}  // namespace loa::scheduler
