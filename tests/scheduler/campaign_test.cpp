// Campaigns: who plays in which place, and what stays owed.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>

#include "tests/scheduler/made_up_station.hpp"

namespace loa::scheduler {

namespace {

using namespace testing;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

MadeUpItem places(const char* campaign, int count = 1) {
  return {{CampaignItem{campaign, count, {}}, std::nullopt, std::nullopt, {}, {}}};
}

DateSpan days(Date first, Date last) {
  DateSpan span;
  span.first = first;
  span.last = last;
  return span;
}

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

std::vector<std::string> words_of(const std::vector<config::Diagnostic>& found, const std::string& code) {
  std::vector<std::string> words;
  for (const auto& each : found) {
    if (each.code == code) {
      words.push_back(each.message.in(config::Language::en) + " | " + each.hint.in(config::Language::en));
    }
  }
  return words;
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
  siren.repeat.words.dates = {days(date("2026-11-01"), date("2026-11-01"))};
  EXPECT_THAT(articles(station.plan("2026-11-01", "2026-11-03")), ElementsAre("a", "b", "a", "d"));
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
  programme.except = set_of({days(date("2026-11-03"), date("2026-11-03"))}, nullptr);
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

// ---- Laws, on made-up campaigns. ----

struct MadeUp {
  MadeUpStation station;
  std::string words;  // for a failure's message
};

int between(std::mt19937& random, int low, int high) {
  return std::uniform_int_distribution(low, high)(random);
}

/// Sessions of one to three times a day, two to five articles with ends of their own, one or two programmes.
MadeUp made_up(unsigned seed, bool apart) {
  std::mt19937 random(seed);
  MadeUp made;
  const int count = between(random, 2, 5);
  std::vector<std::string> ids;
  for (int i = 0; i < count; ++i) {
    ids.push_back("bai-" + std::to_string(i));
    const auto length = std::chrono::seconds(between(random, 20, 90));
    auto& article = made.station.article(ids.back(), length);
    if (between(random, 0, 2) == 0)
      article.until = Date(chr::sys_days(date("2026-11-01")) + chr::days(between(random, 2, 12)));
    if (between(random, 0, 3) == 0)
      article.from = Date(chr::sys_days(date("2026-11-01")) + chr::days(between(random, 1, 4)));
  }
  std::vector<const char*> names;
  for (const auto& id : ids) names.push_back(id.c_str());
  auto& campaign = made.station.campaign("c", names);
  campaign.from = date("2026-11-01");
  campaign.until = date("2026-11-14");
  if (between(random, 0, 3) != 0) campaign.total = between(random, 1, 8);
  if (apart) campaign.apart = std::chrono::hours(between(random, 1, 30));
  const int programmes = between(random, 1, 2);
  for (int i = 0; i < programmes; ++i) {
    std::vector<TimeOfDay> at;
    for (int hour = 5 + i; hour < 21; hour += between(random, 4, 14)) at.push_back(time_of(hour, 30 * i));
    made.station.programme("p" + std::to_string(i), at, {places("c", between(random, 1, 3))});
  }
  made.words = "seed " + std::to_string(seed);
  return made;
}

constexpr unsigned kSeeds = 200;

TEST(CampaignLaws, AnEditAheadChangesNothingBeforeIt) {
  std::size_t compared = 0;
  for (unsigned seed = 0; seed < kSeeds; ++seed) {
    auto made = made_up(seed, seed % 2 == 0);
    const auto before = made.station.plan("2026-11-01", "2026-11-09");
    auto& line = made.station.schedule().calendar.emplace_back();
    line.mute_all = true;
    line.on = set_of({days(date("2026-11-09"), date("2026-11-10"))}, nullptr);
    EXPECT_EQ(made.station.plan("2026-11-01", "2026-11-09"), before) << made.words;
    compared += before.items.size();
  }
  EXPECT_GT(compared, 1000u);
}

TEST(CampaignLaws, APlaceIsTheSameInEveryWindow) {
  for (unsigned seed = 0; seed < kSeeds; ++seed) {
    const auto made = made_up(seed, seed % 2 == 0);
    const auto whole = made.station.plan("2026-11-01", "2026-11-15");
    const auto part = made.station.plan("2026-11-06", "2026-11-08");
    std::vector<PlannedItem> expected;
    for (const auto& item : whole.items) {
      if (item.day >= date("2026-11-06") && item.day < date("2026-11-08")) expected.push_back(item);
    }
    EXPECT_EQ(part.items, expected) << made.words;
  }
}

TEST(CampaignLaws, NoArticlePlaysTwiceWithinApart) {
  std::size_t pairs = 0;
  for (unsigned seed = 0; seed < kSeeds; ++seed) {
    const auto made = made_up(seed, true);
    std::map<std::string, Instant> last;
    for (const auto& item : made.station.plan("2026-11-01", "2026-11-15").items) {
      const auto [before, is_new] = last.try_emplace(item.article, item.start);
      if (is_new) continue;
      EXPECT_GE(item.start - before->second, Frames(made.station.schedule().campaigns[0].apart)) << made.words;
      before->second = item.start;
      ++pairs;
    }
  }
  EXPECT_GT(pairs, 1000u);
}

TEST(CampaignLaws, NoArticleIsMoreThanOnePlayAheadWhereNothingIsOwed) {
  for (unsigned seed = 0; seed < kSeeds; ++seed) {
    auto made = made_up(seed, false);
    made.station.schedule().campaigns[0].total = std::nullopt;
    for (auto& [id, article] : made.station.schedule().repertoire.articles) article.from = article.until = std::nullopt;
    std::map<std::string, int> plays;
    for (const auto& [id, article] : made.station.schedule().repertoire.articles) plays[id] = 0;
    for (const auto& item : made.station.plan("2026-11-01", "2026-11-15").items) {
      ++plays[item.article];
      const auto [least, most] = std::minmax_element(plays.begin(), plays.end(),
                                                     [](const auto& a, const auto& b) { return a.second < b.second; });
      ASSERT_LE(most->second - least->second, 1) << made.words << " " << item.id;
    }
  }
}

using PlacesOfDays = std::vector<std::pair<Date, Instant>>;

/// What one article is owed.
struct Job {
  Date first, last;
  int left;
  std::optional<Instant> played{};
};

/// Hall's theorem: between any two days no more is owed than there are places.
bool has_room(const PlacesOfDays& places, const std::vector<Job>& jobs) {
  for (const auto& from : jobs) {
    for (const auto& to : jobs) {
      int owed = 0;
      for (const auto& job : jobs) owed += job.first >= from.first && job.last <= to.last ? job.left : 0;
      const auto within = [&](const auto& place) { return place.first >= from.first && place.first <= to.last; };
      if (owed > std::count_if(places.begin(), places.end(), within)) return false;
    }
  }
  return true;
}

/// Whether somebody who sees all places can fill them so that every article has its total: every way is tried, each
/// state once.
class BruteForce {
 public:
  BruteForce(PlacesOfDays places, std::vector<Job> jobs, Frames apart)
      : places_(std::move(places)), jobs_(std::move(jobs)), apart_(apart) {}

  /// Nothing: too much to try.
  std::optional<bool> can_be_met() {
    const bool met = from(0);
    return tried_.size() > kMostTried ? std::nullopt : std::optional(met);
  }

 private:
  static constexpr std::size_t kMostTried = 10'000;

  bool from(std::size_t place) {
    if (tried_.size() > kMostTried) return false;
    if (std::all_of(jobs_.begin(), jobs_.end(), [](const Job& job) { return job.left == 0; })) return true;
    if (place == places_.size() || !tried_.insert(state(place)).second) return false;
    const auto [day, at] = places_[place];
    for (auto& job : jobs_) {
      if (job.left == 0 || day < job.first || job.last < day || (job.played && at - *job.played < apart_)) continue;
      const auto before = job;
      --job.left;
      job.played = at;
      if (from(place + 1)) return true;
      job = before;
    }
    return from(place + 1);
  }

  std::vector<std::int64_t> state(std::size_t place) const {
    std::vector<std::int64_t> state{static_cast<std::int64_t>(place)};
    for (const auto& job : jobs_) {
      state.push_back(job.left);
      const bool free = !job.played || places_[place].second - *job.played >= apart_;
      state.push_back(free ? 0 : job.played->time_since_epoch().count());
    }
    return state;
  }

  PlacesOfDays places_;
  std::vector<Job> jobs_;
  Frames apart_;
  std::set<std::vector<std::int64_t>> tried_;
};

/// All places with the days of their sessions, whoever plays in them.
PlacesOfDays all_places(MadeUpStation station) {
  station.schedule().campaigns[0].apart = Duration(0);
  station.schedule().campaigns[0].total = std::nullopt;
  for (auto& [id, article] : station.schedule().repertoire.articles) article.from = article.until = std::nullopt;
  PlacesOfDays places;
  for (const auto& item : station.plan("2026-11-01", "2026-11-08").items) places.emplace_back(item.day, item.start);
  return places;
}

/// All articles of one length, so that the places are where they are whoever plays, and about as much owed as there is
/// room for.
MadeUp with_places_that_stay(unsigned seed, bool apart) {
  auto made = made_up(seed, apart);
  auto& articles = made.station.schedule().repertoire.articles;
  for (auto& [id, article] : articles) made.station.recording(article.clip, 30s);
  auto& campaign = made.station.schedule().campaigns[0];
  campaign.until = date("2026-11-07");
  std::mt19937 random(seed + 1);
  const auto share = static_cast<int>(all_places(made.station).size() / articles.size());
  campaign.total = std::max(1, share + between(random, -2, 1));
  return made;
}

struct Outcome {
  int met = 0, impossible = 0, untried = 0;
  std::vector<std::string> lost;  // could have been met
};

Outcome outcome_of(unsigned seeds, bool apart) {
  Outcome outcome;
  for (unsigned seed = 0; seed < seeds; ++seed) {
    const auto made = with_places_that_stay(seed, apart);
    const auto& campaign = made.station.schedule().campaigns[0];
    if (words_of(made.station.check("2026-11-01"), "campaign-short").empty()) {
      ++outcome.met;
      continue;
    }
    std::vector<Job> jobs;
    for (const auto& [id, article] : made.station.schedule().repertoire.articles) {
      const auto first = std::max(article.from.value_or(*campaign.from), *campaign.from);
      const auto last = std::min(article.until.value_or(*campaign.until), *campaign.until);
      if (first <= last) jobs.push_back({first, last, static_cast<int>(*campaign.total)});
    }
    const auto places = all_places(made.station);
    const bool room = has_room(places, jobs);
    const auto possible = room && apart ? BruteForce(places, jobs, Frames(campaign.apart)).can_be_met() : room;
    if (possible == std::optional(true)) outcome.lost.push_back(made.words);
    if (possible == std::optional(false)) ++outcome.impossible;
    if (!possible) ++outcome.untried;
  }
  return outcome;
}

TEST(CampaignLaws, EveryDutyThatCanBeMetIsMet) {
  const auto outcome = outcome_of(400, false);
  EXPECT_THAT(outcome.lost, IsEmpty());
  EXPECT_GT(outcome.met, 50);
  EXPECT_GT(outcome.impossible, 50);
}

/// Nobody who may not look ahead can meet all of them: what comes next decides who ought to have waited.
TEST(CampaignLaws, OfDutiesThatHaveToBeApartNearlyAllAreMet) {
  const auto outcome = outcome_of(120, true);
  EXPECT_LE(outcome.lost.size(), 1u) << outcome.met << " met, " << outcome.impossible << " impossible, "
                                     << outcome.untried << " too large to try";
  EXPECT_GT(outcome.met, 10);
  EXPECT_GT(outcome.impossible, 10);
}

}  // namespace

}  // namespace loa::scheduler
