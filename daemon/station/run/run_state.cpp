#include "daemon/station/run/run_state.hpp"

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

void RunState::keep(const Snapshot& snapshot) const {
  const auto error = disk_->replace(path_of(snapshot.hash), snapshot.bytes);
  if (!error) return;
  say(language_, msg("DISK: the plan cannot be kept in {0}: {1}; after a mistake in the files nothing could be "
                     "played. Give the user that runs Loa the right to write there",
                     paths_.plans().string(), error.message()));
}

}  // namespace loa::station
