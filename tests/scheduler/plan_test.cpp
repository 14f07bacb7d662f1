// The plan: ids, chaining, pins, slots, missing recordings. Times are local to Asia/Ho_Chi_Minh.
#include <gmock/gmock.h>

#include "tests/scheduler/made_up_station.hpp"

namespace loa::scheduler::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// "sang/2 05:30:30.000 +40000ms" of each item: programme/index, start, length.
std::vector<std::string> lines(const MadeUpStation& station, const Plan& plan) {
  std::vector<std::string> result;
  for (const auto& item : plan.items) {
    const auto ms = chr::duration_cast<chr::milliseconds>(item.frames).count();
    result.push_back(item.programme + "/" + item.index + " " + station.local(item.start).substr(11) + " +" +
                     std::to_string(ms) + "ms");
  }
  return result;
}

MadeUpStation with_clips() {
  MadeUpStation station;
  station.article("tune", 10s);
  station.article("news", 5min);
  station.article("talk", 20min);
  return station;
}

TEST(PlanIds, CountPositionsAsWrittenWhateverDaysLeaveOut) {
  auto station = with_clips();
  station.programme("sang", {time_of(5, 30)}, {play("tune"), play("news").on(chr::Tuesday), pause(5s), play("talk")});
  const auto plan = station.plan_of(kMonday);
  ASSERT_EQ(plan.sessions.size(), 1u);
  EXPECT_EQ(plan.sessions[0].id, "xa-vi-du/2026-11-23T0530/sang");
  ASSERT_EQ(plan.items.size(), 3u);
  EXPECT_EQ(plan.items[0].id, "xa-vi-du/2026-11-23T0530/sang/1");
  EXPECT_EQ(plan.items[1].id, "xa-vi-du/2026-11-23T0530/sang/3");
  EXPECT_EQ(plan.items[2].id, "xa-vi-du/2026-11-23T0530/sang/4");
  EXPECT_EQ(plan.items[1].what, What::pause);
  EXPECT_EQ(plan.items[2].index, "4");
}

TEST(PlanIds, SaySecondsOnlyWhenThereAreSome) {
  auto station = with_clips();
  station.programme("a", {time_of(5, 30, 15), time_of(6)}, {play("tune")});
  const auto plan = station.plan_of(kMonday);
  EXPECT_EQ(plan.sessions[0].id, "xa-vi-du/2026-11-23T053015/a");
  EXPECT_EQ(plan.sessions[1].id, "xa-vi-du/2026-11-23T0600/a");
}

TEST(PlanIds, NumberTheClipsOfAPlaylistAlsoWhenThereIsOne) {
  auto station = with_clips();
  station.playlist("two", {"tune", "news"});
  station.playlist("one", {"talk"});
  station.programme("sang", {time_of(5, 30)}, {list("two"), list("one")});
  EXPECT_THAT(lines(station, station.plan_of(kMonday)),
              ElementsAre("sang/1.1 05:30:00.000 +10000ms", "sang/1.2 05:30:10.000 +300000ms",
                          "sang/2.1 05:35:10.000 +1200000ms"));
}

TEST(PlanIds, KeepTheDateOfTheStartOverMidnight) {
  auto station = with_clips();
  station.programme("khuya", {time_of(23, 50)}, {play("talk"), play("tune")});
  const auto plan = station.plan_of(kMonday);
  ASSERT_EQ(plan.items.size(), 2u);
  EXPECT_EQ(plan.items[1].id, "xa-vi-du/2026-11-23T2350/khuya/2");
  EXPECT_EQ(station.local(plan.items[1].start), "2026-11-24T00:10:00.000");
}

TEST(PlanIds, OfASkippedLocalTimeSayTheNominalTime) {
  MadeUpStation station("America/New_York");
  station.article("tune", 10s);
  station.programme("dem", {time_of(2, 30)}, {play("tune")});
  const auto plan = station.plan_of("2027-03-14");
  ASSERT_EQ(plan.items.size(), 1u);
  EXPECT_EQ(plan.items[0].session, "xa-vi-du/2027-03-14T0230/dem");
  EXPECT_EQ(calendar::rfc3339(plan.items[0].start, station.schedule().zone), "2027-03-14T03:30:00.000-04:00");
}

TEST(Plan, ChainsItemsByFramesFromTheSessionsStart) {
  MadeUpStation station;
  station.article("odd", Frames(48'001));
  station.programme("sang", {time_of(5, 30)}, {play("odd"), play("odd"), pause(500ms), play("odd")});
  const auto plan = station.plan_of(kMonday);
  const auto start = station.at("2026-11-23T05:30");
  ASSERT_EQ(plan.items.size(), 4u);
  EXPECT_EQ(plan.items[3].start - start, Frames(48'001 * 2 + 24'000));
  for (const auto& item : plan.items) EXPECT_EQ(item.anchor, start);
}

TEST(Plan, CarriesWhatTheArticleSays) {
  auto station = with_clips();
  auto& news = station.article("news", 5min);
  news.title = "Bản tin <dd>/<mm>";
  news.gain = -3;
  news.missing = "tune";
  news.priority = playlists::Priority::priority;
  station.programme("sang", {time_of(5, 30)}, {play("news")});
  const auto item = station.plan_of(kMonday).items.at(0);
  EXPECT_EQ(item.title, "Bản tin 23/11");
  EXPECT_EQ(item.gain, -3);
  EXPECT_EQ(item.substitute, "tune");
  EXPECT_EQ(item.article, "news");
  EXPECT_EQ(item.clip, "news.wav");
  EXPECT_EQ(item.sha256, std::string(64, 'a'));
  EXPECT_EQ(item.priority, playlists::Priority::priority);
  EXPECT_EQ(item.why, station.schedule().programmes[0].items[0].at.file_line());
}

TEST(Plan, TakesTheRecordingOfDaysBefore) {
  MadeUpStation station;
  station.article("ban-tin").clip = "tin/<date>.wav";
  station.recording("tin/2026-11-22.wav", 1min);
  station.programme("sang", {time_of(5, 30)}, {play("ban-tin", 1)});
  const auto item = station.plan_of(kMonday).items.at(0);
  EXPECT_EQ(item.clip, "tin/2026-11-22.wav");
  EXPECT_EQ(item.frames, Frames(1min));
  EXPECT_EQ(item.fault, Fault::none);
}

TEST(Plan, LeavesOutArticlesBeforeAndAfterTheirDays) {
  auto station = with_clips();
  station.article("news", 5min).until = date("2026-11-23");
  station.programme("sang", {time_of(5, 30)}, {play("tune"), play("news")});
  EXPECT_EQ(station.plan_of("2026-11-23").items.size(), 2u);
  EXPECT_EQ(station.plan_of("2026-11-24").items.size(), 1u);
}

TEST(Plan, HoldsNoSessionOnADayWithoutItems) {
  auto station = with_clips();
  station.programme("sang", {time_of(5, 30)}, {play("tune").on(chr::Tuesday)});
  EXPECT_THAT(station.plan_of(kMonday).sessions, IsEmpty());
  EXPECT_EQ(station.plan_of("2026-11-24").sessions.size(), 1u);
}

TEST(Plan, GivesMissingRecordingsTheirRoomAndTheReason) {
  auto station = with_clips();
  station.article("absent").about = 12min;
  station.article("unknown");
  station.article("bad");
  station.refuse("bad.wav", "damaged");
  station.programme("sang", {time_of(5, 30)}, {play("absent"), play("unknown"), play("bad"), play("tune")});
  const auto plan = station.plan_of(kMonday);
  ASSERT_EQ(plan.items.size(), 4u);
  EXPECT_EQ(plan.items[0].fault, Fault::missing);
  EXPECT_EQ(plan.items[0].frames, Frames(12min));
  EXPECT_EQ(plan.items[0].sha256, "");
  EXPECT_EQ(plan.items[1].fault, Fault::missing);
  EXPECT_EQ(plan.items[1].frames, Frames(0));
  EXPECT_EQ(plan.items[2].fault, Fault::refused);
  EXPECT_EQ(plan.items[2].sha256, std::string(64, 'a'));
  EXPECT_EQ(station.local(plan.items[3].start), "2026-11-23T05:42:00.000");
}

TEST(PlanPins, CutWhatStandsBeforeThemWithAFadeOnTheirFrame) {
  auto station = with_clips();
  station.programme("sang", {time_of(5, 45)}, {play("talk"), play("news").pinned(6)}).overrun = Overrun::cut;
  const auto plan = station.plan_of(kMonday);
  EXPECT_THAT(lines(station, plan), ElementsAre("sang/1 05:45:00.000 +900000ms", "sang/2 06:00:00.000 +300000ms"));
  EXPECT_EQ(plan.items[0].fade, Frames(2s));
  EXPECT_EQ(plan.items[0].clip_frames, Frames(20min));
  EXPECT_TRUE(plan.items[1].pinned);
  EXPECT_EQ(plan.items[1].anchor, station.at("2026-11-23T06:00"));
}

TEST(PlanPins, FadeAnItemShorterThanTheFadeOverItsWhole) {
  auto station = with_clips();
  station.programme("sang", {time_of(5, 59)}, {pause(59s), play("talk"), play("news").pinned(6)});
  const auto plan = station.plan_of(kMonday);
  EXPECT_EQ(plan.items[1].frames, Frames(1s));
  EXPECT_EQ(plan.items[1].fade, Frames(1s));
}

TEST(PlanPins, LeaveSilenceBeforeThem) {
  auto station = with_clips();
  station.programme("sang", {time_of(5, 30)}, {play("tune"), play("news").pinned(6), play("tune")});
  const auto plan = station.plan_of(kMonday);
  EXPECT_THAT(lines(station, plan), ElementsAre("sang/1 05:30:00.000 +10000ms", "sang/2 06:00:00.000 +300000ms",
                                                "sang/3 06:05:00.000 +10000ms"));
  EXPECT_EQ(plan.items[2].anchor, station.at("2026-11-23T06:00"));
  EXPECT_FALSE(plan.items[2].pinned);
}

TEST(PlanPins, CountAtTheSessionsOwnStart) {
  auto station = with_clips();
  station.programme("sang", {time_of(5, 30)}, {play("tune").pinned(5, 30)});
  EXPECT_THAT(lines(station, station.plan_of(kMonday)), ElementsAre("sang/1 05:30:00.000 +10000ms"));
}

TEST(PlanPins, BeforeTheStartAreOfTheNextDay) {
  auto station = with_clips();
  station.programme("khuya", {time_of(23, 50)}, {play("tune"), play("news").pinned(0, 5)});
  const auto plan = station.plan_of(kMonday);
  EXPECT_EQ(station.local(plan.items[1].start), "2026-11-24T00:05:00.000");
}

TEST(PlanPins, OutOfOrderLeaveTheEarlierItemUnreached) {
  auto station = with_clips();
  station.programme("sang", {time_of(5, 30)}, {play("tune").pinned(6, 10), play("news").pinned(6)});
  const auto plan = station.plan_of(kMonday);
  EXPECT_THAT(lines(station, plan), ElementsAre("sang/1 06:00:00.000 +0ms", "sang/2 06:00:00.000 +300000ms"));
  EXPECT_EQ(plan.items[0].fault, Fault::unreached);
  EXPECT_FALSE(plan.items[0].pinned);
}

struct OverrunCase {
  Overrun overrun;
  Frames frames, fade;
  const char* end;
};

class PlanOverrun : public ::testing::TestWithParam<OverrunCase> {};

TEST_P(PlanOverrun, EndsTheItemThatSoundsAtTheSlotsEnd) {
  auto station = with_clips();
  auto& programme = station.programme("sang", {time_of(5, 30)}, {play("talk")});
  programme.length = 15min;
  programme.overrun = GetParam().overrun;
  const auto plan = station.plan_of(kMonday);
  EXPECT_EQ(plan.items[0].frames, GetParam().frames);
  EXPECT_EQ(plan.items[0].fade, GetParam().fade);
  EXPECT_EQ(plan.items[0].clip_frames, Frames(20min));
  EXPECT_EQ(station.local(plan.sessions[0].end).substr(11), GetParam().end);
}

INSTANTIATE_TEST_SUITE_P(Rules, PlanOverrun,
                         ::testing::Values(OverrunCase{Overrun::fade, 15min, 2s, "05:45:00.000"},
                                           OverrunCase{Overrun::cut, 15min, 0s, "05:45:00.000"},
                                           OverrunCase{Overrun::finish, 20min, 0s, "05:50:00.000"}));

TEST(PlanSlots, PlanWhatTheyDoNotReachWithoutFrames) {
  auto station = with_clips();
  station.programme("sang", {time_of(5, 30)}, {play("talk"), play("news"), pause(5s)}).length = 15min;
  const auto plan = station.plan_of(kMonday);
  EXPECT_THAT(lines(station, plan),
              ElementsAre("sang/1 05:30:00.000 +900000ms", "sang/2 05:45:00.000 +0ms", "sang/3 05:45:00.000 +0ms"));
  EXPECT_EQ(plan.items[1].fault, Fault::unreached);
  EXPECT_EQ(plan.items[0].fault, Fault::none);
}

TEST(PlanSlots, OfAMissingRecordingAtTheEndKeepTheReason) {
  auto station = with_clips();
  station.article("absent");
  station.programme("sang", {time_of(5, 30)}, {play("talk"), play("absent")}).length = 15min;
  EXPECT_EQ(station.plan_of(kMonday).items[1].fault, Fault::missing);
}

TEST(PlanSlots, AreAsLongAsTheirItemsWithoutALength) {
  auto station = with_clips();
  station.programme("sang", {time_of(5, 30)}, {play("tune"), pause(5s)});
  const auto session = station.plan_of(kMonday).sessions.at(0);
  EXPECT_FALSE(session.has_length);
  EXPECT_EQ(session.end, station.at("2026-11-23T05:30:15"));
  EXPECT_EQ(session.limit, session.end);
}

TEST(PlanSlots, AreCutWhereTheNextEqualSessionStarts) {
  auto station = with_clips();
  station.programme("a", {time_of(5, 30)}, {play("talk"), play("tune")});
  station.programme("b", {time_of(5, 40)}, {play("news")});
  const auto plan = station.plan_of(kMonday);
  EXPECT_THAT(lines(station, plan),
              ElementsAre("a/1 05:30:00.000 +600000ms", "a/2 05:40:00.000 +0ms", "b/1 05:40:00.000 +300000ms"));
  EXPECT_EQ(plan.items[0].fade, Frames(2s));
  EXPECT_EQ(plan.items[1].fault, Fault::unreached);
  EXPECT_EQ(plan.sessions[0].end, station.at("2026-11-23T05:40"));
}

TEST(PlanSlots, DoNotYieldToASessionWithNothingOnThatDay) {
  auto station = with_clips();
  station.programme("a", {time_of(5, 30)}, {play("talk")});
  station.programme("b", {time_of(5, 40)}, {play("news").on(chr::Tuesday)});
  EXPECT_EQ(station.plan_of("2026-11-23").items[0].frames, Frames(20min));
  EXPECT_EQ(station.plan_of("2026-11-24").items[0].frames, Frames(10min));
}

TEST(PlanFinish, NeverPassesTheNextEqualSession) {
  auto station = with_clips();
  auto& first = station.programme("a", {time_of(5, 30)}, {play("talk")});
  first.length = 5min;
  first.overrun = Overrun::finish;
  station.programme("b", {time_of(5, 40)}, {play("news")});
  const auto plan = station.plan_of(kMonday);
  EXPECT_EQ(plan.items[0].frames, Frames(10min));
  EXPECT_EQ(plan.items[0].fade, Frames(2s));
  EXPECT_EQ(plan.sessions[0].limit, station.at("2026-11-23T05:40"));
}

TEST(PlanFinish, NeverPassesThePermittedHours) {
  auto station = with_clips();
  station.permit_only(time_of(5), time_of(21));
  auto& programme = station.programme("toi", {time_of(20, 50)}, {play("talk")});
  programme.length = 5min;
  programme.overrun = Overrun::finish;
  const auto plan = station.plan_of(kMonday);
  EXPECT_EQ(plan.items[0].frames, Frames(10min));
  EXPECT_EQ(plan.sessions[0].limit, station.at("2026-11-23T21:00"));
}

TEST(PlanFinish, LeavesRoomToStartLateWithinGrace) {
  auto station = with_clips();
  auto& programme = station.programme("a", {time_of(5, 30)}, {play("news")});
  programme.overrun = Overrun::finish;
  const auto session = station.plan_of(kMonday).sessions.at(0);
  EXPECT_EQ(session.end, station.at("2026-11-23T05:35"));
  EXPECT_EQ(session.limit, station.at("2026-11-23T05:45"));
}

TEST(Plan, IsNotCutByThePermittedHours) {
  auto station = with_clips();
  station.permit_only(time_of(5), time_of(21));
  station.programme("toi", {time_of(20, 50)}, {play("talk")});
  EXPECT_EQ(station.plan_of(kMonday).items[0].frames, Frames(20min));
}

}  // namespace
}  // namespace loa::scheduler::testing
