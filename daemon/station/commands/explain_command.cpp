#include "daemon/station/commands/explain_command.hpp"

#include "daemon/station/commands/cli_language.hpp"
#include "daemon/station/commands/explain_text.hpp"
#include "daemon/station/commands/load_measured.hpp"
#include "daemon/station/host/output.hpp"
#include "daemon/station/host/paths.hpp"
#include "scheduler/check_findings.hpp"

namespace loa::station {

namespace {

using config::msg;
using config::Text;
using scheduler::Explanation;

Asked asked_of(const std::string& words, const calendar::Zone& zone, scheduler::Instant now) {
  if (const auto instant = calendar::parse_instant(words, zone)) return Asked{*instant, std::nullopt, words};
  if (const auto day = calendar::parse_date(words)) {
    const auto next = std::chrono::local_days(*day) + std::chrono::days(1);
    return Asked{zone.instant(calendar::LocalTime(next)) - scheduler::Frames(1), std::nullopt, words, day};
  }
  auto id = scheduler::parse_id(words);
  if (!id) return Asked{now, std::nullopt, words, std::nullopt, true};
  const auto instant = zone.instant(std::chrono::local_days(id->date) + id->time.since_midnight);
  return Asked{instant, std::move(id), words};
}

Explanation explained(const scheduler::Schedule& schedule, const playlists::Catalogue& catalogue, const Asked& asked) {
  if (asked.is_name) return scheduler::explain_name(schedule, catalogue, asked.words, asked.instant);
  if (asked.day) return scheduler::explain(schedule, catalogue, *asked.day);
  return asked.id ? scheduler::explain(schedule, catalogue, *asked.id)
                  : scheduler::explain(schedule, catalogue, asked.instant);
}

/// "5h30": more likely an instant than a name.
bool looks_like_time(const std::string& words) {
  return !words.empty() && words.front() >= '0' && words.front() <= '9';
}

class Answer {
 public:
  Answer(const Invocation& invocation, Asked asked, bool is_past)
      : invocation_(invocation), asked_(std::move(asked)), is_past_(is_past) {}

  int run() {
    const auto state = StationPaths{invocation_.station}.state();
    past_ = read_past(state, asked_);
    if (is_past_ && past_.snapshot != nullptr) return by(*past_.snapshot, {});
    auto loaded = load_measured(invocation_, Measure::unless_mistakes);
    if (!loaded) return kWorldFailed;
    if (loaded->good()) return say_it(*loaded->schedule, loaded->catalogue, is_past_ ? basis_of_today() : Text());
    if (past_.newest != nullptr) {
      say_diagnostics(loaded->diagnostics, invocation_.language);
      return by(*past_.newest, msg("told by the last accepted plan: today's files have mistakes"));
    }
    say_diagnostics(loaded->diagnostics, invocation_.language);
    return kMistakes;
  }

 private:
  Text basis_of_today() const {
    return past_.is_gone ? msg("told by today's files: the plan in force then is no longer in state/plans")
                         : msg("told by today's files: no plan of that time is known");
  }

  int by(const Snapshot& snapshot, Text basis) const {
    return say_it(snapshot.schedule, snapshot.catalogue, std::move(basis));
  }

  int say_it(const scheduler::Schedule& schedule, const playlists::Catalogue& catalogue, Text basis) const {
    auto told = explained(schedule, catalogue, asked_);
    if (asked_.is_name && told.answer != Explanation::Answer::unknown) add_last(told, schedule.zone);
    if (asked_.is_name && told.answer == Explanation::Answer::unknown && looks_like_time(asked_.words)) {
      say(invocation_.language,
          msg("“{0}” is neither an instant, nor a day, nor an id, nor a name; write 2026-11-23T05:30, 2026-11-23, an "
              "id as "
              "`loa plan --json` shows it, such as xa-vi-du/2026-11-23T0530/sang/2, or the name of an article or a "
              "programme",
              asked_.words));
      return kWrongUsage;
    }
    if (is_past_ && basis.empty() && !past_.since.empty()) basis = since_words(schedule.zone);
    const ExplainText text{told,
                           schedule.zone,
                           is_past_ && past_.has_ledger && !asked_.day ? &past_ : nullptr,
                           std::move(basis),
                           invocation_.language,
                           wants_colour(Stream::out)};
    if (!answer(invocation_.json() ? text.json() : text.text())) return kWorldFailed;
    return told.answer == Explanation::Answer::unknown ? kMistakes : kDone;
  }

  /// When the ledger says that it was heard last.
  void add_last(Explanation& told, const calendar::Zone& zone) const {
    if (told.steps.front().id.empty()) return;
    const auto last = last_heard(StationPaths{invocation_.station}.state(), told.steps.front().id, asked_.instant);
    if (!last.has_ledger) return;
    const auto start = last.row ? calendar::parse_instant(last.row->item.start, zone) : std::nullopt;
    auto words = !start
                     ? msg("by the ledger it was not heard in the last 12 months")
                     : msg("it was heard last on {0} at {1} (ledger, row {2})", scheduler::date_words(zone.day(*start)),
                           scheduler::time_words(std::chrono::floor<std::chrono::seconds>(*start), zone),
                           std::to_string(last.row->seq));
    told.steps.push_back({scheduler::Topic::last, std::move(words), {}, {}});
  }

  Text since_words(const calendar::Zone& zone) const {
    const auto since = calendar::parse_instant(past_.since, zone);
    if (!since) return {};
    return msg("by the plan that was in force since {0}, {1}",
               scheduler::time_words(std::chrono::floor<std::chrono::seconds>(*since), zone),
               scheduler::date_words(zone.day(*since)));
  }

  const Invocation& invocation_;
  const Asked asked_;
  const bool is_past_;
  Past past_;
};

}  // namespace

int explain_command(const Invocation& invocation) {
  if (invocation.arguments.size() > 1) {
    say(invocation.language, msg("`loa {0}` does not expect “{1}”", invocation.command, invocation.arguments[1]));
    return kWrongUsage;
  }
  const auto zone = zone_or_default(settings_of(invocation.station).timezone);
  const auto now = now_of(invocation, zone);
  if (!now) return kWrongUsage;
  const auto& words = invocation.arguments.front();
  auto asked = asked_of(words, zone, *now);
  const bool is_past = asked.instant < *now;
  return Answer(invocation, std::move(asked), is_past).run();
}

}  // namespace loa::station
