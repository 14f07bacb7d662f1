// `at`: the times of day at which a programme's sessions begin.
#include <algorithm>

#include "scheduler/read_parts.hpp"

namespace loa::scheduler {

using config::Diagnostics;
using config::Fields;
using config::msg;
using config::NodePtr;

namespace {

constexpr std::size_t kMostTimes = 1440;  // one a minute

struct Every {
  std::optional<Duration> step;
  std::optional<TimeOfDay> from, until;
  config::Span step_at;
};

bool check_step(const Every& every, Diagnostics& diagnostics) {
  const bool whole = *every.step % std::chrono::seconds(1) == Duration(0);
  if (*every.step > Duration(0) && whole) return true;
  diagnostics.error("every-range", every.step_at, msg("“every” takes whole seconds, at least one"))
      .would(msg("its sessions cannot be planned"))
      .mend(msg("write for example 30min or 1h"));
  return false;
}

bool check_ends(const Every& every, const NodePtr& node, Diagnostics& diagnostics) {
  if (*every.from <= *every.until) return true;
  diagnostics
      .error(
          "from-after-until", node->span,
          msg("“until” ({0}) is before “from” ({1})", config::to_string(*every.until), config::to_string(*every.from)))
      .would(msg("no session would ever begin"))
      .mend(msg("over midnight write two programmes, or a list of times"));
  return false;
}

std::vector<TimeOfDay> expand(const Every& every, Diagnostics& diagnostics) {
  std::vector<TimeOfDay> times;
  const auto step = std::chrono::duration_cast<std::chrono::seconds>(*every.step);
  const auto count = static_cast<std::size_t>((every.until->since_midnight - every.from->since_midnight) / step) + 1;
  if (count > kMostTimes) {
    diagnostics
        .error("every-range", every.step_at, msg("that is {0} sessions a day; {1} is the most", count, kMostTimes))
        .would(msg("its sessions cannot be planned"))
        .mend(msg("make “every” longer"));
    return times;
  }
  for (auto time = every.from->since_midnight; time <= every.until->since_midnight; time += step) {
    times.push_back({time});
  }
  return times;
}

std::vector<TimeOfDay> read_every(const NodePtr& node, Diagnostics& diagnostics) {
  Fields fields(node, diagnostics, msg("the times of a programme"));
  Every every;
  const auto hint = msg("write {{every: 60min, from: \"07:00\", until: \"20:00\"}}; both ends begin a session");
  const auto step = fields.require("every", hint), from = fields.require("from", hint),
             until = fields.require("until", hint);
  if (step) every.step = config::read_duration(*step, diagnostics);
  if (from) every.from = config::read_time(*from, diagnostics);
  if (until) every.until = config::read_time(*until, diagnostics);
  fields.finish();
  if (!every.step || !every.from || !every.until) return {};
  every.step_at = step->span;
  if (!check_step(every, diagnostics) || !check_ends(every, node, diagnostics)) return {};
  return expand(every, diagnostics);
}

void report_twice(TimeOfDay time, config::Span at, config::Span first, Diagnostics& diagnostics) {
  diagnostics
      .warning("duplicate-time", at,
               msg("{0} stands here twice, first at {1}", config::to_string(time), first.file_line()))
      .would(msg("it is one session"))
      .mend(msg("take one of them away"))
      .with(first);
}

std::vector<TimeOfDay> read_times(const NodePtr& node, Diagnostics& diagnostics) {
  std::map<TimeOfDay, config::Span> seen;
  for (const auto& item : node->items) {
    const auto time = config::read_time(*item, diagnostics);
    if (!time) continue;
    const auto [known, fresh] = seen.try_emplace(*time, item->span);
    if (!fresh) report_twice(*time, item->span, known->second, diagnostics);
  }
  if (node->items.empty()) {
    diagnostics.warning("empty-list", node->span, msg("the list of times is empty"))
        .would(msg("no session would ever begin"));
  }
  std::vector<TimeOfDay> times;
  for (const auto& [time, at] : seen) times.push_back(time);
  return times;
}

}  // namespace

std::vector<TimeOfDay> read_at(const NodePtr& node, Diagnostics& diagnostics) {
  if (node->is_sequence()) return read_times(node, diagnostics);
  if (node->is_mapping()) return read_every(node, diagnostics);
  const auto time = config::read_time(*node, diagnostics);
  return time ? std::vector{*time} : std::vector<TimeOfDay>{};
}

}  // namespace loa::scheduler
