// Which recordings the words of `loa approve` mean. Knows the schedule's names and the library's; must not read a file.
#pragma once

#include <string>
#include <vector>

#include "daemon/station/library/load.hpp"

namespace loa::station {

/// One recording that was asked for, or why there is none.
struct ApproveTarget {
  std::string word;       // as it was typed
  std::string article;    // id; of a folder's clip its path without the ending; "" = no article has it
  std::string clip;       // below library/
  std::size_t index = 0;  // in the listing; only where nothing is wrong
  config::Text wrong;     // empty: nothing
  config::Text hint;

  bool good() const { return wrong.empty(); }
};

/// `word`: an article's id, a path below library/ (with or without "library/", or as the shell completes it), or the
/// path of a folder's clip without its ending. `day`: of the recording, for an article with dates in its clip's name.
ApproveTarget approve_target(const LoadedStation& loaded, const std::string& word, config::Date day);

/// Whether the word means another recording each day.
bool is_dated(const LoadedStation& loaded, const std::string& word);

}  // namespace loa::station
