// Month files of the ledger on a Disk: opens, seals rows, appends and syncs them, and heals after the disk failed.
// Knows files, chain and key; single-threaded; must not know tickets, queues or what a row means.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "daemon/station/ledger/ledger_scan.hpp"
#include "daemon/station/seams.hpp"
#include "daemon/wire/crypto.hpp"
#include "daemon/wire/row.hpp"

namespace loa::station {

/// What every row says of its writer.
struct LedgerIdentity {
  std::string station;
  std::string boot;  // an id per start of the daemon; empty: one is made
  /// RFC 3339 with the station's offset and milliseconds. Called on the thread that writes.
  std::function<std::string(Instant)> format;
};

/// What opening, and after it the look at older months, found.
struct LedgerDamage {
  std::uint64_t torn_bytes = 0;     // of the newest month, dropped
  std::uint64_t damaged_lines = 0;  // in `file` or the months just before it
  std::string file;
  std::uint64_t lost_rows = 0;  // in older months
  std::uint64_t put_back = 0;   // how often the newest month, or the key, was taken away meanwhile and put back
  bool operator==(const LedgerDamage&) const = default;
};

/// A row to be: its fields, and whether it carries a signature.
struct LedgerEntry {
  wire::Fields fields;
  bool is_signed = false;
};

class LedgerStore {
 public:
  /// Touches the disk only in flush().
  LedgerStore(Disk& disk, const Clock& clock, LedgerIdentity identity);

  /// Comes behind everything given before; kept here until flush() has made it durable.
  void add(LedgerEntry entry) { waiting_.push_back(std::move(entry)); }
  /// Opens when needed, then seals, writes and syncs what waits, with the store's own rows (key, lost, disk). False
  /// when the disk refuses: fault() says why; the next call begins with a new descriptor.
  bool flush();

  /// Whether the month file and the key are where they belong; fault() says when not, and the next flush() puts back
  /// what was taken away.
  void look();
  /// Nothing that was open is believed any more: somebody put another folder in the place of state/, for all that is
  /// known an empty one. A `disk` row says `why`.
  void distrust(const std::string& why);

  /// After the opening, in steps: answers old months' damage, too. True while there is more to do; only while the disk
  /// works. What it seals needs a flush().
  bool look_back();

  std::uint64_t durable_entries() const { return durable_entries_; }  // of those given to add()
  std::uint64_t durable_seq() const { return durable_.seq; }          // 0 before the first opening
  const std::string& fault() const { return fault_; }                 // what failed first; "" while the disk works
  const LedgerDamage& damage() const { return damage_; }
  /// Rows that nobody could hold any more: the next `disk` row says how many.
  void count_dropped(std::uint64_t rows) { dropped_ += rows; }

 private:
  /// Up to where the chain goes; for bad lines at its end, seq counts them and hash is the last good row's.
  struct Position {
    std::uint64_t seq = 0;
    std::string hash{wire::kNoHash};
  };
  struct Pending {
    std::string file;
    std::string line;  // with its newline
    Position after;
    bool is_entry;
  };

  bool open();
  bool open_first();
  bool open_again();
  bool put_back();
  bool put_back_key();
  bool open_file(const std::string& name);
  bool cut_torn_tail(const LedgerScan& scan);
  std::error_code hidden_behind_list() const;
  bool find_key(const LedgerScan& scan);
  void seal(LedgerEntry entry, bool is_entry);
  void seal_key_row(const std::string& note);
  void seal_lost_row(const LostRange& range);
  void seal_healed_row();
  bool write_pending();
  bool write_run();
  bool fail(const std::string& what, const std::error_code& error);

  Disk& disk_;
  const Clock& clock_;
  LedgerIdentity identity_;
  std::optional<wire::PrivateKey> key_;
  std::deque<LedgerEntry> waiting_;  // given, not sealed
  std::deque<Pending> pending_;      // sealed, not durable; stays as it is through every failure
  Position sealed_, durable_;

  std::unique_ptr<AppendFile> file_;  // null: must be opened
  std::unique_ptr<AppendFile> left_;  // the newest month as it was open when something failed; for reading only
  std::string file_name_;             // of the newest month file
  std::uint64_t file_size_ = 0;       // its durable bytes
  bool was_open_ = false;
  std::optional<LostWalk> walk_;     // while it looks back
  std::uint64_t vanished_from_ = 0;  // the first durable seq that somebody took away, once a lost row says so

  std::uint64_t durable_entries_ = 0;
  std::uint64_t dropped_ = 0;
  bool key_row_due_ = false;  // what has the key row may be gone
  bool told_why_ = false;     // the fault was said by who distrusts
  std::string fault_, fault_since_;
  LedgerDamage damage_;
};

}  // namespace loa::station
