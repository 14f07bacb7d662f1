// The ledger as the conductor uses it: rows in order, checkpoints, months, keys.
#include "daemon/station/ledger/ledger_file.hpp"

#include <gtest/gtest.h>

#include "daemon/station/ledger/keys.hpp"
#include "tests/station/ledger_fixture.hpp"

namespace loa::station {
namespace {

using namespace tests;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::year;

TEST(Ledger, BeginsWithItsKeyAndNumbersRowsFromOne) {
  MemoryDisk disk;
  ManualClock clock;
  run_ledger(disk, clock, 2);
  EXPECT_EQ(kinds_of(disk), "key item item checkpoint");
  const auto rows = rows_of(disk);
  for (std::size_t i = 0; i < rows.size(); ++i) EXPECT_EQ(wire::number_of(rows[i], "seq"), i + 1);
  EXPECT_EQ(wire::text_of(rows[1], "at"), "2026-11-22T07:00:00.000+07:00");
  EXPECT_EQ(wire::text_of(rows[1], "boot"), "b1");
  EXPECT_EQ(wire::text_of(rows[1], "station"), "xa-vi-du");
  EXPECT_EQ(wire::text_of(rows[1], "clock"), "trusted");
  const auto result = verified(disk);
  EXPECT_TRUE(result.ok) << result.problem;
  EXPECT_EQ(result.signed_until, 4u);
}

TEST(Ledger, RowsSayWhatTheClockIsWorth) {
  MemoryDisk disk;
  ManualClock clock;
  FileLedger ledger(disk, clock, options_for());
  for (const auto trust : {Trust::trusted, Trust::holdover, Trust::suspect, Trust::virtual_}) {
    clock.state = trust;
    ledger.append(item_fields(0));
  }
  std::string words;
  for (const auto& row : rows_of_kind(disk, "item")) words += wire::text_of(row, "clock") + " ";
  EXPECT_EQ(words, "trusted holdover suspect virtual ");
}

TEST(Ledger, GoesOnAfterARestartWithTheSameKey) {
  MemoryDisk disk;
  ManualClock clock;
  for (int start = 0; start < 3; ++start) run_ledger(disk, clock, 2);
  EXPECT_EQ(kinds_of(disk), "key item item checkpoint item item checkpoint item item checkpoint");
  EXPECT_TRUE(verified(disk).ok);
}

TEST(Ledger, ItsBootIdIsAnotherAtEachStart) {
  MemoryDisk disk;
  ManualClock clock;
  for (int start = 0; start < 2; ++start) {
    auto options = options_for();
    options.identity.boot.clear();
    FileLedger ledger(disk, clock, std::move(options));
    ledger.append(item_fields(0));
    ledger.append(item_fields(1));
  }
  const auto rows = rows_of_kind(disk, "item");
  ASSERT_EQ(rows.size(), 4u);
  EXPECT_EQ(wire::text_of(rows[0], "boot"), wire::text_of(rows[1], "boot"));
  EXPECT_NE(wire::text_of(rows[1], "boot"), wire::text_of(rows[2], "boot"));
}

TEST(Ledger, TicketsBecomeDurableInOrder) {
  MemoryDisk disk;
  ManualClock clock;
  std::size_t changes = 0;
  auto options = options_for();
  options.on_change = [&] { ++changes; };
  FileLedger ledger(disk, clock, std::move(options));
  EXPECT_EQ(ledger.durable(), 0u);
  EXPECT_EQ(ledger.durable_seq(), 1u) << "the key row has no ticket";
  const auto first = ledger.append(item_fields(1));
  EXPECT_EQ(ledger.durable(), first);
  EXPECT_EQ(ledger.durable_seq(), 2u) << "the key row and this one";
  const auto second = ledger.checkpoint();
  EXPECT_GT(second, first);
  EXPECT_EQ(ledger.durable(), second);
  EXPECT_EQ(ledger.disk_fault(), "");
  EXPECT_EQ(changes, 3u) << "opening is one";
}

TEST(Ledger, NoPowerCutTakesADurableRow) {
  MemoryDisk disk;
  ManualClock clock;
  {
    FileLedger ledger(disk, clock, options_for());
    ledger.append(item_fields(1));
    disk.cut_power();
    EXPECT_EQ(rows_of_kind(disk, "item").size(), 1u);
  }
  run_ledger(disk, clock, 1);
  EXPECT_TRUE(verified(disk).ok);
  EXPECT_EQ(rows_of_kind(disk, "key").size(), 1u);
}

TEST(Ledger, SignsACheckpointEachHourWhileRowsCome) {
  MemoryDisk disk;
  ManualClock clock;
  FileLedger ledger(disk, clock, options_for());
  for (int i = 0; i < 6; ++i) {  // a row each half hour
    ledger.append(item_fields(0));
    clock.pass(minutes(30));
    ledger.tick();
  }
  EXPECT_EQ(kinds_of(disk), "key item item checkpoint item item checkpoint item item checkpoint");
  for (int i = 0; i < 6; ++i) {
    clock.pass(hours(1));
    ledger.tick();
  }
  EXPECT_EQ(rows_of_kind(disk, "checkpoint").size(), 3u) << "no rows came";
  ledger.append(item_fields(0));
  EXPECT_EQ(rows_of_kind(disk, "checkpoint").size(), 4u) << "at once: the last one is hours old";
}

TEST(Ledger, AClockStepMakesNoCheckpoint) {
  MemoryDisk disk;
  ManualClock clock;
  FileLedger ledger(disk, clock, options_for());
  ledger.append(item_fields(0));
  clock.wall_time += hours(48);
  ledger.tick();
  EXPECT_EQ(kinds_of(disk), "key item");
}

TEST(Ledger, AMonthIsAFileAndTheChainRunsOn) {
  MemoryDisk disk;
  ManualClock clock;
  FileLedger ledger(disk, clock, options_for());
  ledger.append(item_fields(1));
  clock.wall_time = std::chrono::sys_days(year(2026) / 11 / 30) + hours(17);  // midnight in Hanoi
  ledger.append(item_fields(2));
  EXPECT_EQ(ledger_files(disk), (std::vector<std::string>{"2026-11.jsonl", "2026-12.jsonl"}));
  EXPECT_TRUE(verified(disk).ok);
  EXPECT_EQ(verified(disk).last, 3u);
}

TEST(Ledger, AClockThatWentBackIntoAnEarlierMonthOpensNoEarlierFile) {
  MemoryDisk disk;
  ManualClock clock;
  run_ledger(disk, clock, 1);
  for (const unsigned month : {9u, 1u}) {
    clock.set(year(1970) / std::chrono::month(month) / 1);
    run_ledger(disk, clock, 1);
  }
  EXPECT_EQ(ledger_files(disk), (std::vector<std::string>{"2026-11.jsonl"}));
  clock.set(year(2098) / 1 / 1);
  run_ledger(disk, clock, 1);
  clock.set(year(2026) / 12 / 1);
  run_ledger(disk, clock, 1);
  EXPECT_EQ(ledger_files(disk), (std::vector<std::string>{"2026-11.jsonl", "2098-01.jsonl"}));
  EXPECT_TRUE(verified(disk).ok) << verified(disk).problem;
  EXPECT_EQ(rows_of_kind(disk, "key").size(), 1u);
}

TEST(Ledger, ALostKeyIsReplacedAndSaysSo) {
  MemoryDisk disk;
  ManualClock clock;
  run_ledger(disk, clock, 1);
  disk.files.erase("keys/ledger");
  run_ledger(disk, clock, 1);
  run_ledger(disk, clock, 1);
  const auto keys = rows_of_kind(disk, "key");
  ASSERT_EQ(keys.size(), 2u);
  EXPECT_FALSE(keys[0].contains("note"));
  EXPECT_EQ(wire::text_of(keys[1], "note"), "the private key in use before is not at hand");
  EXPECT_EQ(verified(disk).flaw, wire::Flaw::unsigned_key);
}

TEST(Ledger, ARottenSignatureIsNoReasonForAnotherKey) {
  MemoryDisk disk;
  ManualClock clock;
  run_ledger(disk, clock, 1);
  auto& text = disk.files.at("ledger/2026-11.jsonl").bytes;
  auto& letter = text[text.rfind("\"sig\":\"") + 20];
  letter = letter == 'A' ? 'B' : 'A';
  run_ledger(disk, clock, 1);
  EXPECT_EQ(rows_of_kind(disk, "key").size(), 1u);
  EXPECT_EQ(verified(disk).flaw, wire::Flaw::signature);
}

TEST(Ledger, AKeyFileThatIsNoKeyIsKeptBeside) {
  MemoryDisk disk;
  ManualClock clock;
  run_ledger(disk, clock, 1);
  disk.files["keys/ledger"].bytes = "rotten";
  run_ledger(disk, clock, 1);
  EXPECT_EQ(disk.files["keys/ledger.damaged"].bytes, "rotten");
  EXPECT_EQ(rows_of_kind(disk, "key").size(), 2u);
}

TEST(Ledger, ARowWithoutKindIsOurMistake) {
  MemoryDisk disk;
  ManualClock clock;
  FileLedger ledger(disk, clock, options_for());
  EXPECT_THROW(ledger.append({{"id", "x"}}), std::logic_error);
}

TEST(Ledger, ItsThreadWritesWhatWasAppendedBeforeItEnds) {
  MemoryDisk disk;
  ManualClock clock;
  {
    FileLedger ledger(disk, clock, options_for(true));
    for (std::size_t i = 0; i < 500; ++i) ledger.append(item_fields(i));
  }
  const auto items = rows_of_kind(disk, "item");
  ASSERT_EQ(items.size(), 500u);
  for (std::size_t i = 0; i < items.size(); ++i) EXPECT_EQ(items[i].at("id"), item_fields(i).at("id"));
  EXPECT_TRUE(verified(disk).ok);
}

TEST(Ledger, FlushWaitsUntilItsThreadHasWritten) {
  MemoryDisk disk;
  ManualClock clock;
  FileLedger ledger(disk, clock, options_for(true));
  const auto ticket = ledger.append(item_fields(0));
  EXPECT_TRUE(ledger.flush(std::chrono::minutes(1)));
  EXPECT_GE(ledger.durable(), ticket);
}

TEST(Ledger, TheSignOfLifeIsWrittenBesideIt) {
  MemoryDisk disk;
  ManualClock clock;
  auto options = options_for();
  options.progress = &disk;
  FileLedger ledger(disk, clock, std::move(options));
  const Progress progress{"2026-11-22T07:00:00.000+07:00", "xa-vi-du/1", 2, 48000};
  ledger.note_progress(progress);
  EXPECT_EQ(read_progress(disk), progress);
  EXPECT_EQ(kinds_of(disk), "key");
}

TEST(LedgerKey, IsMadeOnceAndReadAgain) {
  MemoryDisk disk;
  std::error_code error;
  const auto made = load_or_make_key(disk, error);
  const auto read = load_or_make_key(disk, error);
  ASSERT_TRUE(made && read);
  EXPECT_EQ(made->seed(), read->seed());
}

TEST(LedgerKey, IsNotReplacedWhileItOnlyCannotBeRead) {
  FaultyDisk disk;
  std::error_code error;
  const auto made = load_or_make_key(disk, error);
  disk.fail_from = disk.calls();
  disk.fail_until = disk.calls() + 1;
  EXPECT_FALSE(load_or_make_key(disk, error));
  EXPECT_EQ(error, std::errc::io_error);
  EXPECT_EQ(load_or_make_key(disk, error)->seed(), made->seed());
}

TEST(LedgerKey, IsInTheWayOnlyWhenTryingAgainIsOfNoUse) {
  FaultyDisk disk;
  EXPECT_FALSE(key_obstacle(disk)) << "not there: one will be made";
  disk.fail_always();
  EXPECT_FALSE(key_obstacle(disk)) << "a failing disk may heal";
  for (const auto lasting : {std::errc::permission_denied, std::errc::is_a_directory, std::errc::not_a_directory}) {
    disk.failure = lasting;
    EXPECT_EQ(key_obstacle(disk), lasting);
  }
}

}  // namespace
}  // namespace loa::station
