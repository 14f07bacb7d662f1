// Reading the ledger back at boot: newest first, only as far as needed.
#include "daemon/station/ledger/ledger_read.hpp"

#include <gtest/gtest.h>

#include "tests/station/ledger_fixture.hpp"

namespace loa::station {
namespace {

using namespace tests;

class LedgerRead : public testing::Test {
 protected:
  LedgerRead() {
    run_ledger(disk.disk, clock, 3);  // 1 to 5 in November
    clock.set(std::chrono::year(2026) / 12 / 5);
    run_ledger(disk.disk, clock, 3);  // 6 to 9 in December
  }
  static std::vector<std::uint64_t> seqs(const std::vector<boost::json::object>& rows) {
    std::vector<std::uint64_t> numbers;
    for (const auto& row : rows) numbers.push_back(wire::number_of(row, "seq"));
    return numbers;
  }
  FaultyDisk disk;
  ManualClock clock;
};

TEST_F(LedgerRead, RowsSinceASeqComeInOrderOverTheMonthsEnd) {
  EXPECT_EQ(seqs(rows_since(disk, 4)), (std::vector<std::uint64_t>{4, 5, 6, 7, 8, 9}));
  EXPECT_TRUE(rows_since(disk, 10).empty());
}

TEST_F(LedgerRead, RowsBackToOneIncludeIt) {
  const auto reached = [](const auto& row) { return wire::text_of(row, "kind") == "key"; };
  EXPECT_EQ(seqs(rows_back_to(disk, reached)), (std::vector<std::uint64_t>{1, 2, 3, 4, 5, 6, 7, 8, 9}));
}

TEST_F(LedgerRead, NewestFirstOpensNoOlderMonthThanNeeded) {
  const auto calls = disk.calls();
  std::vector<std::uint64_t> seen;
  newest_first(disk, [&](const auto& row) {
    seen.push_back(wire::number_of(row, "seq"));
    return seen.size() < 2;
  });
  EXPECT_EQ(seen, (std::vector<std::uint64_t>{9, 8}));
  EXPECT_EQ(disk.calls() - calls, 2u) << "one list, one file";
}

TEST_F(LedgerRead, PassesOverDamageAndWhatIsBeingWritten) {
  auto& text = disk.disk.files.at("ledger/2026-12.jsonl").bytes;
  text[5] = '#';
  text += "{\"half";
  EXPECT_EQ(seqs(rows_since(disk, 5)), (std::vector<std::uint64_t>{5, 7, 8, 9}));
}

TEST_F(LedgerRead, AMonthThatCannotBeReadIsPassedOver) {
  disk.fail_from = disk.calls() + 1;  // the list is good, the first file is not
  disk.fail_until = disk.fail_from + 1;
  EXPECT_EQ(seqs(rows_since(disk, 1)), (std::vector<std::uint64_t>{1, 2, 3, 4, 5}));
}

}  // namespace
}  // namespace loa::station
