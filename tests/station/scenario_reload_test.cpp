// Edits while the station runs: what is near stays, what sounds goes on, an edit that empties the week waits for a
// person.
#include <gmock/gmock.h>

#include <random>

#include "tests/support/scenario_station.hpp"

namespace {

using namespace std::chrono_literals;
using loa::sim::at;
using loa::sim::kSang;
using loa::sim::StationFixture;
using loa::sim::text;
using loa::station::Taken;
using testing::ElementsAre;
using testing::IsEmpty;

std::string replaced(std::string text, std::string_view what, std::string_view with) {
  const auto at_byte = text.find(what);
  EXPECT_NE(at_byte, std::string::npos) << what;
  return text.replace(at_byte, what.size(), with);
}

class Reload : public testing::Test {
 protected:
  StationFixture station{at("2026-11-23T05:00")};

  void SetUp() override {
    loa::sim::write_commune(station);
    station.boot();
  }
  Taken edit(std::string_view what, std::string_view with) {
    station.write(replaced(loa::sim::commune_schedule(), what, with));
    return station.reload();
  }
  std::vector<std::string> removed() {
    std::vector<std::string> ids;
    const auto row = station.ledger.of_kind("plan").back();
    for (const auto& id : row.at("removed").as_array()) {
      ids.emplace_back(id.as_string());
    }
    return ids;
  }
};

TEST_F(Reload, TheSameFilesAgainChangeNothing) {
  EXPECT_EQ(station.reload(), Taken::unchanged);
  EXPECT_EQ(station.ledger.of_kind("plan").size(), 1u);
}

TEST_F(Reload, AnArticleThatLeftTheScheduleIsForgottenAndDescribedAgain) {
  const auto described = [this] {
    std::size_t count = 0;
    for (const auto& row : station.ledger.of_kind("article")) count += text(row, "article") == "khai-sinh" ? 1 : 0;
    return count;
  };
  station.run_until(at("2026-11-24T04:00"));
  EXPECT_EQ(described(), 1u);
  auto without = replaced(loa::sim::commune_schedule(), "{pause: 5s}, khai-sinh", "{pause: 5s}, nhac-hieu");
  without = replaced(without, "[nhac-hieu, khai-sinh]", "[nhac-hieu, can-cuoc]");
  station.write(replaced(without, "  khai-sinh: {title: Đăng ký khai sinh, clip: ks.wav}\n", ""));
  EXPECT_EQ(station.reload(), Taken::accepted);
  station.run_until(at("2026-11-25T04:00"));
  station.write(loa::sim::commune_schedule());
  EXPECT_EQ(station.reload(), Taken::accepted);
  station.run_until(at("2026-11-26T04:00"));
  EXPECT_EQ(described(), 2u);
  EXPECT_THAT(station.violations(), IsEmpty());
}

TEST_F(Reload, WhatTheStateFolderLostIsSaidAgain) {
  station.run_until(at("2026-11-23T10:00"));
  EXPECT_EQ(edit("[nhac-hieu, khai-sinh]", "[nhac-hieu, can-cuoc]"), Taken::accepted);
  station.run_until(at("2026-11-23T10:05"));
  const auto plans = station.ledger.of_kind("plan");
  station.conductor().repeat_plans();
  const auto again = station.ledger.of_kind("plan");
  ASSERT_EQ(plans.size(), 2u);
  ASSERT_EQ(again.size(), 4u);
  for (std::size_t i = 0; i < plans.size(); ++i) {
    EXPECT_EQ(text(again[i + 2], "plan"), text(plans[i], "plan"));
    EXPECT_EQ(text(again[i + 2], "start"), text(plans[i], "start"));
    EXPECT_TRUE(station.conductor().may_put_in_force(text(plans[i], "plan")));
  }
  EXPECT_FALSE(station.conductor().may_put_in_force("another"));
  station.run_until(at("2026-11-23T16:00"));
  EXPECT_EQ(text(station.ledger.verdict_of("xa/2026-11-23T1130/trua/2"), "article"), "can-cuoc");
  EXPECT_THAT(station.violations(), IsEmpty());
}

TEST_F(Reload, AnEditAheadIsPlayed) {
  EXPECT_EQ(edit("[nhac-hieu, khai-sinh]", "[nhac-hieu, can-cuoc]"), Taken::accepted);
  station.run_until(at("2026-11-23T12:00"));
  EXPECT_EQ(text(station.ledger.verdict_of("xa/2026-11-23T1130/trua/2"), "article"), "can-cuoc");
  EXPECT_THAT(station.violations(), IsEmpty());
}

TEST_F(Reload, NothingThatStartsWithinAMinuteIsTouched) {
  station.run_until(at("2026-11-23T05:29:30"));
  EXPECT_EQ(edit("{pause: 5s}, khai-sinh, can-cuoc", "can-cuoc, khai-sinh"), Taken::accepted);
  station.run_until(at("2026-11-23T06:00"));
  // Until 05:30:30 the old plan stands; from then on the new one, whose items of that time begin later.
  EXPECT_EQ(text(station.ledger.verdict_of(kSang + "2"), "what"), "pause");
  EXPECT_EQ(text(station.ledger.verdict_of(kSang + "3"), "article"), "khai-sinh");
  EXPECT_EQ(station.verdict(kSang + "4"), "");
  EXPECT_THAT(station.violations(), IsEmpty());
}

TEST_F(Reload, TheLaterStartCutsWhatSounds) {
  station.run_until(at("2026-11-23T05:31:00"));
  EXPECT_EQ(edit("{pause: 5s}, khai-sinh, can-cuoc]", "{pause: 5s}, khai-sinh, {article: can-cuoc, at: \"05:33\"}]"),
            Taken::accepted);
  station.run_until(at("2026-11-23T06:00"));
  EXPECT_EQ(station.verdict(kSang + "3"), "partial/overrun");
  EXPECT_EQ(text(station.ledger.verdict_of(kSang + "3"), "article"), "khai-sinh");
  EXPECT_THAT(station.violations(), IsEmpty());
}

TEST_F(Reload, APlanRowNamesWhatItTakesAway) {
  EXPECT_EQ(edit(", can-cuoc]", "]"), Taken::accepted);
  const auto row = station.ledger.of_kind("plan").back();
  EXPECT_EQ(text(row, "plan"), station.snapshot()->hash);
  EXPECT_EQ(text(row, "start"), "2026-11-23T05:01:00.000+07:00");
  EXPECT_EQ(removed().size(), 7u) << "of the coming seven days";
  EXPECT_EQ(removed().front(), kSang + "4");
}

TEST_F(Reload, TakingAwayMoreThanHalfIsHeldUntilSomebodyAccepts) {
  station.write(
      "articles: {nhac-hieu: {title: Nhạc, clip: nhac.wav}}\n"
      "programmes: {sang: {title: Sáng, at: \"05:30\", items: [nhac-hieu]}}\n");
  EXPECT_EQ(station.reload(), Taken::held);
  const auto status = station.conductor().status();
  ASSERT_TRUE(status.held);
  EXPECT_EQ(status.held->before, 63u);
  EXPECT_EQ(status.held->after, 7u);
  EXPECT_TRUE(loa::station::to_json(status).contains("held"));
  station.run_until(at("2026-11-23T06:00"));
  EXPECT_EQ(station.verdict(kSang + "4"), "aired/none") << "until then nothing changes";
  EXPECT_TRUE(station.conductor().accept("Lan").done);
  EXPECT_EQ(text(station.ledger.of_kind("plan").back(), "operator"), "Lan");
  EXPECT_FALSE(station.conductor().status().held);
  station.run_until(at("2026-11-24T06:00"));
  EXPECT_EQ(station.verdict("xa/2026-11-23T1130/trua/1"), "");
  EXPECT_EQ(station.verdict("xa/2026-11-24T0530/sang/1"), "aired/none");
  EXPECT_THAT(station.violations(), IsEmpty());
}

TEST_F(Reload, WhatComesToTheFilesInForceCountsWhileAnEditIsHeld) {
  station.rewrite("ks.wav");
  const auto other = station.snapshot();
  station.write("articles: {nhac-hieu: {title: Nhạc, clip: nhac.wav}}\n");
  EXPECT_EQ(station.reload(), Taken::held);
  EXPECT_TRUE(station.conductor().renew(other));
  EXPECT_FALSE(station.conductor().renew(other)) << "once";
  EXPECT_EQ(station.ledger.of_kind("plan").size(), 2u);
  EXPECT_TRUE(station.conductor().status().held) << "it still waits";
  station.run_until(at("2026-11-23T06:00"));
  EXPECT_EQ(station.verdict(kSang + "4"), "aired/none");
  EXPECT_TRUE(station.conductor().accept("Lan").done);
  EXPECT_EQ(station.ledger.of_kind("plan").size(), 3u);
  EXPECT_THAT(station.violations(), IsEmpty());
}

TEST_F(Reload, AFolderThatLostMostOfItsRecordingsIsNotTakenBySilence) {
  std::string many = "articles: {nhac-hieu: {title: Nhạc, clip: nhac.wav}}\nplaylists: {tin: {folder: tin}}\n";
  for (const auto* clip : {"tin/a.wav", "tin/b.wav", "tin/c.wav", "tin/d.wav"}) station.recording(clip, 20s);
  station.write(many + "programmes: {toi: {at: \"19:00\", items: [nhac-hieu, {playlist: tin, count: all}]}}\n");
  station.reload();
  station.conductor().accept("Lan");
  const auto plans = station.ledger.of_kind("plan").size();
  for (const auto* clip : {"tin/a.wav", "tin/b.wav", "tin/c.wav", "tin/d.wav"}) station.forget(clip);
  EXPECT_FALSE(station.conductor().renew(station.snapshot()));
  EXPECT_EQ(station.ledger.of_kind("plan").size(), plans);
}

TEST_F(Reload, ABetterEditDropsTheHeldOne) {
  station.write("articles: {nhac-hieu: {title: Nhạc, clip: nhac.wav}}\n");
  EXPECT_EQ(station.reload(), Taken::held);
  loa::sim::write_commune(station);
  EXPECT_EQ(station.reload(), Taken::unchanged);
  EXPECT_FALSE(station.conductor().status().held);
  EXPECT_FALSE(station.conductor().accept("Lan").done);
}

TEST_F(Reload, AnEditMadeWhileOffErasesNothingThatWasDue) {
  station.run_until(at("2026-11-23T05:10"));
  station.cut_power();
  station.run_until(at("2026-11-23T11:00"));
  station.write(replaced(loa::sim::commune_schedule(), "{pause: 5s}, khai-sinh, can-cuoc", "can-cuoc"));
  station.boot();
  station.run_until(at("2026-11-23T12:00"));
  for (const auto* index : {"1", "2", "3", "4"}) EXPECT_EQ(station.verdict(kSang + index), "missed/power") << index;
  EXPECT_THAT(station.violations(), IsEmpty());
}

TEST_F(Reload, AnEditMadeWhileOffThatEmptiesTheWeekIsHeldToo) {
  station.run_for(1min);
  station.cut_power();
  station.write("articles: {nhac-hieu: {title: Nhạc, clip: nhac.wav}}\n");
  station.boot();
  ASSERT_TRUE(station.conductor().status().held);
  station.run_until(at("2026-11-23T06:00"));
  EXPECT_EQ(station.verdict(kSang + "4"), "aired/none") << "the old one runs on";
  EXPECT_THAT(station.violations(), IsEmpty());
}

TEST_F(Reload, WithoutFilesTheLastAcceptedPlanRunsOn) {
  station.run_for(1min);
  station.cut_power();
  station.write("");
  station.boot();
  station.run_until(at("2026-11-23T06:00"));
  EXPECT_EQ(station.verdict(kSang + "4"), "aired/none");
  EXPECT_THAT(station.violations(), IsEmpty());
}

/// Some edit of the commune's files, each acceptable beside any other.
std::string some_edit(std::mt19937& random) {
  auto yaml = loa::sim::commune_schedule();
  const auto chance = [&] { return random() % 2 == 0; };
  if (chance()) yaml = replaced(yaml, "{pause: 5s}, khai-sinh", "khai-sinh, {pause: 9s}");
  if (chance()) yaml = replaced(yaml, "can-cuoc]", "{article: can-cuoc, at: \"05:36\"}]");
  if (chance()) yaml = replaced(yaml, "items: [nhac-hieu, ", "items: [nhac-hieu, nhac-hieu, ");
  if (chance()) yaml = replaced(yaml, "at: \"11:30\"", "at: \"05:55\"");
  return yaml;
}

class Reloads : public testing::TestWithParam<unsigned> {};

TEST_P(Reloads, AtAnyInstantLeaveEveryItemWithOneVerdict) {
  for (unsigned seed = GetParam(); seed < GetParam() + 20; seed += loa::sim::kSweep) {
    std::mt19937 random(seed);
    StationFixture station{at("2026-11-23T05:25")};
    station.player.idle_beat = 1900ms;
    loa::sim::write_commune(station);
    station.boot();
    while (station.now() < at("2026-11-23T06:00")) {
      station.run_for(std::chrono::milliseconds(random() % 150'000));
      station.write(some_edit(random));
      if (random() % 5 == 0) {
        station.cut_power();
        station.run_for(std::chrono::milliseconds(random() % 90'000));
        station.boot();
      } else {
        station.reload();
      }
    }
    station.run_until(at("2026-11-23T09:00"));
    ASSERT_THAT(station.violations(), IsEmpty()) << "seed " << seed;
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, Reloads, testing::Values(1, 21, 41, 61, 81));

}  // namespace
