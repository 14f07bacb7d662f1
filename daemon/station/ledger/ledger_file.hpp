// The ledger on a Disk: a queue in front of a LedgerStore, with a writer thread or without.
// Knows tickets, batches and when to try again; must not know what a row means or how files look.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "daemon/station/ledger/ledger.hpp"
#include "daemon/station/ledger/ledger_store.hpp"
#include "daemon/station/ledger/progress.hpp"

namespace loa::station {

struct FileLedgerOptions {
  LedgerIdentity identity;
  bool threaded = true;                   // false: append() writes and syncs before it returns (simulations, tests)
  std::size_t held_rows = 20000;          // at most, while the disk fails; what comes then is dropped and counted
  std::chrono::milliseconds retry{1000};  // real time between two tries while the disk fails (with a thread)
  /// Something became durable, or the disk failed or healed. On the writer's thread (the caller's without one).
  std::function<void()> on_change;
  SlotDisk* progress = nullptr;  // where note_progress() goes; none: nowhere
};

/// Opens at once by scanning; when the disk does not let it, rows wait in memory and it is tried again: it never
/// refuses to start. `disk` and `clock` outlive it. One at a time on a state directory (the lock is the caller's).
class FileLedger final : public Ledger {
 public:
  FileLedger(Disk& disk, const Clock& clock, FileLedgerOptions options);
  /// Writes what is queued (one try) and ends the thread. The shutdown checkpoint is the conductor's.
  ~FileLedger() override;
  FileLedger(const FileLedger&) = delete;
  FileLedger& operator=(const FileLedger&) = delete;

  std::uint64_t append(wire::Fields fields) override;
  std::uint64_t durable() const override;
  std::string disk_fault() const override;
  std::uint64_t checkpoint() override;
  std::uint64_t durable_seq() const override;
  void tick() override;
  void note_progress(const Progress& progress) override;

  /// Waits until everything appended so far is durable; false when the disk fails or `patience` (real time) is over. A
  /// disk that failed before is tried once more at once.
  bool flush(std::chrono::milliseconds patience);
  /// Without figures while nothing was found damaged or torn.
  LedgerDamage damage() const;
  /// Why the last sign of life could not be written; "" = it was.
  std::string progress_fault() const;
  /// The folder under `disk` is another one now: whatever is missing there is put back, soon. A `disk` row says `why`.
  void distrust(std::string why);

 private:
  using Lock = std::unique_lock<std::mutex>;
  struct Queued {
    std::uint64_t ticket;
    LedgerEntry entry;
  };

  // With the mutex held.
  std::uint64_t queue(LedgerEntry entry);
  std::uint64_t queue_checkpoint();
  void checkpoint_if_due();

  // The writer's; they let go of the mutex while they touch the disk.
  void run();
  void wait_for_work(Lock& lock);
  bool has_work() const { return stopping_ || !queue_.empty() || progress_ || !distrusted_.empty(); }
  void look_back(Lock& lock);
  void write(Lock& lock);
  void write_rows(Lock& lock);
  void write_progress(Lock& lock);
  void tell_change(Lock& lock);
  std::uint64_t last_durable_ticket();

  const Clock& clock_;
  const FileLedgerOptions options_;
  LedgerStore store_;                // used by one thread at a time: the writer
  ProgressWriter progress_writer_;   // the same
  std::deque<std::uint64_t> given_;  // tickets of what the store has and is not durable, in order; the same
  std::uint64_t settled_ = 0;        // entries of the store that were taken out of given_; the same
  std::uint64_t settled_ticket_ = 0;

  mutable std::mutex mutex_;  // guards everything below
  std::condition_variable work_, written_;
  std::deque<Queued> queue_;
  std::optional<Progress> progress_;
  std::uint64_t tickets_ = 0, durable_ = 0, durable_seq_ = 0;
  std::size_t held_ = 0;       // rows that are not durable yet: queued or in the store
  std::uint64_t dropped_ = 0;  // since the store was told
  std::string fault_, progress_fault_;
  std::string distrusted_;  // why, until the store was told
  LedgerDamage damage_;
  std::uint64_t tries_ = 0;  // to write
  bool writing_ = false;     // one is under way
  bool try_now_ = false;     // not only after options_.retry
  bool stopping_ = false;
  bool looking_back_ = true;  // older months, while nobody waits for a row
  Steady checkpoint_at_;
  bool rows_since_checkpoint_ = false;

  std::thread thread_;
};

}  // namespace loa::station
