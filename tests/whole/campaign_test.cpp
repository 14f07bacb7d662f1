// A campaign's play that the power took is made good: real processes, the ledger says it all.
#include <signal.h>

#include "tests/whole/run_fixture.hpp"

namespace loa::test {
namespace {

/// Plays a campaign's article soon, and offers it a place again tomorrow.
class CampaignRunTest : public RunTest {
 protected:
  CampaignRunTest() {
    schedule("  sang: {at: \"" + time_from_now(kSoon) +
             "\", items: [{campaign: c}, b]}\n"
             "campaigns:\n  c: {title: Chiến dịch, articles: [a, dai], from: 2020-01-01}\n");
  }
  std::vector<json::object> of_kind(const char* kind) {
    auto found = rows();
    std::erase_if(found, [&](const auto& row) { return text(row, "kind") != kind; });
    return found;
  }
};

TEST_F(CampaignRunTest, WhatWasMissedIsMadeGoodInAPlaceThatThePlanShows) {
  {
    Daemon daemon(station_);
    ASSERT_TRUE(daemon.says("the plan is in force")) << daemon.words();
    ASSERT_TRUE(daemon.answers("\"next\"")) << daemon.words();
    daemon.signal(SIGKILL);
    daemon.wait();
  }
  const auto over = std::chrono::steady_clock::now() + kSoon + 25s;
  while (std::chrono::steady_clock::now() < over) station_.loa({"log"});
  Daemon again(station_);
  ASSERT_TRUE(again.says("will be made good in")) << again.words();
  again.signal(SIGTERM);
  EXPECT_EQ(again.wait(), 0);
  const auto items = of_kind("item"), made_good = of_kind("make-good"), campaigns = of_kind("campaign");
  ASSERT_EQ(made_good.size(), 1u);
  ASSERT_EQ(items.size(), 2u);
  EXPECT_EQ(text(items[0], "campaign"), "c");
  EXPECT_EQ(text(items[0], "verdict"), "missed");
  EXPECT_EQ(text(made_good[0], "makes_good"), text(items[0], "id"));
  ASSERT_EQ(campaigns.size(), 1u);
  EXPECT_EQ(text(campaigns[0], "title"), "Chiến dịch");
  // The other article's turn is given up for it, and a second start chooses nothing anew.
  const auto plan = station_.loa({"plan", "--json"}).out;
  EXPECT_NE(plan.find("\"makes_good\":\"" + text(items[0], "id") + "\""), std::string::npos) << plan;
  Daemon third(station_, {"--for", "3s"});
  EXPECT_EQ(third.wait(), 0) << third.words();
  EXPECT_EQ(of_kind("make-good").size(), 1u);
  expect_proof();
}

}  // namespace
}  // namespace loa::test
