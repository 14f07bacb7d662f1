// A station as a snapshot from a few lines, for what is told about it.
#pragma once

#include <gmock/gmock.h>

#include <map>
#include <string>

#include "daemon/station/library/snapshot.hpp"
#include "daemon/station/page/page_facts.hpp"
#include "tests/support/station_fixture.hpp"

namespace loa::station::tests {

/// `lengths`: of the recordings that are there.
inline SnapshotPtr snapshot_of(const std::string& schedule,
                               const std::map<std::string, std::chrono::seconds>& lengths = {},
                               const std::string& settings = "") {
  config::Diagnostics diagnostics;
  const std::string station = "station: {id: xa, name: Đài xã Thử}\n" + settings;
  const auto files = config::read_station_texts(
      {{"station.yaml", station, 0, config::StationText::Role::station}, {"schedule/lich.yaml", schedule, 0}},
      diagnostics);
  EXPECT_FALSE(diagnostics.has_errors()) << to_text(diagnostics, config::Language::en, false);
  playlists::Catalogue catalogue;
  for (const auto& [clip, length] : lengths) {
    playlists::Facts facts;
    facts.sha256 = std::string(64, 'a');
    facts.length = length;
    catalogue.set(clip, facts);
  }
  return make_snapshot(files, catalogue);
}

inline PageFacts facts_at(const char* now, SnapshotPtr plan, config::Language language = config::Language::en) {
  PageFacts facts;
  facts.language = language;
  facts.now = sim::at(now);
  facts.before.begun = facts.now;
  facts.plan = std::move(plan);
  facts.edit.state = EditState::in_force;
  facts.edit.at = facts.now;
  facts.status.device = "none";
  facts.status.device_state = "open";
  return facts;
}

}  // namespace loa::station::tests
