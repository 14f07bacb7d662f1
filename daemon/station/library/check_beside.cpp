#include "daemon/station/library/check_beside.hpp"

#include <algorithm>
#include <fstream>
#include <system_error>
#include <vector>

#include "config/schema.hpp"
#include "config/unicode.hpp"
#include "daemon/station/library/settings_of.hpp"

namespace loa::station {

namespace fs = std::filesystem;
using config::msg;

namespace {

constexpr std::size_t kMostNeighbours = 200;  // beyond that it is no folder of stations

std::vector<fs::path> neighbours_of(const fs::path& station) {
  std::vector<fs::path> folders;
  std::error_code error;
  const auto own = fs::canonical(station, error);
  if (error) return folders;
  std::size_t seen = 0;
  for (fs::directory_iterator entry(own.parent_path(), error), end; !error && entry != end; entry.increment(error)) {
    if (++seen > kMostNeighbours) break;
    std::error_code unsaid;
    const bool folder = entry->is_directory(unsaid) && !entry->is_symlink(unsaid);
    if (folder && entry->path() != own) folders.push_back(entry->path());
  }
  std::sort(folders.begin(), folders.end());
  return folders;
}

bool holds(const fs::path& file, std::string_view text) {
  std::error_code error;
  if (fs::file_size(file, error) != text.size() || error) return false;
  std::string bytes(text.size(), '\0');
  std::ifstream in(file, std::ios::binary);
  return in.read(bytes.data(), static_cast<std::streamsize>(bytes.size())) && bytes == text;
}

}  // namespace

void check_beside(const fs::path& station, const std::string& id, config::Diagnostics& diagnostics) {
  if (id.empty()) return;
  for (const auto& folder : neighbours_of(station)) {
    if (settings_of(folder).id != id) continue;
    const auto shown = "../" + config::escaped(folder.filename().string());
    diagnostics.file_warning("id-beside", "station.yaml", msg("the station in {0} has the same id, {1}", shown, id))
        .would(msg("when both run, reports and the parent station take them for one"))
        .mend(msg("another station: give it another id and delete its folder state/; a backup: keep it elsewhere"));
  }
}

void check_schemas(const fs::path& station, config::Diagnostics& diagnostics) {
  constexpr std::string_view folder = ".loa";
  for (const auto kind : config::kSchemaKinds) {
    const auto name = fs::path(folder) / config::schema_file_name(kind);
    std::error_code error;
    if (!fs::is_regular_file(station / name, error)) continue;
    const auto is_in = [&](config::Language language) {
      return holds(station / name, config::schema_text(kind, language));
    };
    if (is_in(config::Language::vi) || is_in(config::Language::en)) continue;
    diagnostics.file_warning("schema-old", name.string(), msg("this is not the schema of this version of the program"))
        .would(msg("nothing changes on air; an editor may underline what is right, and does not offer new keys"))
        .mend(msg("write it anew: loa schema --out {0}", folder));
  }
}

}  // namespace loa::station
