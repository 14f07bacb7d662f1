// Answers for names given twice and names that nobody gave.
#include "playlists/names.hpp"

#include <algorithm>
#include <utility>

namespace loa::playlists {

using config::Diagnostics;
using config::msg;

namespace {

constexpr std::size_t kMostComparisons = 30'000;  // about a tenth of a second

}  // namespace

bool GivenNames::take(const NamedNode& named, std::size_t folder, Diagnostics& diagnostics) {
  if (named.id.empty()) return false;
  const auto [known, fresh] = given_.try_emplace(named.id, Place{folder, named.at, named.meant});
  if (fresh || known->second.folder != folder || known->second.meant) {
    known->second = {folder, named.at, named.meant};
    return true;
  }
  if (named.meant) return false;  // its own mistake has been said
  auto first = known->second.at, later = named.at;
  if (first.source == later.source && later.begin < first.begin) std::swap(first, later);
  diagnostics.error("duplicate-id", later, msg("“{0}” is already named at {1}", named.id, first.file_line()))
      .would(msg("nobody could say which of the two is meant"))
      .mend(hint_)
      .with(first);
  return false;
}

std::vector<std::string> all_names(const Repertoire& repertoire) {
  std::vector<std::string> names;
  for (const auto& [id, article] : repertoire.articles) names.push_back(id);
  for (const auto& [id, playlist] : repertoire.playlists) names.push_back(id);
  return names;
}

KnownNames::KnownNames(std::vector<std::string> names, bool partial)
    : names_(std::move(names)),
      partial_(partial),
      guesses_left_(kMostComparisons / std::max<std::size_t>(names_.size(), 1)) {}

std::string KnownNames::guess(const std::string& id) {
  if (guesses_left_ == 0) return {};
  --guesses_left_;
  return config::nearest(id, names_);
}

void KnownNames::report_unknown(const std::string& id, config::Span at, Diagnostics& diagnostics) {
  if (partial_) return;
  const auto near = guess(id);
  diagnostics.error("unknown-name", at, msg("nothing is named “{0}”", id))
      .would(msg("nothing would sound in its place"))
      .mend(near.empty() ? msg("add it under “articles” or “playlists”, or take it out here")
                         : msg("did you mean “{0}”?", near));
}

}  // namespace loa::playlists
