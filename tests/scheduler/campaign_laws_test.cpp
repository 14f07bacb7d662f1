// Laws that campaigns keep, on made-up ones: in every window the same, nothing before an edit changed, every duty met
// that can be met.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>

#include "tests/scheduler/check_words.hpp"
#include "tests/scheduler/made_up_station.hpp"

namespace loa::scheduler {

namespace {

using namespace testing;

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

constexpr unsigned kSeeds = tried(200u);

TEST(CampaignLaws, AnEditAheadChangesNothingBeforeIt) {
  std::size_t compared = 0;
  for (unsigned seed = 0; seed < kSeeds; ++seed) {
    auto made = made_up(seed, seed % 2 == 0);
    const auto before = made.station.plan("2026-11-01", "2026-11-09");
    auto& line = made.station.schedule().calendar.emplace_back();
    line.mute_all = true;
    line.on = set_of({days("2026-11-09", "2026-11-10")}, nullptr);
    EXPECT_EQ(made.station.plan("2026-11-01", "2026-11-09"), before) << made.words;
    compared += before.items.size();
  }
  EXPECT_GT(compared, tried(1000u));
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

/// What one plays decides when another does, and they begin to count on different days.
TEST(CampaignLaws, SeveralTogetherAreTheSameInEveryWindow) {
  for (unsigned seed = 0; seed < kSeeds; ++seed) {
    auto made = made_up(seed, seed % 2 == 0);
    std::mt19937 random(seed + 2);
    for (const char* id : {"x", "y", "z"}) made.station.article(id, chr::minutes(between(random, 1, 6)));
    auto& monthly = made.station.campaign("k", {"x", "y", "z"});
    monthly.until = date("2026-12-31");
    auto& late = made.station.campaign("l", {"y", "z"});
    late.from = date("2026-11-15");
    for (auto& programme : made.station.schedule().programmes) {
      const auto place = programme.items.front().at;
      for (const char* id : {"k", "l"}) programme.items.push_back(places(id).rule), programme.items.back().at = place;
      programme.length = chr::minutes(between(random, 3, 12));
    }
    const auto whole = made.station.plan("2026-11-12", "2026-12-06");
    for (const char* day : {"2026-11-14", "2026-11-15", "2026-12-01", "2026-12-03", "2026-12-05"}) {
      std::vector<PlannedItem> expected;
      for (const auto& item : whole.items) {
        if (item.day == date(day)) expected.push_back(item);
      }
      ASSERT_EQ(made.station.plan_of(day).items, expected) << made.words << ", " << day;
    }
  }
}

/// Days before the window are walked through, not planned: that must not be seen, whatever stands beside the places.
TEST(CampaignLaws, WhatIsOnlyRememberedIsWhatAPlanOfItSays) {
  std::size_t compared = 0;
  for (unsigned seed = 0; seed < kSeeds; ++seed) {
    auto made = made_up(seed, seed % 2 == 0);
    std::mt19937 random(seed + 3);
    made.station.article("tune", std::chrono::seconds(between(random, 0, 20)));
    for (auto& programme : made.station.schedule().programmes) {
      programme.overrun = static_cast<Overrun>(between(random, 0, 2));
      if (between(random, 0, 1) != 0) programme.length = std::chrono::seconds(between(random, 20, 200));
      if (between(random, 0, 2) == 0) programme.repeat.words.form = config::Days::Form::weekdays;
      const MadeUpItem others[] = {play("tune"), pause(7s), fill({"tune"}), play("tune").pinned(6, 1)};
      for (int i = between(random, 0, 2); i > 0; --i) {
        auto rule = others[between(random, 0, 3)].rule;
        rule.at = programme.items.front().at;
        programme.items.insert(programme.items.begin() + between(random, 0, 1), rule);
      }
    }
    const auto whole = made.station.plan("2026-11-01", "2026-11-15");
    for (const char* day : {"2026-11-02", "2026-11-07", "2026-11-08", "2026-11-09", "2026-11-14"}) {
      std::vector<PlannedItem> expected;
      for (const auto& item : whole.items) {
        if (item.day == date(day)) expected.push_back(item);
      }
      ASSERT_EQ(made.station.plan_of(day).items, expected) << made.words << ", " << day;
      compared += expected.size();
    }
  }
  EXPECT_GT(compared, tried(1000u));
}

/// Short and long ones that break in, some of them with places of their own; and what they do to those they meet.
void add_ranks(MadeUp& made, std::mt19937& random) {
  made.station.article("urgent", std::chrono::seconds(between(random, 20, 4'000)));
  auto& schedule = made.station.schedule();
  const auto place = schedule.programmes.front().items.front().at;
  for (auto& programme : schedule.programmes) {
    programme.late = static_cast<Late>(between(random, 0, 2));
    programme.grace = chr::minutes(between(random, 0, 20));
    programme.interrupted = static_cast<Interrupted>(between(random, 0, 2));
    programme.overrun = static_cast<Overrun>(between(random, 0, 2));
    if (between(random, 0, 1) != 0) programme.length = std::chrono::seconds(between(random, 20, 4'000));
    for (auto& time : programme.at) time = time_of(between(random, 5, 6), between(random, 0, 59));
    std::sort(programme.at.begin(), programme.at.end());
    programme.at.erase(std::unique(programme.at.begin(), programme.at.end()), programme.at.end());
  }
  for (int i = between(random, 1, 2); i > 0; --i) {
    std::vector<MadeUpItem> items{play("urgent")};
    if (between(random, 0, 1) != 0) items.push_back(places("c"));
    auto& programme = made.station.programme("u" + std::to_string(i),
                                             {time_of(between(random, 4, 6), between(random, 0, 59))}, items);
    programme.priority = between(random, 0, 1) != 0 ? playlists::Priority::emergency : playlists::Priority::priority;
    if (between(random, 0, 1) != 0) programme.repeat.words.form = config::Days::Form::weekdays;
    programme.items.front().at = programme.items.back().at = place;
  }
}

void make_good_somewhere(MadeUp& made, std::mt19937& random) {
  for (const auto& item : made.station.plan("2026-11-02", "2026-11-12").items) {
    if (item.campaign == "c" && between(random, 0, 9) == 0)
      made.station.schedule().make_goods[item.id] = {"xa-vi-du/2026-11-01T0500/p0/1.1", "c", "bai-1"};
  }
}

/// The same where higher priorities break into those days.
TEST(CampaignLaws, WhatIsOnlyRememberedUnderHigherPrioritiesIsWhatAPlanOfItSays) {
  std::size_t compared = 0, broken_into = 0;
  for (unsigned seed = 0; seed < 2 * kSeeds; ++seed) {
    auto made = made_up(seed, seed % 2 == 0);
    std::mt19937 random(seed + 4);
    add_ranks(made, random);
    if (seed % 3 == 0) make_good_somewhere(made, random);
    const auto whole = made.station.plan("2026-11-01", "2026-11-15");
    for (const auto& session : whole.sessions) broken_into += session.busy.empty() ? 0U : 1U;
    for (const char* day : {"2026-11-02", "2026-11-07", "2026-11-08", "2026-11-09", "2026-11-14"}) {
      std::vector<PlannedItem> expected;
      for (const auto& item : whole.items) {
        if (item.day == date(day)) expected.push_back(item);
      }
      ASSERT_EQ(made.station.plan_of(day).items, expected) << made.words << ", " << day;
      compared += expected.size();
    }
  }
  EXPECT_GT(compared, tried(2'000u));
  EXPECT_GT(broken_into, tried(1'000u));
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
  EXPECT_GT(pairs, tried(1000u));
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
  const auto outcome = outcome_of(tried(400u), false);
  EXPECT_THAT(outcome.lost, IsEmpty());
  EXPECT_GT(outcome.met, tried(50));
  EXPECT_GT(outcome.impossible, tried(50));
}

/// Nobody who may not look ahead can meet all of them: what comes next decides who ought to have waited.
TEST(CampaignLaws, OfDutiesThatHaveToBeApartNearlyAllAreMet) {
  const auto outcome = outcome_of(tried(120u), true);
  EXPECT_LE(outcome.lost.size(), 1u) << outcome.met << " met, " << outcome.impossible << " impossible, "
                                     << outcome.untried << " too large to try";
  EXPECT_GT(outcome.met, tried(10));
  EXPECT_GT(outcome.impossible, tried(10));
}

}  // namespace

}  // namespace loa::scheduler
