#include "daemon/station/commands/approve_write.hpp"

#include <chrono>
#include <optional>
#include <thread>

#include "daemon/station/host/lock.hpp"
#include "daemon/station/host/output.hpp"
#include "daemon/station/host/paths.hpp"
#include "daemon/station/ledger/disk_real.hpp"
#include "daemon/station/ledger/keys.hpp"
#include "daemon/station/ledger/ledger_file.hpp"
#include "daemon/station/ledger/standing.hpp"
#include "daemon/station/run/control.hpp"
#include "daemon/station/run/real_clock.hpp"
#include "daemon/station/run/run_approve.hpp"

namespace loa::station {

namespace {

using config::msg;
using namespace std::chrono_literals;

constexpr auto kStarts = 60s;   // how long a station that is starting, or ending, is waited for
constexpr auto kLockHeld = 2s;  // by another command
constexpr auto kDiskTakes = 5s;

bool cannot_write(const Invocation& invocation, const std::filesystem::path& path, const std::string& why) {
  say(invocation.language, msg("{0} cannot be written: {1}; give the user that runs Loa the right to, or put right "
                               "what is in its place",
                               path.string(), why));
  return false;
}

/// Nothing when nobody answers.
std::optional<ApproveOutcome> ask_approval(const Invocation& invocation, const boost::json::object& request) {
  const auto answered = ask_daemon(StationPaths{invocation.station}.socket(), request);
  if (!answered) return std::nullopt;
  const auto is = [&](const char* key) {
    const auto* value = answered->if_contains(key);
    return value != nullptr && value->is_bool() && value->get_bool();
  };
  if (is("done") && !is("durable")) return ApproveOutcome::waiting;
  if (is("done")) return ApproveOutcome::taken;
  say_lines("loa: " + wire::text_of(*answered, "message") + "\n");
  return ApproveOutcome::failed;
}

/// As a daemon of its own that writes these rows and ends; its rows are no sign of life of the station (kCommandBoot).
bool write_rows(const Invocation& invocation, const LoadedStation& loaded, const std::string& by,
                const std::vector<ApprovedRecording>& recordings) {
  const auto state = StationPaths{invocation.station}.state();
  std::error_code error;
  const auto disk = RealDisk::make_directory(state, error);
  if (disk) error = key_obstacle(*disk);
  if (error) return cannot_write(invocation, state, error.message());
  const RealClock clock;
  FileLedgerOptions options;
  options.identity.station = loaded.files.settings.id;
  options.identity.boot = std::string(kCommandBoot) + wire::hex(wire::random_bytes(8));
  options.identity.format = [zone = zone_or_default(loaded.files.settings.timezone)](Instant instant) {
    return calendar::rfc3339(instant, zone);
  };
  FileLedger ledger(*disk, clock, std::move(options));
  if (const auto fault = ledger.disk_fault(); !fault.empty()) return cannot_write(invocation, state, fault);
  for (const auto& recording : recordings) ledger.append(approve_row(recording, by));
  ledger.checkpoint();
  if (!ledger.flush(kDiskTakes)) return cannot_write(invocation, state, ledger.disk_fault());
  Standing standing;
  standing.refresh(*disk);
  standing.keep(*disk);
  return true;
}

}  // namespace

ApproveOutcome write_approvals(const Invocation& invocation, const LoadedStation& loaded, const std::string& by,
                               const std::vector<ApprovedRecording>& recordings) {
  const auto request = approve_request(recordings, by, invocation.language == config::Language::vi ? "vi" : "en");
  const auto give_up = std::chrono::steady_clock::now() + kStarts;
  for (bool said = false;; said = true) {
    if (const auto outcome = ask_approval(invocation, request)) return *outcome;
    LockFault fault;
    if (const auto lock = StateLock::acquire(invocation.station, fault, kLockHeld)) {
      return write_rows(invocation, loaded, by, recordings) ? ApproveOutcome::written : ApproveOutcome::failed;
    }
    if (!fault.held) {
      cannot_write(invocation, fault.path, fault.error.message());
      return ApproveOutcome::failed;
    }
    if (std::chrono::steady_clock::now() > give_up) break;
    if (!said)
      say(invocation.language, msg("the station is starting, or ending; the approval waits until it can be asked"));
    std::this_thread::sleep_for(kAskAgain);
  }
  say(invocation.language, msg("the station gives no answer; nothing is approved"));
  return ApproveOutcome::failed;
}

}  // namespace loa::station
