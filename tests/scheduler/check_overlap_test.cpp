// Sessions in one another's slot: what the text proves is an error, what recordings or the clocks cause a warning.
#include "tests/scheduler/check_words.hpp"

namespace loa::scheduler::testing {
namespace {

TEST(CheckOverlap, IsToldOfAtMostAThousandPairsADay) {
  auto station = with_clips();
  for (int i = 0; i < 100; ++i) {
    station.programme("p" + std::to_string(i), {time_of(5, 30)}, {play("tune")}).length = 15min;
  }
  EXPECT_EQ(station.check(kToday).size(), 1000u);
}

TEST(CheckOverlap, IsAnErrorWhenTheLengthsProveIt) {
  auto station = with_clips();
  station.programme("b", {time_of(5, 40)}, {play("tune")});
  station.programme("a", {time_of(5, 30)}, {play("tune")}).length = 15min;
  const auto found = station.check(kToday);
  const auto& programmes = station.schedule().programmes;
  ASSERT_THAT(codes(found), ElementsAre("error slots-overlap " + line_of(programmes[1].span)));
  EXPECT_THAT(words(found[0]), HasSubstr(programmes[0].span.file_line()));
  EXPECT_THAT(words(found[0]), HasSubstr("by 5min"));
  EXPECT_THAT(words(found[0]), HasSubstr("Mon 23/11/2026, 31 days until Wed 23/12/2026"));
  EXPECT_EQ(found[0].other.begin, programmes[0].span.begin);
  EXPECT_THAT(found[0].on_air.in(Language::en), HasSubstr("“a” would be cut off"));
}

TEST(CheckOverlap, IsAnErrorWhenPausesAndPinsProveIt) {
  auto station = with_clips();
  station.programme("a", {time_of(5, 30)}, {pause(15min), play("tune")});
  station.programme("b", {time_of(5, 40)}, {play("tune"), play("tune").pinned(6)});
  station.programme("c", {time_of(5, 50)}, {play("tune")});
  EXPECT_THAT(codes(station.check(kToday, 1)),
              ElementsAre("error slots-overlap " + line_of(station.schedule().programmes[1].span),
                          "error slots-overlap " + line_of(station.schedule().programmes[2].span)));
}

TEST(CheckOverlap, OfTwoSessionsAtOneInstantIsAnError) {
  auto station = with_clips();
  station.programme("a", {time_of(5, 30)}, {play("tune")});
  station.programme("b", {time_of(5, 30)}, {play("tune")});
  const auto found = station.check(kToday, 1);
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(found[0].code, "slots-overlap");
  EXPECT_EQ(found[0].severity, Severity::error);
}

TEST(CheckOverlap, IsAWarningWhenOnlyTheRecordingsCauseIt) {
  auto station = with_clips();
  station.programme("a", {time_of(5, 30)}, {play("talk")});
  station.programme("b", {time_of(5, 40)}, {play("tune")});
  const auto found = station.check(kToday);
  ASSERT_THAT(codes(found), ElementsAre("warning slots-overlap " + line_of(station.schedule().programmes[1].span)));
  EXPECT_THAT(words(found[0]), HasSubstr("by 10min"));
}

TEST(CheckOverlap, WithFinishCountsTheContent) {
  auto station = with_clips();
  auto& first = station.programme("a", {time_of(5, 30)}, {play("news")});
  first.length = 15min;
  first.overrun = Overrun::finish;
  station.programme("b", {time_of(5, 40)}, {play("tune")});
  EXPECT_THAT(codes(station.check(kToday)), IsEmpty());
  station.schedule().programmes[0].items[0].what = ArticleItem{"talk", 0, {}};
  const auto found = station.check(kToday);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].severity, Severity::warning);
}

TEST(CheckOverlap, ThatOnlyASkippedHourCausesIsAWarning) {
  MadeUpStation station("America/New_York");
  station.article("tune", 1min);
  station.programme("a", {time_of(1), time_of(2), time_of(3)}, {play("tune")}).length = 50min;
  // On 14 March 2027 the clocks go from 02:00 to 03:00: both sessions fall on one instant.
  const auto found = station.check("2027-03-13", 3);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].code, "slots-overlap");
  EXPECT_EQ(found[0].severity, Severity::warning);
  EXPECT_THAT(words(found[0]), HasSubstr("Sun 14/03/2027"));
  EXPECT_THAT(words(found[0]), HasSubstr("by 50min"));
}

TEST(CheckOverlap, OfAProgrammeWithItselfIsSaidOnce) {
  auto station = with_clips();
  station.programme("a", {time_of(5), time_of(5, 10), time_of(5, 20)}, {play("tune")}).length = 15min;
  const auto found = station.check(kToday);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_THAT(words(found[0]), HasSubstr("its own session"));
}

TEST(CheckOverlap, OverMidnightCountsFromYesterday) {
  auto station = with_clips();
  station.programme("khuya", {time_of(23, 50)}, {play("tune")}).length = 20min;
  station.programme("som", {time_of(0)}, {play("tune")});
  const auto found = station.check(kToday, 1);
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(found[0].code, "slots-overlap");
  EXPECT_THAT(words(found[0]), HasSubstr("Mon 23/11/2026"));
}

TEST(CheckOverlap, IsNoneOnDaysWithoutTheOther) {
  auto station = with_clips();
  station.programme("a", {time_of(5, 30)}, {play("tune")}).length = 15min;
  station.programme("b", {time_of(5, 40)}, {play("tune").on(chr::Tuesday)}).repeat.words.form = Days::Form::list;
  station.schedule().programmes[1].repeat.words.weekday[1] = true;
  const auto found = station.check(kToday, 1);
  EXPECT_THAT(codes(found), IsEmpty());
  EXPECT_THAT(words(station.check(kToday, 2).at(0)), HasSubstr("Tue 24/11/2026"));
}

TEST(CheckOverlaps, AreNotConcludedFromAPriorityThatCouldNotBeRead) {
  auto station = with_clips();
  station.programme("a", {time_of(5, 30)}, {play("talk")}).length = 15min;
  station.programme("b", {time_of(5, 35)}, {play("tune")}).priority_known = false;
  EXPECT_THAT(codes(station.check(kToday, 1)), ::testing::Not(::testing::Contains(HasSubstr("slots-overlap"))));
  station.schedule().programmes[1].priority_known = true;
  EXPECT_THAT(codes(station.check(kToday, 1)), ::testing::Contains(HasSubstr("slots-overlap")));
}

}  // namespace
}  // namespace loa::scheduler::testing
