// All files' articles and playlists as one repertoire: of one id the later folder wins.
#include "playlists/read.hpp"

#include <algorithm>

#include "playlists/names.hpp"
#include "playlists/readers.hpp"

namespace loa::playlists {

using config::Diagnostics;
using config::msg;

namespace {

using config::Severity;

bool is_section_that_names(std::string_view key) {
  return key == "articles" || key == "playlists";
}

bool is_other_section(std::string_view key) {
  return key == "programmes" || key == "campaigns" || key == "relays" || key == "calendar";
}

/// Whether names of articles or playlists may stand where nothing could be read: in a broken section, under a
/// mistyped key, in a file of which nothing is left.
bool may_hide_names(const config::ScheduleFile& file, const Diagnostics& diagnostics) {
  if (!file.root) {
    const auto& all = diagnostics.all();
    return std::any_of(all.begin(), all.end(), [&](const auto& each) {
      if (each.severity != Severity::error) return false;
      return each.at.source != nullptr ? each.at.source == file.source : each.file == file.source->name();
    });
  }
  if (is_unreadable_section(file.root, "articles") || is_unreadable_section(file.root, "playlists")) return true;
  return std::any_of(file.root->entries.begin(), file.root->entries.end(), [](const auto& entry) {
    return !is_section_that_names(entry.first->scalar) && !is_other_section(entry.first->scalar);
  });
}

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

Repertoire read_repertoire(const std::vector<config::ScheduleFile>& files, Diagnostics& diagnostics, bool partial) {
  Repertoire repertoire;
  repertoire.partial = partial;
  GivenNames names(msg("give one of them another name; articles and playlists share their names"));
  for (const auto& file : files) {
    if (may_hide_names(file, diagnostics)) repertoire.partial = true;
    for (const auto& named : read_section(file.root, "articles", diagnostics)) {
      auto article = read_article(named, diagnostics);
      if (names.take(named, file.folder, diagnostics)) keep(repertoire, std::move(article));
    }
    for (const auto& named : read_section(file.root, "playlists", diagnostics)) {
      const auto before = diagnostics.count(Severity::error);
      auto playlist = read_playlist(named, diagnostics);
      if (diagnostics.count(Severity::error) > before) repertoire.mistaken = true;
      if (names.take(named, file.folder, diagnostics)) keep(repertoire, std::move(playlist));
    }
  }
  const auto before = diagnostics.count(Severity::error);
  check_references(repertoire, diagnostics);
  if (repertoire.partial || diagnostics.count(Severity::error) > before) repertoire.mistaken = true;
  return repertoire;
}

}  // namespace loa::playlists
