// Which clip a position gives, its article and its recording; or why it gives none.
#include <algorithm>
#include <set>

#include "scheduler/check_draft.hpp"
#include "scheduler/explain_parts.hpp"
#include "scheduler/stand_ins.hpp"

namespace loa::scheduler {

namespace {

using config::msg;
using config::Text;
using playlists::Article;
using playlists::Playlist;

constexpr std::size_t kMostPassedOver = 3;  // told one by one

const Article* article_of(const Telling& telling, const std::string& id) {
  const auto& articles = telling.schedule.repertoire.articles;
  const auto found = articles.find(id);
  return found == articles.end() ? nullptr : &found->second;
}

const Playlist* playlist_of(const Telling& telling, const std::string& id) {
  const auto& playlists = telling.schedule.repertoire.playlists;
  const auto found = playlists.find(id);
  return found == playlists.end() ? nullptr : &found->second;
}

/// Every list from the one that is named to the one that holds the clip; false when `playlist` does not lead to it.
bool tell_way(Telling& telling, const Playlist& playlist, const Recording& recording, std::set<std::string>& seen) {
  if (!seen.insert(playlist.id).second) return false;
  if (playlist.folder && recording.from_folder && recording.clip.path.str().starts_with(*playlist.folder + "/")) {
    telling.add(Topic::playlist,
                msg("the playlist “{0}” is the folder library/{1}, by name", playlist.id, *playlist.folder),
                playlist.folder_at);
    return true;
  }
  for (const auto& entry : playlist.entries) {
    const auto* inner = playlist_of(telling, entry.id);
    const bool leads =
        inner != nullptr ? tell_way(telling, *inner, recording, seen) : entry.id == recording.clip.article;
    if (!leads) continue;
    telling.add(Topic::playlist, msg("“{0}” stands in the playlist “{1}”", entry.id, playlist.id), entry.at);
    return true;
  }
  return false;
}

void tell_lists(Telling& telling, const std::string& id, const Recording& recording) {
  std::set<std::string> seen;
  if (const auto* playlist = playlist_of(telling, id)) tell_way(telling, *playlist, recording, seen);
}

std::size_t place_in(RecordingList clips, const Recording* recording) {
  return static_cast<std::size_t>(std::find(clips.begin(), clips.end(), recording) - clips.begin());
}

Text unfit(const Recording& recording, Frames room) {
  if (recording.fault != Fault::none || recording.length == Frames(0)) {
    return msg("“{0}” is passed over: it cannot be played", recording.clip.article);
  }
  return msg("“{0}” is passed over: it is {1} long, the room is {2} at the most", recording.clip.article,
             length_words(recording.length), length_words(room));
}

/// What a fill tried before the clip that it took.
void tell_passed_over(Telling& telling, const DraftSession& session, const LaidItem& item, std::size_t chosen) {
  const auto clips = item.entry->clips;
  const auto* before = &item == session.items.data() ? nullptr : &item - 1;
  while (before != nullptr && before->made_good != nullptr)
    before = before == session.items.data() ? nullptr : before - 1;
  const bool is_first = before == nullptr || before->entry != item.entry;
  const auto first = is_first ? first_to_fill(session.occurrence.date, clips.size())
                              : (place_in(clips, before->recording) + 1) % clips.size();
  const auto passed = (chosen + clips.size() - first) % clips.size();
  telling.add(Topic::fill,
              is_first
                  ? msg("it fills: of {0} recordings the list begins with number {1} on this day, one further each day",
                        clips.size(), first + 1)
                  : msg("it fills: of {0} recordings number {1} is next", clips.size(), first + 1),
              item.entry->rule->at);
  auto bound = session.slot_end.value_or(session.limit);
  for (const auto& entry : session.occurrence.entries) {
    if (entry.pin && entry.position > item.entry->position) bound = std::min(bound, *entry.pin);
  }
  const auto longest = bound - item.start;
  for (std::size_t i = 0; i < std::min(passed, kMostPassedOver); ++i) {
    telling.add(Topic::fill, unfit(*clips[(first + i) % clips.size()], std::max(longest, item.length)),
                item.entry->rule->at);
  }
}

Text state_of(const Recording& recording) {
  const auto& path = recording.clip.path;
  switch (recording.fault) {
    case Fault::missing:
      return msg("the recording {0} is not in library/", path);
    case Fault::unmeasured:
      return msg("the recording {0} is not measured yet", path);
    case Fault::refused:
      return msg("the recording {0} is refused: {1}", path, problem_words(*recording.facts));
    default:
      break;
  }
  if (recording.facts != nullptr && !recording.facts->problem.empty()) {
    return msg("the recording {0} is {1} long, but {2}", path, length_words(recording.length),
               problem_words(*recording.facts));
  }
  return msg("the recording {0} is {1} long", path, length_words(recording.length));
}

void tell_approval(Telling& telling, const Recording& recording, config::Span place) {
  const auto* approval = telling.catalogue.approval(recording.facts->sha256);
  telling.add(
      Topic::approval,
      approval != nullptr
          ? msg("approved by {0}, {1}", approval->by, approval->at)
          : msg("nobody has approved the recording {0} as it is now: it stays silent in its time", recording.clip.path),
      place);
}

void tell_substitutes(Telling& telling, const Article& article, Date day) {
  const auto* missed = &article;
  for (const auto* recording : stand_ins(telling.recordings, article.missing, day)) {
    const bool plays = recording->fault == Fault::none;
    telling.add(Topic::missing,
                plays ? msg("if it is still so at its time, “{0}” is played in its place", missed->missing)
                      : msg("its substitute “{0}” cannot be played either", missed->missing),
                missed->missing_at);
    const auto* other = article_of(telling, missed->missing);
    if (plays || other == nullptr) return;
    missed = other;
  }
  if (missed->missing.empty()) {
    telling.add(Topic::missing, msg("“{0}” has no “missing”: nothing is played in its place", missed->id), missed->at);
  } else {
    telling.add(Topic::missing, msg("its substitute “{0}” cannot be played either", missed->missing),
                missed->missing_at);
  }
}

void tell_campaign(Telling& telling, const LaidItem& item) {
  const auto& campaign = *item.entry->campaign;
  telling.add(
      Topic::campaign,
      msg("place {0} of {1} of the campaign “{2}”; of its {3} articles the one whose duty presses most plays, then the "
          "one with the fewest plays, then the first of the list",
          std::to_string(item.sub), std::to_string(item.entry->places), campaign.id, item.entry->clips.size()),
      campaign.span);
  if (campaign.total) {
    telling.add(Topic::campaign, msg("each article is owed {0} plays", *campaign.total), campaign.total_at);
  }
  if (campaign.per_day) {
    telling.add(Topic::campaign, msg("{0} plays a day are owed", *campaign.per_day), campaign.per_day_at);
  }
}

}  // namespace

void tell_validity(Telling& telling, const Article& article, Date day) {
  const bool valid = article.valid_on(day);
  if (article.from) {
    telling.add(Topic::article,
                valid || *article.from <= day
                    ? msg("it may be aired from {0}", both_calendars(*article.from))
                    : msg("“{0}” may be aired only from {1}", article.id, both_calendars(*article.from)),
                article.from_at);
  }
  if (article.until) {
    telling.add(Topic::article,
                valid || day <= *article.until
                    ? msg("it may be aired until {0}", both_calendars(*article.until))
                    : msg("“{0}” may be aired only until {1}", article.id, both_calendars(*article.until)),
                article.until_at);
  }
}

void tell_choice(Telling& telling, const DraftSession& session, const LaidItem& item) {
  const auto& rule = *item.entry->rule;
  const auto& recording = *item.recording;
  const auto clips = item.entry->clips;
  if (item.made_good != nullptr) {
    const auto* campaign = item.made_good->campaign;
    telling.add(Topic::campaign,
                msg("it makes good {0}, a missed play of the campaign “{1}”", item.made_good->because->missed,
                    item.made_good->because->campaign),
                campaign != nullptr ? campaign->span : rule.at);
  } else if (item.entry->kind == Entry::Kind::campaign) {
    tell_campaign(telling, item);
  } else if (const auto* playlist = std::get_if<PlaylistItem>(&rule.what)) {
    telling.add(Topic::playlist,
                msg("clip {0} of {1} that “{2}” has on this day", std::to_string(item.sub), clips.size(), playlist->id),
                rule.at);
    tell_lists(telling, playlist->id, recording);
  } else if (const auto* fill = std::get_if<FillItem>(&rule.what)) {
    tell_passed_over(telling, session, item, place_in(clips, item.recording));
    if (!fill->playlist.empty()) tell_lists(telling, fill->playlist, recording);
    for (const auto& entry : fill->entries) tell_lists(telling, entry.id, recording);
  }
}

namespace {

void tell_relay(Telling& telling, const Relay& relay, Date day) {
  telling.add(Topic::recording,
              relay.url.empty() ? msg("it is heard live from the input “{0}”", relay.input)
                                : msg("it is heard live from {0}", relay.url),
              relay.span);
  if (relay.fallback.empty()) {
    telling.add(Topic::missing, msg("while nothing comes there is silence: the relay “{0}” has no fallback", relay.id),
                relay.span);
    return;
  }
  for (const auto* recording : stand_ins(telling.recordings, relay.fallback, day)) {
    const auto& id = recording->clip.article;
    telling.add(Topic::missing,
                recording->fault == Fault::none ? msg("while nothing comes “{0}” is played", id)
                                                : msg("its fallback “{0}” cannot be played", id),
                relay.fallback_at);
  }
}

}  // namespace

void tell_recording(Telling& telling, const DraftSession& session, const LaidItem& item) {
  const auto& recording = *item.recording;
  if (recording.relay != nullptr) return tell_relay(telling, *recording.relay, session.occurrence.date);
  const auto day = session.occurrence.date;
  const auto* article = article_of(telling, recording.clip.article);
  const auto place = article != nullptr ? article->clip_at : item.entry->rule->at;
  const bool plays = recording.fault == Fault::none;
  if (recording.fault == Fault::unapproved) tell_approval(telling, recording, place);
  if (!plays) telling.add(Topic::recording, state_of(recording), place);
  const bool lacks = !plays && recording.fault != Fault::unapproved;
  if (lacks && recording.clip.about) {
    telling.add(Topic::recording, msg("until it is there it counts with “about”: {0}", length_words(recording.length)),
                place);
  }
  if (lacks && article != nullptr) tell_substitutes(telling, *article, day);
  if (article != nullptr) {
    telling.add(Topic::article, msg("article “{0}”: {1}", article->id, article->title), article->at);
    tell_validity(telling, *article, day);
  } else if (recording.clip.from && recording.clip.until) {
    telling.add(Topic::article,
                msg("the name of its folder allows {0} to {1}", date_words(*recording.clip.from),
                    date_words(*recording.clip.until)),
                place);
  }
  if (plays) telling.add(Topic::recording, state_of(recording), place);
  if (plays && recording.needs_approval) tell_approval(telling, recording, place);
}

namespace {

/// Why a place of a campaign stays empty, where the campaign itself is the reason.
bool tell_places(Telling& telling, const ItemRule& rule, Date day) {
  const auto* campaign = telling.recordings.campaign_of(rule);
  if (campaign == nullptr) return false;
  if (!campaign->valid_on(day)) {
    telling.add(Topic::campaign, msg("the campaign “{0}” has no places on {1}", campaign->id, both_calendars(day)),
                campaign->span);
    return true;
  }
  if (campaign->apart == Duration(0) || telling.recordings.of(rule, day).empty()) return false;
  telling.add(Topic::campaign,
              msg("the place is empty: each article of the campaign “{0}” plays less than {1} before it or behind it",
                  campaign->id, config::to_string(campaign->apart)),
              campaign->span);
  return true;
}

}  // namespace

bool tell_position(Telling& telling, const ItemRule& rule, const Occurrence& session) {
  if (rule.days && !rule.days->contains(session.date)) {
    telling.add(Topic::days,
                msg("{0} is for {1} only, and {2} is none of these days", quoted(rule.at), quoted(*rule.days),
                    both_calendars(session.date)),
                rule.days->words.at.source != nullptr ? rule.days->words.at : rule.at);
    return true;
  }
  const auto* item = std::get_if<ArticleItem>(&rule.what);
  const auto* article = item != nullptr ? article_of(telling, item->id) : nullptr;
  if (article != nullptr && !article->valid_on(session.date)) {
    tell_validity(telling, *article, session.date);
    return true;
  }
  if (tell_places(telling, rule, session.date)) return true;
  const bool pause = std::holds_alternative<PauseItem>(rule.what);
  if (pause || !telling.recordings.of(rule, session.date).empty()) return false;
  telling.add(Topic::item, msg("{0} has no recording for this day", quoted(rule.at)), rule.at);
  return true;
}

std::string substitute_in(const Telling& telling, const Recording& recording, Date day) {
  const auto* other = stand_in(telling.recordings, recording.clip.missing, day);
  return other != nullptr ? other->clip.article.str() : std::string();
}

}  // namespace loa::scheduler
