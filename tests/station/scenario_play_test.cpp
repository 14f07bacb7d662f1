// Files that a person plays while the station runs: beside the plan, behind its gate, each with its row.
#include <gmock/gmock.h>

#include "tests/support/scenario_station.hpp"

namespace {

using namespace std::chrono_literals;
using loa::sim::at;
using loa::sim::kSang;
using loa::sim::number;
using loa::sim::text;
using testing::IsEmpty;

class Play : public testing::Test {
 protected:
  loa::sim::StationFixture station{at("2026-11-23T05:10"), "USB Audio"};

  void SetUp() override {
    loa::sim::write_commune(station);
    station.boot();
  }
  std::string verdict(const std::string& name) {
    const auto row = station.row_of_file(name);
    return row.empty() ? "" : text(row, "verdict") + "/" + text(row, "reason");
  }
  double seconds(const std::string& name) {
    return static_cast<double>(number(station.row_of_file(name), "frames_played")) / 48000;
  }
  void expect_plan_untouched() {
    for (const auto* index : {"1", "2", "3", "4"}) EXPECT_EQ(station.verdict(kSang + index), "aired/none") << index;
    EXPECT_THAT(station.violations(), IsEmpty());
  }
};

/// One before, one that runs into it, one behind.
std::vector<loa::sim::PlayFile> around_the_session() {
  return {{"b.mp3", 10s, at("2026-11-23T05:26:30")},
          {"a.mp3", 4min, at("2026-11-23T05:27")},
          {"c.mp3", 30min, at("2026-11-23T05:39")}};
}

TEST_F(Play, SoundsAtOnceWithARowThatHasNoIdAndNamesWho) {
  station.run_until(at("2026-11-23T05:12"));
  ASSERT_TRUE(station.play({{"thu.mp3", 30s}}).done);
  station.run_until(at("2026-11-23T05:15"));
  const auto row = station.row_of_file("thu.mp3");
  EXPECT_EQ(verdict("thu.mp3"), "aired/none");
  EXPECT_FALSE(row.contains("id"));
  EXPECT_FALSE(row.contains("session"));
  EXPECT_EQ(text(row, "operator"), "Lan");
  EXPECT_EQ(text(row, "sha256"), station.sha("thu.mp3"));
  EXPECT_EQ(text(row, "device"), "USB Audio");
  EXPECT_EQ(text(row, "planned_start"), "2026-11-23T05:12:00.500+07:00");
  EXPECT_EQ(text(row, "start"), "2026-11-23T05:12:00.500+07:00");
  EXPECT_EQ(number(row, "frames_played"), 30 * 48000);
  const auto starts = station.ledger.of_kind("start");
  ASSERT_EQ(starts.size(), 1u);
  EXPECT_FALSE(starts[0].contains("id"));
  EXPECT_EQ(text(starts[0], "operator"), "Lan");
  EXPECT_THAT(station.violations(), IsEmpty());
}

TEST_F(Play, TellsWhoAskedWhatBecameOfEachFile) {
  ASSERT_TRUE(station.play({{"a.mp3", 10s, at("2026-11-23T05:15")}, {"b.mp3", 20s}}).done);
  station.run_until(at("2026-11-23T05:20"));
  ASSERT_EQ(station.played().size(), 2u);
  const auto& second = station.played()[1];
  EXPECT_EQ(second.index, 1u);
  EXPECT_EQ(second.planned, at("2026-11-23T05:15:10"));
  EXPECT_EQ(second.start, at("2026-11-23T05:15:10"));
  EXPECT_EQ(second.end, at("2026-11-23T05:15:30"));
  EXPECT_EQ(second.frames, loa::sim::frames(20s));
  EXPECT_EQ(second.verdict + "/" + second.reason, "aired/none");
}

TEST_F(Play, AListIsChainedStoppedAndCutByItsNextStart) {
  ASSERT_TRUE(station
                  .play({{"a.mp3", 10s, at("2026-11-23T05:15"), at("2026-11-23T05:15:04")},
                         {"b.mp3", 20s},
                         {"c.mp3", 5s, at("2026-11-23T05:15:14")}})
                  .done);
  station.run_until(at("2026-11-23T05:20"));
  EXPECT_EQ(verdict("a.mp3"), "aired/none") << "as much as was asked for";
  EXPECT_NEAR(seconds("a.mp3"), 4, 0.001);
  EXPECT_EQ(verdict("b.mp3"), "partial/overrun") << "the next start cuts";
  EXPECT_NEAR(seconds("b.mp3"), 10, 0.001);
  EXPECT_EQ(verdict("c.mp3"), "aired/none");
  EXPECT_THAT(station.violations(), IsEmpty());
}

TEST_F(Play, ThePlanCutsWhatRunsIntoIt) {
  ASSERT_TRUE(station.play({{"dài.mp3", 10min, at("2026-11-23T05:25")}}).done);
  station.run_until(at("2026-11-23T06:00"));
  EXPECT_EQ(verdict("dài.mp3"), "partial/overrun");
  EXPECT_NEAR(seconds("dài.mp3"), 300, 0.001);
  expect_plan_untouched();
}

TEST_F(Play, NothingBeginsInThePlansTime) {
  const auto early = station.play({{"a.mp3", 10s, at("2026-11-23T05:31")}});
  EXPECT_FALSE(early.done);
  EXPECT_EQ(early.message.in(loa::config::Language::en),
            "a.mp3 would begin at 2026-11-23T05:31:00.000+07:00, where the plan has " + kSang + "3; nothing is played");
  EXPECT_FALSE(station.play({{"a.mp3", 10s, at("2026-11-24T11:30:20")}}).done) << "not only today's";
  EXPECT_FALSE(station.play({{"a.mp3", 10s, at("2026-11-23T05:30:22")}}).done) << "a planned silence is kept";
  station.run_until(at("2026-11-23T05:31"));
  EXPECT_FALSE(station.play({{"a.mp3", 10s}}).done);
  station.run_until(at("2026-11-23T06:00"));
  EXPECT_THAT(station.played(), IsEmpty());
  expect_plan_untouched();
}

TEST_F(Play, TheRestOfASlotThatThePlanLeavesEmptyIsFree) {
  station.run_until(at("2026-11-23T05:45"));
  EXPECT_TRUE(station.play({{"a.mp3", 10s}}).done);
  station.run_until(at("2026-11-23T06:00"));
  EXPECT_EQ(verdict("a.mp3"), "aired/none");
  expect_plan_untouched();
}

TEST_F(Play, APlannedItemThatCannotSoundKeepsItsTimeAllTheSame) {
  station.shelf.ready.erase(station.sha("nhac.wav"));
  ASSERT_TRUE(station.play({{"a.mp3", 10min, at("2026-11-23T05:25")}}).done);
  station.run_until(at("2026-11-23T06:00"));
  EXPECT_EQ(station.verdict(kSang + "1"), "missed/file");
  EXPECT_EQ(verdict("a.mp3"), "partial/overrun");
  EXPECT_NEAR(seconds("a.mp3"), 300, 0.02);
  EXPECT_THAT(station.violations(), IsEmpty());
}

TEST_F(Play, WhatAnEditPlansThereLaterGoesBeforeIt) {
  ASSERT_TRUE(station.play({{"a.mp3", 30s, at("2026-11-23T05:20:10")}}).done);
  auto edited = loa::sim::commune_schedule();
  edited += "  moi: {title: Mới, at: \"05:20\", length: 5min, items: [nhac-hieu, nhac-hieu]}\n";
  station.write(edited);
  ASSERT_EQ(station.reload(), loa::station::Taken::accepted);
  station.run_until(at("2026-11-23T06:00"));
  EXPECT_EQ(verdict("a.mp3"), "missed/overrun");
  EXPECT_EQ(station.verdict("xa/2026-11-23T0520/moi/1"), "aired/none");
  EXPECT_EQ(station.played().size(), 1u);
  expect_plan_untouched();
}

TEST_F(Play, OutsidePermittedHoursItIsWithheldAndSaysSo) {
  station.run_until(at("2026-11-23T22:00"));
  ASSERT_TRUE(station.play({{"a.mp3", 10s}}).done);
  station.run_until(at("2026-11-23T22:05"));
  EXPECT_EQ(verdict("a.mp3"), "withheld/hours");
  ASSERT_EQ(station.played().size(), 1u);
  EXPECT_FALSE(station.played()[0].start);
  EXPECT_THAT(station.violations(), IsEmpty());
}

TEST_F(Play, TheHoursOfALaterEditCount) {
  ASSERT_TRUE(station.play({{"a.mp3", 10s, at("2026-11-23T22:00")}, {"b.mp3", 10s, at("2026-11-23T20:00")}}).done);
  station.settings(
      "station: {id: xa, name: Xã Ví Dụ}\naudio: {device: none}\n"
      "permitted_hours: [{days: daily, from: \"05:00\", until: \"19:00\"}, "
      "{days: daily, from: \"21:30\", until: \"23:00\"}]\n");
  ASSERT_EQ(station.reload(), loa::station::Taken::accepted);
  station.run_until(at("2026-11-23T22:05"));
  EXPECT_EQ(verdict("a.mp3"), "aired/none");
  EXPECT_EQ(verdict("b.mp3"), "withheld/hours");
  EXPECT_THAT(station.violations(), IsEmpty());
}

TEST_F(Play, TheGateCutsItWhereThePermittedHoursEnd) {
  ASSERT_TRUE(station.play({{"a.mp3", 60s, at("2026-11-23T20:59:30")}}).done);
  station.run_until(at("2026-11-23T21:05"));
  EXPECT_EQ(verdict("a.mp3"), "partial/hours");
  EXPECT_NEAR(seconds("a.mp3"), 30, 0.02);
  EXPECT_THAT(station.violations(), IsEmpty());
}

TEST_F(Play, StopEndsAllOfItSkipOnlyWhatSounds) {
  station.run_until(at("2026-11-23T05:12"));
  ASSERT_TRUE(station.play({{"a.mp3", 10s}, {"b.mp3", 10s}, {"c.mp3", 10s}}).done);
  station.run_for(5s);
  EXPECT_TRUE(station.conductor().skip("Hòa").done);
  station.run_for(10s);
  EXPECT_TRUE(station.conductor().stop("Hòa").done);
  station.run_until(at("2026-11-23T06:00"));
  EXPECT_EQ(verdict("a.mp3"), "partial/operator");
  EXPECT_EQ(text(station.row_of_file("a.mp3"), "operator"), "Lan") << "who ordered it";
  EXPECT_EQ(text(station.row_of_file("a.mp3"), "note"), "stopped by Hòa");
  EXPECT_EQ(verdict("b.mp3"), "partial/operator");
  EXPECT_EQ(text(station.row_of_file("b.mp3"), "start"), "2026-11-23T05:12:10.500+07:00") << "keeps its time";
  EXPECT_EQ(verdict("c.mp3"), "overridden/operator");
  expect_plan_untouched();
}

TEST_F(Play, WhoGoesAwayTakesItWithHim) {
  ASSERT_TRUE(station.play({{"a.mp3", 60s, at("2026-11-23T05:12")}, {"b.mp3", 10s}}, 7).done);
  station.run_until(at("2026-11-23T05:12:20"));
  station.conductor().withdraw(7, "Lan");
  station.run_until(at("2026-11-23T06:00"));
  EXPECT_EQ(verdict("a.mp3"), "partial/operator");
  EXPECT_FALSE(station.row_of_file("a.mp3").contains("note"));
  EXPECT_EQ(verdict("b.mp3"), "overridden/operator");
  expect_plan_untouched();
}

TEST_F(Play, TheSameInstantMayBeAskedForAgain) {
  ASSERT_TRUE(station.play({{"a.mp3", 10s, at("2026-11-23T05:15")}}, 1).done);
  station.run_until(at("2026-11-23T05:14:55"));
  station.conductor().withdraw(1, "Lan");
  ASSERT_TRUE(station.play({{"b.mp3", 10s, at("2026-11-23T05:15")}}, 2).done);
  station.run_until(at("2026-11-23T05:20"));
  EXPECT_EQ(verdict("b.mp3"), "aired/none");
}

TEST_F(Play, ALostDeviceIsJoinedAgainAtThePlannedPlace) {
  ASSERT_TRUE(station.play({{"a.mp3", 60s, at("2026-11-23T05:12")}}).done);
  station.run_until(at("2026-11-23T05:12:20"));
  station.player.lose_device();
  station.run_until(at("2026-11-23T05:12:30"));
  station.player.find_device();
  station.run_until(at("2026-11-23T06:00"));
  EXPECT_EQ(verdict("a.mp3"), "partial/device");
  EXPECT_NEAR(seconds("a.mp3"), 50, 4.2);
  expect_plan_untouched();
}

TEST_F(Play, AskedForTooLateItIsJoinedWhereItWouldBe) {
  ASSERT_TRUE(station.play({{"a.mp3", 60s, at("2026-11-23T05:09:40")}, {"b.mp3", 5s}}).done);
  station.run_until(at("2026-11-23T06:00"));
  EXPECT_EQ(verdict("a.mp3"), "partial/operator");
  EXPECT_NEAR(seconds("a.mp3"), 40, 1);
  EXPECT_EQ(verdict("b.mp3"), "aired/none");
  expect_plan_untouched();
}

TEST_F(Play, AfterAPowerCutNothingOfItGoesOnAndItsRowIsClosed) {
  ASSERT_TRUE(station.play({{"a.mp3", 60s, at("2026-11-23T05:12")}, {"b.mp3", 10s}}).done);
  station.run_until(at("2026-11-23T05:12:55"));
  station.cut_power();
  station.clock.advance_to(station.clock.when(at("2026-11-23T05:12:57")));
  station.boot();
  station.run_until(at("2026-11-23T06:00"));
  EXPECT_EQ(verdict("a.mp3"), "partial/power");
  EXPECT_NEAR(seconds("a.mp3"), 54, 2.1);
  EXPECT_EQ(text(station.row_of_file("a.mp3"), "operator"), "Lan");
  EXPECT_EQ(verdict("b.mp3"), "missed/power") << "its start row was written while the one before sounded";
  expect_plan_untouched();
  station.cut_power();
  station.boot();
  station.run_for(10s);
  EXPECT_THAT(station.violations(), IsEmpty()) << "closed once";
}

TEST_F(Play, AnOrderlyEndEndsItInOrder) {
  ASSERT_TRUE(station.play({{"a.mp3", 60s, at("2026-11-23T05:12")}, {"b.mp3", 10s}}).done);
  station.run_until(at("2026-11-23T05:12:20"));
  station.conductor().shutdown();
  station.run_for(3s);
  EXPECT_TRUE(station.conductor().finished());
  EXPECT_EQ(verdict("a.mp3"), "partial/power");
  EXPECT_EQ(verdict("b.mp3"), "missed/power");
  EXPECT_EQ(station.played().size(), 2u);
}

TEST_F(Play, NowShowsItAndWhatThePlanHasNext) {
  ASSERT_TRUE(station.play({{"a.mp3", 60s, at("2026-11-23T05:12")}}).done);
  station.run_until(at("2026-11-23T05:12:20"));
  const auto status = station.conductor().status();
  ASSERT_TRUE(status.on_air);
  EXPECT_EQ(status.on_air->id, "");
  EXPECT_EQ(status.on_air->title, "a.mp3");
  ASSERT_TRUE(status.next);
  EXPECT_EQ(status.next->id, kSang + "1");
}

TEST_F(Play, AnInstantBeyondAMonthIsRefused) {
  EXPECT_FALSE(station.play({{"a.mp3", 60s, at("2098-11-23T05:12")}}).done);
}

TEST_F(Play, AtAnyInstantAStepOfTheClockLeavesEveryFileWithOneRow) {
  for (int second = -40; second < 400; second += 20 * loa::sim::kSweep) {
    for (const auto by : {-1h, 0h, 1h}) {
      const auto step = by == 0h ? std::chrono::nanoseconds(30s) : std::chrono::nanoseconds(by);
      loa::sim::StationFixture one{at("2026-11-23T05:25"), "USB Audio"};
      loa::sim::write_commune(one);
      one.boot();
      ASSERT_TRUE(one.play(around_the_session()).done);
      one.run_until(at("2026-11-23T05:30") + std::chrono::seconds(second));
      one.clock.step(step);
      one.run_for(3h);
      ASSERT_THAT(one.violations(), IsEmpty()) << "second " << second << " step " << step.count();
      for (const auto* file : {"a.mp3", "b.mp3", "c.mp3"})
        EXPECT_FALSE(one.row_of_file(file).empty()) << file << " second " << second << " step " << step.count();
    }
  }
}

TEST_F(Play, AtAnyInstantAndAfterAnyFailureThePlanIsUntouched) {
  for (int second = -30; second < 520; second += 10 * loa::sim::kSweep) {
    loa::sim::StationFixture one{at("2026-11-23T05:25"), "USB Audio"};
    loa::sim::write_commune(one);
    one.boot();
    ASSERT_TRUE(one.play(around_the_session()).done);
    one.run_until(at("2026-11-23T05:30") + std::chrono::milliseconds(second * 1000 + second * 37 % 1000));
    switch ((second + 30) / 10 % 5) {
      case 0:
        one.player.die();
        break;
      case 1:
        one.player.hang();
        break;
      case 2:
        one.conductor().skip("Lan");
        break;
      case 3:
        one.cut_power();
        one.boot();
        break;
      case 4:
        one.conductor().stop("Lan");
        break;
    }
    one.play({{"d.mp3", 20s}}, 2);
    one.run_until(at("2026-11-23T06:30"));
    ASSERT_THAT(one.violations(), IsEmpty()) << "second " << second;
  }
}

}  // namespace
