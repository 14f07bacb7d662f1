// Torn, rotten and filled with garbage: the ledger opens, names the damage and goes on.
#include <gtest/gtest.h>

#include <semaphore>

#include "daemon/station/ledger/ledger_scan.hpp"
#include "tests/station/ledger_fixture.hpp"

namespace loa::station {
namespace {

using namespace tests;

constexpr auto kFile = "ledger/2026-11.jsonl";

std::size_t newlines_in(std::string_view text) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

std::uint64_t rows_lost_in(const Disk& disk) {
  std::uint64_t count = 0;
  for (const auto& row : rows_of_kind(disk, "lost"))
    count += wire::number_of(row, "to") - wire::number_of(row, "from") + 1;
  return count;
}

class DamagedLedger : public testing::Test {
 protected:
  void make(std::size_t items) {
    run_ledger(disk, clock, items);
    whole = disk.files.at(kFile).bytes;
  }
  /// The disk as it was made, with this text in the month's file, and started again for one item and a checkpoint.
  MemoryDisk restarted_with(const std::string& text) {
    MemoryDisk copy = disk;
    copy.files[kFile] = {text, text};
    run_ledger(copy, clock, 1);
    return copy;
  }

  MemoryDisk disk;
  ManualClock clock;
  std::string whole;
};

TEST_F(DamagedLedger, CutAtAnyByteOpensAndUsesTheTornSeqAgain) {
  make(1);
  for (std::size_t size = 0; size <= whole.size(); ++size) {
    const auto after = restarted_with(whole.substr(0, size));
    const auto kept = newlines_in(std::string_view(whole).substr(0, size));
    const auto result = verified(after);
    ASSERT_TRUE(result.ok) << size << ": " << result.problem;
    const bool has_key = kept > 0;
    ASSERT_EQ(result.last, kept + (has_key ? 2 : 3)) << size;
    ASSERT_TRUE(text_of(after).starts_with(whole.substr(0, whole.rfind('\n', size == 0 ? 0 : size - 1) + 1)) ||
                kept == 0);
    ASSERT_EQ(rows_lost_in(after), 0u);
  }
}

TEST_F(DamagedLedger, AZeroFilledTailIsATornOne) {
  make(4);
  for (const std::size_t kept : {whole.size(), whole.size() - 1, whole.size() - 100}) {
    for (const std::size_t zeros : {1u, 100u, 4096u}) {
      for (const auto* end : {"", "\n"}) {
        const bool is_tail = *end == '\0' || kept == whole.size();
        if (!is_tail) continue;
        const auto result = verified(restarted_with(whole.substr(0, kept) + std::string(zeros, '\0') + end));
        EXPECT_TRUE(result.ok) << kept << " " << zeros << ": " << result.problem;
      }
    }
  }
}

TEST_F(DamagedLedger, AGarbageTailWithoutNewlineIsATornOne) {
  make(4);
  const auto after = restarted_with(whole + "\x01\xFF{garbage");
  EXPECT_TRUE(verified(after).ok);
  EXPECT_EQ(verified(after).last, 8u);
}

TEST_F(DamagedLedger, GarbageLinesAtTheEndHaveUsedTheirSeqs) {
  make(4);  // rows 1 to 6
  const auto after = restarted_with(whole + "garbage\nmore garbage\n");
  const auto lost = rows_of_kind(after, "lost");
  ASSERT_EQ(lost.size(), 1u);
  EXPECT_EQ(wire::number_of(lost[0], "from"), 7u);
  EXPECT_EQ(wire::number_of(lost[0], "to"), 8u);
  EXPECT_EQ(wire::number_of(lost[0], "seq"), 9u);
  const auto last_good = wire::read_row(std::string_view(whole)
                                            .substr(whole.rfind('\n', whole.size() - 2) + 1)
                                            .substr(0, whole.size() - whole.rfind('\n', whole.size() - 2) - 2));
  EXPECT_EQ(wire::text_of(lost[0], "prev"), last_good.hash);
  const auto result = verified(after);
  EXPECT_FALSE(result.ok);
  EXPECT_EQ(result.damaged, 2u);
}

/// Every 293rd byte of a hundred rows, one bit flipped: 100 % reported, at most one line damaged, answered exactly
/// once.
TEST_F(DamagedLedger, AFlippedBitCostsOneLineAndIsAnsweredOnce) {
  make(98);
  for (std::size_t at = 0; at < whole.size(); at += 293) {
    auto text = whole;
    text[at] = static_cast<char>(text[at] ^ (1 << (at % 8)));
    auto after = restarted_with(text);
    const auto result = verified(after);
    const auto lost = rows_of_kind(after, "lost");
    if (at + 1 == whole.size()) continue;  // the last newline: a torn tail
    ASSERT_FALSE(result.ok) << at;
    ASSERT_LE(result.damaged, 2u) << at;  // 2 when the flip made a newline
    const bool only_signature = result.damaged == 0;
    ASSERT_EQ(lost.size(), only_signature ? 0u : 1u) << at << " " << result.problem;
    ASSERT_LE(rows_lost_in(after), whole[at] == '\n' || text[at] == '\n' ? 2u : 1u) << at;
    if (at % 4 != 0) continue;
    run_ledger(after, clock, 1);
    ASSERT_EQ(rows_of_kind(after, "lost").size(), lost.size()) << at << ": answered again at the next boot";
  }
}

TEST_F(DamagedLedger, ADestroyedNewlineHasUsedBothSeqs) {
  make(4);
  auto text = whole;
  text[text.rfind('\n', text.size() - 2)] = ' ';  // between the last item and the checkpoint
  const auto after = restarted_with(text);
  EXPECT_EQ(rows_lost_in(after), 2u);
  EXPECT_EQ(kinds_of(after), "key item item item lost item checkpoint");
  EXPECT_EQ(wire::number_of(rows_of(after).back(), "seq"), 9u);
}

TEST_F(DamagedLedger, NothingButGarbageIsAnsweredToo) {
  make(4);
  auto text = whole;
  for (auto& c : text) c = c == '\n' ? '\n' : '#';
  const auto after = restarted_with(text);
  EXPECT_EQ(kinds_of(after), "key lost item checkpoint");
  EXPECT_EQ(rows_lost_in(after), 6u);
  EXPECT_EQ(wire::number_of(rows_of(after).front(), "seq"), 7u);
  EXPECT_EQ(wire::text_of(rows_of(after).front(), "note"), "no key row was found");
}

TEST_F(DamagedLedger, RowsCutOutAreLost) {
  make(6);
  auto text = whole;
  const auto second = text.find('\n') + 1;
  text.erase(second, text.find('\n', second) + 1 - second);
  const auto lost = rows_of_kind(restarted_with(text), "lost");
  ASSERT_EQ(lost.size(), 1u);
  EXPECT_EQ(wire::number_of(lost[0], "from"), 2u);
  EXPECT_EQ(wire::number_of(lost[0], "to"), 2u);
}

TEST_F(DamagedLedger, ARowThatStandsTwiceNeverTurnsTheNumberingBack) {
  make(6);
  const auto after = restarted_with(whole + whole.substr(0, whole.find('\n') + 1));
  EXPECT_EQ(rows_lost_in(after), 0u);
  EXPECT_EQ(wire::number_of(rows_of(after).back(), "seq"), 10u);
}

TEST_F(DamagedLedger, TheNewestMonthMayHoldNoGoodRow) {
  make(4);
  for (const auto* text : {"", "garbage\n", "torn"}) {
    MemoryDisk copy = disk;
    copy.files["ledger/2026-12.jsonl"] = {text, text};
    run_ledger(copy, clock, 1);
    EXPECT_EQ(copy.files.at(kFile).bytes, whole) << text;
    EXPECT_EQ(rows_of_kind(copy, "key").size(), 1u);
    EXPECT_EQ(rows_lost_in(copy), std::string(text) == "garbage\n" ? 1u : 0u);
    run_ledger(copy, clock, 1);
    EXPECT_EQ(rows_lost_in(copy), std::string(text) == "garbage\n" ? 1u : 0u) << "answered again";
  }
}

TEST_F(DamagedLedger, OldMonthsThatWereMovedAwayAreNotLost) {
  make(4);
  clock.set(std::chrono::year(2026) / 12 / 5);
  run_ledger(disk, clock, 2);
  disk.files.erase(kFile);
  run_ledger(disk, clock, 1);
  EXPECT_EQ(rows_lost_in(disk), 0u);
}

/// Three months, damaged in the first or the second; also where a whole month is gone.
TEST_F(DamagedLedger, OlderMonthsAreAnsweredToo) {
  make(4);  // rows 1 to 6
  clock.set(std::chrono::year(2026) / 12 / 5);
  run_ledger(disk, clock, 4);  // 7 to 11
  clock.set(std::chrono::year(2027) / 1 / 5);
  run_ledger(disk, clock, 4);
  const struct {
    const char* file;
    std::size_t line;  // that rots; 0 = the file is gone
    std::uint64_t from, to;
  } cases[] = {{kFile, 1, 1, 1},
               {kFile, 3, 3, 3},
               {kFile, 6, 6, 6},
               {"ledger/2026-12.jsonl", 1, 7, 7},
               {"ledger/2026-12.jsonl", 0, 7, 11}};
  for (const auto& damage : cases) {
    MemoryDisk copy = disk;
    auto& text = copy.files.at(damage.file).bytes;
    std::size_t at = 0;
    for (std::size_t line = 1; line < damage.line; ++line) at = text.find('\n', at) + 1;
    damage.line == 0 ? (void)copy.files.erase(damage.file) : (void)(text[at + 3] = '#');
    run_ledger(copy, clock, 1);
    run_ledger(copy, clock, 1);
    const auto lost = rows_of_kind(copy, "lost");
    ASSERT_EQ(lost.size(), 1u) << damage.file << " " << damage.line;
    EXPECT_EQ(wire::number_of(lost[0], "from"), damage.from);
    EXPECT_EQ(wire::number_of(lost[0], "to"), damage.to);
  }
}

TEST_F(DamagedLedger, OlderMonthsAreLookedThroughWhileTheThreadHasNothingToWrite) {
  make(600);
  clock.set(std::chrono::year(2026) / 12 / 5);
  run_ledger(disk, clock, 4);
  disk.files.at(kFile).bytes[3] = '#';
  std::counting_semaphore changes{0};
  {
    auto options = options_for(true);
    options.on_change = [&] { changes.release(); };
    FileLedger ledger(disk, clock, options);
    while (ledger.damage() == LedgerDamage{0, 0, "2026-12.jsonl", 0}) changes.acquire();
    EXPECT_EQ(ledger.damage(), (LedgerDamage{0, 0, "2026-12.jsonl", 1}));
  }
  EXPECT_EQ(rows_lost_in(disk), 1u);
}

TEST_F(DamagedLedger, OtherFilesInItsFolderAreNoPartOfIt) {
  make(4);
  disk.files["ledger/2026-11.jsonl~"].bytes = "x\n";
  disk.files["ledger/notes.txt"].bytes = "x\n";
  run_ledger(disk, clock, 1);
  EXPECT_TRUE(verified(disk).ok);
  EXPECT_EQ(rows_lost_in(disk), 0u);
}

TEST_F(DamagedLedger, OpeningSaysWhatItFound) {
  make(4);
  auto& file = disk.files.at(kFile);
  file.bytes[5] = '#';
  file.bytes += "{\"torn";
  FileLedger ledger(disk, clock, options_for());
  EXPECT_EQ(ledger.damage(), (LedgerDamage{6, 1, "2026-11.jsonl", 0}));
}

TEST(TornTail, IsWhatStandsBehindTheLastNewlineAndZeroLines) {
  const std::pair<std::string, std::size_t> cases[] = {
      {"", 0},
      {"abc", 0},
      {"abc\n", 4},
      {"abc\nde", 4},
      {std::string("a\n\0\0", 4), 2},
      {std::string("a\n\0\n\0\0\n", 7), 2},
      {"\n", 1},
      {std::string("\0\n", 2), 0},
      {std::string("a\n\0\nb\n", 6), 6},
  };
  for (const auto& [text, size] : cases) EXPECT_EQ(size_without_torn_tail(text), size) << text;
}

}  // namespace
}  // namespace loa::station
