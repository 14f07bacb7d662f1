#include "daemon/station/commands/approve_command.hpp"

#include <algorithm>
#include <set>

#include "config/value_shape.hpp"
#include "daemon/station/commands/approve_recording.hpp"
#include "daemon/station/commands/approve_write.hpp"
#include "daemon/station/commands/load_measured.hpp"
#include "daemon/station/host/output.hpp"
#include "daemon/wire/clean.hpp"
#include "scheduler/check_findings.hpp"

namespace loa::station {

namespace {

using config::Date;
using config::msg;
using std::chrono::sys_days;

constexpr std::chrono::days kMostDays{31};
constexpr std::size_t kLongestName = 200;  // bytes
constexpr std::size_t kHashShown = 12;

/// What became of one target.
struct Answered {
  ApproveTarget target;
  playlists::Facts facts;                     // only of a good one
  std::optional<playlists::Approval> before;  // it was approved already
};

/// --date: a day, or FIRST..LAST; without it today by the clock. None, after having said why, when it is neither.
std::vector<Date> days_of(const Invocation& invocation, const calendar::Zone& zone) {
  const auto words = invocation.option("date");
  if (!words) {
    return {zone.day(std::chrono::floor<calendar::Frames>(std::chrono::system_clock::now()))};
  }
  const auto dots = words->find("..");
  const auto first = calendar::parse_date(words->substr(0, dots));
  const auto last = dots == std::string::npos ? first : calendar::parse_date(words->substr(dots + 2));
  std::vector<Date> days;
  if (first && last && sys_days(*last) - sys_days(*first) < kMostDays) {
    for (auto day = sys_days(*first); day <= sys_days(*last); day += std::chrono::days(1)) days.emplace_back(day);
  }
  if (days.empty()) {
    say(invocation.language,
        msg("--date: “{0}” is no date; write 2026-11-23, or 2026-11-23..2026-11-29 for several days (31 at most)",
            config::shown(*words)));
  }
  return days;
}

/// --by, as it goes into the ledger; "" after having said why not.
std::string name_of_approver(const Invocation& invocation) {
  auto name = wire::valid_utf8(invocation.option("by").value_or(""));
  const auto first = name.find_first_not_of(' '), last = name.find_last_not_of(' ');
  name = first == std::string::npos ? "" : name.substr(first, last - first + 1);
  const bool clean =
      std::none_of(name.begin(), name.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; });
  if (clean && !name.empty() && name.size() <= kLongestName) return name;
  say(invocation.language, msg("--by: write who approves it, as in --by \"Nguyễn Thị Lan\""));
  return {};
}

std::vector<ApproveTarget> targets_of(const LoadedStation& loaded, const Invocation& invocation,
                                      const std::vector<Date>& days) {
  std::vector<ApproveTarget> targets;
  std::set<std::string> clips;
  for (const auto& word : invocation.arguments) {
    const auto count = is_dated(loaded, word) ? days.size() : 1;
    for (std::size_t i = 0; i < count; ++i) {
      auto target = approve_target(loaded, word, days[i]);
      if (target.clip.empty() || clips.insert(target.clip).second) targets.push_back(std::move(target));
    }
  }
  return targets;
}

std::vector<Answered> look_at(const LoadedStation& loaded, const KnownFacts& known, std::vector<ApproveTarget> targets,
                              const playlists::Approvals& approvals) {
  std::vector<Answered> answered;
  for (auto& target : targets) {
    auto& each = answered.emplace_back();
    if (target.good()) each.facts = facts_now(loaded, known, target).value_or(playlists::Facts());
    each.target = std::move(target);
    const auto found = approvals.find(each.facts.sha256);
    if (found != approvals.end()) each.before = found->second;
  }
  return answered;
}

std::vector<ApprovedRecording> fresh_of(const std::vector<Answered>& answered) {
  std::vector<ApprovedRecording> fresh;
  for (const auto& each : answered) {
    if (!each.target.good() || each.before) continue;
    fresh.push_back({each.target.article, each.target.clip, each.facts.sha256});
  }
  return fresh;
}

std::string json_line(const Answered& answered, const std::string& by, config::Language language) {
  const auto& [target, facts, before] = answered;
  JsonLine line;
  line.text("argument", target.word).text("article", target.article).text("clip", target.clip);
  line.boolean("approved", target.good());
  if (!target.good())
    return line.text("message", target.wrong.in(language)).text("hint", target.hint.in(language)).line();
  line.text("sha256", facts.sha256).number("duration", std::chrono::duration<double>(facts.length).count());
  line.text("operator", before ? before->by : by).flag("new", !before);
  return line.text("at", before ? before->at : "").line();
}

std::string text_line(const Answered& answered, config::Language language) {
  const auto& [target, facts, before] = answered;
  auto name = target.article.empty() ? target.clip : target.article;
  if (name != target.clip) name += " (" + target.clip + ")";
  const auto length = scheduler::length_words(facts.length);
  const auto hash = facts.sha256.substr(0, kHashShown);
  return (before
              ? msg("already approved by {0} ({1}): {2}, {3}, SHA-256 {4}…", before->by, before->at, name, length, hash)
              : msg("approved: {0}, {1}, SHA-256 {2}…", name, length, hash))
             .in(language) +
         "\n";
}

std::string wrong_lines(const ApproveTarget& target, config::Language language) {
  auto lines = "loa: " + msg("not approved: {0}", target.wrong).in(language) + "\n";
  if (!target.hint.empty()) lines += "  " + target.hint.in(language) + "\n";
  return lines;
}

/// What the person should know beside.
void say_more(const Invocation& invocation, const LoadedStation& loaded, ApproveOutcome outcome) {
  if (outcome == ApproveOutcome::taken) {
    say(invocation.language,
        msg("the running station knows it; what starts within the next minute still stays silent"));
  }
  if (outcome == ApproveOutcome::waiting) {
    say(invocation.language, msg("the station's disk does not take the approval at the moment: it counts once it is "
                                 "written, and is lost if the program ends before"));
  }
  if (!loaded.good()) {
    say(invocation.language,
        msg("the station's files have mistakes (loa check): until they are mended, a running station "
            "keeps to its last good plan, and the approval counts there"));
  }
  if (loaded.schedule && !loaded.schedule->asks_for_approval()) {
    say(invocation.language,
        msg("this station airs recordings without approval too; “approval: required” in station.yaml changes that"));
  }
}

int tell(const Invocation& invocation, const std::vector<Answered>& answered, const std::string& by) {
  bool all = true;
  std::string words;
  for (const auto& each : answered) {
    const bool good = each.target.good();
    all = all && good;
    if (invocation.json()) words += json_line(each, by, invocation.language);
    if (!invocation.json() && good) words += text_line(each, invocation.language);
    if (!good) say_lines(wrong_lines(each.target, invocation.language));
  }
  if (!answer(words)) return kWorldFailed;
  return all ? kDone : kMistakes;
}

}  // namespace

int approve_command(const Invocation& invocation) {
  const auto by = name_of_approver(invocation);
  if (by.empty()) return kWrongUsage;
  KnownFacts known = KnownFacts::read(invocation.station);
  auto loaded = load_station(invocation.station, known);
  const auto days = days_of(invocation, zone_or_default(loaded.files.settings.timezone));
  if (days.empty()) return kWrongUsage;
  if (loaded.files.settings.id.empty()) {
    say_diagnostics(loaded.diagnostics, invocation.language);
    return kMistakes;
  }
  auto targets = targets_of(loaded, invocation, days);
  if (!measure_targets(loaded, known, targets, invocation)) {
    say(invocation.language, msg("the program loa-media cannot be started; it belongs beside loa"));
    return kWorldFailed;
  }
  const auto answered = look_at(loaded, known, std::move(targets), known_approvals(invocation.station));
  const auto fresh = fresh_of(answered);
  const auto outcome = fresh.empty() ? ApproveOutcome::written : write_approvals(invocation, loaded, by, fresh);
  if (outcome == ApproveOutcome::failed) return kWorldFailed;
  const int code = tell(invocation, answered, by);
  say_more(invocation, loaded, outcome);
  return code;
}

}  // namespace loa::station
