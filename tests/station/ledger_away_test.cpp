// Somebody takes away what the running ledger lies in: what was durable is put back, and the chain goes on.
#include <gtest/gtest.h>

#include <filesystem>

#include "daemon/station/ledger/disk_real.hpp"
#include "daemon/station/ledger/keys.hpp"
#include "tests/station/ledger_fixture.hpp"
#include "tests/support/temp_dir.hpp"

namespace loa::station {
namespace {

using namespace tests;
namespace fs = std::filesystem;

class LedgerAway : public testing::Test {
 protected:
  LedgerAway() : disk(RealDisk::make_directory(state(), error)) {
    auto options = options_for();
    options.progress = disk.get();
    ledger.emplace(*disk, clock, std::move(options));
    ledger->append(item_fields(0));
    key = test::read_file(state() / kKeyFile);
  }
  fs::path state() const { return folder / "state"; }
  fs::path month() const { return state() / "ledger/2026-11.jsonl"; }
  /// The next try after a fault is the next tick's.
  void append_and_try_again(std::size_t n) {
    ledger->append(item_fields(n));
    ledger->tick();
  }
  void expect_proof() const {
    MemoryDisk copy;
    for (const auto& name : ledger_files(*disk))
      copy.files["ledger/" + name].bytes = test::read_file(state() / "ledger" / name);
    EXPECT_TRUE(verified(copy).ok) << verified(copy).problem;
  }

  test::TempDir folder;
  std::error_code error;
  ManualClock clock;
  std::unique_ptr<RealDisk> disk;
  std::optional<FileLedger> ledger;
  std::string key;
};

TEST_F(LedgerAway, AMonthFileIsPutBackWithAllItHad) {
  fs::remove(month());
  append_and_try_again(1);
  EXPECT_EQ(ledger->disk_fault(), "");
  EXPECT_EQ(kinds_of(*disk), "key item item disk");
  EXPECT_EQ(ledger->damage().put_back, 1u);
  expect_proof();
}

TEST_F(LedgerAway, OneThatWasMovedIsCopiedBack) {
  fs::rename(month(), folder / "archive");
  append_and_try_again(1);
  EXPECT_EQ(kinds_of(*disk), "key item item disk");
  expect_proof();
}

TEST_F(LedgerAway, AnOlderCopyInItsPlaceIsMadeWhole) {
  const auto older = test::read_file(month());
  ledger->append(item_fields(1));
  fs::remove(month());
  folder.write("state/ledger/2026-11.jsonl", older);
  append_and_try_again(2);
  EXPECT_EQ(kinds_of(*disk), "key item item item disk");
  expect_proof();
}

TEST_F(LedgerAway, WhatIsNotOursIsSetAside) {
  fs::remove(month());
  folder.write("state/ledger/2026-11.jsonl", "another station's\n");
  append_and_try_again(1);
  EXPECT_EQ(kinds_of(*disk), "key item item disk");
  EXPECT_EQ(test::read_file(month().string() + ".aside"), "another station's\n");
  expect_proof();
}

TEST_F(LedgerAway, TheKeyRowComesAgainWhenItWentWithAnOlderMonth) {
  clock.set(std::chrono::year(2026) / 12 / 5);
  ledger->append(item_fields(1));
  fs::remove_all(state() / "ledger");
  append_and_try_again(2);
  ledger->checkpoint();
  EXPECT_EQ(kinds_of(*disk), "item item key disk checkpoint");
  expect_proof();
}

TEST_F(LedgerAway, TheSignOfLifeFindsThatFileOrKeyAreGone) {
  fs::remove(month());
  ledger->note_progress({});
  EXPECT_EQ(kinds_of(*disk), "key item disk");
  fs::remove_all(state() / "keys");
  ledger->note_progress({});
  EXPECT_EQ(kinds_of(*disk), "key item disk disk");
  EXPECT_EQ(test::read_file(state() / kKeyFile), key);
  EXPECT_EQ(ledger->damage().put_back, 2u);
  expect_proof();
}

TEST_F(LedgerAway, ASignOfLifeThatCannotBeWrittenIsNamed) {
  fs::create_directory(state() / kProgressFile);
  ledger->note_progress({});
  EXPECT_EQ(ledger->progress_fault(), "Is a directory");
  fs::remove(state() / kProgressFile);
  ledger->note_progress({});
  EXPECT_EQ(ledger->progress_fault(), "");
}

TEST_F(LedgerAway, InANewFolderEverythingIsPutBackAndSaidOnce) {
  fs::remove_all(state());
  append_and_try_again(1);
  EXPECT_NE(ledger->disk_fault(), "") << "nothing is written before somebody says where";
  fs::create_directory(state());
  append_and_try_again(2);
  EXPECT_NE(ledger->disk_fault(), "");
  EXPECT_TRUE(fs::is_empty(state()));
  EXPECT_FALSE(disk->follow());
  ledger->distrust("state/ was taken away");
  EXPECT_EQ(kinds_of(*disk), "key item item item disk");
  EXPECT_EQ(wire::text_of(rows_of(*disk).back(), "note"), "state/ was taken away");
  EXPECT_EQ(test::read_file(state() / kKeyFile), key);
  EXPECT_EQ(ledger->damage().put_back, 0u);
  expect_proof();
}

TEST_F(LedgerAway, WhatAnotherRunMadeInTheNewFolderIsSetAside) {
  fs::remove_all(state());
  fs::create_directory(state());
  const auto others = RealDisk::open_directory(state(), error);
  run_ledger(*others, clock, 5);
  const auto other_key = test::read_file(state() / kKeyFile);
  EXPECT_FALSE(disk->follow());
  ledger->distrust("state/ was replaced");
  EXPECT_EQ(kinds_of(*disk), "key item disk");
  EXPECT_EQ(test::read_file(state() / kKeyFile), key);
  EXPECT_EQ(test::read_file((state() / kKeyFile).string() + ".aside"), other_key);
  expect_proof();
}

TEST_F(LedgerAway, AFolderThatComesBackHasLostNothing) {
  fs::rename(state(), folder / "elsewhere");
  for (std::size_t n = 1; n < 4; ++n) append_and_try_again(n);
  fs::rename(folder / "elsewhere", state());
  ledger->tick();
  EXPECT_EQ(kinds_of(*disk), "key item item item item disk");
  expect_proof();
}

}  // namespace
}  // namespace loa::station
