// What came of the planned items of some days, from the ledger's rows.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "daemon/station/library/snapshot.hpp"
#include "daemon/station/seams.hpp"
#include "daemon/wire/row.hpp"

namespace loa::station {

/// An item that was not aired whole and at its time, or by a substitute, or was not heard at the amplifier.
struct Shortfall {
  Instant planned;
  std::string session, article, clip;
  wire::Verdict verdict = wire::Verdict::missed;
  wire::Reason reason = wire::Reason::none;
  bool unheard = false;  // aired whole all the same, as the device says
};

struct DayVerdicts {
  config::Date day;                              // local, of the planned start
  std::map<wire::Verdict, unsigned long> count;  // pauses and what nobody planned do not count
  std::vector<Shortfall> shortfalls;             // by planned start
};

/// Days from `from` on of which rows are there, in order. Reads the disk.
std::vector<DayVerdicts> verdicts_since(const Disk& disk, const calendar::Zone& zone, config::Date from);

/// A sentence for people, "" for `none`: "there was no recording that could be played".
config::Text reason_sentence(wire::Reason reason);

}  // namespace loa::station
