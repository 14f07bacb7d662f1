// What is observed of an item, and the verdict it ends in: contract 4 as a table.
#include "daemon/station/conductor/verdict.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace {

using namespace std::chrono_literals;
using loa::scheduler::Fault;
using loa::scheduler::Interruption;
using loa::station::judge;
using loa::station::Observation;
using loa::wire::Frames;
using loa::wire::Reason;

struct Case {
  std::string name;
  Observation seen;
  std::string verdict;
};

/// A clip of 100 frames of which `played` sounded.
Observation clip(std::int64_t played) {
  Observation seen;
  seen.whole = Frames{100};
  seen.played = Frames{played};
  if (played > 0) seen.start_error = 0ns;
  return seen;
}

template <class Change>
Observation with(Observation seen, Change change) {
  change(seen);
  return seen;
}

const std::vector<Case> kCases = {
    {"whole, on time", clip(100), "aired/none"},
    {"50 ms late is on time", with(clip(100), [](auto& o) { o.start_error = 50ms; }), "aired/none"},
    {"50 ms early is on time", with(clip(100), [](auto& o) { o.start_error = -50ms; }), "aired/none"},
    {"later than that is the device's", with(clip(100), [](auto& o) { o.start_error = 51ms; }), "late/device"},
    {"begun late on purpose", with(clip(100), [](auto& o) { o.start_error = 60s, o.moved = Reason::power; }),
     "late/power"},
    {"begun early after a skip", with(clip(100), [](auto& o) { o.start_error = -60s, o.moved = Reason::operator_; }),
     "aired/operator"},
    {"begun early after a step", with(clip(100), [](auto& o) { o.start_error = -1s; }), "aired/clock"},
    {"a verdict from the ledger alone knows no error", with(clip(100), [](auto& o) { o.start_error.reset(); }),
     "aired/none"},
    {"frames lost for no known reason", clip(99), "partial/device"},
    {"frames lost to the power", with(clip(99), [](auto& o) { o.cost = Reason::power; }), "partial/power"},
    {"begun late and cut at the slot's end", with(clip(9), [](auto& o) { o.moved = Reason::power; }), "partial/power"},
    {"delayed by a higher priority", with(clip(100), [](auto& o) { o.interruption = Interruption::delayed; }),
     "late/emergency"},
    {"delayed and cut at the slot's end",
     with(clip(100), [](auto& o) { o.interruption = Interruption::delayed, o.cut_by_plan = true; }),
     "partial/emergency"},
    {"delayed and later still",
     with(clip(100),
          [](auto& o) {
            o.interruption = Interruption::delayed;
            o.start_error = 1s, o.moved = Reason::power;
          }),
     "late/power"},
    {"cut by the plan", with(clip(100), [](auto& o) { o.cut_by_plan = true; }), "partial/overrun"},
    {"cut by the plan and by a person",
     with(clip(50), [](auto& o) { o.cut_by_plan = true, o.cost = Reason::operator_; }), "partial/operator"},
    {"cut by the plan and short of that", with(clip(50), [](auto& o) { o.cut_by_plan = true; }), "partial/overrun"},
    {"a substitute fills it", with(clip(100), [](auto& o) { o.substituted = true, o.fault = Fault::missing; }),
     "aired/file"},
    {"a substitute that was cut", with(clip(9), [](auto& o) { o.substituted = true, o.cost = Reason::device; }),
     "partial/device"},
    {"nothing sounded and nobody knows why", clip(0), "missed/device"},
    {"no power", with(clip(0), [](auto& o) { o.cost = Reason::power; }), "missed/power"},
    {"the clock jumped over it", with(clip(0), [](auto& o) { o.cost = Reason::clock; }), "missed/clock"},
    {"no recording", with(clip(0), [](auto& o) { o.fault = Fault::missing; }), "missed/file"},
    {"a refused recording", with(clip(0), [](auto& o) { o.fault = Fault::refused; }), "missed/file"},
    {"an unmeasured recording", with(clip(0), [](auto& o) { o.fault = Fault::unmeasured; }), "missed/file"},
    {"a missing recording planned with no frames",
     with(clip(0), [](auto& o) { o.fault = Fault::missing, o.whole = Frames{0}; }), "missed/file"},
    {"a missing recording while the PC was off",
     with(clip(0), [](auto& o) { o.fault = Fault::missing, o.cost = Reason::power; }), "missed/power"},
    {"never reached", with(clip(0), [](auto& o) { o.fault = Fault::unreached, o.whole = Frames{0}; }),
     "missed/overrun"},
    {"an enforced limit keeps it silent", with(clip(0), [](auto& o) { o.fault = Fault::limited; }), "withheld/limit"},
    {"nobody approved it", with(clip(0), [](auto& o) { o.fault = Fault::unapproved; }), "withheld/approval"},
    {"nobody approved it, and the PC was off",
     with(clip(0), [](auto& o) { o.fault = Fault::unapproved, o.cost = Reason::power; }), "missed/power"},
    {"nobody approved it, and the operator silenced the slot",
     with(clip(0), [](auto& o) { o.fault = Fault::unapproved, o.cost = Reason::operator_; }), "overridden/operator"},
    {"nobody approved it, outside the permitted hours",
     with(clip(0), [](auto& o) { o.fault = Fault::unapproved, o.outside_hours = true; }), "withheld/hours"},
    {"an edit muted it in its last minute", with(clip(0), [](auto& o) { o.withheld = Reason::calendar; }),
     "withheld/calendar"},
    {"an edit ended it in its last minute, and its recording is missing",
     with(clip(0), [](auto& o) { o.withheld = Reason::expired, o.fault = Fault::missing; }), "withheld/expired"},
    {"an edit muted it, and then the power went",
     with(clip(0), [](auto& o) { o.withheld = Reason::calendar, o.cost = Reason::power; }), "missed/power"},
    {"a higher priority has its time", with(clip(0), [](auto& o) { o.fault = Fault::overridden, o.whole = Frames{0}; }),
     "overridden/emergency"},
    {"a higher priority has its time while the PC was off",
     with(clip(0), [](auto& o) { o.fault = Fault::overridden, o.cost = Reason::power; }), "missed/power"},
    {"a piece that is gone on with", with(clip(100), [](auto& o) { o.interruption = Interruption::continued; }),
     "aired/emergency"},
    {"a piece with nothing behind it",
     with(clip(100), [](auto& o) { o.interruption = Interruption::broken_off, o.cut_by_plan = true; }),
     "partial/emergency"},
    {"a piece that lost frames itself",
     with(clip(9), [](auto& o) { o.interruption = Interruption::continued, o.cost = Reason::device; }),
     "partial/device"},
    {"its master was never ready", with(clip(0), [](auto& o) { o.cost = Reason::file; }), "missed/file"},
    {"outside the permitted hours", with(clip(0), [](auto& o) { o.outside_hours = true; }), "withheld/hours"},
    {"the gate let nothing through", with(clip(0), [](auto& o) { o.cost = Reason::hours; }), "withheld/hours"},
    {"partly outside", with(clip(60), [](auto& o) { o.cost = Reason::hours; }), "partial/hours"},
    {"the operator silenced the slot", with(clip(0), [](auto& o) { o.cost = Reason::operator_; }),
     "overridden/operator"},
    {"the operator silenced a slot with a missing recording",
     with(clip(0), [](auto& o) { o.cost = Reason::operator_, o.fault = Fault::missing; }), "overridden/operator"},
};

TEST(Verdict, IsWhatTheTableSays) {
  for (const auto& one : kCases) {
    const auto judgement = judge(one.seen);
    const auto said = std::string(name_of(judgement.verdict)) + "/" + std::string(name_of(judgement.reason));
    EXPECT_EQ(said, one.verdict) << one.name;
  }
}

TEST(Verdict, CountsFramesTheWayItsNameSays) {
  // The law behind the table, for every cost: some frames = partial, none = no verdict that claims sound.
  for (int reason = 0; reason <= static_cast<int>(Reason::network); ++reason) {
    for (const std::int64_t played : {0, 1, 99}) {
      auto seen = clip(played);
      seen.cost = static_cast<Reason>(reason);
      const auto verdict = judge(seen).verdict;
      EXPECT_EQ(verdict == loa::wire::Verdict::partial, played > 0) << reason << " " << played;
      EXPECT_NE(verdict, loa::wire::Verdict::aired);
    }
  }
}

}  // namespace
