// Month files of the ledger on a Disk. Knows files, chain and key; must not know what a row means.
// After a failed write or sync nothing of that descriptor is believed: the file is cut back to what was durable before,
// and the same sealed rows are written again, so a seq never has two hashes.
#include "daemon/station/ledger/ledger_store.hpp"

#include <algorithm>

#include "daemon/station/ledger/keys.hpp"
#include "daemon/station/ledger/ledger_key.hpp"
#include "daemon/station/ledger/ledger_read.hpp"

namespace loa::station {

namespace {

constexpr std::size_t kRowsPerSync = 512;

std::string path_of(const std::string& name) {
  return std::string(kLedgerFolder) + "/" + name;
}

/// Clock::now() with whole seconds apart: nanoseconds times three overflow after 2067, and a PC whose clock battery is
/// dead may well start in 2098.
Instant now_of(const Clock& clock) {
  const auto wall = clock.wall();
  const auto seconds = std::chrono::floor<std::chrono::seconds>(wall);
  return Instant(seconds) + std::chrono::floor<Frames>(wall - seconds);
}

}  // namespace

LedgerStore::LedgerStore(Disk& disk, const Clock& clock, LedgerIdentity identity)
    : disk_(disk), clock_(clock), identity_(std::move(identity)) {
  if (identity_.boot.empty()) identity_.boot = wire::hex(wire::random_bytes(8));
}

bool LedgerStore::flush() {
  if (!file_ && !open()) return false;
  for (; !waiting_.empty(); waiting_.pop_front()) seal(std::move(waiting_.front()), true);
  if (!write_pending()) return false;
  if (fault_.empty()) return true;
  seal_healed_row();
  return write_pending();
}

bool LedgerStore::look_back() {
  if (!walk_) return false;
  if (walk_->step(disk_)) return true;
  for (const auto& range : walk_->lost()) {
    seal_lost_row(range);
    damage_.lost_rows += range.to - range.from + 1;
  }
  walk_.reset();
  return false;
}

void LedgerStore::look() {
  if (!file_) return;
  if (const auto error = file_->in_place()) {
    fail("cannot find " + file_name_, error);
    return;
  }
  std::error_code error;
  disk_.read(std::string(kKeyFile), error);
  if (error == std::errc::no_such_file_or_directory) fail("cannot find keys/ledger", error);
}

void LedgerStore::distrust(const std::string& why) {
  if (file_) left_ = std::move(file_);
  if (fault_.empty()) fault_since_ = identity_.format(now_of(clock_));
  fault_ = why;
  told_why_ = true;
}

bool LedgerStore::open() {
  if (const auto error = disk_.in_place()) return fail("cannot find the ledger", error);
  return was_open_ ? open_again() : open_first();
}

bool LedgerStore::open_first() {
  std::error_code error;
  const auto scan = scan_ledger(disk_, error);
  if (error) return fail("cannot read the ledger", error);
  if (scan.newest.empty()) error = hidden_behind_list();
  if (error) return fail("cannot list the ledger", error);
  if (!cut_torn_tail(scan)) return false;
  sealed_ = durable_ = Position{scan.next_seq - 1, scan.prev};
  file_name_ = scan.newest;
  file_size_ = scan.good_size;
  if (!find_key(scan)) return false;
  for (const auto& range : scan.lost) seal_lost_row(range);
  damage_ = {scan.torn_bytes, scan.damaged_lines, scan.newest, 0};
  was_open_ = true;
  walk_.emplace();
  return file_name_.empty() || open_file(file_name_);
}

bool LedgerStore::open_again() {
  if (!put_back_key() || !put_back()) return false;
  std::error_code error;
  if (!file_name_.empty()) {
    const auto text = disk_.read(path_of(file_name_), error);
    if (!text && error != std::errc::no_such_file_or_directory) return fail("cannot read " + file_name_, error);
    const auto size = text ? text->size() : 0;
    if (size > file_size_) error = disk_.truncate(path_of(file_name_), file_size_);
    if (size > file_size_ && error) return fail("cannot cut " + file_name_, error);
  }
  const auto scan = scan_ledger(disk_, error);
  if (error) return fail("cannot read the ledger", error);
  if (!cut_torn_tail(scan)) return false;
  file_size_ = scan.newest == file_name_ ? scan.good_size : 0;
  // What was durable and is no longer there (somebody took the file away): never number it again.
  if (scan.next_seq <= durable_.seq && scan.next_seq != vanished_from_) {
    seal_lost_row({scan.next_seq, durable_.seq});
    vanished_from_ = scan.next_seq;
    key_row_due_ = true;
  }
  // Older months may have gone the same way, and the key row was in one of them.
  if (std::exchange(key_row_due_, false) && !names_key(disk_, key_->public_key())) seal_key_row("no key row was found");
  return file_name_.empty() || open_file(file_name_);
}

/// What was durable is still at hand in the open file when somebody took its name away or put an older copy there.
bool LedgerStore::put_back() {
  const auto kept = left_ ? left_->bytes() : std::nullopt;
  if (!kept || file_size_ == 0 || kept->size() < file_size_) return true;
  const auto durable = std::string_view(*kept).substr(0, file_size_);
  const auto path = path_of(file_name_);
  std::error_code error;
  const auto there = disk_.read(path, error);
  if (!there && error != std::errc::no_such_file_or_directory) return fail("cannot read " + file_name_, error);
  if (there && there->starts_with(durable)) return true;
  error.clear();
  if (there && !durable.starts_with(*there)) error = disk_.replace(path + ".aside", *there);  // whatever it may be
  if (!error) error = disk_.replace(path, durable);
  if (error) return fail("cannot put back " + file_name_, error);
  if (!told_why_) ++damage_.put_back;
  key_row_due_ = true;
  return true;
}

/// Rows go on being signed with the key of this run: the next one must find it. Another key in another folder belongs
/// to whoever wrote there meanwhile; one that somebody put beside our ledger is for the next start to judge.
bool LedgerStore::put_back_key() {
  const std::string file(kKeyFile);
  std::error_code error;
  const auto there = disk_.read(file, error);
  const bool gone = error == std::errc::no_such_file_or_directory;
  const bool foreign = there && told_why_ && !is_key(*there, *key_);
  if (!gone && !foreign) return true;
  error = foreign ? disk_.replace(file + ".aside", *there) : std::error_code{};
  if (!error) error = store_key(disk_, *key_);
  if (error) return fail("cannot put back keys/ledger", error);
  if (!told_why_) ++damage_.put_back;
  return true;
}

bool LedgerStore::cut_torn_tail(const LedgerScan& scan) {
  if (scan.torn_bytes == 0) return true;
  const auto error = disk_.truncate(path_of(scan.newest), scan.good_size);
  return !error || fail("cannot cut the torn tail of " + scan.newest, error);
}

// Disk::list cannot say that it failed, and a second ledger beginning at seq 1 would be a fork.
std::error_code LedgerStore::hidden_behind_list() const {
  std::error_code error;
  const auto month = identity_.format(now_of(clock_)).substr(0, 7) + ".jsonl";
  const auto text = disk_.read(path_of(month), error);
  if (text) return std::make_error_code(std::errc::io_error);
  return error == std::errc::no_such_file_or_directory ? std::error_code{} : error;
}

bool LedgerStore::open_file(const std::string& name) {
  std::error_code error;
  file_ = disk_.open(path_of(name), error);
  if (!file_) return fail("cannot open " + name, error);
  left_.reset();
  return true;
}

bool LedgerStore::find_key(const LedgerScan& scan) {
  std::error_code error;
  key_ = load_or_make_key(disk_, error);
  if (!key_) return fail("cannot use keys/ledger", error);
  switch (key_standing(disk_, key_->public_key())) {
    case KeyStanding::in_force:
      break;
    case KeyStanding::replaced:
      seal_key_row("the private key in use before is not at hand");
      break;
    case KeyStanding::unknown:
      seal_key_row(scan.next_seq == 1 ? "" : "no key row was found");
      break;
  }
  return true;
}

void LedgerStore::seal(LedgerEntry entry, bool is_entry) {
  auto& fields = entry.fields;
  const auto at = identity_.format(now_of(clock_));
  fields["at"] = at;
  fields["boot"] = identity_.boot;
  fields["station"] = identity_.station;
  fields["clock"] = name_of(clock_.trust());
  const auto sign = [this](std::string_view text) { return wire::base64(key_->sign(text)); };
  auto sealed = wire::seal(std::move(fields), sealed_.seq + 1, sealed_.hash,
                           entry.is_signed ? wire::Signer(sign) : wire::Signer());
  sealed_ = {sealed.seq, sealed.hash};
  const auto newest = pending_.empty() ? file_name_ : pending_.back().file;
  // A clock that went back into an earlier month does not open that month again.
  auto file = std::max(newest, at.substr(0, 7) + ".jsonl");
  pending_.push_back({std::move(file), std::move(sealed.line) + "\n", sealed_, is_entry});
}

void LedgerStore::seal_key_row(const std::string& note) {
  wire::Fields fields{{"kind", "key"}, {"public_key", wire::base64(key_->public_key())}};
  if (!note.empty()) fields["note"] = note;
  seal({std::move(fields), true}, false);
}

void LedgerStore::seal_lost_row(const LostRange& range) {
  seal({{{"kind", "lost"}, {"from", range.from}, {"to", range.to}}, false}, false);
}

void LedgerStore::seal_healed_row() {
  auto note = fault_;
  if (dropped_ > 0) note += "; " + std::to_string(dropped_) + " rows could not be held";
  const auto now = identity_.format(now_of(clock_));
  seal({{{"kind", "disk"}, {"start", fault_since_}, {"end", now}, {"note", note}}, false}, false);
  fault_.clear();
  told_why_ = false;
  dropped_ = 0;
}

bool LedgerStore::write_pending() {
  while (!pending_.empty()) {
    if (pending_.front().file != file_name_ || !file_) {
      file_.reset();
      file_name_ = pending_.front().file;
      file_size_ = 0;
      if (!open_file(file_name_)) return false;
    }
    if (!write_run()) return false;
  }
  return true;
}

bool LedgerStore::write_run() {
  std::string bytes;
  std::size_t count = 0;
  for (; count < pending_.size() && count < kRowsPerSync && pending_[count].file == file_name_; ++count) {
    bytes += pending_[count].line;
  }
  if (const auto error = file_->append(bytes)) return fail("cannot write " + file_name_, error);
  if (const auto error = file_->sync()) return fail("cannot sync " + file_name_, error);
  file_size_ += bytes.size();
  for (; count > 0; --count, pending_.pop_front()) {
    durable_ = pending_.front().after;
    if (pending_.front().is_entry) ++durable_entries_;
  }
  return true;
}

bool LedgerStore::fail(const std::string& what, const std::error_code& error) {
  if (file_) left_ = std::move(file_);
  if (!fault_.empty()) return false;  // what began it says more than what it led to
  fault_since_ = identity_.format(now_of(clock_));
  fault_ = what + ": " + error.message();
  return false;
}

}  // namespace loa::station
