// What the operator asked for, as plain values: the words of the command line, before any meaning.
// Commands see this and no library of command lines.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/text.hpp"
#include "scheduler/calendar/zone.hpp"

namespace loa::station {

/// Exit codes of contract 3.
inline constexpr int kDone = 0;         // warnings too
inline constexpr int kMistakes = 1;     // the files or the request have errors
inline constexpr int kWrongUsage = 2;   // also: not supported in this version
inline constexpr int kWorldFailed = 3;  // device, disk, network, no daemon to ask, a second `run`

struct Invocation {
  std::string command;                               // "plan", "log verify"
  std::filesystem::path station;                     // absolute: --station, else $LOA_STATION, else the current folder
  config::Language language = config::Language::vi;  // decided: --lang, station.yaml, locale, vi
  std::string format = "text";                       // text | json | csv | ics, one that the command has
  std::optional<std::string> now;                    // --now as written
  std::map<std::string, std::string, std::less<>> options;  // "from" -> "2026-11-23"; only those given; flags: ""
  std::vector<std::string> arguments;                       // positional

  bool json() const { return format == "json"; }
  bool has(std::string_view option) const { return options.contains(option); }
  /// The option's words; nothing when it was not given.
  std::optional<std::string> option(std::string_view name) const;
};

/// `--now` in the station's zone, else the machine's clock. Nothing, after having said so, when --now is no instant.
std::optional<calendar::Instant> now_of(const Invocation& invocation, const calendar::Zone& zone);

/// The instant or the date of an option. Both give nothing when it is absent and set `wrong`, after having said so,
/// when it is not what it should be.
std::optional<calendar::Instant> instant_option(const Invocation& invocation, std::string_view name,
                                                const calendar::Zone& zone, bool& wrong);
std::optional<std::chrono::year_month_day> date_option(const Invocation& invocation, std::string_view name,
                                                       bool& wrong);

/// The zone that station.yaml names, else the contract's default; for commands that go on with a wrong one.
calendar::Zone zone_or_default(std::string_view name);

}  // namespace loa::station
