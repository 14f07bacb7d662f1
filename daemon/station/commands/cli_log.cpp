#include "daemon/station/commands/cli_log.hpp"

#include <iostream>

#include "config/station_folder.hpp"
#include "config/values.hpp"
#include "daemon/station/commands/cli_language.hpp"
#include "daemon/station/commands/log_command.hpp"
#include "daemon/station/host/output.hpp"
#include "daemon/station/host/paths.hpp"

namespace loa::station {

namespace {

std::optional<calendar::Instant> midnight(const std::optional<std::chrono::year_month_day>& day,
                                          const calendar::Zone& zone) {
  if (!day) return std::nullopt;
  return zone.instant(calendar::LocalTime(std::chrono::local_days(*day)));
}

/// Streams report a full disk only when they are asked.
int unless_lost(int code) {
  std::cout.flush();
  return std::cout ? code : kWorldFailed;
}

}  // namespace

int show_log(const Invocation& invocation) {
  const calendar::Zone zone = zone_or_default(settings_of(invocation.station).timezone);
  bool wrong = false;
  const auto from = date_option(invocation, "from", wrong);
  const auto to = date_option(invocation, "to", wrong);
  if (wrong) return kWrongUsage;
  if (from && to && *to <= *from) {
    say(invocation.language,
        config::msg("--to is the day after the last one: it must be later than {0}", config::to_string(*from)));
    return kWrongUsage;
  }
  const LogFormat format = invocation.json()            ? LogFormat::json
                           : invocation.format == "csv" ? LogFormat::csv
                                                        : LogFormat::text;
  const LogRequest request{StationPaths{invocation.station}.state(),
                           midnight(from, zone),
                           midnight(to, zone),
                           format,
                           invocation.language,
                           zone};
  return unless_lost(log_command(request, std::cout, std::cerr));
}

int verify_log(const Invocation& invocation) {
  VerifyRequest request;
  request.state = StationPaths{invocation.station}.state();
  request.files.assign(invocation.arguments.begin(), invocation.arguments.end());
  if (const auto key = invocation.option("key")) request.key = *key;
  request.json = invocation.json();
  request.language = invocation.language;
  return unless_lost(verify_command(request, std::cout, std::cerr));
}

}  // namespace loa::station
