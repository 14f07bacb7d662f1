// A made-up timetable through the real reader: its text, its recordings, what is wrong with it.
#pragma once

#include <optional>
#include <string>

#include "config/station_folder.hpp"
#include "scheduler/plan.hpp"
#include "tests/playlists/measured.hpp"
#include "tests/playlists/station_texts.hpp"
#include "tests/scheduler/made_up_timetable.hpp"

namespace loa::scheduler {

inline Date date_of(plain::Day day) {
  return Date(std::chrono::sys_days(std::chrono::days(day)));
}

inline playlists::Catalogue library_of(const plain::Timetable& timetable) {
  playlists::Catalogue library;
  for (const auto& [id, article] : timetable.articles) {
    for (const auto& [clip, length] : article.recording) {
      library.set(clip, tests::measured(Frames(length), std::string(64, 'a')));
    }
  }
  return library;
}

struct ReadTimetable {
  config::Diagnostics diagnostics;
  std::optional<Schedule> schedule;

  /// One a line; "": there are none.
  std::string errors() const {
    std::string all;
    for (const auto& each : tests::findings(diagnostics)) {
      if (each.find(" error ") != std::string::npos) all += each + '\n';
    }
    return all;
  }
  /// A pause that is longer than its slot keeps what follows from ever being reached: no timetable to compare.
  bool is_unreached() const { return errors().find("item-unreached") != std::string::npos; }
};

inline ReadTimetable read_timetable(const plain::Timetable& timetable, unsigned order = 0) {
  ReadTimetable result;
  const auto files = config::read_station_texts(
      {{"station.yaml", timetable.station_yaml(), 0}, {"schedule/lich.yaml", timetable.schedule_yaml(order), 0}},
      result.diagnostics);
  result.schedule = read_schedule(files, result.diagnostics);
  return result;
}

/// The same with a file of its own for each top-level key.
inline ReadTimetable read_in_files(const plain::Timetable& timetable) {
  ReadTimetable result;
  std::vector<config::StationText> texts{{"station.yaml", timetable.station_yaml(), 0}};
  for (const auto& block : timetable.blocks()) {
    if (block.empty()) continue;
    texts.push_back({"schedule/" + block.substr(0, block.find(':')) + ".yaml", block, 0});
  }
  const auto files = config::read_station_texts(std::move(texts), result.diagnostics);
  result.schedule = read_schedule(files, result.diagnostics);
  return result;
}

}  // namespace loa::scheduler
