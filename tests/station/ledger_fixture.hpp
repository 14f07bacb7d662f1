// A ledger for tests: a clock that stands still until told, rows by the dozen, and what a stranger finds in the files.
// Knows the ledger's public face only.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "daemon/station/ledger/ledger_file.hpp"
#include "daemon/station/ledger/ledger_read.hpp"
#include "daemon/wire/verify.hpp"
#include "scheduler/calendar/zone.hpp"
#include "tests/support/faulty_disk.hpp"
#include "tests/support/memory_disk.hpp"

namespace loa::tests {

class ManualClock final : public station::Clock {
 public:
  std::chrono::sys_time<std::chrono::nanoseconds> wall_time{std::chrono::sys_days(std::chrono::year(2026) / 11 / 22)};
  station::Steady steady_time{0};
  station::Trust state = station::Trust::trusted;

  std::chrono::sys_time<std::chrono::nanoseconds> wall() const override { return wall_time; }
  station::Steady steady() const override { return steady_time; }
  station::Trust trust() const override { return state; }
  void set(std::chrono::year_month_day day) { wall_time = std::chrono::sys_days(day); }
  void pass(std::chrono::nanoseconds time) {
    wall_time += time;
    steady_time += time;
  }
};

inline calendar::Zone hanoi() {
  return *calendar::Zone::find("Asia/Ho_Chi_Minh");
}

inline station::FileLedgerOptions options_for(bool threaded = false) {
  station::FileLedgerOptions options;
  options.identity = {"xa-vi-du", "b1", [zone = hanoi()](station::Instant at) { return calendar::rfc3339(at, zone); }};
  options.threaded = threaded;
  options.retry = std::chrono::milliseconds(1);
  return options;
}

inline wire::Fields item_fields(std::size_t n) {
  return {{"kind", "item"}, {"id", "xa-vi-du/" + std::to_string(n)}, {"verdict", "aired"}, {"reason", "none"}};
}

/// The whole ledger as it stands on a disk, month after month.
inline std::string text_of(const MemoryDisk& disk) {
  std::string text;
  for (const auto& name : station::ledger_files(disk)) text += disk.files.at("ledger/" + name).bytes;
  return text;
}

inline wire::Verification verified(const MemoryDisk& disk) {
  wire::Verifier verifier;
  for (const auto& name : station::ledger_files(disk)) {
    verifier.file(name);
    std::string_view text = disk.files.at("ledger/" + name).bytes;
    while (!text.empty()) {
      const auto newline = text.find('\n');
      verifier.line(text.substr(0, newline), newline != text.npos);
      text.remove_prefix(newline == text.npos ? text.size() : newline + 1);
    }
  }
  return verifier.result();
}

inline std::vector<boost::json::object> rows_of(const station::Disk& disk) {
  return station::rows_since(disk, 1);
}

inline std::vector<boost::json::object> rows_of_kind(const station::Disk& disk, std::string_view kind) {
  auto rows = rows_of(disk);
  std::erase_if(rows, [&](const auto& row) { return wire::text_of(row, "kind") != kind; });
  return rows;
}

inline std::string kinds_of(const station::Disk& disk) {
  std::string kinds;
  for (const auto& row : rows_of(disk)) kinds += (kinds.empty() ? "" : " ") + wire::text_of(row, "kind");
  return kinds;
}

/// Starts a ledger, appends `count` items with a checkpoint at the end, and ends it.
inline void run_ledger(station::Disk& disk, const station::Clock& clock, std::size_t count) {
  station::FileLedger ledger(disk, clock, options_for());
  for (std::size_t i = 0; i < count; ++i) ledger.append(item_fields(i));
  ledger.checkpoint();
}

}  // namespace loa::tests
