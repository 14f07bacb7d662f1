// Playlists inside playlists, from the inside out: how much each holds at most, and which never end.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "playlists/article.hpp"

namespace loa::playlists {

class Nesting {
 public:
  explicit Nesting(const Repertoire& repertoire);

  /// Playlists that hold themselves, or one that does; by id.
  std::vector<std::string> endless() const;
  bool is_endless(std::string_view id) const;

  /// Names that resolve() meets in the playlist `id`, itself counted; at most kMostClips + 1. A folder counts as one.
  /// An article, an unknown name and an endless playlist count 1.
  std::size_t names_in(std::string_view id) const;
  /// 1: holds no playlist. 0: endless, or no playlist.
  std::size_t depth(std::string_view id) const;

 private:
  struct Size {
    std::size_t names = 1;
    std::size_t depth = 1;
  };

  void count_children(const Playlist& playlist);
  void settle(const std::string& id);
  Size size_of(const Playlist& playlist) const;

  const Repertoire& repertoire_;
  std::map<std::string, std::size_t, std::less<>> waiting_;  // entries that are playlists and not settled yet
  std::map<std::string, std::vector<std::string>, std::less<>> parents_;  // one for each entry
  std::map<std::string, Size, std::less<>> sizes_;
  std::vector<std::string> ready_;
};

}  // namespace loa::playlists
