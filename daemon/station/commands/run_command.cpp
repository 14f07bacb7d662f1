#include "daemon/station/commands/run_command.hpp"

#include <unistd.h>

#include <csignal>
#include <cstdlib>

#include "config/fields.hpp"
#include "daemon/station/commands/now_text.hpp"
#include "daemon/station/host/aside.hpp"
#include "daemon/station/host/lock.hpp"
#include "daemon/station/host/output.hpp"
#include "daemon/station/host/paths.hpp"
#include "daemon/station/run/control.hpp"
#include "daemon/station/run/run_loop.hpp"
#include "daemon/wire/row.hpp"

namespace loa::station {

using config::msg;

namespace {

namespace json = boost::json;

constexpr std::chrono::seconds kAsideEnds{2};

/// "10min" of --for; nothing, after having said so, when it is no duration.
bool read_length(const Invocation& invocation, std::optional<std::chrono::milliseconds>& length) {
  const auto words = invocation.option("for");
  if (!words) return true;
  config::Node node;
  node.kind = config::Node::Kind::scalar;
  node.scalar = *words;
  config::Diagnostics ignored;
  length = config::read_duration(node, ignored);
  if (!length) say(invocation.language, msg("--for: “{0}” is no duration; write 45s, 10min or 1h30min", *words));
  return length.has_value();
}

void say_locked(const Invocation& invocation, const LockFault& fault) {
  const auto holder = lock_holder(invocation.station);
  if (fault.held && holder) {
    return say(invocation.language,
               msg("this station is run by another process already (number {0})", static_cast<long long>(holder->pid)));
  }
  if (fault.held) return say(invocation.language, msg("another process writes this station's state at the moment"));
  say(invocation.language, msg("{0} cannot be written: {1}; give the user that runs Loa the right to, or put right "
                               "what is in its place",
                               fault.path.string(), fault.error.message()));
}

/// --out, before anything relies on it.
bool can_write(const Invocation& invocation, const std::filesystem::path& out) {
  std::error_code error;
  if (out.empty()) return true;
  const auto folder = out.has_parent_path() ? out.parent_path() : std::filesystem::path(".");
  const auto target = std::filesystem::exists(out, error) ? out : folder;
  const int failed = std::filesystem::is_directory(out, error) ? EISDIR
                     : ::access(target.c_str(), W_OK) == 0     ? 0
                                                               : errno;
  if (failed != 0)
    say(invocation.language, msg("{0} cannot be written: {1}", out.string(), std::generic_category().message(failed)));
  return failed == 0;
}

std::optional<json::object> ask_running(const Invocation& invocation, json::object request) {
  request["lang"] = invocation.language == config::Language::vi ? "vi" : "en";
  auto answered = ask_daemon(StationPaths{invocation.station}.socket(), request);
  if (answered) return answered;
  const auto holder = lock_holder(invocation.station);
  say(invocation.language, holder && holder->runs ? msg("the station is starting, or ending; ask again in a moment")
                                                  : msg("no daemon runs for this station: start it with `loa run`"));
  return answered;
}

}  // namespace

int run_command(const Invocation& invocation) {
  RunOptions options;
  options.station = invocation.station;
  options.language = invocation.language;
  options.out = invocation.option("out").value_or("");
  if (!read_length(invocation, options.length)) return kWrongUsage;
  std::error_code error;
  if (!std::filesystem::is_directory(invocation.station, error)) {
    say(invocation.language, msg("{0} is no folder", invocation.station.string()));
    return kMistakes;
  }
  if (!can_write(invocation, options.out)) return kWorldFailed;
  LockFault fault;
  auto lock = StateLock::acquire(invocation.station, fault, std::chrono::seconds(2), kHolderRuns);
  if (!lock) {
    say_locked(invocation, fault);
    return kWorldFailed;
  }
  // Whoever reads what it says may go away; the programme goes on. Children begin with the usual signals.
  std::signal(SIGPIPE, SIG_IGN);
  std::optional<StateLock> held;
  const int code = [&] {
    RunLoop loop(std::move(options), std::move(*lock));
    const int ended = loop.run();
    held = loop.release_lock();
    return ended;
  }();
  if (aside_ends(kAsideEnds)) return code;
  held.reset();  // a thread that a disk holds may keep the process for a while, but not the station
  std::_Exit(code);
}

int now_command(const Invocation& invocation) {
  const auto status = ask_running(invocation, {{"command", "now"}});
  if (!status) return kWorldFailed;
  const auto words = invocation.json() ? wire::canonical(*status) + "\n" : now_text(*status, invocation.language);
  return answer(words) ? kDone : kWorldFailed;
}

int order_command(const Invocation& invocation) {
  const auto answered =
      ask_running(invocation, {{"command", invocation.command}, {"by", invocation.option("by").value_or("")}});
  if (!answered) return kWorldFailed;
  const auto* done = answered->if_contains("done");
  const auto* message = answered->if_contains("message");
  if (message != nullptr && message->is_string()) say_lines(std::string(message->get_string()) + "\n");
  return done != nullptr && done->is_bool() && done->get_bool() ? kDone : kMistakes;
}

}  // namespace loa::station
