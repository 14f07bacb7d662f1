// What only the whole repertoire can tell: names that lead nowhere, in a circle, or to too much.
#include <algorithm>
#include <functional>
#include <set>

#include "playlists/names.hpp"
#include "playlists/nesting.hpp"
#include "playlists/readers.hpp"
#include "playlists/resolve.hpp"

namespace loa::playlists {

using config::Diagnostics;
using config::msg;

namespace {

using Chain = std::vector<std::string>;
/// The one name that follows `id`; "" when none does.
using Next = std::function<std::string(const std::string& id)>;

/// Each circle once, beginning and ending with the same id. From every start one way is walked.
std::vector<Chain> circles(const Chain& starts, const Next& next) {
  std::vector<Chain> found;
  std::set<std::string, std::less<>> seen;
  for (const auto& start : starts) {
    Chain path;
    for (std::string id = start; !id.empty(); id = next(id)) {
      if (!seen.insert(id).second) {
        const auto again = std::find(path.begin(), path.end(), id);
        if (again == path.end()) break;
        found.emplace_back(again, path.end()).push_back(id);
        break;
      }
      path.push_back(id);
    }
  }
  return found;
}

std::string arrows(const Chain& chain) {
  std::string text;
  for (const auto& id : chain) text += text.empty() ? id : " → " + id;
  return text;
}

void check_entries(const Repertoire& repertoire, Diagnostics& diagnostics) {
  KnownNames names(all_names(repertoire), repertoire.partial);
  for (const auto& [id, playlist] : repertoire.playlists) {
    for (const auto& entry : playlist.entries) {
      if (repertoire.articles.contains(entry.id) || repertoire.playlists.contains(entry.id)) continue;
      names.report_unknown(entry.id, entry.at, diagnostics);
    }
  }
}

/// The entry of `playlist` that names `child`.
config::Span entry_at(const Playlist& playlist, std::string_view child) {
  const auto found = std::find_if(playlist.entries.begin(), playlist.entries.end(),
                                  [&](const PlaylistEntry& entry) { return entry.id == child; });
  return found == playlist.entries.end() ? playlist.at : found->at;
}

void check_circles(const Repertoire& repertoire, const Nesting& nesting, Diagnostics& diagnostics) {
  const Next next = [&](const std::string& id) -> std::string {
    for (const auto& entry : repertoire.playlists.at(id).entries) {
      if (nesting.is_endless(entry.id)) return entry.id;
    }
    return {};
  };
  for (const auto& circle : circles(nesting.endless(), next)) {
    const auto& closing = repertoire.playlists.at(circle[circle.size() - 2]);
    diagnostics
        .error("playlist-cycle", entry_at(closing, circle.back()),
               msg("the playlist “{0}” contains itself: {1}", circle.front(), arrows(circle)))
        .would(msg("it would never end"))
        .mend(msg("take one of these names out of its playlist"));
  }
}

void check_size(const Repertoire& repertoire, const Nesting& nesting, Diagnostics& diagnostics) {
  for (const auto& [id, playlist] : repertoire.playlists) {
    if (nesting.names_in(id) > kMostClips) {
      diagnostics
          .error("playlist-too-long", playlist.at,
                 msg("the playlist “{0}” holds more than {1} recordings", id, kMostClips))
          .would(msg("it cannot be planned"))
          .mend(msg("no session is that long; make it shorter"));
    } else if (nesting.depth(id) == kDeepestPlaylist + 1) {
      diagnostics
          .error("playlist-too-deep", playlist.at,
                 msg("the playlist “{0}” holds playlists in playlists, more than {1} deep", id, kDeepestPlaylist))
          .would(msg("it cannot be planned"))
          .mend(msg("name the articles directly"));
    }
  }
}

bool check_substitute(const Repertoire& repertoire, const Article& article, KnownNames& names,
                      Diagnostics& diagnostics) {
  if (repertoire.articles.contains(article.missing)) return true;
  if (repertoire.playlists.contains(article.missing)) {
    diagnostics
        .error("wrong-kind", article.missing_at,
               msg("“{0}” is a playlist; “missing” takes one article", article.missing))
        .would(msg("when the recording is not there, nothing could take its place"))
        .mend(msg("name an article"))
        .with(repertoire.playlists.find(article.missing)->second.at);
  } else {
    names.report_unknown(article.missing, article.missing_at, diagnostics);
  }
  return false;
}

void check_substitutes(const Repertoire& repertoire, Diagnostics& diagnostics) {
  Chain articles, having;
  for (const auto& [id, article] : repertoire.articles) articles.push_back(id);
  KnownNames names(std::move(articles), repertoire.partial);
  for (const auto& [id, article] : repertoire.articles) {
    if (!article.missing.empty() && check_substitute(repertoire, article, names, diagnostics)) having.push_back(id);
  }
  const Next next = [&](const std::string& id) {
    const auto& missing = repertoire.articles.at(id).missing;
    return repertoire.articles.contains(missing) ? missing : std::string();
  };
  for (const auto& circle : circles(having, next)) {
    diagnostics
        .error("missing-cycle", repertoire.articles.at(circle[circle.size() - 2]).missing_at,
               msg("“{0}” would be played instead of itself: {1}", circle.front(), arrows(circle)))
        .would(msg("when the recording is not there, nothing could take its place"))
        .mend(msg("name another article, or take “missing” away"));
  }
}

}  // namespace

void check_references(const Repertoire& repertoire, Diagnostics& diagnostics) {
  check_entries(repertoire, diagnostics);
  const Nesting nesting(repertoire);
  check_circles(repertoire, nesting, diagnostics);
  check_size(repertoire, nesting, diagnostics);
  check_substitutes(repertoire, diagnostics);
}

}  // namespace loa::playlists
