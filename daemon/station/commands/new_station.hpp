// The files that a new station begins with. Knows their words; must not know where they go.
#pragma once

#include <string>
#include <vector>

#include "config/text.hpp"

namespace loa::station {

struct NewFile {
  std::string path;   // below the station's folder
  std::string bytes;  // "" of a path that ends in "/": a folder
};

struct NewStation {
  std::string id, name, timezone;
  config::Language language = config::Language::vi;
};

/// In the order in which they are made: folders before what lies in them.
std::vector<NewFile> files_of(const NewStation& station);

/// station.yaml alone.
std::string settings_text(const NewStation& station);

}  // namespace loa::station
