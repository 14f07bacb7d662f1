// Settles playlists whose parts are settled, until none is left or all that are left hold themselves.
#include "playlists/nesting.hpp"

#include <algorithm>

#include "playlists/resolve.hpp"

namespace loa::playlists {

Nesting::Nesting(const Repertoire& repertoire) : repertoire_(repertoire) {
  for (const auto& [id, playlist] : repertoire.playlists) count_children(playlist);
  for (const auto& [id, left] : waiting_) {
    if (left == 0) ready_.push_back(id);
  }
  while (!ready_.empty()) {
    const auto id = ready_.back();
    ready_.pop_back();
    settle(id);
  }
}

void Nesting::count_children(const Playlist& playlist) {
  auto& left = waiting_[playlist.id];
  for (const auto& entry : playlist.entries) {
    if (!repertoire_.playlists.contains(entry.id)) continue;
    ++left;
    parents_[entry.id].push_back(playlist.id);
  }
}

void Nesting::settle(const std::string& id) {
  sizes_[id] = size_of(repertoire_.playlists.at(id));
  for (const auto& parent : parents_[id]) {
    if (--waiting_[parent] == 0) ready_.push_back(parent);
  }
}

Nesting::Size Nesting::size_of(const Playlist& playlist) const {
  Size size;
  for (const auto& entry : playlist.entries) {
    size.names = std::min(size.names + names_in(entry.id), kMostClips + 1);
    size.depth = std::max(size.depth, depth(entry.id) + 1);
  }
  return size;
}

std::vector<std::string> Nesting::endless() const {
  std::vector<std::string> ids;
  for (const auto& [id, left] : waiting_) {
    if (left > 0) ids.push_back(id);
  }
  return ids;
}

bool Nesting::is_endless(std::string_view id) const {
  const auto found = waiting_.find(id);
  return found != waiting_.end() && found->second > 0;
}

std::size_t Nesting::names_in(std::string_view id) const {
  const auto found = sizes_.find(id);
  return found == sizes_.end() ? 1 : found->second.names;
}

std::size_t Nesting::depth(std::string_view id) const {
  const auto found = sizes_.find(id);
  return found == sizes_.end() ? 0 : found->second.depth;
}

}  // namespace loa::playlists
