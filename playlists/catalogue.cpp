// The catalogue's folders: children found by jumping over sub-trees in the sorted paths.
#include "playlists/catalogue.hpp"

namespace loa::playlists {

namespace {

using Clips = std::map<std::string, std::optional<Facts>, std::less<>>;

/// Calls visit(path, name, is_folder) for each child of `folder` ("" = library/ itself), in code point order of paths.
template <class Visit>
void each_child(const Clips& clips, std::string_view folder, Visit visit) {
  const std::string prefix = folder.empty() ? "" : std::string(folder) + '/';
  auto clip = clips.lower_bound(prefix);
  while (clip != clips.end() && clip->first.starts_with(prefix)) {
    const std::string& path = clip->first;
    const auto slash = path.find('/', prefix.size());
    visit(path, path.substr(prefix.size(), slash - prefix.size()), slash != std::string::npos);
    // '0' follows '/': the first path behind the sub-folder's own.
    clip = slash == std::string::npos ? std::next(clip) : clips.lower_bound(path.substr(0, slash) + '0');
  }
}

}  // namespace

void Catalogue::set(std::string clip, std::optional<Facts> facts) {
  clips_.insert_or_assign(std::move(clip), std::move(facts));
}

bool Catalogue::exists(std::string_view clip) const {
  return clips_.contains(clip);
}

const Facts* Catalogue::facts(std::string_view clip) const {
  const auto found = clips_.find(clip);
  return found != clips_.end() && found->second ? &*found->second : nullptr;
}

const Approval* Catalogue::approval(std::string_view sha256) const {
  const auto found = approvals_.find(sha256);
  return found == approvals_.end() ? nullptr : &found->second;
}

std::vector<std::string> Catalogue::clips_in(std::string_view folder) const {
  std::vector<std::string> paths;
  each_child(clips_, folder, [&](const std::string& path, const std::string&, bool is_folder) {
    if (!is_folder) paths.push_back(path);
  });
  return paths;
}

std::vector<std::string> Catalogue::folders_in(std::string_view folder) const {
  std::vector<std::string> names;
  each_child(clips_, folder, [&](const std::string&, const std::string& name, bool is_folder) {
    if (is_folder) names.push_back(name);
  });
  return names;
}

}  // namespace loa::playlists
