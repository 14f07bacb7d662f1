// Brings a station's texts together: station.yaml, the shared folders, the own schedule. Must not know what they say
// beyond station.yaml.
#include "config/station_folder.hpp"

#include <algorithm>
#include <set>
#include <system_error>

#include "config/folder_listing.hpp"
#include "config/read_file.hpp"
#include "config/shipped_holidays.hpp"
#include "config/unicode.hpp"
#include "config/yaml.hpp"

namespace loa::config {
namespace {

namespace fs = std::filesystem;

constexpr const char* kStationFile = "station.yaml";
constexpr const char* kShippedHolidays = "loa/holidays.yaml";  // as shown; no file of the station's
using Role = StationText::Role;

bool is_folder(const fs::path& path) {
  std::error_code error;
  return fs::is_directory(path, error);
}

// Reads the texts that StationFiles holds; the same from a folder and from a snapshot.
class Reading {
 public:
  explicit Reading(Diagnostics& diagnostics) : diagnostics_(diagnostics) {
    files_.sources = std::make_shared<Sources>();
    files_.settings = read_settings(nullptr, diagnostics_);
  }

  void station(std::string bytes) {
    names_holidays_ = bytes.find("holiday:") != std::string::npos;
    const auto root = parse({kStationFile, std::move(bytes), 0, Role::station}).root;
    if (root) files_.settings = read_settings(root, diagnostics_);
    if (!files_.settings.shared_known) files_.names_hidden = true;
  }

  void schedule(StationText text) {
    names_holidays_ = names_holidays_ || text.bytes.find("holiday:") != std::string::npos;
    files_.schedule.push_back(parse(std::move(text)));
  }

  void holidays(std::string name, std::string bytes) {
    files_.holidays = parse({std::move(name), std::move(bytes), 0, Role::holidays});
  }

  /// The shipped holidays, where the operator has no list of their own and the schedule asks for one. They are kept
  /// with the other texts: a snapshot means the same under a later version of the program.
  StationFiles finish() {
    const bool none = files_.holidays.source == nullptr && !files_.settings.holidays;
    if (none && names_holidays_) holidays(kShippedHolidays, std::string(shipped_holidays()));
    return std::move(files_);
  }

  StationFiles& files() { return files_; }

 private:
  ScheduleFile parse(StationText text) {
    ScheduleFile file;
    file.folder = text.folder;
    file.source = &files_.sources->add(text.name, text.bytes);
    file.root = read_yaml(*file.source, diagnostics_);
    files_.texts.push_back(std::move(text));
    return file;
  }

  Diagnostics& diagnostics_;
  StationFiles files_;
  bool names_holidays_ = false;
};

fs::path library_folder(const fs::path& folder) {
  std::error_code error;
  const auto library = fs::weakly_canonical(folder / "library", error);
  return error ? fs::absolute(folder / "library", error) : library;
}

class FolderReading {
 public:
  FolderReading(const fs::path& folder, Diagnostics& diagnostics)
      : folder_(folder), diagnostics_(diagnostics), reading_(diagnostics) {}

  StationFiles run() {
    if (!may_enter(folder_, folder_.string(), diagnostics_)) return reading_.finish();
    if (!is_folder(folder_)) {
      report_missing_station();
      return reading_.finish();
    }
    read_station();
    const auto shared = reading_.files().settings.shared;  // a copy: reading goes on below
    for (std::size_t i = 0; i < shared.size(); ++i) read_shared(shared[i], i);
    read_folder(folder_, "", shared.size());
    if (reading_.files().schedule.empty() && !reading_.files().names_hidden) report_no_schedule();
    read_holidays();
    return reading_.finish();
  }

 private:
  void report_missing_station() {
    diagnostics_.file_error("folder-missing", folder_.string(), msg("there is no such folder"))
        .would(msg("there is no station that could play"))
        .mend(msg("name the station's folder: --station DIR, or LOA_STATION"));
  }

  void read_station() {
    std::error_code error;
    if (!fs::exists(fs::symlink_status(folder_ / kStationFile, error))) {
      const auto near = look_alike(folder_, kStationFile);
      diagnostics_.file_error("station-yaml-missing", kStationFile, msg("the folder has no station.yaml"))
          .would(msg("the station has no name, no id and no device, and cannot play"))
          .mend(near.empty() ? msg("write station.yaml with “station:”, below it “id:” and “name:”")
                             : msg("rename {0} to station.yaml", near));
      reading_.files().names_hidden = true;  // of the folders that it shares
      return;
    }
    if (auto bytes = read_operator_file(folder_ / kStationFile, kStationFile, diagnostics_)) {
      reading_.station(std::move(*bytes));
    } else {
      reading_.files().names_hidden = true;
    }
  }

  void read_shared(const std::string& name, std::size_t number) {
    const auto path = folder_ / name;
    const auto at = reading_.files().settings.shared_at[number];
    std::error_code error;
    if (!may_enter(path, name, diagnostics_)) {
      reading_.files().names_hidden = true;
    } else if (!is_folder(path)) {
      reading_.files().names_hidden = true;
      diagnostics_.error("shared-missing", at, msg("there is no folder {0}", name))
          .would(msg("nothing of it can be played, and what refers to it finds nothing"))
          .mend(msg("a path begins at the station's folder: ../chung lies beside it"));
    } else if (fs::equivalent(path, folder_, error) || !seen_.insert(fs::canonical(path, error)).second) {
      diagnostics_.error("shared-twice", at, msg("{0} is the station's own folder or was named before", name))
          .would(msg("everything in it would be there twice"))
          .mend(msg("delete this entry"));
    } else {
      read_folder(path, name + '/', number);
    }
  }

  void read_folder(const fs::path& folder, const std::string& prefix, std::size_t number) {
    const auto mistakes = diagnostics_.count(Severity::error);
    std::vector<StationText> texts;
    for (const auto& name : schedule_names(folder / "schedule", prefix + "schedule", diagnostics_)) {
      const auto shown = prefix + "schedule/" + escaped(name);
      auto bytes = read_operator_file(folder / "schedule" / name, shown, diagnostics_);
      if (bytes) texts.push_back({shown, std::move(*bytes), number});
    }
    if (diagnostics_.count(Severity::error) > mistakes) reading_.files().names_hidden = true;
    for (auto& text : texts) reading_.schedule(std::move(text));
    add_library(folder, prefix.empty());
  }

  void add_library(const fs::path& folder, bool own) {
    reading_.files().libraries.push_back(library_folder(folder));
    if (own && !is_folder(folder / "library")) report_no_library();
  }

  void read_holidays() {
    const auto name = reading_.files().settings.holidays;
    if (!name) return;
    std::error_code error;
    if (fs::exists(fs::symlink_status(folder_ / *name, error))) {
      auto bytes = read_operator_file(folder_ / *name, *name, diagnostics_);
      if (bytes) reading_.holidays(*name, std::move(*bytes));
      return;
    }
    diagnostics_.error("holidays-missing", reading_.files().settings.holidays_at, msg("there is no file {0}", *name))
        .would(msg("no holiday would be known"))
        .mend(msg("a path begins at the station's folder; without “holidays” the program's own list counts"));
  }

  void report_no_library() {
    std::error_code error;
    const bool other = fs::exists(fs::symlink_status(folder_ / "library", error));  // a file, or a link to nowhere
    diagnostics_
        .file_warning("library-missing", "library",
                      other ? msg("library is not a folder") : msg("the folder library is missing"))
        .would(msg("no recording of the station's own can be played"))
        .mend(other ? msg("move it away, make a folder library and put the recordings there")
                    : msg("make the folder and put the recordings there"));
  }

  // The folder of this name in other letters, or "".
  std::string mistyped_schedule() const {
    const auto near = look_alike(folder_, "schedule");
    return is_folder(folder_ / near) ? near : std::string();
  }

  void report_no_schedule() {
    const bool missing = !is_folder(folder_ / "schedule");
    const auto near = missing ? mistyped_schedule() : std::string();
    diagnostics_
        .file_error(missing ? "schedule-missing" : "schedule-empty", "schedule",
                    missing ? msg("the folder schedule is missing")
                            : msg("the folder schedule holds no file that ends in .yaml"))
        .would(msg("nothing is planned, the station stays silent"))
        .mend(near.empty() ? msg("write the schedule into schedule/lich.yaml")
                           : msg("rename the folder {0} to schedule", near));
  }

  fs::path folder_;
  Diagnostics& diagnostics_;
  Reading reading_;
  std::set<fs::path> seen_;
};

}  // namespace

StationFiles read_station_folder(const fs::path& folder, Diagnostics& diagnostics) {
  return FolderReading(folder, diagnostics).run();
}

std::vector<fs::path> library_folders(const fs::path& folder, const StationSettings& settings) {
  std::vector<fs::path> libraries;
  for (const auto& shared : settings.shared) libraries.push_back(library_folder(folder / shared));
  libraries.push_back(library_folder(folder));
  return libraries;
}

StationFiles read_station_texts(std::vector<StationText> texts, Diagnostics& diagnostics) {
  Reading reading(diagnostics);
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (i == 0) {
      reading.station(std::move(texts[i].bytes));
    } else if (texts[i].role == StationText::Role::holidays) {
      reading.holidays(std::move(texts[i].name), std::move(texts[i].bytes));
    } else {
      reading.schedule(std::move(texts[i]));
    }
  }
  return reading.finish();
}

}  // namespace loa::config
