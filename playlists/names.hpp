// Names given and names used: who took an id first, and what a mistyped one may have meant.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "playlists/article.hpp"
#include "playlists/section.hpp"

namespace loa::playlists {

/// Ids given in several files: within one folder (shared or own) each once, across folders the later replaces.
class GivenNames {
 public:
  /// `hint` mends a name that is given twice.
  explicit GivenNames(config::Text hint) : hint_(std::move(hint)) {}

  /// True when `named` may have its id; otherwise that has been reported at the later of the two places.
  bool take(const NamedNode& named, std::size_t folder, config::Diagnostics& diagnostics);

 private:
  struct Place {
    std::size_t folder;
    config::Span at;
    bool meant;  // of a name with a mistake
  };

  config::Text hint_;
  std::map<std::string, Place, std::less<>> given_;
};

/// Ids of all articles and playlists.
std::vector<std::string> all_names(const Repertoire& repertoire);

/// Names that exist, for answering those that do not. Stops guessing after very many, so that a hostile file is
/// answered in time.
class KnownNames {
 public:
  /// `partial`: there may be more names; then none is unknown.
  KnownNames(std::vector<std::string> names, bool partial);

  /// Nothing is named `id`: an error at `at` with the nearest name.
  void report_unknown(const std::string& id, config::Span at, config::Diagnostics& diagnostics);

 private:
  std::string guess(const std::string& id);

  std::vector<std::string> names_;
  bool partial_;
  std::size_t guesses_left_;
};

}  // namespace loa::playlists
