// Higher priorities: what they break into, in pieces of the plan with ids and frames of their own (contract 2).
#include <gmock/gmock.h>

#include "tests/scheduler/made_up_station.hpp"

namespace loa::scheduler::testing {
namespace {

using playlists::Priority;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// Articles of 1, 5 and 10 minutes; `sang` at 05:30, 20 minutes, of the items given; `bao` at `at` for a minute.
class Stormy : public MadeUpStation {
 public:
  explicit Stormy(const std::vector<MadeUpItem>& items, TimeOfDay at = time_of(5, 33)) {
    article("tune", 1min);
    article("news", 5min);
    article("talk", 10min);
    article("warning", 1min);
    programme("bao", {at}, {play("warning")}).priority = Priority::emergency;
    auto& sang = programme("sang", {time_of(5, 30)}, items);
    sang.length = 20min;
  }
  Programme& sang() { return schedule().programmes.back(); }

  /// "sang/1 05:30:00+60000 @0 fault" for each item of `sang` on the day, with what is said about it.
  std::vector<std::string> items() const {
    std::vector<std::string> lines;
    for (const auto& item : plan_of(kWednesday).items) {
      if (item.programme != "sang") continue;
      auto line = item.index + ' ' + local(item.start).substr(11, 8) + " +" +
                  std::to_string(chr::duration_cast<chr::seconds>(item.frames).count());
      if (item.offset > Frames(0)) line += " @" + std::to_string(chr::duration_cast<chr::seconds>(item.offset).count());
      if (item.fade > Frames(0)) line += " fade";
      lines.push_back(line + marks_of(item));
    }
    return lines;
  }
};

TEST(Priority, ResumesTheInterruptedItemOnItsFrame) {
  const Stormy station({play("tune"), play("news"), play("tune")});
  EXPECT_THAT(station.items(), ElementsAre("1 05:30:00 +60", "2 05:31:00 +120 fade continued",
                                           "2b 05:34:00 +180 @120 continued", "3 05:37:00 +60"));
}

TEST(Priority, TheInterruptionSoundsWholeAndOnTime) {
  const Stormy station({play("news")});
  const auto plan = station.plan_of(kWednesday);
  const auto bao = std::find_if(plan.items.begin(), plan.items.end(),
                                [](const PlannedItem& item) { return item.programme == "bao"; });
  ASSERT_NE(bao, plan.items.end());
  EXPECT_EQ(bao->start, station.at("2026-11-25T05:33:00"));
  EXPECT_EQ(bao->frames, Frames(1min));
  EXPECT_EQ(bao->interruption, Interruption::none);
}

TEST(Priority, RestartsOrDropsTheInterruptedItem) {
  Stormy station({play("tune"), play("news"), play("tune")});
  station.sang().interrupted = Interrupted::restart;
  EXPECT_THAT(station.items(), ElementsAre("1 05:30:00 +60", "2 05:31:00 +120 fade broken-off",
                                           "2b 05:34:00 +300 continued", "3 05:39:00 +60"));
  station.sang().interrupted = Interrupted::drop;
  EXPECT_THAT(station.items(), ElementsAre("1 05:30:00 +60", "2 05:31:00 +120 fade broken-off", "3 05:34:00 +60"));
}

TEST(Priority, DoesNotMoveTheSlotsEnd) {
  Stormy station({play("talk"), play("talk")});
  EXPECT_THAT(station.items(),
              ElementsAre("1 05:30:00 +180 fade continued", "1b 05:34:00 +420 @180 continued", "2 05:41:00 +540 fade"));
  station.sang().length = 11min;
  EXPECT_THAT(station.items(), ElementsAre("1 05:30:00 +180 fade continued", "1b 05:34:00 +420 @180 continued",
                                           "2 05:41:00 +0 unreached"));
}

TEST(Priority, NothingGoesOnBehindAPinOrTheSlotsEnd) {
  EXPECT_THAT(Stormy({play("news"), play("tune").pinned(5, 34)}).items(),
              ElementsAre("1 05:30:00 +180 fade broken-off", "2 05:34:00 +60"));
  Stormy station({play("news"), play("tune")});
  station.sang().length = 4min;
  EXPECT_THAT(station.items(), ElementsAre("1 05:30:00 +180 fade broken-off", "2 05:33:00 +0 overridden"));
}

TEST(Priority, APinWithinTheInterruptionIsHeldAfterIt) {
  auto station = Stormy({play("tune"), play("tune").pinned(5, 33)});
  EXPECT_THAT(station.items(), ElementsAre("1 05:30:00 +60", "2 05:34:00 +60 delayed"));
}

TEST(Priority, APinBehindALateStartIsOnTimeAgain) {
  Stormy station({play("tune"), play("tune").pinned(5, 36), play("tune")}, time_of(5, 29, 30));
  station.schedule().programmes.front().length = 3min;  // until 05:32:30
  station.sang().late = Late::start;
  EXPECT_THAT(station.items(), ElementsAre("1 05:32:30 +60 delayed", "2 05:36:00 +60", "3 05:37:00 +60"));
}

TEST(Priority, WhatALateStartLeavesNoTimeForIsOverridden) {
  Stormy station({play("news"), play("news")}, time_of(5, 29, 30));
  station.schedule().programmes.front().length = 3min;
  station.sang().late = Late::start;
  station.sang().length = 7min;
  EXPECT_THAT(station.items(), ElementsAre("1 05:32:30 +270 fade delayed", "2 05:37:00 +0 delayed overridden"));
}

TEST(Priority, OfTwoThatWaitForTheSameEndTheLaterOneSounds) {
  MadeUpStation station;
  station.article("tune", 1min);
  station.article("warning", 1min);
  auto& bao = station.programme("bao", {time_of(5, 28)}, {play("warning")});
  bao.priority = Priority::emergency;
  bao.length = 10min;  // until 05:38
  station.programme("sang", {time_of(5, 30)}, {play("tune"), play("tune")}).late = Late::start;
  station.programme("tin", {time_of(5, 35)}, {play("tune")}).late = Late::start;
  std::vector<std::string> items;
  for (const auto& item : station.plan_of(kWednesday).items) {
    if (item.programme == "bao") continue;
    items.push_back(item.programme + "/" + item.index + ' ' + station.local(item.start).substr(11, 8) +
                    (item.fault == Fault::overridden ? " overridden" : ""));
  }
  EXPECT_THAT(items, ElementsAre("sang/1 05:35:00 overridden", "sang/2 05:35:00 overridden", "tin/1 05:38:00"));
  std::vector<std::string> found;
  for (const auto& each : station.check(kWednesday, 1))
    found.push_back(each.code + ' ' + each.message.in(config::Language::en));
  EXPECT_THAT(found, ElementsAre(::testing::HasSubstr("interrupted “sang” at 05:30 does not sound: “bao” has its time"),
                                 ::testing::HasSubstr("interrupted “tin” at 05:35 is due while “bao” has the air")));
}

TEST(Priority, APauseIsNotGoneOnWith) {
  EXPECT_THAT(Stormy({pause(5min), play("tune")}).items(), ElementsAre("1 05:30:00 +180 broken-off", "2 05:34:00 +60"));
}

TEST(Priority, NothingThatFillsIsInterrupted) {
  const Stormy station({fill({"tune"}), play("tune")}, time_of(5, 32, 30));
  const auto items = station.items();
  ASSERT_GE(items.size(), 4u);
  EXPECT_EQ(items[0], "1.1 05:30:00 +60");
  EXPECT_EQ(items[1], "1.2 05:31:00 +60");
  EXPECT_EQ(items[2], "1.3 05:33:30 +60") << "what does not fit whole before it comes after it";
  EXPECT_EQ(items.back(), "2 05:48:30 +60") << "the closing tune keeps its room";
  EXPECT_EQ(items.size(), 18u);
}

TEST(Priority, ASessionDueMeanwhileJoinsStartsOrIsOverridden) {
  Stormy station({play("tune"), play("news"), play("tune")}, time_of(5, 29, 30));
  auto& bao = station.schedule().programmes.front();
  bao.length = 3min;  // until 05:32:30
  EXPECT_THAT(station.items(),
              ElementsAre("1 05:30:00 +0 overridden", "2 05:32:30 +210 @90 broken-off", "3 05:36:00 +60"));
  station.sang().late = Late::start;
  EXPECT_THAT(station.items(),
              ElementsAre("1 05:32:30 +60 delayed", "2 05:33:30 +300 delayed", "3 05:38:30 +60 delayed"));
  station.sang().grace = 2min;
  EXPECT_THAT(station.items(),
              ElementsAre("1 05:30:00 +0 overridden", "2 05:30:00 +0 overridden", "3 05:30:00 +0 overridden"));
  station.sang().grace = 10min;
  station.sang().late = Late::skip;
  EXPECT_THAT(station.items(),
              ElementsAre("1 05:30:00 +0 overridden", "2 05:30:00 +0 overridden", "3 05:30:00 +0 overridden"));
}

TEST(Priority, ThreeRanksBreakIntoOneAnother) {
  Stormy station({play("talk")});  // bao 05:33
  station.programme("uu-tien", {time_of(5, 32)}, {play("news")}).priority = Priority::priority;
  const auto plan = station.plan_of(kWednesday);
  std::vector<std::string> ids;
  for (const auto& item : plan.items) {
    ids.push_back(item.programme + "/" + item.index + ' ' + station.local(item.start).substr(11, 8));
  }
  EXPECT_THAT(ids, ElementsAre("sang/1 05:30:00", "uu-tien/1 05:32:00", "bao/1 05:33:00", "uu-tien/1b 05:34:00",
                               "sang/1b 05:38:00"));
}

TEST(Priority, OneInterruptedTwiceHasPiecesBAndC) {
  Stormy station({play("talk")});
  station.schedule().programmes.front().at = {time_of(5, 31), time_of(5, 35)};
  EXPECT_THAT(station.items(), ElementsAre("1 05:30:00 +60 fade continued", "1b 05:32:00 +180 @60 fade continued",
                                           "1c 05:36:00 +360 @240 continued"));
}

TEST(Priority, TheSameWhateverDayThePlanBeginsOn) {
  Stormy station({play("talk"), play("talk")}, time_of(23, 50));
  station.schedule().programmes.front().length = 30min;  // until 00:20 of the next day
  station.sang().at = {time_of(0, 10)};
  const auto week = station.plan("2026-11-23", "2026-11-30");
  std::vector<PlannedItem> whole, daily;
  for (const auto& item : week.items) whole.push_back(item);
  for (const auto* day :
       {"2026-11-23", "2026-11-24", "2026-11-25", "2026-11-26", "2026-11-27", "2026-11-28", "2026-11-29"}) {
    const auto plan = station.plan_of(day);
    daily.insert(daily.end(), plan.items.begin(), plan.items.end());
  }
  EXPECT_EQ(whole, daily);
  EXPECT_THAT(station.items(), ElementsAre("1 00:10:00 +0 overridden", "2 00:20:00 +600"));
}

TEST(Priority, ASessionThatIsOverriddenWholeKeepsNobodySilent) {
  Stormy station({play("news")}, time_of(5, 28));
  station.schedule().programmes.front().length = 3min;  // until 05:31
  auto& middle = station.programme("uu-tien", {time_of(5, 29)}, {play("news")});
  middle.priority = Priority::priority;
  middle.late = Late::skip;
  middle.length = 60min;
  auto& ordinary = station.schedule().programmes[1];
  ordinary.at = {time_of(5, 40)};
  EXPECT_THAT(station.items(), ElementsAre("1 05:40:00 +300"));
}

TEST(Priority, WhatIsInterruptedWithoutEndEndsWithinADay) {
  MadeUpStation station;
  station.article("talk", 25min);
  station.article("warning", 1min);
  std::vector<TimeOfDay> often;
  for (int minute = 0; minute < 24 * 60; minute += 20) often.push_back(time_of(minute / 60, minute % 60));
  station.programme("bao", often, {play("warning")}).priority = Priority::emergency;
  auto& talk = station.programme("sang", {time_of(6, 50)}, {play("talk"), play("talk")});
  talk.interrupted = Interrupted::restart;
  talk.repeat.words.form = Days::Form::list;
  talk.repeat.words.weekday[2] = true;  // 25 November 2026
  const auto plan = station.plan(kWednesday, "2026-11-30");
  const auto start = station.at("2026-11-25T06:50");
  std::size_t pieces = 0;
  for (const auto& item : plan.items) {
    if (item.programme != "sang") continue;
    ++pieces;
    EXPECT_TRUE(item.frames == Frames(0) || item.start <= start + 24h) << item.id;
    for (const auto& other : plan.items) {
      if (other.programme != "bao" || item.frames == Frames(0)) continue;
      EXPECT_TRUE(item.end() <= other.start || other.end() <= item.start) << item.id << " with " << other.id;
    }
  }
  EXPECT_GT(pieces, 50u);
  EXPECT_EQ(station.plan_of(kWednesday).items.size(),
            static_cast<std::size_t>(std::count_if(plan.items.begin(), plan.items.end(), [](const PlannedItem& item) {
              return item.session.str().find("/2026-11-25T") != std::string::npos;
            })));
}

TEST(CheckPriority, SaysWhatIsInterruptedAndByWhom) {
  const Stormy station({play("tune"), play("news"), play("tune")});
  const auto found = station.check(kWednesday, 2);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].code, "interrupted");
  EXPECT_EQ(found[0].severity, config::Severity::warning);
  EXPECT_EQ(
      found[0].message.in(config::Language::en),
      "“sang” at 05:30 is interrupted by “bao” from 05:33 to 05:34 (schedule/lich.yaml:5) (Wed 25/11/2026, 2 days "
      "until Thu 26/11/2026)");
}

TEST(CheckPriority, OfVeryManyTimesTheFirstAreTold) {
  Stormy station({play("tune")}, time_of(5, 30));
  station.schedule().programmes.front().items = {play("talk").rule};  // ten minutes
  station.sang().length = 1min;
  for (int minute = 31; minute < 60; ++minute) station.sang().at.push_back(time_of(5, minute));
  std::vector<std::string> interrupted;
  for (const auto& each : station.check(kWednesday, 1)) {
    if (each.code == "interrupted") interrupted.push_back(each.message.in(config::Language::en));
  }
  ASSERT_EQ(interrupted.size(), 4u);
  EXPECT_THAT(interrupted.front(), ::testing::StartsWith("“sang” at 05:30 does not sound"));
  EXPECT_THAT(interrupted.back(), ::testing::StartsWith("“sang” at 05:33 does not sound"));
  EXPECT_THAT(interrupted.back(), ::testing::HasSubstr("; so it is at 6 other times"));
}

TEST(CheckPriority, AnEmergencyOverAnotherSessionIsNoOverlap) {
  Stormy station({play("tune")}, time_of(5, 30));
  station.schedule().programmes.front().length = 30min;
  const auto found = station.check(kWednesday, 1);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].code, "interrupted");
  EXPECT_THAT(found[0].message.in(config::Language::en), ::testing::HasSubstr("does not sound: “bao” has its time"));
}

/// "code: message / on air" of each finding of the day.
std::vector<std::string> said(const MadeUpStation& station) {
  std::vector<std::string> lines;
  for (const auto& each : station.check(kWednesday, 1)) {
    lines.push_back(each.code + ": " + each.message.in(config::Language::en) + " / " +
                    each.on_air.in(config::Language::en));
  }
  return lines;
}

TEST(CheckPriority, SaysHowASessionThatIsDueMeanwhileBegins) {
  Stormy station({play("tune"), play("news")}, time_of(5, 29, 30));
  station.schedule().programmes.front().length = 3min;
  const std::string due =
      "interrupted: “sang” at 05:30 is due while “bao” has the air until 05:32:30 (schedule/lich.yaml:5) (Wed "
      "25/11/2026) / ";
  EXPECT_THAT(said(station), ElementsAre(due + "it would be joined at 05:32:30, where it would be by then; what comes "
                                               "before would not be heard"));
  station.sang().late = Late::start;
  EXPECT_THAT(said(station),
              ElementsAre(due + "it would begin at 05:32:30, from its beginning; the slot's end stands"));
}

TEST(CheckPriority, NamesEveryoneWhoBreaksIn) {
  Stormy station({play("talk"), play("talk")});  // bao 05:33
  station.programme("uu-tien", {time_of(5, 40), time_of(5, 44)}, {play("tune")}).priority = Priority::priority;
  EXPECT_THAT(said(station), ElementsAre(::testing::HasSubstr("“sang” at 05:30 is interrupted by “bao” from 05:33"),
                                         ::testing::HasSubstr("“sang” at 05:30 is interrupted by “uu-tien” from 05:40 "
                                                              "to 05:41"),
                                         ::testing::StartsWith("item-cut")));
}

TEST(CheckPriority, SaysWhenAnItemWithATimeOfItsOwnHasToWait) {
  const Stormy station({play("tune"), play("tune").pinned(5, 33)});
  EXPECT_THAT(said(station),
              ElementsAre(::testing::StartsWith("interrupted: "),
                          "pin-interrupted: “bao” has the air at 05:33, the time of this item (schedule/lich.yaml:5) "
                          "(Wed 25/11/2026) / it would begin at 05:34"));
}

TEST(CheckPriority, SaysWhenAnItemThatBeginsAgainIsNeverHeardWhole) {
  Stormy station({play("talk")});
  station.schedule().programmes.front().at = {time_of(5, 33), time_of(5, 38), time_of(5, 43), time_of(5, 48)};
  station.sang().interrupted = Interrupted::restart;
  EXPECT_THAT(said(station),
              ::testing::Contains("never-whole: the item is broken into each time it begins again: it is never heard "
                                  "whole (schedule/lich.yaml:5) (Wed 25/11/2026) / its beginning would be heard 5 "
                                  "times, its end never"));
  station.schedule().programmes.front().at = {time_of(5, 33), time_of(5, 36)};
  station.sang().length = 60min;
  EXPECT_THAT(said(station), ElementsAre(::testing::StartsWith("interrupted: "))) << "the third time it is";
}

}  // namespace
}  // namespace loa::scheduler::testing
