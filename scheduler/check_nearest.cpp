// Which recording a path was meant to be: the same name elsewhere or with other capitals, then the nearest spelling.
#include <algorithm>
#include <cctype>

#include "scheduler/check_draft.hpp"

namespace loa::scheduler {

namespace {

/// Comparing spellings takes a while: of larger libraries only the recording's own folder is looked through.
constexpr std::size_t kMostCompared = 1'000;

std::string_view file_name(std::string_view path) {
  return path.substr(path.rfind('/') + 1);
}

std::string_view folder(std::string_view path) {
  const auto slash = path.rfind('/');
  return slash == std::string_view::npos ? std::string_view() : path.substr(0, slash);
}

bool same_but_capitals(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](unsigned char left, unsigned char right) { return std::tolower(left) == std::tolower(right); });
}

std::string by_name(const playlists::Catalogue& catalogue, std::string_view path) {
  for (const auto& [clip, facts] : catalogue.all()) {
    if (same_but_capitals(clip, path)) return clip;
  }
  for (const auto& [clip, facts] : catalogue.all()) {
    if (same_but_capitals(file_name(clip), file_name(path))) return clip;
  }
  return {};
}

/// The ending says nothing about which recording is meant, and may be the mistake itself.
std::string_view stem(std::string_view path) {
  const auto dot = path.rfind('.');
  return dot == std::string_view::npos || dot < path.size() - file_name(path).size() ? path : path.substr(0, dot);
}

std::string by_spelling(const std::vector<std::string>& clips, std::string_view path) {
  std::vector<std::string> stems;
  for (const auto& clip : clips) {
    if (stem(clip) == stem(path)) return clip;
    stems.emplace_back(stem(clip));
  }
  const auto near = config::nearest(stem(path), stems);
  const auto found = std::find(stems.begin(), stems.end(), near);
  return near.empty() ? std::string() : clips[static_cast<std::size_t>(found - stems.begin())];
}

}  // namespace

std::string nearest_clip(const playlists::Catalogue& catalogue, const std::string& path) {
  if (auto same = by_name(catalogue, path); !same.empty()) return same;
  if (auto near = by_spelling(catalogue.clips_in(folder(path)), path); !near.empty()) return near;
  if (catalogue.all().size() > kMostCompared) return {};
  std::vector<std::string> clips;
  for (const auto& [clip, facts] : catalogue.all()) clips.push_back(clip);
  return by_spelling(clips, path);
}

}  // namespace loa::scheduler
