#include "daemon/station/run/run_state.hpp"

#include <utility>

#include "daemon/station/host/output.hpp"
#include "daemon/station/ledger/keys.hpp"
#include "daemon/station/ledger/ledger_read.hpp"

namespace loa::station {

using config::msg;

namespace {

std::string path_of(const std::string& hash) {
  return "plans/" + hash;
}

}  // namespace

bool RunState::open() {
  std::error_code error;
  disk_ = RealDisk::make_directory(paths_.state(), error);
  if (!disk_) {
    say(language_, msg("{0} cannot be used: {1}", paths_.state().string(), error.message()));
    return false;
  }
  error = key_obstacle(*disk_);
  if (!error) return true;
  // Rows without a key would wait in memory for nothing, and a key that is only out of reach is never replaced.
  say(language_,
      msg("the ledger's key {0} cannot be read: {1}; nothing goes on air that could not be proved. Give the user that "
          "runs Loa the right to read it, or move it away (a new key is then made, and the ledger says so)",
          (paths_.state() / kKeyFile).string(), error.message()));
  return false;
}

bool RunState::look() {
  const bool whole = lock_.is_in_place(paths_.station) && !disk_->in_place();
  if (whole) {
    obstacle_said_.clear();
    return false;
  }
  LockFault fault;
  auto lock = StateLock::acquire(paths_.station, fault, std::chrono::milliseconds(0), kHolderRuns);
  if (lock) {
    lock_ = std::move(*lock);
    fault = {false, paths_.state(), disk_->follow()};
  }
  if (!lock || fault.error) {
    say_obstacle(fault);
    return false;
  }
  obstacle_said_.clear();
  say(language_, msg("DISK: somebody took away {0}, or replaced it, while the station runs; it is made again and the "
                     "programme goes on. Do not clean up there: it holds the proof of what was aired",
                     paths_.state().string()));
  return true;
}

/// Once, however often it is tried.
void RunState::say_obstacle(const LockFault& fault) {
  const auto obstacle = fault.held ? "held" : fault.path.string() + fault.error.message();
  if (std::exchange(obstacle_said_, obstacle) == obstacle) return;
  if (fault.held) {
    return say(language_, msg("DISK: somebody took away {0} and another process writes there now; nothing of what is "
                              "aired can be proved until it ends",
                              paths_.state().string()));
  }
  say(language_, msg("DISK: somebody took away {0} and it cannot be made again ({1}: {2}); the ledger's rows wait in "
                     "memory. Before the program ends, put that right",
                     paths_.state().string(), fault.path.string(), fault.error.message()));
}

History RunState::history(Instant now) const {
  HistoryReader reader(now);
  newest_first(*disk_, [&](const boost::json::object& row) { return reader.row(row); });
  return reader.take(read_progress(*disk_));
}

SnapshotPtr RunState::plan(const std::string& hash) const {
  std::error_code error;
  auto bytes = disk_->read(path_of(hash), error);
  return bytes ? read_snapshot(hash, std::move(*bytes)) : nullptr;
}

SnapshotPtr RunState::last_accepted(Instant now) const {
  const auto before = history(now);
  return before.plans.empty() ? nullptr : plan(before.plans.back().hash);
}

bool RunState::is_kept(const Snapshot& snapshot) const {
  std::error_code error;
  return disk_->read(path_of(snapshot.hash), error) == snapshot.bytes;
}

std::set<std::string> RunState::kept() const {
  const auto names = disk_->list("plans");
  return {names.begin(), names.end()};
}

void RunState::drop(const std::string& hash) const {
  disk_->remove(path_of(hash));  // what stays costs a little room and is looked at again at the next start
}

void RunState::keep(const Snapshot& snapshot) const {
  const auto error = disk_->replace(path_of(snapshot.hash), snapshot.bytes);
  if (!error) return;
  say(language_, msg("DISK: the plan cannot be kept in {0}: {1}; after a mistake in the files nothing could be "
                     "played. Give the user that runs Loa the right to write there",
                     paths_.plans().string(), error.message()));
}

std::string RunState::orders() const {
  std::error_code error;
  return disk_->read(std::string(kOrdersFile), error).value_or("");
}

void RunState::keep_orders(const std::string& text) const {
  if (const auto error = disk_->replace(std::string(kOrdersFile), text)) {
    say(language_, config::msg("DISK: what is to be announced cannot be kept: {0}; after a restart it is not repeated",
                               error.message()));
  }
}

}  // namespace loa::station
