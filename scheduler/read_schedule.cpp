// From a station's files to its schedule: the top-level keys, the zone, and the order in which the rest is read.
#include <algorithm>
#include <array>

#include "scheduler/read_parts.hpp"

namespace loa::scheduler {

using config::Diagnostics;
using config::Fields;
using config::msg;
using config::StationFiles;

namespace {

constexpr std::array<std::string_view, 3> kSections{"articles", "playlists", "programmes"};

/// An empty section is answered where it is read.
config::NodePtr without_empty_sections(const config::Node& root) {
  auto rest = std::make_shared<config::Node>(root);
  std::erase_if(rest->entries, [](const auto& entry) {
    return entry.second->is_null() &&
           std::find(kSections.begin(), kSections.end(), entry.first->scalar) != kSections.end();
  });
  return rest;
}

void check_top_level(const config::ScheduleFile& file, Diagnostics& diagnostics) {
  if (!file.root) return;
  Fields fields(without_empty_sections(*file.root), diagnostics, msg("a schedule file"));
  for (const auto key : kSections) fields.find(key);
  fields.not_yet({"campaigns", "relays", "calendar"});
  fields.finish();
}

std::optional<calendar::Zone> find_zone(const config::StationSettings& settings, Diagnostics& diagnostics) {
  auto zone = calendar::Zone::find(settings.timezone);
  if (zone) return zone;
  const auto near = config::nearest(settings.timezone, {"Asia/Ho_Chi_Minh", "Asia/Bangkok", "Asia/Vientiane",
                                                        "Asia/Phnom_Penh", "Asia/Shanghai", "Asia/Singapore", "UTC"});
  const auto words = msg("there is no time zone “{0}”", settings.timezone);
  auto& found = settings.timezone_at.source != nullptr ? diagnostics.error("unknown-zone", settings.timezone_at, words)
                                                       : diagnostics.file_error("unknown-zone", "station.yaml", words);
  found.would(msg("nothing could be planned"));
  found.mend(near.empty() ? msg("write an IANA name such as Asia/Ho_Chi_Minh") : msg("did you mean “{0}”?", near));
  return std::nullopt;
}

}  // namespace

std::optional<Schedule> read_schedule(const StationFiles& files, Diagnostics& diagnostics) {
  for (const auto& file : files.schedule) check_top_level(file, diagnostics);
  auto zone = find_zone(files.settings, diagnostics);
  auto repertoire = playlists::read_repertoire(files.schedule, diagnostics, files.names_hidden);
  auto programmes = read_programmes(files.schedule, diagnostics);
  check_names(programmes, repertoire, diagnostics);
  const bool bearable = check_load(programmes, repertoire, diagnostics);
  if (!zone || !bearable) return std::nullopt;
  return Schedule{.station = files.settings.id,
                  .zone = std::move(*zone),
                  .permitted_hours = files.settings.permitted_hours,
                  .repertoire = std::move(repertoire),
                  .programmes = std::move(programmes),
                  .sources = files.sources,
                  .hours_known = files.settings.hours_known};
}

}  // namespace loa::scheduler
