// All files' articles and playlists as one repertoire: of one id the later folder wins.
#include "playlists/read.hpp"

#include "playlists/names.hpp"
#include "playlists/readers.hpp"

namespace loa::playlists {

using config::Diagnostics;
using config::msg;

namespace {

void keep(Repertoire& repertoire, Article article) {
  repertoire.playlists.erase(article.id);
  auto id = article.id;
  repertoire.articles.insert_or_assign(std::move(id), std::move(article));
}

void keep(Repertoire& repertoire, Playlist playlist) {
  repertoire.articles.erase(playlist.id);
  auto id = playlist.id;
  repertoire.playlists.insert_or_assign(std::move(id), std::move(playlist));
}

}  // namespace

Repertoire read_repertoire(const std::vector<config::ScheduleFile>& files, Diagnostics& diagnostics) {
  Repertoire repertoire;
  GivenNames names(msg("give one of them another name; articles and playlists share their names"));
  for (const auto& file : files) {
    for (const auto& named : read_section(file.root, "articles", diagnostics)) {
      auto article = read_article(named, diagnostics);
      if (names.take(named, file.folder, diagnostics)) keep(repertoire, std::move(article));
    }
    for (const auto& named : read_section(file.root, "playlists", diagnostics)) {
      auto playlist = read_playlist(named, diagnostics);
      if (names.take(named, file.folder, diagnostics)) keep(repertoire, std::move(playlist));
    }
  }
  check_references(repertoire, diagnostics);
  return repertoire;
}

}  // namespace loa::playlists
