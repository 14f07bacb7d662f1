#include "daemon/station/commands/check_command.hpp"

#include "daemon/station/commands/load_measured.hpp"
#include "daemon/station/host/output.hpp"
#include "daemon/station/library/check_beside.hpp"
#include "scheduler/day_words.hpp"
#include "scheduler/plan.hpp"

namespace loa::station {

namespace {

using config::Diagnostics;
using config::msg;
using config::msgn;
using config::Severity;

config::Text summary(const LoadedStation& loaded) {
  const auto errors = loaded.diagnostics.count(Severity::error);
  const auto warnings = loaded.diagnostics.count(Severity::warning);
  const auto warned = msgn("{0} warning", "{0} warnings", warnings, warnings);
  if (errors > 0)
    return msg("{0}, {1}; nothing of it would go on air", msgn("{0} error", "{0} errors", errors, errors), warned);
  if (warnings > 0) return msg("no errors, {0}; the plan can go on air", warned);
  const auto programmes = loaded.schedule->programmes.size();
  const auto recordings = loaded.catalogue.all().size();
  return msg("no mistakes found: {0}, {1}", msgn("{0} programme", "{0} programmes", programmes, programmes),
             msgn("{0} recording", "{0} recordings", recordings, recordings));
}

bool show(const Diagnostics& diagnostics, const Invocation& invocation) {
  return answer(invocation.json() ? config::to_json_lines(diagnostics, invocation.language)
                                  : config::to_text(diagnostics, invocation.language, wants_colour(Stream::out)));
}

}  // namespace

int check_command(const Invocation& invocation) {
  auto loaded = load_measured(invocation, Measure::always);
  if (!loaded) return kWorldFailed;
  const auto zone = zone_or_default(loaded->files.settings.timezone);
  const auto now = now_of(invocation, zone);
  if (!now) return kWrongUsage;
  if (loaded->schedule) {
    scheduler::check(*loaded->schedule, loaded->catalogue, zone.day(*now), scheduler::kDaysAhead, loaded->diagnostics);
  }
  check_beside(invocation.station, loaded->files.settings.id, loaded->diagnostics);
  check_schemas(invocation.station, loaded->diagnostics);
  if (!show(loaded->diagnostics, invocation)) return kWorldFailed;
  say(invocation.language, summary(*loaded));
  if (!invocation.json() && loaded->good()) {
    say_lines(scheduler::named_days_text(*loaded->schedule, zone.day(*now), invocation.language));
  }
  return loaded->diagnostics.has_errors() ? kMistakes : kDone;
}

}  // namespace loa::station
