// From the schedule files' trees to the repertoire: names, references, cycles, paths that leave library/.
#pragma once

#include "config/station_folder.hpp"
#include "playlists/article.hpp"

namespace loa::playlists {

/// `partial`: names may stand where `files` do not reach; then none is unknown.
Repertoire read_repertoire(const std::vector<config::ScheduleFile>& files, config::Diagnostics& diagnostics,
                           bool partial = false);

/// Unicode NFC of a path or a name: NFC and NFD of a name are one name. Broken UTF-8 is returned as it is.
std::string nfc(std::string_view text);

/// Why a path cannot be a clip ("" when it can): empty, absolute, "..", backslash, NUL, "." parts.
config::Text clip_path_fault(std::string_view path);

}  // namespace loa::playlists
