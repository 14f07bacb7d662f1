// What a path below library/ may look like. Looks at the words only; whether a file is there is the catalogue's to say.
#pragma once

#include <string_view>

#include "config/text.hpp"

namespace loa::playlists {

struct PathFault {
  config::Text what;  // empty: nothing is wrong
  config::Text hint;
};

/// Of a recording: "dvc/khai-sinh.mp3".
PathFault clip_fault(std::string_view path);
/// Of a folder: "thong-bao"; a slash at its end is fine.
PathFault folder_fault(std::string_view path);

}  // namespace loa::playlists
