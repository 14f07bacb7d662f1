// What a running station says on standard error while it works: one line for what a person should see as it happens.
// Reads the rows on their way into the ledger; the ledger itself stays the truth.
#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "config/text.hpp"
#include "daemon/station/host/paths.hpp"
#include "daemon/station/ledger/ledger.hpp"
#include "daemon/station/ledger/ledger_file.hpp"
#include "daemon/station/ledger/ledger_store.hpp"

namespace loa::station {

/// Passes everything on. Rows of kind start, item, device, keying, clock, disk, approve and make-good are told in
/// words.
class TellingLedger final : public Ledger {
 public:
  struct Hooks {
    std::function<void()> told;                      // after each such row
    std::function<void(std::uint64_t ticket)> owed;  // the row with this ticket: a campaign's play was missed
  };
  TellingLedger(Ledger& ledger, config::Language language, Hooks hooks)
      : ledger_(ledger), language_(language), hooks_(std::move(hooks)) {}

  std::uint64_t append(wire::Fields fields) override;
  std::uint64_t durable() const override { return ledger_.durable(); }
  std::string disk_fault() const override { return ledger_.disk_fault(); }
  std::uint64_t checkpoint() override { return ledger_.checkpoint(); }
  std::uint64_t durable_seq() const override { return ledger_.durable_seq(); }
  void tick() override { ledger_.tick(); }
  void note_progress(const Progress& progress) override { ledger_.note_progress(progress); }

 private:
  Ledger& ledger_;
  config::Language language_;
  Hooks hooks_;
};

/// The line for a row, or an empty one when there is nothing to say.
config::Text words_for_row(const wire::Fields& row);

/// A line for each thing that the ledger `found` and was not `said` before; none when it is in order.
std::vector<config::Text> words_for_damage(const LedgerDamage& found, const LedgerDamage& said);

/// What is said of the ledger's disk, each thing once. Main thread only.
class LedgerVoice {
 public:
  LedgerVoice(const StationPaths& paths, config::Language language) : paths_(paths), language_(language) {}
  /// `explained`: the disk's fault was said otherwise. Appends a `disk` row for what the ledger does not log by itself.
  void say(FileLedger& ledger, bool explained);

 private:
  void say_progress_fault(FileLedger& ledger);

  StationPaths paths_;
  config::Language language_;
  LedgerDamage damage_;
  std::string fault_, progress_fault_;
};

}  // namespace loa::station
