// Campaigns: who plays in which place, and what stays owed.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/scheduler/check_words.hpp"
#include "tests/scheduler/made_up_station.hpp"

namespace loa::scheduler {

namespace {

using namespace testing;
using ::testing::SizeIs;

/// The articles in the campaign's places, in the order of the plan.
std::vector<std::string> articles(const Plan& plan, const std::string& campaign = "c") {
  std::vector<std::string> found;
  for (const auto& item : plan.items) {
    if (item.campaign == campaign) found.push_back(item.article);
  }
  return found;
}

std::vector<std::string> indexes(const Plan& plan) {
  std::vector<std::string> found;
  for (const auto& item : plan.items) found.push_back(item.index);
  return found;
}

/// Three articles of a minute, November 2026.
class CampaignTest : public ::testing::Test {
 protected:
  CampaignTest() {
    for (const char* id : {"a", "b", "d"}) station.article(id, 1min);
    campaign = &station.campaign("c", {"a", "b", "d"});
    campaign->from = date("2026-11-01");
    campaign->until = date("2026-11-30");
  }

  MadeUpStation station;
  Campaign* campaign;
};

TEST_F(CampaignTest, TakesTurnsInTheOrderOfItsList) {
  station.programme("s", {time_of(5, 30)}, {places("c", 2)});
  EXPECT_THAT(articles(station.plan("2026-11-01", "2026-11-04")), ElementsAre("a", "b", "d", "a", "b", "d"));
}

TEST_F(CampaignTest, ItsPlacesHaveNumbersOfTheirOwn) {
  station.programme("s", {time_of(5, 30)}, {play("a"), places("c", 2), places("c")});
  const auto plan = station.plan("2026-11-01", "2026-11-02");
  EXPECT_THAT(indexes(plan), ElementsAre("1", "2.1", "2.2", "3.1"));
  EXPECT_EQ(plan.items[0].campaign, "");
  EXPECT_EQ(plan.items[3].article, "d");
}

TEST_F(CampaignTest, HasNoPlacesBeforeAndBehindItsDays) {
  station.programme("s", {time_of(5, 30)}, {play("a"), places("c")});
  EXPECT_THAT(articles(station.plan("2026-10-31", "2026-11-01")), IsEmpty());
  EXPECT_THAT(articles(station.plan("2026-11-30", "2026-12-01")), SizeIs(1));
  EXPECT_THAT(articles(station.plan("2026-12-01", "2026-12-02")), IsEmpty());
}

TEST_F(CampaignTest, OneArticleNeverPlaysTwiceWithinApart) {
  campaign->apart = 2h;
  station.programme("s", {time_of(5), time_of(6), time_of(7, 2)}, {places("c", 2)});
  // At 6 only d is free; at 7:02 a and b are again, since their starts are two hours back.
  EXPECT_THAT(articles(station.plan("2026-11-01", "2026-11-02")), ElementsAre("a", "b", "d", "a", "b"));
}

TEST_F(CampaignTest, APlaceThatNobodyMayHaveStaysEmptyAndWhatFollowsMovesUp) {
  campaign->apart = 24h;
  station.programme("s", {time_of(5), time_of(6)}, {places("c", 3), play("a")});
  const auto plan = station.plan("2026-11-01", "2026-11-02");
  EXPECT_THAT(indexes(plan), ElementsAre("1.1", "1.2", "1.3", "2", "2"));
  EXPECT_EQ(plan.items[4].start, station.at("2026-11-01T06:00"));
}

TEST_F(CampaignTest, TheFirstDeadlineComesFirst) {
  campaign->total = 4;
  station.schedule().repertoire.articles.at("d").until = date("2026-11-05");
  station.programme("s", {time_of(5, 30)}, {places("c")});
  EXPECT_THAT(articles(station.plan("2026-11-01", "2026-11-08")), ElementsAre("d", "d", "d", "d", "a", "b", "a"));
}

TEST_F(CampaignTest, AnArticleThatComesLaterCatchesUp) {
  station.schedule().repertoire.articles.at("d").from = date("2026-11-05");
  station.programme("s", {time_of(5, 30)}, {places("c")});
  EXPECT_THAT(articles(station.plan("2026-11-01", "2026-11-09")), ElementsAre("a", "b", "a", "b", "d", "d", "a", "b"));
}

TEST_F(CampaignTest, WithoutAFirstDayItIsCountedMonthByMonth) {
  campaign->from = campaign->until = std::nullopt;
  station.programme("s", {time_of(5, 30)}, {places("c", 2)});
  EXPECT_THAT(articles(station.plan("2026-11-30", "2026-12-02")), ElementsAre("b", "d", "a", "b"));
  EXPECT_THAT(articles(station.plan("2026-12-01", "2026-12-02")), ElementsAre("a", "b"));
}

TEST_F(CampaignTest, WithoutALastDayItIsCountedYearByYear) {
  campaign->until = std::nullopt;
  campaign->from = date("1970-01-01");
  station.programme("s", {time_of(5, 30)}, {places("c", 2)});
  EXPECT_THAT(articles(station.plan("2026-12-31", "2027-01-02")), ElementsAre("d", "a", "a", "b"));
  EXPECT_THAT(articles(station.plan("2027-01-01", "2027-01-02")), ElementsAre("a", "b"));
}

TEST_F(CampaignTest, WhatIsCutIsNoPlay) {
  // The slot holds one whole article a day; the second breaks off and is owed again.
  station.programme("s", {time_of(5, 30)}, {places("c", 2)}).length = 90s;
  EXPECT_THAT(articles(station.plan("2026-11-01", "2026-11-03")), ElementsAre("a", "b", "b", "d"));
}

TEST_F(CampaignTest, WhatAnEmergencyTakesIsNoPlay) {
  station.programme("s", {time_of(5, 30)}, {places("c", 2)}).interrupted = Interrupted::drop;
  auto& siren = station.programme("khan", {time_of(5, 30, 30)}, {play("a")});
  siren.priority = playlists::Priority::emergency;
  siren.ordered_by = "UBND";
  siren.repeat.words.form = Days::Form::dates;
  siren.repeat.words.dates = {days("2026-11-01", "2026-11-01")};
  EXPECT_THAT(articles(station.plan("2026-11-01", "2026-11-03")), ElementsAre("a", "b", "a", "d"));
}

TEST_F(CampaignTest, TwoThatShareArticlesInOneSessionCountApart) {
  station.campaign("y", {"a", "b", "d"}).from = date("2026-11-01");
  station.programme("s", {time_of(5, 30)}, {places("c"), places("y")});
  const auto plan = station.plan("2026-11-01", "2026-11-07");
  EXPECT_THAT(articles(plan, "c"), ElementsAre("a", "b", "d", "a", "b", "d"));
  EXPECT_THAT(articles(plan, "y"), ElementsAre("a", "b", "d", "a", "b", "d"));
}

TEST_F(CampaignTest, WhetherRecordingsAreThereMovesNoChoice) {
  MadeUpStation bare;
  for (const char* id : {"a", "b", "d"}) bare.article(id);
  auto& same = bare.campaign("c", {"a", "b", "d"});
  same.from = date("2026-11-01");
  for (auto* each : {&station, &bare}) {
    each->programme("s", {time_of(5, 30)}, {places("c", 2), places("c")});
    EXPECT_THAT(articles(each->plan("2026-11-01", "2026-11-02")), ElementsAre("a", "b", "d"));
  }
}

TEST_F(CampaignTest, WhatThePermittedHoursCutIsNoPlay) {
  campaign->total = 5;
  station.permit_only(time_of(5), time_of(6));
  station.programme("s", {time_of(5)}, {places("c")}).length = 2min;
  station.programme("t", {time_of(5, 59, 30)}, {places("c")}).overrun = Overrun::finish;
  // The second place of each day is cut after half a minute: who had it comes first on the next day.
  EXPECT_THAT(articles(station.plan("2026-11-01", "2026-11-04")), ElementsAre("a", "b", "b", "d", "d", "a"));
}

TEST_F(CampaignTest, PlacesBehindAFillAreChosenAtTheirOwnInstants) {
  station.article("nhac", 50s);
  campaign->apart = 20min;
  station.programme("s", {time_of(5)}, {places("c", 3), fill({"nhac"}), pause(5s), places("c"), pause(5s), places("c")})
      .length = 60min;
  const auto plan = station.plan("2026-11-01", "2026-11-02");
  EXPECT_THAT(articles(plan), ElementsAre("a", "b", "d", "a", "b"));
  EXPECT_EQ(plan.items.back().fault, Fault::none);
  EXPECT_EQ(plan.items.back().frames, Frames(1min));
}

TEST_F(CampaignTest, AFillLeavesRoomForThePlacesBehindIt) {
  station.article("nhac", 40s);
  station.programme("s", {time_of(5, 30)}, {fill({"nhac"}), places("c", 2)}).length = 5min;
  const auto plan = station.plan("2026-11-01", "2026-11-02");
  EXPECT_THAT(indexes(plan), ElementsAre("1.1", "1.2", "1.3", "1.4", "2.1", "2.2"));
  EXPECT_EQ(plan.items.back().end(), station.at("2026-11-01T05:34:40"));
}

TEST_F(CampaignTest, ADutyThatCannotBeMetIsToldOnTheFirstDayWithWhatMendsIt) {
  campaign->total = 20;
  station.programme("s", {time_of(5, 30)}, {places("c")});
  const auto words = words_of(station.check("2026-11-01"), "campaign-short");
  ASSERT_THAT(words, SizeIs(1));
  EXPECT_THAT(words[0], HasSubstr("“c” will be 30 plays short: “a” 10/20, “b” 10/20, “d” 10/20"));
  EXPECT_THAT(words[0], HasSubstr("its programmes offer 30 places, 60 are needed"));
  EXPECT_THAT(words[0], HasSubstr("“s” could offer it: write “count: 2” at schedule/lich.yaml"));
  EXPECT_THAT(words[0], HasSubstr("30 more places in 30 sessions"));
  std::get<CampaignItem>(station.schedule().programmes[0].items[0].what).count = 2;
  EXPECT_THAT(words_of(station.check("2026-11-01"), "campaign-short"), IsEmpty());
}

TEST_F(CampaignTest, WhatNoProgrammeCouldMendIsSaid) {
  campaign->total = 40;
  campaign->apart = 24h;
  station.programme("s", {time_of(5, 30)}, {places("c", 4)});
  const auto words = words_of(station.check("2026-11-01"), "campaign-short");
  ASSERT_THAT(words, SizeIs(1));
  EXPECT_THAT(words[0], HasSubstr("no single programme could offer enough"));
}

TEST_F(CampaignTest, ADutyThatIsMetIsNotToldOf) {
  campaign->total = 10;
  campaign->per_day = 1;
  station.programme("s", {time_of(5, 30)}, {places("c")});
  EXPECT_THAT(station.check("2026-11-01", 30), IsEmpty());
}

TEST_F(CampaignTest, ADayWithTooFewPlaysIsToldAndOneWithoutItsProgrammesOwesNothing) {
  campaign->per_day = 2;
  auto& programme = station.programme("s", {time_of(5, 30)}, {places("c", 2), play("a")});
  programme.except = set_of({days("2026-11-03", "2026-11-03")}, nullptr);
  programme.items[0].days.emplace().words.form = Days::Form::weekdays;
  const auto words = words_of(station.check("2026-11-01", 8), "campaign-day-short");
  ASSERT_THAT(words, SizeIs(1));
  EXPECT_THAT(words[0],
              HasSubstr("“c” plays 0 times on a day, 2 are owed (Sun 01/11/2026, 3 days until Sun 08/11/2026)"));
}

TEST_F(CampaignTest, WithoutAnyPlaceItIsToldOf) {
  station.programme("s", {time_of(5, 30)}, {play("a")});
  EXPECT_THAT(words_of(station.check("2026-11-20"), "campaign-without-place"), SizeIs(1));
  EXPECT_THAT(words_of(station.check("2026-12-01"), "campaign-without-place"), IsEmpty()) << "it is over";
}

TEST_F(CampaignTest, AMissedPlayIsMadeGoodInAPlace) {
  station.programme("s", {time_of(5, 30)}, {places("c", 2)});
  station.schedule().make_goods["xa-vi-du/2026-11-02T0530/s/1.2"] = {"xa-vi-du/2026-11-01T0530/s/1.1", "c", "b"};
  const auto plan = station.plan("2026-11-01", "2026-11-04");
  EXPECT_THAT(articles(plan), ElementsAre("a", "b", "d", "b", "a", "d"));
  EXPECT_EQ(plan.items[3].makes_good, "xa-vi-du/2026-11-01T0530/s/1.1");
  EXPECT_EQ(plan.items[4].makes_good, "");
}

TEST_F(CampaignTest, AMissedPlayIsMadeGoodInTheFirstPlaceOfAFill) {
  station.article("nhac", 40s);
  station.programme("s", {time_of(5, 30)}, {fill({"nhac"})}).length = 3min;
  station.schedule().make_goods["xa-vi-du/2026-11-02T0530/s/1.1"] = {"xa-vi-du/2026-11-01T0530/x/1.1", "c", "b"};
  const auto plan = station.plan("2026-11-02", "2026-11-03");
  ASSERT_THAT(indexes(plan), ElementsAre("1.1", "1.2", "1.3", "1.4"));
  EXPECT_EQ(plan.items[0].article, "b");
  EXPECT_EQ(plan.items[0].campaign, "c");
  EXPECT_EQ(plan.items[1].article, "nhac");
}

TEST_F(CampaignTest, WhatDoesNotFitIntoAFillIsNotMadeGoodThere) {
  station.article("nhac", 40s);
  station.programme("s", {time_of(5, 30)}, {fill({"nhac"})}).length = 50s;
  station.schedule().make_goods["xa-vi-du/2026-11-02T0530/s/1.1"] = {"xa-vi-du/2026-11-01T0530/x/1.1", "c", "b"};
  EXPECT_THAT(articles(station.plan("2026-11-02", "2026-11-03")), IsEmpty());
}

}  // namespace

}  // namespace loa::scheduler
