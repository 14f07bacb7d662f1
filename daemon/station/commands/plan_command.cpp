#include "daemon/station/commands/plan_command.hpp"

#include "daemon/station/commands/load_measured.hpp"
#include "daemon/station/commands/plan_ics.hpp"
#include "daemon/station/commands/plan_lines.hpp"
#include "daemon/station/commands/plan_text.hpp"
#include "daemon/station/host/output.hpp"
#include "scheduler/day_words.hpp"

namespace loa::station {

namespace {

using config::Date;
using config::msg;
using std::chrono::days;
using std::chrono::sys_days;

constexpr days kUsually{7};
constexpr days kMost{3660};

struct Range {
  Date from, to;  // `to` exclusive
};

std::optional<Range> range_of(const Invocation& invocation, const calendar::Zone& zone) {
  bool wrong = false;
  const auto from = date_option(invocation, "from", wrong);
  const auto to = date_option(invocation, "to", wrong);
  const auto now = now_of(invocation, zone);
  if (wrong || !now) return std::nullopt;
  const Date first = from.value_or(zone.day(*now));
  const Range range{first, to.value_or(Date(sys_days(first) + kUsually))};
  const auto length = sys_days(range.to) - sys_days(range.from);
  if (length > days(0) && length <= kMost) return range;
  say(invocation.language, length > kMost ? msg("that is more than ten years; ask for less")
                                          : msg("--to is the day after the last one: it must be later than {0}",
                                                config::to_string(range.from)));
  return std::nullopt;
}

std::string answer_text(const LoadedStation& loaded, const scheduler::Plan& plan, const Range& range,
                        const Invocation& invocation) {
  const auto& schedule = *loaded.schedule;
  const calendar::Zone& zone = schedule.zone;
  if (invocation.json()) return plan_json(plan, zone);
  if (invocation.format == "csv") return plan_csv(plan, zone);
  if (invocation.format == "ics") return plan_ics(plan, zone, loaded.files.settings.name);
  const auto at = [&](Date day) { return zone.instant(calendar::LocalTime(std::chrono::local_days(day))); };
  const auto permitted = scheduler::permitted(schedule, at(range.from), at(range.to));
  return PlanText{plan, permitted, zone, invocation.language, wants_colour(Stream::out)}.in(range.from, range.to) +
         scheduler::named_days_text(schedule, range.from, invocation.language);
}

}  // namespace

int plan_command(const Invocation& invocation) {
  auto loaded = load_measured(invocation, Measure::unless_mistakes);
  if (!loaded) return kWorldFailed;
  const auto range = range_of(invocation, zone_or_default(loaded->files.settings.timezone));
  if (!range) return kWrongUsage;
  if (loaded->good()) {
    const auto plan =
        scheduler::make_plan(*loaded->schedule, loaded->catalogue, range->from, range->to, &loaded->diagnostics);
    if (!loaded->diagnostics.has_errors()) {
      return answer(answer_text(*loaded, plan, *range, invocation)) ? kDone : kWorldFailed;
    }
  }
  say_diagnostics(loaded->diagnostics, invocation.language);
  return kMistakes;
}

}  // namespace loa::station
