// What the ledger says about an instant or an id: the snapshot in force then, and what really happened. Reads only, and
// without the lock: safe while `run` writes.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "daemon/station/library/snapshot.hpp"
#include "daemon/wire/item_row.hpp"
#include "scheduler/explain.hpp"

namespace loa::station {

/// What was asked: an instant, and with `id` the session or item that is planned about then.
struct Asked {
  scheduler::Instant instant;
  std::optional<scheduler::AskedId> id;
  std::string words;                  // as asked
  std::optional<config::Date> day{};  // a whole day; the instant is its last one then
  bool is_name = false;               // of an article, playlist, campaign or programme; the instant is now
};

/// One row about it.
struct PastRow {
  std::uint64_t seq = 0;
  std::string at;      // when it was written
  wire::ItemRow item;  // of kind start and item
  std::string note;    // of others: in words
  bool is_item = false;
};

struct Past {
  bool has_ledger = false;
  bool is_gone = false;       // a snapshot was in force then, and is not kept or not what it was
  SnapshotPtr snapshot;       // in force then; null: none, or gone
  std::string since;          // RFC 3339: since when it was in force
  SnapshotPtr newest;         // the last accepted one; null: none
  std::vector<PastRow> rows;  // by seq
};

/// The item row of what was heard last of an article, a campaign or a programme (of that id), in the year before `now`.
struct LastHeard {
  bool has_ledger = false;
  std::optional<PastRow> row;
};
LastHeard last_heard(const std::filesystem::path& state, const std::string& id, scheduler::Instant now);

/// `state`: the folder state/, which need not be there.
Past read_past(const std::filesystem::path& state, const Asked& asked);

}  // namespace loa::station
