#include "daemon/station/library/load.hpp"

#include <algorithm>

#include "config/unicode.hpp"
#include "daemon/station/library/amplifier_findings.hpp"

namespace loa::station {

namespace {

namespace fs = std::filesystem;
using config::msg;
using config::Text;

std::vector<std::string> named_clips(const playlists::Repertoire& repertoire) {
  std::vector<std::string> named;
  for (const auto& [id, article] : repertoire.articles) named.push_back(article.clip);
  std::sort(named.begin(), named.end());
  return named;
}

const playlists::Repertoire& repertoire_of(const LoadedStation& loaded) {
  static const playlists::Repertoire none;
  return loaded.schedule ? loaded.schedule->repertoire : none;
}

struct Complaint {
  const char* code;
  Text message;
  Text hint;
};

Complaint complaint_about(LibraryFault fault) {
  switch (fault) {
    case LibraryFault::leaves_library:
      return {"library-link-leaves", msg("this link leads out of the library; it is not followed"),
              msg("copy the recording into the library, or add its folder to `shared`")};
    case LibraryFault::dangling:
      return {"library-link-dangling", msg("this link leads to a file that does not exist"),
              msg("remove the link or bring the recording back")};
    case LibraryFault::loop:
      return {"library-link-loop", msg("this link leads back to where it is; it is not followed"),
              msg("remove the link")};
    case LibraryFault::unreadable:
      return {"library-unreadable", msg("this cannot be read"),
              msg("give the user that runs Loa the right to read it")};
    case LibraryFault::not_a_file:
      return {"library-no-file", msg("this is no ordinary file; it cannot be a recording"), msg("remove it")};
    case LibraryFault::name_not_utf8:
      return {"library-name-not-utf8", msg("this name is not written in UTF-8; the file cannot be named in a schedule"),
              msg("give the file a new name")};
    case LibraryFault::same_name:
      return {"library-same-name",
              msg("two files here bear the same name, once with marks joined (NFC) and once apart "
                  "(NFD); only the first is used"),
              msg("remove one of them or give it another name")};
    case LibraryFault::too_many:
      return {"library-too-many",
              msg("the library has too many entries or too deep folders; from here on nothing is seen"),
              msg("keep only recordings in the library")};
  }
  return {};
}

/// "library/a/b.mp3", "../chung/library/a": the way people see it from the station's folder.
std::string shown_path(const fs::path& station, const config::StationFiles& files, const LibraryProblem& problem) {
  const fs::path library = files.libraries.at(problem.library);
  const fs::path relative = library.lexically_relative(fs::absolute(station).lexically_normal());
  const fs::path& shown = relative.empty() ? library : relative;
  return (problem.path.empty() ? shown : shown / config::escaped(problem.path)).generic_string();
}

void report(const Listing& listing, const fs::path& station, const config::StationFiles& files,
            config::Diagnostics& diagnostics) {
  for (const auto& problem : listing.problems) {
    const Complaint complaint = complaint_about(problem.fault);
    diagnostics.file_warning(complaint.code, shown_path(station, files, problem), complaint.message)
        .mend(complaint.hint);
  }
}

}  // namespace

playlists::Catalogue catalogue_of(const Listing& listing, const KnownFacts& known,
                                  const playlists::Repertoire& repertoire) {
  const auto named = named_clips(repertoire);
  playlists::Catalogue catalogue;
  for (const auto& recording : listing.recordings) {
    if (recording.other && !std::binary_search(named.begin(), named.end(), recording.clip)) continue;
    const playlists::Facts* facts = known.find(recording);
    catalogue.set(recording.clip, facts != nullptr ? std::optional(*facts) : std::nullopt);
  }
  return catalogue;
}

LoadedStation load_station(const fs::path& station, const KnownFacts& known) {
  LoadedStation loaded;
  loaded.files = config::read_station_folder(station, loaded.diagnostics);
  loaded.schedule = scheduler::read_schedule(loaded.files, loaded.diagnostics);
  loaded.listing = list_library(loaded.files.libraries);
  report(loaded.listing, station, loaded.files, loaded.diagnostics);
  report_amplifiers(loaded.files.settings.amplifier, station, loaded.diagnostics);
  loaded.catalogue = catalogue_of(loaded.listing, known, repertoire_of(loaded));
  return loaded;
}

LoadedStation load_station_of(const Snapshot& in_force, const fs::path& station, const KnownFacts& known) {
  LoadedStation loaded;
  loaded.files = files_of(in_force);
  loaded.files.libraries = config::library_folders(station, in_force.settings);
  loaded.schedule = scheduler::read_schedule(loaded.files, loaded.diagnostics);
  loaded.listing = list_library(loaded.files.libraries);
  loaded.catalogue = catalogue_of(loaded.listing, known, repertoire_of(loaded));
  return loaded;
}

std::vector<std::size_t> to_measure(const LoadedStation& loaded, const KnownFacts& known,
                                    std::chrono::sys_seconds now) {
  return unknown_recordings(loaded.listing, known, named_clips(repertoire_of(loaded)), now);
}

IntakeResult measure_unknown(LoadedStation& loaded, KnownFacts& known, const IntakeOptions& options) {
  const auto unknown = to_measure(loaded, known);
  if (unknown.empty()) return {};
  IntakeResult result = take_in(loaded.files.libraries, loaded.listing, unknown, known, options);
  loaded.catalogue = catalogue_of(loaded.listing, known, repertoire_of(loaded));
  return result;
}

}  // namespace loa::station
