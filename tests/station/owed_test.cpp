// What a boot reads from the ledger: plans in force, verdicts given, items begun, the last sign of life.
#include "daemon/station/conductor/owed.hpp"

#include <gmock/gmock.h>

#include <vector>

#include "scheduler/calendar/zone.hpp"

namespace {

using boost::json::object;
using loa::station::History;
using loa::station::HistoryReader;
using loa::station::Instant;
using loa::station::Progress;

Instant at(const char* text) {
  return loa::calendar::parse_instant(text, *loa::calendar::Zone::find("UTC")).value();
}

struct Reading {
  History history;
  std::size_t rows_read;
};

/// `rows`: oldest first, as they stand in the ledger.
Reading read(const std::vector<object>& rows, const char* now, std::optional<Progress> progress = {}) {
  HistoryReader reader(at(now));
  std::size_t count = 0;
  for (auto row = rows.rbegin(); row != rows.rend(); ++row) {
    ++count;
    if (!reader.row(*row)) break;
  }
  return {reader.take(progress), count};
}

object plan(const char* when, const char* hash, const char* start = nullptr) {
  object row{{"kind", "plan"}, {"at", when}, {"plan", hash}};
  if (start != nullptr) row["start"] = start;
  return row;
}
object row(const char* kind, const char* when, const char* id = nullptr) {
  object made{{"kind", kind}, {"at", when}};
  if (id != nullptr) made["id"] = id;
  return made;
}

TEST(Owed, AnEmptyLedgerOwesNothing) {
  const auto history = read({}, "2026-11-23T00:00:00Z").history;
  EXPECT_FALSE(history.last_life);
  EXPECT_TRUE(history.plans.empty());
}

TEST(Owed, WhatACommandWroteWhileThePcWasOffIsNoSignOfLife) {
  const auto by_command = [](const char* kind, const char* when) {
    auto made = row(kind, when);
    made["boot"] = "command-1";
    return made;
  };
  const std::vector<object> rows{plan("2026-11-20T00:00:00Z", "a"), row("checkpoint", "2026-11-20T00:00:00Z"),
                                 row("start", "2026-11-20T05:30:00Z", "xa/1"),
                                 by_command("approve", "2026-11-23T09:00:00Z"),
                                 by_command("checkpoint", "2026-11-23T09:00:00Z")};
  const auto history = read(rows, "2026-11-24T00:00:00Z").history;
  EXPECT_EQ(history.last_life, at("2026-11-20T05:30:00Z"));
  EXPECT_EQ(history.since, at("2026-11-18T00:00:00Z")) << "48 h before the daemon's checkpoint, not the command's";
  EXPECT_EQ(history.plans.size(), 1u);
  EXPECT_TRUE(history.begun.contains("xa/1"));
}

TEST(Owed, APlanIsInForceFromItsStartElseFromItsRow) {
  const auto history =
      read({plan("2026-11-20T00:00:00Z", "a"), plan("2026-11-21T00:00:00Z", "b", "2026-11-21T00:01:00Z")},
           "2026-11-23T00:00:00Z")
          .history;
  ASSERT_EQ(history.plans.size(), 2u);
  EXPECT_EQ(history.plans[0].hash, "a");
  EXPECT_EQ(history.plans[0].from, at("2026-11-20T00:00:00Z"));
  EXPECT_EQ(history.plans[1].from, at("2026-11-21T00:01:00Z"));
}

TEST(Owed, LooksBackTwoDaysFromTheLastCheckpointAndFindsThePlanOfThatTimeHoweverOld) {
  const auto reading = read({row("boot", "2026-03-01T00:00:00Z"), plan("2026-03-01T00:00:01Z", "old"),
                             row("item", "2026-03-02T00:00:00Z", "x/1"), row("item", "2026-11-20T00:00:00Z", "x/2"),
                             row("item", "2026-11-22T00:00:00Z", "x/3"), row("checkpoint", "2026-11-22T12:00:00Z")},
                            "2026-11-23T00:00:00Z");
  EXPECT_EQ(reading.history.since, at("2026-11-20T12:00:00Z"));
  ASSERT_EQ(reading.history.plans.size(), 1u);
  EXPECT_TRUE(reading.history.closed.contains("x/3"));
  EXPECT_EQ(reading.rows_read, 5u) << "the row before the plan is not needed";
}

TEST(Owed, StopsReadingAsSoonAsAllIsKnown) {
  std::vector<object> rows{plan("2026-11-01T00:00:00Z", "older"), plan("2026-11-02T00:00:00Z", "a")};
  rows.push_back(row("item", "2026-11-03T00:00:00Z", "x/0"));
  rows.push_back(plan("2026-11-15T00:00:00Z", "a", "2026-11-02T00:00:00Z"));
  rows.push_back(row("checkpoint", "2026-11-22T12:00:00Z"));
  EXPECT_EQ(read(rows, "2026-11-23T00:00:00Z").rows_read, 2u);
}

TEST(Owed, ACheckpointOfAClockThatWasAheadHidesNothing) {
  const auto history =
      read({plan("2026-11-01T00:00:00Z", "a"), row("checkpoint", "2098-01-01T00:00:00Z")}, "2026-11-23T00:00:00Z")
          .history;
  EXPECT_EQ(history.since, at("2026-11-21T00:00:00Z"));
}

TEST(Owed, WhatBeganIsWhatHasAStartRowAndNoItemRow) {
  object first = row("start", "2026-11-22T22:29:50Z", "x/1");
  first["start"] = "2026-11-22T22:30:00Z";
  object again = row("start", "2026-11-22T22:31:00Z", "x/1");
  again["start"] = "2026-11-22T22:31:02Z";
  again["device"] = "USB";
  const auto history =
      read({row("start", "2026-11-22T20:00:00Z", "x/0"), row("item", "2026-11-22T20:10:00Z", "x/0"), first, again},
           "2026-11-23T00:00:00Z", Progress{"2026-11-22T22:32:00Z", "x/1", 2, 4800})
          .history;
  ASSERT_EQ(history.begun.size(), 1u);
  const auto& begun = history.begun.at("x/1");
  EXPECT_EQ(begun.start, at("2026-11-22T22:30:00Z")) << "of its first attempt";
  EXPECT_EQ(begun.frames.count(), 4800);
  EXPECT_EQ(begun.device, "USB");
}

TEST(Owed, TheLastSignOfLifeIsTheLaterOfRowAndProgress) {
  const std::vector<object> rows{row("boot", "2026-11-22T10:00:00Z")};
  const Progress before{"2026-11-22T09:00:00Z", "", 0, 0}, after{"2026-11-22T11:00:00Z", "", 0, 0};
  EXPECT_EQ(read(rows, "2026-11-23T00:00:00Z", before).history.last_life, at("2026-11-22T10:00:00Z"));
  EXPECT_EQ(read(rows, "2026-11-23T00:00:00Z", after).history.last_life, at("2026-11-22T11:00:00Z"));
}

TEST(Owed, RowsThatSayNoTimeAreNoEvidence) {
  object rotten = row("item", "yesterday", "x/1");
  EXPECT_FALSE(read({rotten}, "2026-11-23T00:00:00Z").history.closed.contains("x/1"));
}

TEST(Owed, NothingIsOwedBeforeTheFirstRowOfALedgerWhoseBeginningWasTakenAway) {
  auto first = row("item", "2026-11-22T20:00:00Z", "a");
  first["seq"] = 117;
  std::vector<object> rows{first, plan("2026-11-22T21:00:00Z", "h", "2026-11-01T00:00:00Z"),
                           row("checkpoint", "2026-11-22T22:00:00Z")};
  EXPECT_EQ(read(rows, "2026-11-23T00:00:00Z").history.since, at("2026-11-22T20:00:00Z"));
  rows.front()["seq"] = 1;
  EXPECT_EQ(read(rows, "2026-11-23T00:00:00Z").history.since, at("2026-11-20T22:00:00Z"));
}

}  // namespace
