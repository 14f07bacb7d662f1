#include "daemon/station/commands/approve_target.hpp"

#include <algorithm>
#include <filesystem>
#include <optional>

#include "config/value_shape.hpp"
#include "daemon/station/library/snapshot_facts.hpp"
#include "playlists/read.hpp"
#include "scheduler/check_draft.hpp"

namespace loa::station {

namespace {

namespace fs = std::filesystem;
using config::msg;
using playlists::Article;
using playlists::Playlist;

constexpr std::size_t kNamesShown = 3;

const playlists::Repertoire& repertoire_of(const LoadedStation& loaded) {
  static const playlists::Repertoire none;
  return loaded.schedule ? loaded.schedule->repertoire : none;
}

const Article* article_named(const LoadedStation& loaded, const std::string& id) {
  const auto& articles = repertoire_of(loaded).articles;
  const auto found = articles.find(id);
  return found == articles.end() ? nullptr : &found->second;
}

std::string without_ending(const std::string& path) {
  const auto dot = path.rfind('.');
  return dot == std::string::npos || path.find('/', dot) != std::string::npos ? path : path.substr(0, dot);
}

std::optional<std::size_t> listed(const LoadedStation& loaded, const std::string& clip) {
  const auto& recordings = loaded.listing.recordings;
  const auto found = std::lower_bound(recordings.begin(), recordings.end(), clip,
                                      [](const Recording& each, const std::string& path) { return each.clip < path; });
  if (found == recordings.end() || found->clip != clip) return std::nullopt;
  return static_cast<std::size_t>(found - recordings.begin());
}

/// What a typed path may be below a library.
std::vector<std::string> paths_meant(const LoadedStation& loaded, const std::string& word) {
  std::vector<std::string> paths{playlists::nfc(word)};
  const auto plain = fs::path(word).lexically_normal().generic_string();
  constexpr std::string_view kLibrary = "library/";
  if (plain.starts_with(kLibrary)) paths.push_back(playlists::nfc(plain.substr(kLibrary.size())));
  std::error_code error;
  const auto whole = fs::absolute(word, error).lexically_normal();
  for (const auto& library : loaded.files.libraries) {
    const auto below = whole.lexically_relative(library.lexically_normal()).generic_string();
    if (!below.empty() && below != "." && !below.starts_with("..")) paths.push_back(playlists::nfc(below));
  }
  return paths;
}

/// The recording at that path, or the only one that has it but for its ending.
std::optional<std::size_t> recording_at(const LoadedStation& loaded, const std::string& path) {
  if (const auto index = listed(loaded, path)) return index;
  std::optional<std::size_t> found;
  for (std::size_t i = 0; i < loaded.listing.recordings.size(); ++i) {
    const auto& each = loaded.listing.recordings[i];
    if (each.other || without_ending(each.clip) != path) continue;
    if (found) return std::nullopt;
    found = i;
  }
  return found;
}

bool is_of(const Article& article, const std::string& clip) {
  return article.clip == clip || (playlists::holds_mark(article.clip) && matches_dated(article.clip, clip));
}

/// As the plan calls what plays it: an article's id, else the path without its ending.
std::string article_of(const LoadedStation& loaded, const std::string& clip) {
  for (const auto& [id, article] : repertoire_of(loaded).articles) {
    if (is_of(article, clip)) return id;
  }
  for (const auto& [id, playlist] : repertoire_of(loaded).playlists) {
    if (playlist.folder && (playlist.folder->empty() || clip.starts_with(*playlist.folder + '/'))) {
      return without_ending(clip);
    }
  }
  return {};
}

ApproveTarget of_article(const LoadedStation& loaded, ApproveTarget target, const Article& article, config::Date day) {
  target.article = article.id;
  target.clip = playlists::with_date(article.clip, day);
  const auto index = listed(loaded, target.clip);
  if (index) {
    target.index = *index;
    return target;
  }
  target.wrong = msg("the recording “{0}” of “{1}” is not there", target.clip, target.word);
  const auto near = scheduler::nearest_clip(loaded.catalogue, target.clip);
  if (playlists::holds_mark(article.clip)) {
    target.hint = msg("--date names the day of another recording, as in --date 2026-11-30");
  } else if (!near.empty()) {
    target.hint = msg("did you mean “{0}”?", near);
  }
  return target;
}

/// Nobody approves what he has not listened to: a playlist's recordings are named one by one.
ApproveTarget of_playlist(const LoadedStation& loaded, ApproveTarget target, config::Date day) {
  target.wrong = msg("“{0}” is a playlist; its recordings are approved one by one", target.word);
  const auto clips = playlists::resolve(repertoire_of(loaded), loaded.catalogue, target.word, day, day);
  std::string names;
  for (std::size_t i = 0; i < clips.size() && i < kNamesShown; ++i) names += (i == 0 ? "" : ", ") + clips[i].path;
  if (!names.empty())
    target.hint = clips.size() > kNamesShown ? msg("they are {0} …", names) : msg("they are {0}", names);
  return target;
}

ApproveTarget unknown(const LoadedStation& loaded, ApproveTarget target) {
  target.wrong = msg("there is no article and no recording “{0}”", config::shown(target.word));
  std::vector<std::string> ids;
  for (const auto& [id, article] : repertoire_of(loaded).articles) ids.push_back(id);
  auto near = config::nearest(target.word, ids);
  if (near.empty()) near = scheduler::nearest_clip(loaded.catalogue, target.word);
  target.hint = near.empty() ? msg("write an article's name, or a recording's path below library/")
                             : msg("did you mean “{0}”?", near);
  return target;
}

}  // namespace

ApproveTarget approve_target(const LoadedStation& loaded, const std::string& word, config::Date day) {
  ApproveTarget target;
  target.word = word;
  if (const auto* article = article_named(loaded, word)) return of_article(loaded, std::move(target), *article, day);
  for (const auto& path : paths_meant(loaded, word)) {
    const auto index = recording_at(loaded, path);
    if (!index) continue;
    target.index = *index;
    target.clip = loaded.listing.recordings[*index].clip;
    target.article = article_of(loaded, target.clip);
    return target;
  }
  if (repertoire_of(loaded).playlists.contains(word)) return of_playlist(loaded, std::move(target), day);
  return unknown(loaded, std::move(target));
}

bool is_dated(const LoadedStation& loaded, const std::string& word) {
  const auto* article = article_named(loaded, word);
  return article != nullptr && playlists::holds_mark(article->clip);
}

}  // namespace loa::station
