#include "daemon/station/commands/diff_command.hpp"

#include <filesystem>

#include "daemon/station/commands/load_measured.hpp"
#include "daemon/station/host/output.hpp"
#include "daemon/station/run/run_changes.hpp"

namespace loa::station {

namespace {

using config::Date;
using scheduler::PlanChange;

constexpr std::size_t kMostLines = 1'000;

std::string_view change_name(PlanChange::Kind kind) {
  switch (kind) {
    case PlanChange::Kind::added:
      return "added";
    case PlanChange::Kind::removed:
      return "removed";
    case PlanChange::Kind::moved:
      return "moved";
    case PlanChange::Kind::replaced:
      break;
  }
  return "replaced";
}

/// Of `added`, `removed` and `moved` the start, of `replaced` the recording (none while it is not approved).
std::string json_line(const PlanChange& change, const calendar::Zone& zone) {
  const auto side = [&](const scheduler::PlannedItem* item) {
    if (item == nullptr) return std::string();
    if (change.kind == PlanChange::Kind::replaced && item->fault == scheduler::Fault::unapproved) return std::string();
    return change.kind == PlanChange::Kind::replaced ? item->clip.str() : calendar::rfc3339(item->start, zone);
  };
  JsonLine line;
  line.text("change", change_name(change.kind)).text("id", change.item().id);
  line.text("before", side(change.before)).text("after", side(change.after));
  line.text("title", change.item().title);
  if (change.kind != PlanChange::Kind::replaced) {
    if (change.before != nullptr) line.whole("frames_before", change.before->frames.count());
    if (change.after != nullptr) line.whole("frames_after", change.after->frames.count());
  }
  return line.line();
}

/// Null after having said why.
std::optional<LoadedStation> loaded_without_mistakes(const Invocation& invocation, int& code) {
  auto loaded = load_measured(invocation, Measure::unless_mistakes);
  code = loaded ? kMistakes : kWorldFailed;
  if (!loaded || loaded->good()) return loaded;
  say_diagnostics(loaded->diagnostics, invocation.language);
  return std::nullopt;
}

/// Nothing after having said which mistakes keep it from being planned, as `plan` does.
std::optional<scheduler::Plan> planned(LoadedStation& loaded, Date from, Date to, config::Language language) {
  auto plan = scheduler::make_plan(*loaded.schedule, loaded.catalogue, from, to, &loaded.diagnostics);
  if (!loaded.diagnostics.has_errors()) return plan;
  say_diagnostics(loaded.diagnostics, language);
  return std::nullopt;
}

}  // namespace

int diff_command(const Invocation& invocation) {
  int code = kDone;
  auto here = loaded_without_mistakes(invocation, code);
  if (!here) return code;
  auto elsewhere = invocation;
  elsewhere.station = std::filesystem::absolute(invocation.arguments.front());
  auto there = loaded_without_mistakes(elsewhere, code);
  if (!there) return code;
  // In this station's place it has this station's ledger.
  there->catalogue.set_approvals(known_approvals(invocation.station));
  there->schedule->make_goods = here->schedule->make_goods;
  const auto& zone = here->schedule->zone;
  const auto now = now_of(invocation, zone);
  if (!now) return kWrongUsage;
  const Date from = zone.day(*now), to = std::chrono::sys_days(from) + std::chrono::days(scheduler::kDaysAhead);
  const auto before = planned(*here, from, to, invocation.language);
  const auto after = planned(*there, from, to, invocation.language);
  if (!before || !after) return kMistakes;
  const auto changes = scheduler::differences(*before, *after);
  std::string words;
  if (invocation.json()) {
    for (const auto& change : changes) words += json_line(change, zone);
  } else {
    words = changes_text(changes, zone, invocation.language, kMostLines, wants_colour(Stream::out));
  }
  return answer(words) ? kDone : kWorldFailed;
}

}  // namespace loa::station
