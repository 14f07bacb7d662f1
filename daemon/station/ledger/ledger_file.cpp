// The ledger on a Disk: a queue in front of a LedgerStore. Knows tickets, batches and when to try again.
// The mutex is held only to move rows in and out of the queue, never while the disk is touched.
#include "daemon/station/ledger/ledger_file.hpp"

#include <stdexcept>
#include <utility>

namespace loa::station {

namespace {

constexpr Steady kCheckpointEvery = std::chrono::hours(1);

}  // namespace

FileLedger::FileLedger(Disk& disk, const Clock& clock, FileLedgerOptions options)
    : clock_(clock),
      options_(std::move(options)),
      store_(disk, clock, options_.identity),
      progress_writer_(options_.progress, disk),
      checkpoint_at_(clock.steady()) {
  Lock lock(mutex_);
  write_rows(lock);  // opens
  while (!options_.threaded && looking_back_ && fault_.empty()) look_back(lock);
  if (options_.threaded) thread_ = std::thread([this] { run(); });
}

FileLedger::~FileLedger() {
  {
    const Lock lock(mutex_);
    stopping_ = true;
  }
  work_.notify_one();
  if (thread_.joinable()) thread_.join();
}

std::uint64_t FileLedger::append(wire::Fields fields) {
  if (!fields.contains("kind")) throw std::logic_error("a row without kind");
  Lock lock(mutex_);
  const auto ticket = queue({std::move(fields), false});
  checkpoint_if_due();
  if (!options_.threaded) write(lock);
  return ticket;
}

std::uint64_t FileLedger::checkpoint() {
  Lock lock(mutex_);
  const auto ticket = queue_checkpoint();
  if (!options_.threaded) write(lock);
  return ticket;
}

void FileLedger::tick() {
  Lock lock(mutex_);
  checkpoint_if_due();
  if (!options_.threaded) write(lock);
}

void FileLedger::note_progress(const Progress& progress) {
  Lock lock(mutex_);
  progress_ = progress;
  if (!options_.threaded) write(lock);
  work_.notify_one();
}

std::uint64_t FileLedger::durable() const {
  const Lock lock(mutex_);
  return durable_;
}

std::uint64_t FileLedger::durable_seq() const {
  const Lock lock(mutex_);
  return durable_seq_;
}

std::string FileLedger::disk_fault() const {
  const Lock lock(mutex_);
  return fault_;
}

LedgerDamage FileLedger::damage() const {
  const Lock lock(mutex_);
  return damage_;
}

std::string FileLedger::progress_fault() const {
  const Lock lock(mutex_);
  return progress_fault_;
}

void FileLedger::distrust(std::string why) {
  Lock lock(mutex_);
  distrusted_ = std::move(why);
  if (!options_.threaded) write(lock);
  work_.notify_one();
}

bool FileLedger::flush(std::chrono::milliseconds patience) {
  Lock lock(mutex_);
  const auto wanted = tickets_;
  if (!options_.threaded) write(lock);
  // One that is under way may have begun without the newest rows.
  const auto enough = tries_ + (writing_ ? 2 : 1);
  const bool failed = try_now_ = !fault_.empty();
  work_.notify_one();
  const auto tried = [&] { return !fault_.empty() && (!failed || !options_.threaded || tries_ >= enough); };
  written_.wait_for(lock, patience, [&] { return durable_ >= wanted || tried(); });
  return durable_ >= wanted;
}

std::uint64_t FileLedger::queue(LedgerEntry entry) {
  const auto ticket = ++tickets_;
  if (!fault_.empty() && held_ >= options_.held_rows) {
    ++dropped_;
    return ticket;
  }
  queue_.push_back({ticket, std::move(entry)});
  ++held_;
  rows_since_checkpoint_ = true;
  work_.notify_one();
  return ticket;
}

std::uint64_t FileLedger::queue_checkpoint() {
  const auto ticket = queue({{{"kind", "checkpoint"}}, true});
  checkpoint_at_ = clock_.steady();
  rows_since_checkpoint_ = false;
  return ticket;
}

void FileLedger::checkpoint_if_due() {
  if (rows_since_checkpoint_ && clock_.steady() - checkpoint_at_ >= kCheckpointEvery) queue_checkpoint();
}

void FileLedger::run() {
  Lock lock(mutex_);
  for (bool last = false; !last;) {
    wait_for_work(lock);
    last = stopping_;
    write(lock);
  }
}

void FileLedger::wait_for_work(Lock& lock) {
  while (looking_back_ && fault_.empty() && !has_work()) look_back(lock);
  if (fault_.empty()) {
    work_.wait(lock, [this] { return has_work(); });
  } else {
    work_.wait_for(lock, options_.retry, [this] { return stopping_ || try_now_ || !distrusted_.empty(); });
  }
}

void FileLedger::look_back(Lock& lock) {
  lock.unlock();
  const bool more = store_.look_back();
  lock.lock();
  looking_back_ = more;
  if (!more) write_rows(lock);
}

void FileLedger::write(Lock& lock) {
  write_rows(lock);
  write_progress(lock);
}

void FileLedger::write_rows(Lock& lock) {
  auto batch = std::exchange(queue_, {});
  const auto dropped = std::exchange(dropped_, 0);
  const auto distrusted = std::exchange(distrusted_, {});
  try_now_ = false;
  writing_ = true;
  lock.unlock();
  if (!distrusted.empty()) store_.distrust(distrusted);
  for (auto& queued : batch) {
    given_.push_back(queued.ticket);
    store_.add(std::move(queued.entry));
  }
  store_.count_dropped(dropped);
  store_.flush();
  const auto durable = last_durable_ticket();
  const auto waiting = given_.size();
  lock.lock();
  const bool changed = durable_ != durable || durable_seq_ != store_.durable_seq() || fault_ != store_.fault() ||
                       damage_ != store_.damage();
  durable_ = durable;
  durable_seq_ = store_.durable_seq();
  fault_ = store_.fault();
  damage_ = store_.damage();
  held_ = queue_.size() + waiting;
  writing_ = false;
  ++tries_;
  written_.notify_all();
  if (changed) tell_change(lock);
}

void FileLedger::tell_change(Lock& lock) {
  if (!options_.on_change) return;
  lock.unlock();
  options_.on_change();
  lock.lock();
}

std::uint64_t FileLedger::last_durable_ticket() {
  for (; settled_ < store_.durable_entries(); ++settled_, given_.pop_front()) settled_ticket_ = given_.front();
  return settled_ticket_;
}

void FileLedger::write_progress(Lock& lock) {
  const auto progress = std::exchange(progress_, {});
  if (!progress) return;
  lock.unlock();
  // A failure is not repeated: the next sign of life is newer.
  const auto error = progress_writer_.write(*progress);
  store_.look();
  const bool away = !store_.fault().empty();
  lock.lock();
  const auto before = std::exchange(progress_fault_, error ? error.message() : std::string());
  if (away && fault_.empty()) write_rows(lock);
  if (before != progress_fault_) tell_change(lock);
}

}  // namespace loa::station
