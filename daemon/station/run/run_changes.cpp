#include "daemon/station/run/run_changes.hpp"

#include <map>

#include "daemon/station/host/output.hpp"
#include "scheduler/check_findings.hpp"

namespace loa::station {

namespace {

using config::Language;
using config::msg;
using config::Text;
using scheduler::Fault;
using scheduler::PlanChange;
using scheduler::PlannedItem;
using scheduler::time_words;
using Kind = PlanChange::Kind;

constexpr std::size_t kTitleCells = 40;

/// Changes that are the same on several days.
struct Repeated {
  const PlanChange* first = nullptr;
  config::Date last;
  unsigned long days = 0;
};

char sign_of(Kind kind) {
  switch (kind) {
    case Kind::added:
      return '+';
    case Kind::removed:
      return '-';
    case Kind::moved:
      return '~';
    case Kind::replaced:
      break;
  }
  return '*';
}

const char* colour_of(Kind kind) {
  return kind == Kind::added ? "\x1b[32m" : kind == Kind::removed ? "\x1b[31m" : "\x1b[33m";
}

std::string span_words(const PlannedItem& item, const calendar::Zone& zone) {
  return time_words(item.start, zone) + "–" + time_words(item.end(), zone);
}

std::string name_of(const PlannedItem& item) {
  return item.programme + "/" + item.index;
}

Text replaced_words(const PlannedItem& before, const PlannedItem& after) {
  const bool silent = after.fault == Fault::unapproved;
  const bool same = before.clip == after.clip && before.sha256 == after.sha256;
  if (same) {
    return silent ? msg("{0} waits for an approval: it stays silent", after.clip)
                  : msg("{0} waits for no approval any more: it will be aired", after.clip);
  }
  const auto what = before.clip != after.clip ? msg("{0} → {1}", before.clip, after.clip)
                    : before.sha256.empty()   ? msg("{0} is there now", after.clip)
                    : after.sha256.empty()    ? msg("{0} is there no more", after.clip)
                                              : msg("{0} has other content", after.clip);
  return silent ? msg("{0}, not approved yet: it stays silent", what) : what;
}

/// What is told of a change beside its day.
std::string words(const PlanChange& change, const calendar::Zone& zone, Language language) {
  const auto& item = change.item();
  const auto title = item.what == scheduler::What::pause ? msg("(pause)").in(language) : item.title.str();
  auto line = name_of(item) + "  " + left(title, kTitleCells);
  line.erase(line.find_last_not_of(' ') + 1);
  switch (change.kind) {
    case Kind::added:
    case Kind::removed:
      return span_words(item, zone) + "  " + line;
    case Kind::moved:
      return span_words(*change.before, zone) + " → " + span_words(*change.after, zone) + "  " + line;
    case Kind::replaced:
      break;
  }
  const auto what = replaced_words(*change.before, *change.after).in(language);
  return time_words(item.start, zone) + "  " + line + "  " + what;
}

std::string with_days(const Repeated& repeated, const calendar::Zone& zone, const std::string& line,
                      Language language) {
  const auto first = scheduler::date_words(zone.day(repeated.first->item().start));
  if (repeated.days == 1) return msg("{0}  {1}", first, line).in(language);
  return msg("{0}  {1}  ({2} days until {3})", first, line, repeated.days, scheduler::date_words(repeated.last))
      .in(language);
}

config::Text count_words(const std::vector<PlanChange>& changes) {
  std::map<Kind, unsigned long> count;
  for (const auto& change : changes) ++count[change.kind];
  if (changes.empty()) return msg("nothing changes on air");
  return msg("on air: {0} items added, {1} taken away, {2} moved, {3} with another recording", count[Kind::added],
             count[Kind::removed], count[Kind::moved], count[Kind::replaced]);
}

}  // namespace

std::string changes_text(const std::vector<PlanChange>& changes, const calendar::Zone& zone, Language language,
                         std::size_t most, bool colour) {
  std::vector<std::pair<std::string, Repeated>> lines;
  std::map<std::pair<Kind, std::string>, std::size_t> known;
  for (const auto& change : changes) {
    const auto line = words(change, zone, language);
    const auto [entry, fresh] = known.try_emplace({change.kind, line}, lines.size());
    if (fresh) lines.emplace_back(line, Repeated{&change, {}, 0});
    auto& repeated = lines[entry->second].second;
    repeated.last = zone.day(change.item().start);
    ++repeated.days;
  }
  std::string text;
  for (std::size_t i = 0; i < lines.size() && i < most; ++i) {
    const auto kind = lines[i].second.first->kind;
    if (colour) text += colour_of(kind);
    text += std::string("  ") + sign_of(kind) + ' ' + with_days(lines[i].second, zone, lines[i].first, language);
    text += colour ? "\x1b[0m\n" : "\n";
  }
  if (lines.size() > most) text += "  … " + msg("{0} more", lines.size() - most).in(language) + "\n";
  return text + count_words(changes).in(language) + "\n";
}

}  // namespace loa::station
