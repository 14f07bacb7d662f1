// Fills: whose turn it is, what fits, the room of what follows.
#include <gmock/gmock.h>

#include "tests/scheduler/made_up_station.hpp"

namespace loa::scheduler::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// Days since 1970-01-01 of 2026-11-23 are 20780: of two clips the first, of three the third is due.
std::vector<std::string> played(const Plan& plan) {
  std::vector<std::string> result;
  for (const auto& item : plan.items) {
    const auto seconds = chr::duration_cast<chr::seconds>(item.start - plan.sessions.at(0).start).count();
    result.push_back(item.index + " " + item.article + " +" + std::to_string(seconds));
  }
  return result;
}

MadeUpStation with_music() {
  MadeUpStation station;
  station.article("a", 3min);
  station.article("b", 4min);
  station.article("c", 5min);
  station.article("tune", 30s);
  return station;
}

TEST(Fill, StartsWithTheClipOfTheDay) {
  ASSERT_EQ(chr::sys_days(date(kMonday)).time_since_epoch().count(), 20780);
  auto station = with_music();
  station.programme("p", {time_of(5)}, {fill({"a", "b", "c"})}).length = 13min;
  EXPECT_THAT(played(station.plan_of("2026-11-23")), ElementsAre("1.1 c +0", "1.2 a +300", "1.3 b +480"));
  EXPECT_THAT(played(station.plan_of("2026-11-24")), ElementsAre("1.1 a +0", "1.2 b +180", "1.3 c +420"));
}

TEST(Fill, PassesOverAClipThatDoesNotFitWhole) {
  auto station = with_music();
  station.programme("p", {time_of(5)}, {fill({"a", "b", "c"})}).length = 12min;
  // c (5) a (3): 4 are left, b fits exactly.
  EXPECT_THAT(played(station.plan_of(kMonday)), ElementsAre("1.1 c +0", "1.2 a +300", "1.3 b +480"));
  station.schedule().programmes[0].length = 11min;
  // 3 are left: b and c do not fit, a does.
  EXPECT_THAT(played(station.plan_of(kMonday)), ElementsAre("1.1 c +0", "1.2 a +300", "1.3 a +480"));
}

TEST(Fill, StopsWhenNothingFitsAndLeavesSilence) {
  auto station = with_music();
  station.programme("p", {time_of(5)}, {fill({"a", "b", "c"}), play("tune").pinned(5, 10)});
  const auto plan = station.plan_of(kMonday);
  EXPECT_THAT(played(plan), ElementsAre("1.1 c +0", "1.2 a +300", "2 tune +600"));
}

TEST(Fill, KeepsTheRoomOfWhatFollowsUnpinned) {
  auto station = with_music();
  station.programme("p", {time_of(5)}, {fill({"a", "b", "c"}), pause(10s), play("tune")}).length = 8min + 40s;
  const auto plan = station.plan_of(kMonday);
  EXPECT_THAT(played(plan), ElementsAre("1.1 c +0", "1.2 a +300", "2  +480", "3 tune +490"));
  EXPECT_EQ(plan.items.back().frames, Frames(30s));
  station.schedule().programmes[0].length = 8min + 39s;
  EXPECT_THAT(played(station.plan_of(kMonday)), ElementsAre("1.1 c +0", "2  +300", "3 tune +310"));
}

TEST(Fill, CountsAMissingClipForTheTurnAndNeverPlaysIt) {
  auto station = with_music();
  station.article("absent").about = 1min;
  station.programme("p", {time_of(5)}, {fill({"a", "b", "absent"})}).length = 7min;
  EXPECT_THAT(played(station.plan_of(kMonday)), ElementsAre("1.1 a +0", "1.2 b +180"));
}

TEST(Fill, FromAPlaylistGoesRoundItsClips) {
  auto station = with_music();
  station.playlist("music", {"a", "b"});
  MadeUpItem item = fill({});
  std::get<FillItem>(item.rule.what).playlist = "music";
  station.programme("p", {time_of(5)}, {item}).length = 10min;
  EXPECT_THAT(played(station.plan_of(kMonday)), ElementsAre("1.1 a +0", "1.2 b +180", "1.3 a +420"));
}

TEST(Fill, WithoutAnEndPlansNothing) {
  auto station = with_music();
  station.programme("p", {time_of(5)}, {fill({"a"})});
  EXPECT_THAT(station.plan_of(kMonday).items, IsEmpty());
}

TEST(Fill, FillsTheSlotAlsoWhereTheSessionMayFinish) {
  auto station = with_music();
  auto& programme = station.programme("p", {time_of(5)}, {fill({"a"}), play("tune")});
  programme.length = 7min;
  programme.overrun = Overrun::finish;
  EXPECT_THAT(played(station.plan_of(kMonday)), ElementsAre("1.1 a +0", "1.2 a +180", "2 tune +360"));
}

TEST(Fill, BeginsAtItsPin) {
  auto station = with_music();
  station.programme("p", {time_of(5)}, {play("tune"), fill({"a"}).pinned(5, 1)}).length = 5min;
  const auto plan = station.plan_of(kMonday);
  EXPECT_THAT(played(plan), ElementsAre("1 tune +0", "2.1 a +60"));
  EXPECT_TRUE(plan.items[1].pinned);
}

TEST(Fill, StopsAfterManyClipsOfNoLengthToSpeakOf) {
  auto station = with_music();
  station.article("click", Frames(1));
  station.programme("p", {time_of(5)}, {fill({"click"})}).length = 1min;
  EXPECT_EQ(station.plan_of(kMonday).items.size(), 10'000u);
}

}  // namespace
}  // namespace loa::scheduler::testing
