#include "daemon/station/page/page_verdicts.hpp"

#include <algorithm>
#include <chrono>

#include "daemon/station/ledger/ledger_read.hpp"
#include "daemon/station/page/log_words.hpp"
#include "daemon/wire/item_row.hpp"

namespace loa::station {

using config::msg;

namespace {

namespace chr = std::chrono;

/// A row may be written before its item's day (a clock that was ahead), but not by more than this.
constexpr chr::hours kReach{24};

std::optional<Instant> instant_of(const std::string& text, const calendar::Zone& zone) {
  return calendar::parse_instant(text, zone);
}

bool is_shortfall(wire::Verdict verdict, wire::Reason reason) {
  const bool sounded = verdict == wire::Verdict::aired || verdict == wire::Verdict::late;
  return !sounded || reason == wire::Reason::file || reason == wire::Reason::relay;
}

void note(const wire::ItemRow& row, Instant planned, DayVerdicts& day) {
  ++day.count[*row.verdict];
  const auto reason = row.reason.value_or(wire::Reason::none);
  const bool short_of = is_shortfall(*row.verdict, reason), unheard = !short_of && row.heard && !row.heard->found;
  if (!short_of && !unheard) return;
  day.shortfalls.push_back(
      {planned, row.session, row.relay.empty() ? row.article : row.relay, row.clip, *row.verdict, reason, unheard});
}

}  // namespace

std::vector<DayVerdicts> verdicts_since(const Disk& disk, const calendar::Zone& zone, config::Date from) {
  const auto first = zone.instant(calendar::LocalTime(chr::local_days(from)));
  std::map<chr::sys_days, DayVerdicts> days;
  newest_first(disk, [&](const boost::json::object& row) {
    const auto item = wire::ItemRow::from(row);
    if (item && item->kind == wire::ItemRow::Kind::item && item->verdict && !item->id.empty() &&
        item->what != "pause") {
      const auto planned = instant_of(item->planned_start, zone);
      if (planned && *planned >= first) {
        auto& day = days[chr::sys_days(zone.day(*planned))];
        note(*item, *planned, day);
      }
    }
    const auto written = instant_of(wire::text_of(row, "at"), zone);
    return !written || *written >= first - kReach;
  });
  std::vector<DayVerdicts> found;
  for (auto& [date, day] : days) {
    day.day = date;
    std::sort(day.shortfalls.begin(), day.shortfalls.end(),
              [](const Shortfall& a, const Shortfall& b) { return a.planned < b.planned; });
    found.push_back(std::move(day));
  }
  return found;
}

config::Text reason_sentence(wire::Reason reason) {
  switch (reason) {
    case wire::Reason::file:
      return msg("there was no recording that could be played");
    case wire::Reason::relay:
      return msg("nothing, or not all of it, came from the relay's source");
    case wire::Reason::device:
      return msg("the sound device was away or did not keep time");
    case wire::Reason::clock:
      return msg("the PC's clock was set, or could not be believed");
    case wire::Reason::operator_:
      return msg("the operator stopped or skipped it");
    case wire::Reason::emergency:
      return msg("something of a higher priority took its time");
    case wire::Reason::overrun:
      return msg("the session's time was over");
    default:
      return words_of(reason);
  }
}

}  // namespace loa::station
