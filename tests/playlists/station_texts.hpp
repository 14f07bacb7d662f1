// Stations written as texts in a test, and their findings in one line each.
#pragma once

#include <string>
#include <vector>

#include "config/station_folder.hpp"

namespace loa::tests {

inline const std::string kStationYaml =
    "station:\n  id: xa-vi-du\n  name: Đài truyền thanh xã Ví Dụ\n"
    "permitted_hours:\n  - {from: \"00:00\", until: \"24:00\"}\n";

/// Schedule files by their names; `folder` counts the shared folders, the highest one is the station's own.
inline config::StationFiles station_of(std::vector<config::StationText> schedule, config::Diagnostics& diagnostics) {
  std::size_t own = 0;
  for (const auto& text : schedule) own = std::max(own, text.folder);
  std::vector<config::StationText> texts{{"station.yaml", kStationYaml, own}};
  texts.insert(texts.end(), schedule.begin(), schedule.end());
  return config::read_station_texts(std::move(texts), diagnostics);
}

inline config::StationFiles station_of(const std::string& schedule, config::Diagnostics& diagnostics) {
  return station_of({{"schedule/lich.yaml", schedule, 0}}, diagnostics);
}

/// "schedule/lich.yaml:4:11 error unknown-name", in the order in which they are shown.
inline std::vector<std::string> findings(const config::Diagnostics& diagnostics) {
  std::vector<std::string> lines;
  for (const auto& found : diagnostics.sorted()) {
    std::string line = found.file;
    if (found.at.source != nullptr) {
      const auto place = found.at.source->position(found.at.begin);
      line = found.at.source->name() + ':' + std::to_string(place.line) + ':' + std::to_string(place.column);
    }
    lines.push_back(line + (found.severity == config::Severity::error ? " error " : " warning ") + found.code);
  }
  return lines;
}

/// Message, consequence and hint of the one finding with this code, in English; "" when there is none.
inline std::string words_of(const config::Diagnostics& diagnostics, const std::string& code) {
  for (const auto& found : diagnostics.sorted()) {
    if (found.code != code) continue;
    const auto en = config::Language::en;
    return found.message.in(en) + " | " + found.on_air.in(en) + " | " + found.hint.in(en);
  }
  return {};
}

}  // namespace loa::tests
