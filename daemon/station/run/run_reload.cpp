#include "daemon/station/run/run_reload.hpp"

#include <algorithm>
#include <utility>

#include "daemon/station/host/output.hpp"
#include "daemon/station/run/run_changes.hpp"

namespace loa::station {

using config::msg;

namespace {

constexpr std::chrono::days kChangesAhead{7};
constexpr std::size_t kMostChanges = 12;  // lines

}  // namespace

void say_findings(const config::Diagnostics& diagnostics, config::Language language, std::string& said) {
  auto words = diagnostics.all().empty() ? std::string() : to_text(diagnostics, language, wants_colour(Stream::err));
  const bool again = words == std::exchange(said, words);
  if (!words.empty() && (!again || diagnostics.has_errors())) say_lines(words);
}

std::string say_changes(const Snapshot& before, const Snapshot& after, Instant now, config::Language language) {
  const auto& zone = after.schedule.zone;
  const config::Date from = zone.day(now), to = std::chrono::sys_days(from) + kChangesAhead;
  auto old_plan = before.plan(from, to), new_plan = after.plan(from, to);
  const auto over = [&](const scheduler::PlannedItem& item) { return item.end() <= now; };
  std::erase_if(old_plan.items, over);
  std::erase_if(new_plan.items, over);
  const auto changes = scheduler::differences(old_plan, new_plan);
  say_lines(changes_text(changes, zone, language, kMostChanges, wants_colour(Stream::err)));
  return changes_text(changes, zone, language, kMostChanges, false);
}

EditState edit_state(Taken taken, bool initial) {
  switch (taken) {
    case Taken::held:
      return EditState::held;
    case Taken::accepted:
      return initial ? EditState::in_force : EditState::taken;
    case Taken::unchanged:
      break;
  }
  return initial ? EditState::in_force : EditState::none;
}

void say_taken(Taken taken, bool initial, const Status& status, config::Language language) {
  const auto plan = status.plan.substr(0, 12);
  if (initial && taken != Taken::held) return say(language, msg("the plan is in force: {0}", plan));
  switch (taken) {
    case Taken::accepted:
      return say(language, msg("the edit is taken, in force from one minute from now on: {0}", plan));
    case Taken::unchanged:
      return;
    case Taken::held:
      return say(
          language,
          msg("THE EDIT IS HELD: it leaves {0} of {1} items in the next 7 days. If that is meant: loa accept --by NAME",
              status.held ? status.held->after : 0, status.held ? status.held->before : 0));
  }
}

}  // namespace loa::station
