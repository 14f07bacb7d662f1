// Approvals on their way through the daemon: once each, and in force only when they are on the disk.
#include "daemon/station/run/run_approve.hpp"

#include <gtest/gtest.h>

#include "tests/station/ledger_fixture.hpp"

namespace loa::station {
namespace {

using namespace tests;

const std::string kOne(64, '1'), kTwo(64, '2');

class ApprovalDeskTest : public testing::Test {
 protected:
  boost::json::object ask(const std::vector<ApprovedRecording>& recordings, const std::string& by = "Lan") {
    return desk.answer(approve_request(recordings, by, "en"));
  }
  std::size_t rows() { return rows_of_kind(disk.disk, "approve").size(); }

  FaultyDisk disk;
  ManualClock clock;
  FileLedger ledger{disk, clock, options_for()};
  int reloads = 0;
  AwaitedRows awaited{ledger, [this] { ++reloads; }};
  ApprovalDesk desk{ledger, ledger, awaited};
};

TEST_F(ApprovalDeskTest, WritesEachContentOnceAndMakesThePlanAnew) {
  const auto answer = ask({{"a", "a.wav", kOne}, {"", "copy.wav", kOne}, {"b", "b.wav", kTwo}});
  EXPECT_TRUE(answer.at("done").as_bool());
  EXPECT_TRUE(answer.at("durable").as_bool());
  const auto written = rows_of_kind(disk.disk, "approve");
  ASSERT_EQ(written.size(), 2u);
  EXPECT_EQ(wire::text_of(written[0], "article"), "a");
  EXPECT_EQ(wire::text_of(written[0], "operator"), "Lan");
  EXPECT_EQ(reloads, 1);
  EXPECT_TRUE(ask({{"a", "a.wav", kOne}}, "Minh").at("done").as_bool());
  EXPECT_EQ(rows(), 2u);
  EXPECT_EQ(reloads, 1) << "nothing is new";
}

TEST_F(ApprovalDeskTest, KnowsWhatTheLedgerSaidBefore) {
  desk.use({{kOne, {"Minh", "2026-11-20T08:00:00.000+07:00"}}});
  ask({{"a", "a.wav", kOne}});
  EXPECT_EQ(rows(), 0u);
}

TEST_F(ApprovalDeskTest, WritesAgainWhatTheLedgerLost) {
  ask({{"a", "a.wav", kOne}});
  desk.use({});  // somebody took the ledger away, and what was in it
  ask({{"a", "a.wav", kOne}});
  EXPECT_EQ(rows(), 2u);
}

TEST_F(ApprovalDeskTest, WaitsForADiskThatFails) {
  disk.fail_always();
  const auto answer = ask({{"a", "a.wav", kOne}});
  EXPECT_TRUE(answer.at("done").as_bool());
  EXPECT_FALSE(answer.at("durable").as_bool());
  EXPECT_FALSE(ask({{"a", "a.wav", kOne}}).at("durable").as_bool()) << "nor when it is asked for again";
  awaited.on_durable();
  EXPECT_EQ(reloads, 0) << "a plan that relied on it could not be proved";
  disk.heal();
  ledger.tick();
  awaited.on_durable();
  EXPECT_EQ(reloads, 1);
  EXPECT_EQ(rows(), 1u);
}

TEST_F(ApprovalDeskTest, RefusesWhatNamesNobodyOrNothing) {
  EXPECT_FALSE(ask({{"a", "a.wav", kOne}}, "").at("done").as_bool());
  EXPECT_FALSE(ask({{"a", "a.wav", "12"}}).at("done").as_bool());
  EXPECT_FALSE(ask({}).at("done").as_bool());
  EXPECT_FALSE(desk.answer({{"recordings", 7}, {"by", "Lan"}}).at("done").as_bool());
  EXPECT_EQ(rows(), 0u);
  EXPECT_EQ(reloads, 0);
}

}  // namespace
}  // namespace loa::station
