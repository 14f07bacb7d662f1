// In whose place a missed play of a campaign is made good.
#include "scheduler/make_good.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/scheduler/made_up_station.hpp"

namespace loa::scheduler {

namespace {

using namespace testing;
using ::testing::Eq;
using ::testing::Optional;

class MakeGoodTest : public ::testing::Test {
 protected:
  MakeGoodTest() {
    for (const char* id : {"a", "b"}) station.article(id, 1min);
    station.article("nhac", 50s);
    campaign = &station.campaign("c", {"a", "b"});
    campaign->from = date("2026-11-01");
    campaign->until = date("2026-11-30");
  }

  /// Of b, which was missed on the first day; asked for from `from` on.
  std::optional<std::string> place(const char* from) const {
    const auto found = place_for({"xa-vi-du/2026-11-01T1700/chieu/1.1", "c", "b"}, station.schedule(),
                                 station.catalogue(), station.at(from));
    return found ? std::optional(found->id) : std::nullopt;
  }
  MadeUpStation station;
  Campaign* campaign;
};

TEST_F(MakeGoodTest, IsTheNextPlaceThatAnotherArticleHas) {
  station.programme("s", {time_of(5, 30), time_of(17)}, {places("c")});  // a in the morning, b in the afternoon
  EXPECT_THAT(place("2026-11-01T18:00"), Optional(Eq("xa-vi-du/2026-11-02T0530/s/1.1")));
  EXPECT_THAT(place("2026-11-02T06:00"), Optional(Eq("xa-vi-du/2026-11-03T0530/s/1.1")));
}

TEST_F(MakeGoodTest, IsApartFromTheArticlesOtherPlays) {
  station.programme("s", {time_of(5, 30), time_of(17), time_of(18)}, {places("c")});  // a b a / b a b / …
  campaign->apart = 4h;
  station.programme("t", {time_of(20)}, {fill({"nhac"})}).length = 5min;
  const auto found = place("2026-11-01T18:30");
  ASSERT_TRUE(found);
  station.schedule().make_goods[*found] = {"xa-vi-du/2026-11-01T1700/chieu/1.1", "c", "b"};
  std::optional<Instant> last;
  for (const auto& item : station.plan("2026-11-01", "2026-11-15").items) {
    if (item.campaign != "c" || item.article != "b") continue;
    if (last) {
      EXPECT_GE(item.start - *last, Frames(4h)) << item.id;
    }
    last = item.start;
  }
}

TEST_F(MakeGoodTest, IsTheFirstOfAFillThatHasRoomForIt) {
  station.programme("s", {time_of(6)}, {fill({"nhac"})}).length = 55s;  // no room for a minute
  station.programme("t", {time_of(7)}, {fill({"nhac"})}).length = 3min;
  EXPECT_THAT(place("2026-11-05T05:00"), Optional(Eq("xa-vi-du/2026-11-05T0700/t/1.1")));
}

TEST_F(MakeGoodTest, IsWithinThePermittedHours) {
  station.permit_only(time_of(5), time_of(7, 0, 30));
  station.programme("t", {time_of(7)}, {fill({"nhac"})}).length = 3min;
  EXPECT_EQ(place("2026-11-05T05:00"), std::nullopt);
}

TEST_F(MakeGoodTest, IsNotBehindTheLastDay) {
  station.programme("t", {time_of(7)}, {fill({"nhac"})}).length = 3min;
  EXPECT_THAT(place("2026-11-30T05:00"), Optional(Eq("xa-vi-du/2026-11-30T0700/t/1.1")));
  EXPECT_EQ(place("2026-11-30T08:00"), std::nullopt);
  station.schedule().repertoire.articles.at("b").until = date("2026-11-20");
  EXPECT_EQ(place("2026-11-21T05:00"), std::nullopt);
}

TEST_F(MakeGoodTest, IsNotWhereSomethingElseIsMadeGood) {
  station.programme("t", {time_of(7)}, {fill({"nhac"})}).length = 3min;
  station.schedule().make_goods["xa-vi-du/2026-11-05T0700/t/1.1"] = {"x", "c", "a"};
  EXPECT_THAT(place("2026-11-05T05:00"), Optional(Eq("xa-vi-du/2026-11-06T0700/t/1.1")));
}

TEST_F(MakeGoodTest, IsNowhereForWhatTheFilesKnowNoMore) {
  station.programme("s", {time_of(5, 30)}, {places("c")});
  const auto is_placed = [&](const MakeGood& missed) {
    return place_for(missed, station.schedule(), station.catalogue(), station.at("2026-11-02T05:00")).has_value();
  };
  EXPECT_FALSE(is_placed({"x", "gone", "b"}));
  EXPECT_FALSE(is_placed({"x", "c", "gone"}));
  station.article("moi");  // without a recording
  EXPECT_FALSE(is_placed({"x", "c", "moi"}));
  EXPECT_TRUE(is_placed({"x", "c", "b"}));
}

TEST_F(MakeGoodTest, OldOnesMatterAsLongAsTheirCampaignCountsThemOrTheirDayIsLookedBackTo) {
  station.programme("s", {time_of(5, 30), time_of(17)}, {places("c")});
  auto& long_ago = station.campaign("cu", {"a", "b"});
  long_ago.from = date("2020-01-01");
  long_ago.until = date("2024-12-31");
  const MakeGood missed{"xa-vi-du/2026-11-01T1700/s/1.1", "c", "b"};
  const MakeGoods all{{"xa-vi-du/2025-01-10T0530/s/1.1", missed},  // 650 days before the last
                      {"xa-vi-du/2026-02-01T0530/s/1.1", missed},
                      {"xa-vi-du/2026-11-20T0530/s/1.1", missed}};
  const auto kept = that_still_matter(all, station.schedule());
  EXPECT_EQ(kept.size(), 2u);
  EXPECT_FALSE(kept.contains("xa-vi-du/2025-01-10T0530/s/1.1"));
  auto& running = *std::find_if(station.schedule().campaigns.begin(), station.schedule().campaigns.end(),
                                [](const Campaign& each) { return each.id == "c"; });
  running.from = date("2025-01-01");
  ASSERT_EQ(running.counted_from(date("2026-10-18")), date("2025-01-01"));
  EXPECT_EQ(that_still_matter(all, station.schedule()).size(), 3u) << "the campaign counts its plays from there";
  EXPECT_TRUE(that_still_matter({}, station.schedule()).empty());
}

TEST_F(MakeGoodTest, ThePlanIsTheSameWithoutThoseThatMatterNoMore) {
  station.programme("s", {time_of(5, 30), time_of(17)}, {places("c")});
  campaign->from.reset();  // counted month by month
  campaign->until.reset();
  const MakeGood missed{"x", "c", "b"};
  for (int month = 1; month <= 11; ++month) {
    for (const char* year : {"2024", "2025", "2026"}) {
      const auto day = std::string(year) + (month < 10 ? "-0" : "-") + std::to_string(month) + "-03";
      station.schedule().make_goods["xa-vi-du/" + day + "T0530/s/1.1"] = missed;
    }
  }
  const auto before = station.plan("2026-10-01", "2026-12-31");
  auto& make_goods = station.schedule().make_goods;
  const auto kept = that_still_matter(make_goods, station.schedule());
  EXPECT_LT(kept.size(), make_goods.size());
  make_goods = kept;
  EXPECT_EQ(station.plan("2026-10-01", "2026-12-31"), before);
}

}  // namespace

}  // namespace loa::scheduler
