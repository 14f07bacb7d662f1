// Which files of a station's folder are read: station.yaml, schedule/*.yaml of the shared folders and of the station,
// the list of holidays. Reports look-alikes (lich.yaml.txt, "lich - Copy.yaml", names that differ only by case) instead
// of reading them silently.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "config/diagnostics.hpp"
#include "config/node.hpp"
#include "config/settings.hpp"

namespace loa::config {

struct ScheduleFile {
  std::shared_ptr<const Node> root;  // null when nothing of it can be used
  const SourceText* source = nullptr;
  std::size_t folder = 0;  // which folder it is from: 0 … = `shared` in order, the last one = the station's own
};

/// A text as it was read, enough to read the station again without its folder (a snapshot).
struct StationText {
  enum class Role { station, schedule, holidays };
  std::string name;  // as shown: "station.yaml", "schedule/lich.yaml", "../chung/schedule/chung.yaml"
  std::string bytes;
  std::size_t folder = 0;
  Role role = Role::schedule;
};

struct StationFiles {
  std::shared_ptr<Sources> sources;  // owner of every text; keep as long as any Span
  std::vector<StationText> texts;    // station.yaml first, then the schedule files in reading order, then the holidays
  StationSettings settings;
  std::vector<ScheduleFile> schedule;  // shared folders in their order, then the station's own; by name within each
  bool names_hidden = false;  // a file or folder is there, or is named, that could not be read: names may stand in it
  ScheduleFile holidays;      // the operator's, or the shipped one where the schedule names a holiday; else no source
  std::vector<std::filesystem::path> libraries;  // absolute library/ folders in the same order; the later wins
};

/// Reads everything; all mistakes are in `diagnostics`. `folder` need not exist (that is a mistake too).
StationFiles read_station_folder(const std::filesystem::path& folder, Diagnostics& diagnostics);

/// The `libraries` of a folder with these settings, whether they are there or not.
std::vector<std::filesystem::path> library_folders(const std::filesystem::path& folder,
                                                   const StationSettings& settings);

/// The same from texts instead of a folder (`libraries` stays empty); texts[0] is station.yaml whatever its role.
StationFiles read_station_texts(std::vector<StationText> texts, Diagnostics& diagnostics);

/// True for names that are never read nor watched: dot-files, names ending in '~', editors' temporary files.
bool is_ignored_name(std::string_view name);

}  // namespace loa::config
