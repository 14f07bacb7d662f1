// The preflight: what a day's plan lacks, as somebody is told who can still mend it.
#include "daemon/station/page/page_lacks.hpp"

#include "tests/station/page_fixture.hpp"

namespace loa::station {
namespace {

using namespace std::chrono_literals;
using config::Language;
using testing::ElementsAre;
using testing::IsEmpty;
using tests::snapshot_of;

constexpr config::Date kDay{std::chrono::year(2026), std::chrono::November, std::chrono::day(28)};

std::vector<std::string> lacks(const SnapshotPtr& plan, const char* from = "2026-11-27T16:00") {
  EXPECT_NE(plan, nullptr);
  return lack_lines(lacks_of(*plan, kDay, sim::at(from)), plan->schedule.zone, Language::en);
}

const std::string kArticles =
    "articles:\n"
    "  a: {title: Tin, clip: a.wav}\n"
    "  tin: {title: Bản tin <dd>/<mm>, clip: tin/<date>.wav, about: 10min, missing: b}\n"
    "  kho: {title: Không có, clip: kho.wav}\n"
    "  b: {title: Bài cũ, clip: b.wav}\n"
    "playlists:\n  p: {folder: thong-bao}\n";

TEST(PageLacks, ADayThatIsWholeLacksNothing) {
  EXPECT_THAT(lacks(snapshot_of(kArticles + "programmes:\n  sang: {at: \"05:30\", items: [a, {pause: 2min}, a]}\n",
                                {{"a.wav", 60s}})),
              IsEmpty());
}

TEST(PageLacks, MissingRecordingsAreNamedWithTheirDateAndWhatWouldBeHeard) {
  const auto schedule = kArticles + "programmes:\n  sang: {title: Buổi sáng, at: \"05:30\", items: [a, tin, kho]}\n";
  EXPECT_THAT(lacks(snapshot_of(schedule, {{"a.wav", 60s}, {"b.wav", 60s}})),
              ElementsAre("05:31 Buổi sáng: “Bản tin 28/11”: the recording tin/2026-11-28.wav is not there; “Bài cũ” "
                          "would play instead",
                          "05:41 Buổi sáng: “Không có”: the recording kho.wav is not there; its place would stay "
                          "empty"));
  EXPECT_THAT(lacks(snapshot_of(schedule, {{"a.wav", 60s}, {"tin/2026-11-28.wav", 60s}, {"kho.wav", 60s}})), IsEmpty());
  EXPECT_EQ(lacks(snapshot_of(schedule, {{"a.wav", 60s}, {"kho.wav", 60s}})).front(),
            "05:31 Buổi sáng: “Bản tin 28/11”: the recording tin/2026-11-28.wav is not there; 10min of silence");
}

TEST(PageLacks, WhatIsOverIsNotToldAnyMore) {
  const auto plan = snapshot_of(kArticles + "programmes:\n  sang: {at: [\"05:30\", \"17:00\"], items: [kho]}\n");
  EXPECT_EQ(lacks(plan).size(), 2u);
  EXPECT_EQ(lacks(plan, "2026-11-28T06:00").size(), 1u);
}

TEST(PageLacks, OfTheRunningSessionWhatIsStillToComeIsTold) {
  const auto plan = snapshot_of(kArticles + "programmes:\n  sang: {title: Sáng, at: \"05:30\", items: [kho, a, tin]}\n",
                                {{"a.wav", 60s}});
  EXPECT_THAT(
      lacks(plan, "2026-11-28T05:30:30"),
      ElementsAre("05:31 Sáng: “Bản tin 28/11”: the recording tin/2026-11-28.wav is not there; 10min of silence"));
}

TEST(PageLacks, ASubstituteThatNobodyApprovedIsNotPromised) {
  const auto schedule = kArticles + "programmes:\n  sang: {title: Sáng, at: \"05:30\", items: [tin]}\n";
  const auto plan = snapshot_of(schedule, {{"b.wav", 60s}}, "approval: required\n");
  EXPECT_THAT(lacks(plan), ElementsAre("05:30 Sáng: “Bản tin 28/11”: the recording tin/2026-11-28.wav is not there; "
                                       "10min of silence"));
}

TEST(PageLacks, EmptySessionsAndSilenceWithinASlot) {
  EXPECT_THAT(lacks(snapshot_of(kArticles + "programmes:\n  sang: {title: Sáng, at: \"05:30\", items: [p]}\n")),
              ElementsAre("05:30 Sáng: the session is not held, there is nothing to play"));
  EXPECT_THAT(lacks(snapshot_of(kArticles + "programmes:\n  sang: {title: Sáng, at: \"05:30\", length: 5min, items: "
                                            "[a, {article: a, at: \"05:33\"}]}\n",
                                {{"a.wav", 60s}})),
              ElementsAre("05:31 Sáng: 2min of silence until 05:33", "05:34 Sáng: 1min of silence until 05:35"));
}

TEST(PageLacks, VeryManyAreCounted) {
  std::string items = "kho";
  for (int i = 0; i < 49; ++i) items += ", kho";
  const auto plan = snapshot_of(kArticles + "programmes:\n  sang: {at: \"05:30\", items: [" + items + "]}\n");
  const auto found = lacks(plan);
  ASSERT_EQ(found.size(), kMostTold + 1);
  EXPECT_EQ(found.back(), "… 10 more");
  EXPECT_NE(preflight_text(*plan, kDay, Language::en).find("LACKS 50 THINGS"), std::string::npos);
}

TEST(PageLacks, ASessionThatIsNotForThatDayLacksNothing) {
  EXPECT_THAT(
      lacks(snapshot_of(kArticles + "programmes:\n  sang: {at: \"05:30\", items: [{article: a, days: [mon]}]}\n",
                        {{"a.wav", 60s}})),
      IsEmpty());
}

}  // namespace
}  // namespace loa::station
