// Where things lie: the parts of a station's state/ folder, and the programs that belong to this one.
#pragma once

#include <array>
#include <filesystem>
#include <optional>
#include <string_view>

namespace loa::station {

/// Names only; nothing is made or looked at.
struct StationPaths {
  std::filesystem::path station;

  std::filesystem::path settings() const { return station / "station.yaml"; }
  std::filesystem::path state() const { return station / "state"; }
  std::filesystem::path lock() const { return state() / "lock"; }
  std::filesystem::path socket() const { return state() / "loa.sock"; }
  std::filesystem::path facts() const { return state() / "facts.jsonl"; }
  std::filesystem::path masters() const { return state() / "masters"; }
  std::filesystem::path plans() const { return state() / "plans"; }
  std::filesystem::path ledger() const { return state() / "ledger"; }
};

/// What `run` tells its operator without a terminal, beside station.yaml: in Vietnamese, in English. Nobody reads them
/// back, and no look at the folder sees them change.
inline constexpr std::array<std::string_view, 2> kPageNames{"TINH-HINH.txt", "STATUS.txt"};

/// A program of ours: beside the running one, else in ../libexec/loa. Nothing when it is in neither place.
std::optional<std::filesystem::path> sibling_program(std::string_view name);

}  // namespace loa::station
