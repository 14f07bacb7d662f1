#include "daemon/station/commands/play_remote.hpp"

#include <pwd.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <thread>

#include "daemon/station/host/lock.hpp"
#include "daemon/station/host/output.hpp"
#include "daemon/station/host/paths.hpp"
#include "daemon/station/run/control.hpp"
#include "daemon/station/run/play_lines.hpp"
#include "daemon/wire/row.hpp"

namespace loa::station {

using config::msg;

namespace {

std::string lower_case(std::string text) {
  for (auto& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

/// By the reason in its row: 3 when the world failed, 1 when nothing of it was allowed to sound or could.
int code_of(const Played& played) {
  for (const char* world : {"device", "power", "clock"}) {
    if (played.reason == world) return kWorldFailed;
  }
  return played.frames > Frames{0} ? kDone : kMistakes;
}

std::vector<PlayItem> with_whole_paths(std::vector<PlayItem> items) {
  for (auto& item : items) item.file = std::filesystem::absolute(item.file).lexically_normal();
  return items;
}

/// Nothing when there is no station that runs; an empty object when it does not answer.
std::optional<boost::json::object> status_of_run(const Invocation& invocation) {
  const auto socket = StationPaths{invocation.station}.socket();
  for (bool said = false;; said = true) {
    if (auto status = ask_daemon(socket, {{"command", "now"}})) return status;
    const auto holder = lock_holder(invocation.station);
    if (!holder || !holder->runs) return std::nullopt;
    if (somebody_listens(socket)) return boost::json::object();
    // It has the device, or is about to open it: two programs on one device are heard by nobody.
    if (!said) say(invocation.language, msg("the station is starting; the files wait until it can be asked"));
    std::this_thread::sleep_for(kAskAgain);
  }
}

}  // namespace

std::string who_asks(const Invocation& invocation) {
  if (const auto by = invocation.option("by"); by && !by->empty()) return *by;
  for (const char* variable : {"SUDO_USER", "LOGNAME"}) {
    const char* name = std::getenv(variable);
    if (name != nullptr && *name != '\0') return name;
  }
  const auto* user = ::getpwuid(::geteuid());
  return user != nullptr ? user->pw_name : std::to_string(::geteuid());
}

Holder holder_of_device(const Invocation& invocation) {
  const auto status = status_of_run(invocation);
  if (!status) return Holder::nobody;
  if (status->empty()) return Holder::silent;
  const auto wanted = lower_case(invocation.option("device").value_or("default"));
  const bool same =
      wanted == "default" || lower_case(wire::text_of(*status, "device")).find(wanted) != std::string::npos;
  return same ? Holder::run : Holder::nobody;
}

int play_through_run(const Invocation& invocation, const std::vector<PlayItem>& items,
                     const std::function<void(const Played&)>& tell) {
  const auto by = who_asks(invocation);
  const auto* lang = invocation.language == config::Language::vi ? "vi" : "en";
  std::size_t told = 0;
  int code = kDone;
  std::string refused;
  const auto heard = [&](const boost::json::object& line) {
    if (const auto played = played_in(line); played && played->index < items.size()) {
      ++told;
      code = std::max(code, code_of(*played));
      return tell(*played);
    }
    refused = wire::text_of(line, line.contains("refused") ? "refused" : "message");
  };
  say(invocation.language, msg("the running station plays it, within its permitted hours and where its plan has room"));
  listen_to_daemon(StationPaths{invocation.station}.socket(), play_request(with_whole_paths(items), by, lang), heard);
  if (!refused.empty()) {
    say_lines("loa: " + refused + "\n");
    return kMistakes;
  }
  if (told == items.size()) return code;
  say(invocation.language, msg("the station has ended before everything was played; its log says what sounded"));
  return kWorldFailed;
}

}  // namespace loa::station
