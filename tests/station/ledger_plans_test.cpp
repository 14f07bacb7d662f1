// Which kept plans may go: only what a whole ledger proves never to have been in force.
#include "daemon/station/ledger/ledger_plans.hpp"

#include <gtest/gtest.h>

#include "tests/station/ledger_fixture.hpp"

namespace loa::station {
namespace {

using namespace tests;
using Hashes = std::set<std::string>;

class LedgerPlans : public testing::Test {
 protected:
  LedgerPlans() {
    FileLedger ledger(disk, clock, options_for());
    ledger.append({{"kind", "plan"}, {"plan", "old"}});
    clock.set(std::chrono::year(2026) / 12 / 5);
    ledger.append({{"kind", "plan"}, {"plan", "new"}});
    ledger.append(item_fields(0));
  }
  MemoryDisk disk;
  ManualClock clock;
};

TEST_F(LedgerPlans, WhatNoRowNamesNeverWasInForce) {
  EXPECT_EQ(never_in_force(disk, {"old", "new", "never"}), Hashes{"never"});
  EXPECT_EQ(never_in_force(disk, {"old", "new"}), Hashes{});
  EXPECT_EQ(never_in_force(MemoryDisk(), {"never"}), Hashes{}) << "there is no ledger at all";
}

TEST_F(LedgerPlans, ARowThatIsBeingWrittenIsNoDamage) {
  disk.files["ledger/2026-12.jsonl"].bytes += "{\"half";
  EXPECT_EQ(never_in_force(disk, {"never"}), Hashes{"never"});
}

TEST_F(LedgerPlans, ADamagedLineMayHaveNamedIt) {
  auto& bytes = disk.files["ledger/2026-11.jsonl"].bytes;
  bytes.replace(bytes.find("old"), 3, "odl");
  EXPECT_EQ(never_in_force(disk, {"old"}), Hashes{});
}

TEST_F(LedgerPlans, SoMayAMonthThatIsGone) {
  disk.files.erase("ledger/2026-11.jsonl");
  EXPECT_EQ(never_in_force(disk, {"old"}), Hashes{});
}

TEST_F(LedgerPlans, SoMayRowsThatAreLost) {
  { FileLedger(disk, clock, options_for()).append({{"kind", "lost"}, {"from", 3}, {"to", 3}}); }
  EXPECT_EQ(never_in_force(disk, {"never"}), Hashes{});
}

}  // namespace
}  // namespace loa::station
