// What `play` is asked to sound: files with their instants, from the command line or a list. Pure reading.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/text.hpp"
#include "scheduler/calendar/zone.hpp"

namespace loa::station {

struct PlayItem {
  std::filesystem::path file;
  std::optional<calendar::Instant> at;    // absent: directly after the one before (the first one: at once)
  std::optional<calendar::Instant> stop;  // a hard stop; absent: to its end
};

struct PlayList {
  std::vector<PlayItem> items;
  config::Text fault;  // empty when all lines were understood; else which line and why
};

/// Lines of INSTANT<TAB>FILE[<TAB>STOP]; "+" instead of the instant = directly after. Empty lines and lines that begin
/// with '#' say nothing. Relative files are looked for beside the list.
PlayList read_play_list(std::string_view text, const std::filesystem::path& folder, const calendar::Zone& zone);

}  // namespace loa::station
