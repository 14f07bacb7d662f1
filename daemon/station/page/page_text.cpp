#include "daemon/station/page/page_text.hpp"

#include <algorithm>
#include <chrono>

#include "daemon/station/page/keying_words.hpp"
#include "daemon/station/page/listening_words.hpp"
#include "daemon/station/page/log_words.hpp"
#include "daemon/station/page/page_file.hpp"
#include "daemon/station/page/page_lacks.hpp"
#include "daemon/station/page/page_lines.hpp"
#include "daemon/station/page/page_week.hpp"
#include "daemon/station/page/state_words.hpp"
#include "scheduler/check_findings.hpp"
#include "scheduler/day_words.hpp"

namespace loa::station {

using config::msg;
using config::msgn;
using config::Severity;
using config::Text;

namespace {

namespace chr = std::chrono;
using namespace std::chrono_literals;

constexpr int kDaysShown = 7;
constexpr chr::days kMostDaysBack{31};
constexpr auto kOffTold = 5min;  // a shorter absence is a restart
constexpr std::size_t kMostShortfalls = 100;
constexpr std::uint64_t kLittleRoom = 500'000'000;  // bytes: about two days of masters
constexpr std::size_t kMostWarnings = 40;

class PageWriter {
 public:
  PageWriter(const PageFacts& facts, const std::vector<DayVerdicts>& days, std::optional<std::uint64_t> room)
      : facts_(facts), days_(days), room_(room), zone_(zone_of(facts)), lines_(facts.language) {}

  std::string run() {
    head();
    state();
    edit();
    if (facts_.plan) {
      lacking();
      lines_.heading(msg("THE NEXT 7 DAYS"));
      write_days(*facts_.plan, facts_.now, kDaysShown, lines_);
    }
    aired();
    findings(Severity::warning);
    if (facts_.plan) {
      const auto named = scheduler::named_days_text(facts_.plan->schedule, zone_.day(facts_.now), facts_.language);
      if (!named.empty()) lines_.block("\n" + named, 0);
    }
    return lines_.bytes();
  }

 private:
  /// "05:30:12 T6 27/11/2026".
  Text moment(Instant instant) const {
    return msg("{0} on {1}", time(instant), scheduler::date_words(zone_.day(instant)));
  }

  void head() {
    const auto name = facts_.plan ? facts_.plan->settings.name : std::string();
    lines_.line(std::string(page_mark(facts_.language)) + ": " + name, 0);
    lines_.line(msg("Loa writes this file by itself; nobody need edit it. Written at {0}.", moment(facts_.now)), 0);
    if (facts_.ended) return;
    lines_.line(
        msg("It is written anew at least every half hour: when the time above is older, the program does not run."), 0);
  }

  void state() {
    if (!facts_.plan) {
      lines_.heading(msg("THE STATION IS SILENT: the files have mistakes and there is no earlier plan"));
    } else if (facts_.ended) {
      lines_.heading(msg("THE STATION IS OFF since {0}: the program was ended", moment(facts_.now)));
    } else {
      lines_.heading(msg("THE STATION RUNS since {0}", moment(facts_.before.begun)));
      on_air();
    }
    was_off();
    troubles();
  }

  void on_air() {
    const auto& now = facts_.status.on_air;
    if (!now) {
      lines_.line(msg("On air: nothing"));
    } else if (!now->announced_by.empty()) {
      lines_.line(msg("On air since {0}: announcement of {1}, {2}", time(now->start), now->announced_by, now->title));
    } else {
      lines_.line(
          msg("On air: {0}, {1}–{2}", now->title.empty() ? now->what : now->title, time(now->start), time(now->end)));
    }
    for (const auto& one : facts_.status.announcements) {
      if (one.next) {
        lines_.line(msg("Announcement of {0}: {1}, again at {2}, until {3}", one.by, one.title, moment(*one.next),
                        moment(one.until.value_or(*one.next))));
      }
    }
    if (const auto& next = facts_.status.next) {
      const bool today = zone_.day(next->start) == zone_.day(facts_.now);
      lines_.line(msg("Next: {0}, {1}", next->title, today ? Text::verbatim(time(next->start)) : moment(next->start)));
    }
  }

  std::string time(Instant instant) const { return page_time(instant, zone_); }

  void was_off() {
    const auto& last = facts_.before.last_life;
    if (!last || facts_.before.begun - *last < kOffTold || facts_.ended) return;
    lines_.line(msg("The PC or the program was off from {0} to {1}.", moment(*last), moment(facts_.before.begun)));
  }

  void troubles() {
    const auto& status = facts_.status;
    if (!facts_.ended && !status.device_state.empty()) {
      lines_.line(
          device_words(status.device_state, status.device, status.device_note, status.second_device, status.silent));
    }
    for (const auto& amplifier : status.amplifiers) {
      if (!facts_.ended || !amplifier.fault.empty()) lines_.line(amplifier_words(amplifier));
    }
    if (!facts_.ended && status.listening) lines_.line(msg("listening back: {0}", listening_words(*status.listening)));
    if (!facts_.ended) lines_.line(clock_words(std::string(name_of(status.clock))));
    if (!status.disk_fault.empty()) lines_.line(msg("DISK: {0}", status.disk_fault));
    if (room_ && *room_ < kLittleRoom) {
      lines_.line(msg("DISK: only {0} MB are left; take away what is not needed, but nothing in state/",
                      static_cast<unsigned long>(*room_ / 1'000'000)));
    }
    if (facts_.folders_hang) lines_.line(msg("The station's folders give no answer (a network drive?): edits wait."));
  }

  Text edit_words() const {
    const auto at = moment(facts_.edit.at);
    switch (facts_.edit.state) {
      case EditState::none:
        return msg("the files could not be read yet; the last good plan is on air");
      case EditState::in_force:
        return msg("taken at the start, {0}", at);
      case EditState::taken:
        return msg("TAKEN at {0}, in force from one minute later on", at);
      case EditState::taken_back:
        return msg("undone at {0}: the files say again what is in force", at);
      case EditState::accepted:
        return msg("the held edit was accepted at {0}", at);
      case EditState::held:
        return msg("HELD, NOT TAKEN, at {0}", at);
      case EditState::other_id:
        return msg("NOT TAKEN at {0}: the station's id has changed; it is taken at the next start", at);
      case EditState::refused:
        break;
    }
    return facts_.plan ? msg("NOT TAKEN at {0}: the files have mistakes; the last good plan stays on air", at)
                       : msg("NOT TAKEN at {0}: the files have mistakes", at);
  }

  void edit() {
    lines_.heading(msg("THE LAST EDIT: {0}", edit_words()));
    if (const auto& held = facts_.status.held; held && facts_.edit.state == EditState::held) {
      lines_.line(msg("It leaves {0} of {1} items in the next 7 days, therefore it waits.",
                      static_cast<unsigned long>(held->after), static_cast<unsigned long>(held->before)));
      lines_.line(msg("If that is meant: loa accept --by NAME"));
      lines_.line(msg("If not: put back what is missing, and save."));
    }
    lines_.block(facts_.edit.changes);
    findings(Severity::error);
    if (!facts_.edit.recordings_at) return;
    lines_.line(msg("Recordings, approvals or make-goods were taken at {0}:", moment(*facts_.edit.recordings_at)));
    lines_.block(facts_.edit.recordings_change, 4);
  }

  void findings(Severity severity) {
    std::vector<const PageFinding*> found;
    for (const auto& each : facts_.edit.findings) {
      if (each.severity == severity) found.push_back(&each);
    }
    if (found.empty()) return;
    const bool mistakes = severity == Severity::error;
    const auto count = static_cast<unsigned long>(found.size());
    if (mistakes) {
      lines_.line(msgn("{0} mistake:", "{0} mistakes:", count, count));
    } else {
      lines_.heading(msgn("{0} WARNING (they keep nothing from going on air)",
                          "{0} WARNINGS (they keep nothing from going on air)", count, count));
    }
    std::size_t number = 0;
    for (const auto* each : found) {
      if (!mistakes && number == kMostWarnings) return lines_.line(msg("… {0} more", count - kMostWarnings));
      finding(++number, *each);
    }
  }

  void finding(std::size_t number, const PageFinding& finding) {
    auto place = finding.line == 0
                     ? Text::verbatim(finding.file)
                     : msg("{0}, line {1}, column {2}", finding.file, static_cast<unsigned long>(finding.line),
                           static_cast<unsigned long>(finding.column));
    lines_.line(msg("{0}. {1}: {2}", static_cast<unsigned long>(number), std::move(place), finding.message));
    if (!finding.on_air.empty()) lines_.line(msg("on air: {0}", finding.on_air), 5);
    if (!finding.hint.empty()) lines_.line(msg("fix: {0}", finding.hint), 5);
  }

  void lacking() {
    const auto today = zone_.day(facts_.now);
    const config::Date tomorrow = chr::sys_days(today) + chr::days(1);
    lines_.heading(msg("STILL LACKING, today from now on and tomorrow"));
    lacking(today, msg("today"));
    lacking(tomorrow, msg("tomorrow, {0}", scheduler::date_words(tomorrow)));
  }

  void lacking(config::Date day, const Text& name) {
    const auto lacks = lack_lines(lacks_of(*facts_.plan, day, facts_.now), zone_, facts_.language);
    if (lacks.empty()) return lines_.line(msg("{0}: nothing is lacking", name));
    lines_.line(msg("{0}:", name));
    for (const auto& line : lacks) lines_.line(line, 4);
  }

  void aired() {
    const config::Date since = told_since(facts_, zone_);
    lines_.heading(msg("WHAT WAS AIRED"));
    std::size_t told = 0;
    for (auto day = chr::sys_days(since); day <= chr::sys_days(zone_.day(facts_.now)); day += chr::days(1)) {
      const auto found =
          std::find_if(days_.begin(), days_.end(), [&](const auto& each) { return each.day == config::Date(day); });
      if (found == days_.end()) {
        lines_.line(msg("{0}: nothing was due", scheduler::date_words(day)));
      } else {
        aired(*found, told);
      }
    }
  }

  void aired(const DayVerdicts& day, std::size_t& told) {
    std::string counts;
    for (const auto& [verdict, count] : day.count) {
      counts += (counts.empty() ? "" : ", ") + std::to_string(count) + " " + words_of(verdict).in(facts_.language);
    }
    lines_.line(msg("{0}: {1}", scheduler::date_words(day.day), counts));
    for (const auto& each : day.shortfalls) {
      if (told++ == kMostShortfalls) return lines_.line(msg("… more: `loa log` has every item"), 4);
      if (told > kMostShortfalls) return;
      shortfall(each);
    }
  }

  void shortfall(const Shortfall& each) {
    const bool replaced = each.verdict == wire::Verdict::aired || each.verdict == wire::Verdict::late;
    const auto what = each.unheard ? msg("aired, but not heard at the amplifier")
                      : replaced   ? msg("its substitute was aired")
                                   : words_of(each.verdict);
    const auto reason = reason_sentence(each.reason);
    const auto line = reason.empty() ? msg("{0} {1}: {2}", time(each.planned), title_of(each), what)
                                     : msg("{0} {1}: {2}, {3}", time(each.planned), title_of(each), what, reason);
    lines_.line(line, 4);
  }

  std::string title_of(const Shortfall& each) const {
    if (!facts_.plan) return each.article;
    const auto& articles = facts_.plan->schedule.repertoire.articles;
    const auto found = articles.find(each.article);
    if (found == articles.end()) return each.article.empty() ? each.clip : each.article;
    const auto slash = each.session.find('/');
    const auto date =
        slash == std::string::npos ? std::nullopt : calendar::parse_date(each.session.substr(slash + 1, 10));
    return playlists::with_date(found->second.title, date.value_or(zone_.day(each.planned)));
  }

  const PageFacts& facts_;
  const std::vector<DayVerdicts>& days_;
  std::optional<std::uint64_t> room_;
  calendar::Zone zone_;
  PageLines lines_;
};

PageFinding finding_of(const config::Diagnostic& diagnostic) {
  PageFinding finding{diagnostic.severity, diagnostic.file, 0, 0, diagnostic.message,
                      diagnostic.on_air,   diagnostic.hint};
  if (diagnostic.at.source == nullptr) return finding;
  const auto position = diagnostic.at.source->position(diagnostic.at.begin);
  finding.file = diagnostic.at.source->name();
  finding.line = position.line;
  finding.column = position.column;
  return finding;
}

}  // namespace

std::vector<PageFinding> page_findings(const config::Diagnostics& diagnostics) {
  constexpr std::size_t kMost = 200;
  std::vector<PageFinding> found;
  const auto sorted = diagnostics.sorted();
  for (const auto severity : {Severity::error, Severity::warning}) {
    for (const auto& each : sorted) {
      if (each.severity == severity && found.size() < kMost) found.push_back(finding_of(each));
    }
  }
  return found;
}

std::string page_time(Instant instant, const calendar::Zone& zone) {
  return scheduler::time_words(chr::floor<chr::seconds>(instant), zone);
}

calendar::Zone zone_of(const PageFacts& facts) {
  if (facts.plan) return facts.plan->schedule.zone;
  if (auto zone = calendar::Zone::find("Asia/Ho_Chi_Minh")) return *zone;
  return calendar::Zone::find("UTC").value();
}

config::Date told_since(const PageFacts& facts, const calendar::Zone& zone) {
  const auto today = chr::sys_days(zone.day(facts.now));
  auto since = today - chr::days(1);
  const auto& last = facts.before.last_life;
  const bool fresh = chr::sys_days(zone.day(facts.before.begun)) >= since;
  if (last && fresh && facts.before.begun - *last >= kOffTold) since = std::min(since, chr::sys_days(zone.day(*last)));
  return std::max(since, today - kMostDaysBack);
}

std::string page_bytes(const PageFacts& facts, const std::vector<DayVerdicts>& days,
                       std::optional<std::uint64_t> room) {
  return PageWriter(facts, days, room).run();
}

}  // namespace loa::station
