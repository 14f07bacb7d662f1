// Verdicts of some days out of the ledger's rows.
#include "daemon/station/page/page_verdicts.hpp"

#include <gmock/gmock.h>

#include "tests/station/ledger_fixture.hpp"

namespace loa::station {
namespace {

using namespace loa::tests;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

class PageVerdicts : public testing::Test {
 protected:
  /// Rows as the ledger writes them, at `now` of the manual clock.
  void rows(const std::vector<wire::Fields>& fields) {
    auto ledger = FileLedger(disk_, clock_, options_for());
    for (const auto& each : fields) ledger.append(each);
    ledger.flush(std::chrono::seconds(5));
  }
  static wire::Fields item(const std::string& start, const std::string& verdict, const std::string& reason,
                           const std::string& what = "clip") {
    return {{"kind", "item"},     {"id", "xa/" + start}, {"session", "xa/" + start.substr(0, 10) + "T0530/sang"},
            {"what", what},       {"article", "tin"},    {"planned_start", start + "+07:00"},
            {"verdict", verdict}, {"reason", reason}};
  }
  std::vector<DayVerdicts> since(int day) { return verdicts_since(disk_, hanoi(), std::chrono::year(2026) / 11 / day); }
  MemoryDisk disk_;
  ManualClock clock_;
};

TEST_F(PageVerdicts, AreCountedByTheLocalDayOfThePlannedStart) {
  clock_.set(std::chrono::year(2026) / 11 / 26);
  rows({item("2026-11-25T23:59:59.000", "aired", "none"), item("2026-11-26T00:00:00.000", "aired", "none"),
        item("2026-11-26T05:30:00.000", "missed", "file"), item("2026-11-26T05:31:00.000", "aired", "none", "pause"),
        item("2026-11-26T05:20:00.000", "partial", "power"), item("2026-11-26T05:40:00.000", "aired", "file")});
  const auto days = since(26);
  ASSERT_EQ(days.size(), 1u);
  EXPECT_THAT(days[0].count, ElementsAre(Pair(wire::Verdict::aired, 2u), Pair(wire::Verdict::partial, 1u),
                                         Pair(wire::Verdict::missed, 1u)));
  ASSERT_EQ(days[0].shortfalls.size(), 3u) << "a substitute is told";
  EXPECT_EQ(days[0].shortfalls[0].reason, wire::Reason::power) << "by planned start";
  EXPECT_EQ(days[0].shortfalls[1].verdict, wire::Verdict::missed);
  EXPECT_EQ(since(25).size(), 2u);
}

TEST_F(PageVerdicts, WhatIsNoVerdictOfAPlannedItemDoesNotCount) {
  rows({{{"kind", "boot"}},
        {{"kind", "item"}, {"what", "clip"}, {"planned_start", "2026-11-22T05:30:00.000+07:00"}, {"verdict", "aired"}},
        {{"kind", "start"}, {"id", "xa/1"}, {"planned_start", "2026-11-22T05:30:00.000+07:00"}}});
  EXPECT_THAT(since(21), IsEmpty());
}

TEST_F(PageVerdicts, ADiskThatCannotBeReadTellsNothing) {
  EXPECT_THAT(since(1), IsEmpty());
}

TEST(ReasonSentence, EveryReasonHasOneInBothLanguages) {
  for (auto reason = static_cast<int>(wire::Reason::power); reason <= static_cast<int>(wire::Reason::network);
       ++reason) {
    const auto words = reason_sentence(static_cast<wire::Reason>(reason));
    EXPECT_FALSE(words.empty()) << reason;
    EXPECT_NE(words.in(config::Language::vi), words.in(config::Language::en)) << reason;
  }
}

}  // namespace
}  // namespace loa::station
