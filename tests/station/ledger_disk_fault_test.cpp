// The disk fails at any call: rows wait, nothing durable is lost, no seq gets two hashes, a disk row follows.
#include <gtest/gtest.h>

#include <set>

#include "tests/station/ledger_fixture.hpp"

namespace loa::station {
namespace {

using namespace tests;

constexpr std::size_t kItems = 6;

/// One run with a month's end in it; ids that were reported durable are told.
std::set<std::string> run_reporting(FaultyDisk& disk, ManualClock& clock) {
  std::set<std::string> durable;
  FileLedger ledger(disk, clock, options_for());
  std::vector<std::pair<std::uint64_t, std::string>> tickets;
  for (std::size_t i = 0; i < kItems; ++i) {
    if (i == kItems / 2) clock.pass(std::chrono::hours(24 * 10));
    const auto id = "xa-vi-du/" + std::to_string(i);
    tickets.emplace_back(ledger.append(item_fields(i)), id);
    for (const auto& [ticket, name] : tickets) {
      if (ticket <= ledger.durable()) durable.insert(name);
    }
  }
  ledger.tick();
  return durable;
}

std::multiset<std::string> ids_on(const Disk& disk) {
  std::multiset<std::string> ids;
  for (const auto& row : rows_of_kind(disk, "item")) ids.insert(wire::text_of(row, "id"));
  return ids;
}

std::size_t calls_of_a_good_run() {
  FaultyDisk disk;
  ManualClock clock;
  run_reporting(disk, clock);
  return disk.calls();
}

class OneFailingCall : public testing::TestWithParam<std::tuple<std::size_t, bool, std::size_t>> {};

TEST_P(OneFailingCall, CostsNoRowAndIsSaid) {
  const auto [torn, forgets, length] = GetParam();
  const auto calls = calls_of_a_good_run();
  for (std::size_t call = 0; call < calls; ++call) {
    FaultyDisk disk;
    ManualClock clock;
    disk.torn_bytes = torn;
    disk.sync_forgets = forgets;
    disk.fail_from = call;
    disk.fail_until = call + length;
    const auto reported = run_reporting(disk, clock);
    disk.heal();
    run_ledger(disk, clock, 0);
    const auto result = verified(disk.disk);
    ASSERT_TRUE(result.ok) << "call " << call << ": " << result.problem;
    ASSERT_EQ(rows_of_kind(disk, "key").size(), 1u) << call;
    ASSERT_EQ(rows_of_kind(disk, "lost").size(), 0u) << call;
    const auto ids = ids_on(disk);
    for (const auto& id : reported) ASSERT_EQ(ids.count(id), 1u) << "call " << call << ": " << id;
    if (length > 1) continue;  // the run may end before the disk heals: what was not reported may be gone
    ASSERT_EQ(ids.size(), kItems) << "call " << call;
    ASSERT_EQ(std::set<std::string>(ids.begin(), ids.end()).size(), kItems) << "one of them twice";
  }
}

INSTANTIATE_TEST_SUITE_P(Kinds, OneFailingCall,
                         testing::Combine(testing::Values(0u, 1u, 100u), testing::Bool(), testing::Values(1u, 3u)));

TEST(FailingDisk, KeepsRowsUntilItHeals) {
  FaultyDisk disk;
  ManualClock clock;
  FileLedger ledger(disk, clock, options_for());
  const auto before = ledger.append(item_fields(0));
  disk.failure = std::errc::no_space_on_device;
  disk.fail_always();
  for (std::size_t i = 1; i < 50; ++i) ledger.append(item_fields(i));
  EXPECT_EQ(ledger.durable(), before);
  EXPECT_EQ(ledger.disk_fault(), "cannot write 2026-11.jsonl: No space left on device");
  clock.pass(std::chrono::minutes(5));
  disk.heal();
  ledger.tick();
  EXPECT_EQ(ledger.disk_fault(), "");
  EXPECT_EQ(rows_of_kind(disk, "item").size(), 50u);
  const auto told = rows_of_kind(disk, "disk");
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(wire::text_of(told[0], "note"), "cannot write 2026-11.jsonl: No space left on device");
  EXPECT_EQ(wire::text_of(told[0], "start"), "2026-11-22T07:00:00.000+07:00");
  EXPECT_EQ(wire::text_of(told[0], "end"), "2026-11-22T07:05:00.000+07:00");
  EXPECT_TRUE(verified(disk.disk).ok) << verified(disk.disk).problem;
}

TEST(FailingDisk, FromTheFirstCallNeverRefusesToStart) {
  FaultyDisk disk;
  ManualClock clock;
  run_ledger(disk.disk, clock, 3);
  disk.fail_always();
  FileLedger ledger(disk, clock, options_for());
  ledger.append(item_fields(7));
  EXPECT_NE(ledger.disk_fault(), "");
  EXPECT_EQ(ledger.durable_seq(), 0u);
  disk.heal();
  ledger.tick();
  EXPECT_EQ(kinds_of(disk), "key item item item checkpoint item disk");
  EXPECT_TRUE(verified(disk.disk).ok);
}

TEST(FailingDisk, SaysWhyTheFolderCannotBeRead) {
  FaultyDisk disk;
  ManualClock clock;
  run_ledger(disk, clock, 1);
  disk.failure = std::errc::permission_denied;
  disk.fail_always();
  const FileLedger ledger(disk, clock, options_for());
  EXPECT_EQ(ledger.disk_fault(), "cannot list the ledger: Permission denied");
}

TEST(FailingDisk, HoldsOnlySoManyRowsAndCountsTheRest) {
  FaultyDisk disk;
  ManualClock clock;
  auto options = options_for();
  options.held_rows = 10;
  FileLedger ledger(disk, clock, std::move(options));
  disk.fail_always();
  for (std::size_t i = 0; i < 25; ++i) ledger.append(item_fields(i));
  disk.heal();
  ledger.tick();
  EXPECT_EQ(rows_of_kind(disk, "item").size(), 10u);
  EXPECT_TRUE(wire::text_of(rows_of_kind(disk, "disk").at(0), "note").ends_with("; 15 rows could not be held"));
  ledger.append(item_fields(99));
  EXPECT_EQ(rows_of_kind(disk, "item").size(), 11u);
}

/// fsync failed and the kernel dropped the pages, yet reading still shows them: they must be written again.
TEST(FailingDisk, AFailedSyncIsNeverBelievedLater) {
  FaultyDisk disk;
  ManualClock clock;
  FileLedger ledger(disk, clock, options_for());
  ledger.append(item_fields(0));
  disk.fail_from = disk.calls() + 1;  // the append is good, its sync is not
  disk.fail_until = disk.fail_from + 1;
  ledger.append(item_fields(1));
  EXPECT_NE(ledger.disk_fault(), "");
  ledger.tick();
  disk.disk.cut_power();
  EXPECT_EQ(kinds_of(disk), "key item item disk");
  EXPECT_TRUE(verified(disk.disk).ok);
}

TEST(FailingDisk, AMonthFileThatSomebodyTookAwayIsNeverNumberedAgain) {
  FaultyDisk disk;
  ManualClock clock;
  FileLedger ledger(disk, clock, options_for());
  ledger.append(item_fields(0));
  disk.disk.files.erase("ledger/2026-11.jsonl");
  disk.fail_from = disk.calls();
  disk.fail_until = disk.fail_from + 1;
  ledger.append(item_fields(1));
  ledger.tick();
  const auto lost = rows_of_kind(disk, "lost");
  ASSERT_EQ(lost.size(), 1u);
  EXPECT_EQ(wire::number_of(lost[0], "from"), 1u);
  EXPECT_EQ(wire::number_of(lost[0], "to"), 2u);
  EXPECT_EQ(wire::number_of(rows_of(disk).front(), "seq"), 3u);
}

TEST(FailingDisk, AMonthFileThatSomebodyTookAwayTookTheKeyRowToo) {
  FaultyDisk disk;
  ManualClock clock;
  FileLedger ledger(disk, clock, options_for());
  ledger.append(item_fields(0));
  disk.disk.files.erase("ledger/2026-11.jsonl");
  disk.fail_from = disk.calls();
  disk.fail_until = disk.fail_from + 1;
  ledger.append(item_fields(1));
  ledger.tick();
  ledger.checkpoint();
  EXPECT_EQ(kinds_of(disk), "item lost key disk checkpoint");
  EXPECT_TRUE(verified(disk.disk).ok) << verified(disk.disk).problem;
}

TEST(FailingDisk, AnOlderMonthThatIsStillThereHasTheKeyRow) {
  FaultyDisk disk;
  ManualClock clock;
  run_ledger(disk, clock, 1);
  clock.set(std::chrono::year(2026) / 12 / 5);
  FileLedger ledger(disk, clock, options_for());
  ledger.append(item_fields(0));
  disk.disk.files.erase("ledger/2026-12.jsonl");
  disk.fail_from = disk.calls();
  disk.fail_until = disk.fail_from + 1;
  ledger.append(item_fields(1));
  ledger.tick();
  EXPECT_EQ(rows_of_kind(disk, "key").size(), 1u);
}

TEST(FailingDisk, HealsByItselfUnderTheThread) {
  FaultyDisk disk;
  ManualClock clock;
  auto options = options_for(true);
  disk.fail_until = 12;  // some calls of opening and of the tries after it
  disk.fail_from = 3;
  {
    FileLedger ledger(disk, clock, std::move(options));
    for (std::size_t i = 0; i < 20; ++i) ledger.append(item_fields(i));
    while (!ledger.flush(std::chrono::minutes(1))) std::this_thread::yield();
  }
  EXPECT_EQ(rows_of_kind(disk, "item").size(), 20u);
  EXPECT_EQ(rows_of_kind(disk, "disk").size(), 1u);
  EXPECT_TRUE(verified(disk.disk).ok);
}

TEST(FailingDisk, WhoWaitsForTheRowsDoesNotWaitForTheNextTry) {
  FaultyDisk disk;
  disk.failure = std::errc::read_only_file_system;
  ManualClock clock;
  auto options = options_for(true);
  options.retry = std::chrono::hours(1);
  FileLedger ledger(disk, clock, std::move(options));
  ASSERT_TRUE(ledger.flush(std::chrono::minutes(1)));
  for (std::size_t i = 0; i < 5; ++i) {
    disk.fail_always();
    ledger.append(item_fields(i));
    EXPECT_FALSE(ledger.flush(std::chrono::minutes(1)));
    EXPECT_FALSE(ledger.flush(std::chrono::minutes(1)));
    EXPECT_EQ(ledger.disk_fault(), "cannot write 2026-11.jsonl: Read-only file system");
    disk.heal();
    EXPECT_TRUE(ledger.flush(std::chrono::minutes(1)));
    EXPECT_EQ(ledger.disk_fault(), "");
  }
  EXPECT_EQ(rows_of_kind(disk, "item").size(), 5u);
  EXPECT_EQ(rows_of_kind(disk, "disk").size(), 5u);
}

}  // namespace
}  // namespace loa::station
