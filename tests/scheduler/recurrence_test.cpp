// Recurrence beyond the published examples: DTSTART, ends, zones, leap seconds, what never comes, and how far a
// question may reach.
#include "scheduler/calendar/recurrence.hpp"

#include <gtest/gtest.h>

#include <ctime>

#include "tests/support/recurrence_peers.hpp"

namespace {

namespace chr = std::chrono;
using namespace std::chrono_literals;
using namespace loa::calendar;
using loa::testing::compact;
using loa::testing::from_compact;

Recurrence recurrence(const std::string& rule, const char* dtstart, const char* zone = "Asia/Ho_Chi_Minh") {
  return {std::get<RecurrenceRule>(parse_recurrence(rule)), from_compact(dtstart), Zone::find(zone).value()};
}

const LocalTime kEnd = chr::local_days(chr::year(9999) / 12 / 31) + chr::days(1);

std::string first(const Recurrence& rule, std::size_t count = 3) {
  return compact(rule.between(rule.dtstart(), kEnd, count));
}

std::string first(const std::string& rule, const char* dtstart, std::size_t count = 3) {
  return first(recurrence(rule, dtstart), count);
}

/// Processor time of this thread, which others' work does not lengthen.
chr::nanoseconds processor_time() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return chr::seconds(now.tv_sec) + chr::nanoseconds(now.tv_nsec);
}

TEST(Recurrence, ADtstartThatTheRuleDoesNotMatchIsNoOccurrence) {
  EXPECT_EQ(first("FREQ=WEEKLY;BYDAY=MO;COUNT=2", "20261124T053000"), "20261130T053000 20261207T053000");
  EXPECT_EQ(first("FREQ=DAILY;BYHOUR=4", "20261124T053001", 1), "20261125T043001");
}

TEST(Recurrence, TakesWhatTheRuleLeavesOpenFromDtstart) {
  EXPECT_EQ(first("FREQ=YEARLY", "20261124T053015", 2), "20261124T053015 20271124T053015");
  EXPECT_EQ(first("FREQ=YEARLY;BYMONTH=2", "20261130T053000", 1), "");
  EXPECT_EQ(first("FREQ=YEARLY;BYHOUR=6", "20261124T053015", 1), "20261124T063015");
  EXPECT_EQ(first("FREQ=MONTHLY;BYMINUTE=0", "20261130T053015", 1), "20261230T050015");
  EXPECT_EQ(first("FREQ=WEEKLY", "20261124T053000", 2), "20261124T053000 20261201T053000");
  EXPECT_EQ(first("FREQ=HOURLY", "20261124T233015", 2), "20261124T233015 20261125T003015");
  EXPECT_EQ(first("FREQ=MINUTELY", "20261124T235915", 2), "20261124T235915 20261125T000015");
  EXPECT_EQ(first("FREQ=YEARLY;BYWEEKNO=20", "20261124T053000", 2), "20270518T053000 20280516T053000");
}

TEST(Recurrence, SkipsDaysThatDoNotExist) {
  EXPECT_EQ(first("FREQ=YEARLY", "20240229T053000", 2), "20240229T053000 20280229T053000");
  EXPECT_EQ(first("FREQ=MONTHLY", "20260131T053000"), "20260131T053000 20260331T053000 20260531T053000");
  EXPECT_EQ(first("FREQ=YEARLY;BYYEARDAY=366", "20260101T053000", 2), "20281231T053000 20321231T053000");
  EXPECT_EQ(first("FREQ=MONTHLY;BYDAY=5SU", "20260101T053000"), "20260329T053000 20260531T053000 20260830T053000");
}

TEST(Recurrence, ReadsAListInAnyOrder) {
  EXPECT_EQ(first("FREQ=DAILY;BYHOUR=17,5;BYMINUTE=30,0", "20261124T000000", 4),
            "20261124T050000 20261124T053000 20261124T170000 20261124T173000");
  EXPECT_EQ(first("FREQ=MONTHLY;BYMONTHDAY=15,-1,1;BYSETPOS=-1,1", "20261101T053000", 4),
            "20261101T053000 20261130T053000 20261201T053000 20261231T053000");
}

TEST(Recurrence, PlainAndNumberedWeekdaysAddUp) {
  EXPECT_EQ(first("FREQ=MONTHLY;BYDAY=MO,2TU", "20261101T053000", 6),
            "20261102T053000 20261109T053000 20261110T053000 20261116T053000 20261123T053000 20261130T053000");
}

TEST(Recurrence, ANumberedWeekdayCountsWithinTheYearUnlessAMonthIsNamed) {
  EXPECT_EQ(first("FREQ=YEARLY;BYDAY=-1SU", "20260101T053000", 2), "20261227T053000 20271226T053000");
  EXPECT_EQ(first("FREQ=YEARLY;BYMONTH=3,10;BYDAY=-1SU", "20260101T053000", 2), "20260329T053000 20261025T053000");
  EXPECT_EQ(first("FREQ=YEARLY;BYMONTHDAY=1;BYDAY=1TH", "20260101T053000", 2), "20260101T053000 20320101T053000");
}

TEST(Recurrence, AWeekBelongsWholeToItsYear) {
  EXPECT_EQ(first("FREQ=YEARLY;BYWEEKNO=1;BYDAY=MO,SU", "20251201T053000", 2), "20251229T053000 20260104T053000");
  EXPECT_EQ(first("FREQ=YEARLY;BYWEEKNO=53;BYDAY=FR", "20260101T053000", 2), "20270101T053000 20321231T053000");
  // Friday 1 January 2027 lies in week 53 of 2026: every second year from 2026 on.
  EXPECT_EQ(first("FREQ=YEARLY;INTERVAL=2;BYWEEKNO=-1,1;BYDAY=FR", "20270101T053000"),
            "20270101T053000 20280107T053000 20281229T053000");
  EXPECT_EQ(first("FREQ=YEARLY;BYWEEKNO=1;BYMONTH=12;BYDAY=MO", "20240101T053000", 2),
            "20241230T053000 20251229T053000");
}

TEST(Recurrence, PositionsCountTheWholeIntervalAlsoBeforeDtstart) {
  // In the week of Monday 23 November, DTSTART's, Monday is the first and gone.
  EXPECT_EQ(first("FREQ=WEEKLY;BYDAY=MO,WE,FR;BYSETPOS=1", "20261124T053000", 2), "20261130T053000 20261207T053000");
  EXPECT_EQ(first("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=2,2,-4", "20261124T053000", 2), "20261207T053000 20261214T053000");
}

TEST(Recurrence, PositionsCountTimesToo) {
  EXPECT_EQ(first("FREQ=DAILY;BYHOUR=6,12,18;BYSETPOS=-1", "20261124T053000", 2), "20261124T183000 20261125T183000");
  EXPECT_EQ(first("FREQ=HOURLY;BYMINUTE=10,20,30;BYSETPOS=2,7", "20261124T053000", 2),
            "20261124T062000 20261124T072000");
  EXPECT_EQ(first("FREQ=SECONDLY;BYMINUTE=5;BYSETPOS=2", "20261124T053000"), "");
  EXPECT_EQ(first("FREQ=MONTHLY;BYDAY=MO,TU;BYHOUR=6,18;BYSETPOS=3,-1", "20261101T053000", 2),
            "20261103T063000 20261130T183000");
}

TEST(Recurrence, ALeapSecondIsReadAsTheSecondBefore) {
  EXPECT_EQ(first("FREQ=MINUTELY;BYSECOND=60", "20261124T053000", 2), "20261124T053059 20261124T053159");
  EXPECT_EQ(first("FREQ=DAILY;BYSECOND=58,59,60", "20261124T053000"),
            "20261124T053058 20261124T053059 20261125T053058");
}

TEST(Recurrence, CountsOnlyWhatMatches) {
  const auto rule = recurrence("FREQ=DAILY;BYDAY=SA,SU;COUNT=5", "20261124T053000");
  EXPECT_EQ(first(rule, 9), "20261128T053000 20261129T053000 20261205T053000 20261206T053000 20261212T053000");
  EXPECT_EQ(compact(rule.between(from_compact("20261206T000000"), kEnd)), "20261206T053000 20261212T053000");
  EXPECT_FALSE(rule.next(from_compact("20261212T053001")));
}

TEST(Recurrence, UntilADateHoldsForTheWholeDay) {
  EXPECT_EQ(first("FREQ=HOURLY;INTERVAL=6;UNTIL=20261124", "20261124T053000", 9),
            "20261124T053000 20261124T113000 20261124T173000 20261124T233000");
}

TEST(Recurrence, UntilALocalTimeIsInclusive) {
  EXPECT_EQ(first("FREQ=DAILY;UNTIL=20261125T053000", "20261124T053000", 9), "20261124T053000 20261125T053000");
  EXPECT_EQ(first("FREQ=DAILY;UNTIL=20261125T052959", "20261124T053000", 9), "20261124T053000");
  EXPECT_EQ(first("FREQ=DAILY;UNTIL=20261123", "20261124T053000", 9), "");
}

TEST(Recurrence, UntilUtcIsHeldAgainstTheInstant) {
  EXPECT_EQ(first("FREQ=DAILY;UNTIL=20261124T223000Z", "20261124T053000", 9), "20261124T053000 20261125T053000");
  EXPECT_EQ(first("FREQ=DAILY;UNTIL=20261124T222959Z", "20261124T053000", 9), "20261124T053000");
  // New York: 01:30 occurs twice on 1 November 2026; the first is 05:30 UTC.
  const auto hourly = [](const char* until) {
    return first(
        recurrence("FREQ=MINUTELY;INTERVAL=30;UNTIL=" + std::string(until), "20261101T010000", "America/New_York"), 9);
  };
  EXPECT_EQ(hourly("20261101T053000Z"), "20261101T010000 20261101T013000");
  EXPECT_EQ(hourly("20261101T061500Z"), "20261101T010000 20261101T013000") << "01:15 for the second time";
  EXPECT_EQ(hourly("20261101T065959Z"), "20261101T010000 20261101T013000");
  EXPECT_EQ(hourly("20261101T070000Z"), "20261101T010000 20261101T013000 20261101T020000");
}

TEST(Recurrence, ASkippedTimeOutlastsAnUntilThatOneAfterItMeets) {
  // New York skips 02:00 to 03:00 on 8 March 2026: 02:30 is read as 07:30 UTC, after 03:00, which is 07:00 UTC.
  EXPECT_EQ(
      first(recurrence("FREQ=MINUTELY;INTERVAL=30;UNTIL=20260308T070000Z", "20260308T013000", "America/New_York"), 9),
      "20260308T013000 20260308T020000 20260308T030000");
}

TEST(Recurrence, StaysOnTheClockOverAZonesChanges) {
  const auto zone = Zone::find("America/New_York").value();
  const auto daily = recurrence("FREQ=DAILY", "20260307T023000", "America/New_York");
  const auto found = daily.between(daily.dtstart(), kEnd, 3);
  ASSERT_EQ(compact(found), "20260307T023000 20260308T023000 20260309T023000");
  EXPECT_EQ(rfc3339(zone.instant(found[1]), zone), "2026-03-08T03:30:00.000-04:00");
}

TEST(Recurrence, AnswersWithinTheQuestionOnly) {
  const auto daily = recurrence("FREQ=DAILY", "20261124T053000");
  EXPECT_EQ(compact(daily.between(from_compact("20261126T053000"), from_compact("20261128T053000"))),
            "20261126T053000 20261127T053000");
  EXPECT_EQ(compact(daily.between(from_compact("20261126T053000") + 1ms, from_compact("20261127T053000") + 1ms)),
            "20261127T053000");
  EXPECT_TRUE(daily.between(from_compact("20200101T000000"), daily.dtstart()).empty());
  EXPECT_TRUE(daily.between(from_compact("20270101T000000"), from_compact("20260101T000000")).empty());
  EXPECT_TRUE(daily.between(daily.dtstart(), kEnd, 0).empty());
}

TEST(Recurrence, KnowsWhetherATimeOccurs) {
  const auto rule = recurrence("FREQ=MONTHLY;BYDAY=2TU", "20261101T053000");
  EXPECT_TRUE(rule.occurs(from_compact("20261110T053000")));
  EXPECT_FALSE(rule.occurs(from_compact("20261110T053001")));
  EXPECT_FALSE(rule.occurs(from_compact("20261110T053000") + 1ms));
  EXPECT_FALSE(rule.occurs(from_compact("20261013T053000")));
}

TEST(Recurrence, CutsFractionsOfASecondOff) {
  const Recurrence rule(std::get<RecurrenceRule>(parse_recurrence("FREQ=DAILY")),
                        from_compact("20261124T053000") + 250ms, Zone::find("UTC").value());
  EXPECT_EQ(first(rule, 1), "20261124T053000");
}

TEST(Recurrence, KeepsToTheYears1To9999) {
  EXPECT_EQ(first("FREQ=YEARLY;BYMONTHDAY=31;BYMONTH=12", "99980101T053000", 9), "99981231T053000 99991231T053000");
  EXPECT_EQ(first("FREQ=WEEKLY;INTERVAL=1000000000000", "00010101T000000", 9), "00010101T000000");
  EXPECT_EQ(first("FREQ=YEARLY;INTERVAL=1000000000000", "99991231T235959", 9), "99991231T235959");
  EXPECT_EQ(first("FREQ=SECONDLY;INTERVAL=1000000000000", "00010101T000000", 9), "00010101T000000");
  const Recurrence before(std::get<RecurrenceRule>(parse_recurrence("FREQ=DAILY")), LocalTime::min(),
                          Zone::find("UTC").value());
  EXPECT_TRUE(before.never());
  EXPECT_TRUE(Recurrence(before.rule(), LocalTime::max(), Zone::find("UTC").value()).never());
  EXPECT_FALSE(before.occurs(LocalTime::min()));
  EXPECT_FALSE(before.occurs(LocalTime::max()));
  const auto daily = recurrence("FREQ=DAILY", "20261124T053000");
  EXPECT_EQ(daily.between(LocalTime::min(), LocalTime::max(), 2).size(), 2u);
  EXPECT_FALSE(daily.next(LocalTime::max()));
}

class NeverRule : public ::testing::TestWithParam<std::pair<const char*, const char*>> {};

TEST_P(NeverRule, IsKnownWithoutLongSearch) {
  const auto [rule, dtstart] = GetParam();
  const auto made = recurrence(rule, dtstart);
  const auto begin = processor_time();
  EXPECT_TRUE(made.never());
  EXPECT_LT(processor_time() - begin, 3s) << "with sanitizers; a release build needs milliseconds";
}

INSTANTIATE_TEST_SUITE_P(
    Cases, NeverRule,
    ::testing::Values(std::pair{"FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30", "20261124T053000"},
                      std::pair{"FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "20261124T053000"},
                      std::pair{"FREQ=SECONDLY;BYMONTH=4;BYMONTHDAY=31", "20261124T053000"},
                      std::pair{"FREQ=MONTHLY;BYDAY=6MO", "20261124T053000"},
                      std::pair{"FREQ=YEARLY;BYYEARDAY=366;BYMONTHDAY=30", "20261124T053000"},
                      std::pair{"FREQ=YEARLY;INTERVAL=4;BYMONTH=2;BYMONTHDAY=29", "20270101T053000"},
                      std::pair{"FREQ=YEARLY;BYWEEKNO=20;BYMONTH=1", "20261124T053000"},
                      std::pair{"FREQ=DAILY;INTERVAL=7;BYDAY=TU", "20261123T053000"},
                      std::pair{"FREQ=HOURLY;INTERVAL=24;BYHOUR=6", "20261124T053000"},
                      std::pair{"FREQ=HOURLY;INTERVAL=168;BYDAY=MO", "20261124T053000"},
                      std::pair{"FREQ=MINUTELY;INTERVAL=60;BYMINUTE=31", "20261124T053000"},
                      std::pair{"FREQ=SECONDLY;INTERVAL=2;BYSECOND=1,3,5,7,9,11,13,15,17", "20261124T053000"},
                      std::pair{"FREQ=SECONDLY;INTERVAL=604800;BYDAY=MO", "20261124T053000"},
                      std::pair{"FREQ=WEEKLY;BYDAY=MO,TU;BYSETPOS=3", "20261124T053000"},
                      std::pair{"FREQ=DAILY;UNTIL=20261123", "20261124T053000"}));

TEST(NeverRule, IsNotSaidOfWhatComesRarely) {
  EXPECT_EQ(first("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;BYDAY=WE", "20261124T053000", 2),
            "20400229T053000 20680229T053000");
  EXPECT_FALSE(recurrence("FREQ=YEARLY;INTERVAL=97;BYMONTH=2;BYMONTHDAY=29;BYDAY=WE", "20261124T053000").never());
}

// Thirty years after DTSTART: the answer is there without walking a billion seconds, with COUNT as without.
TEST(Recurrence, ReachesFarWithoutWalkingThere) {
  const auto from = from_compact("20561124T053000");
  const auto begin = processor_time();
  EXPECT_EQ(compact(recurrence("FREQ=SECONDLY;INTERVAL=7", "20261124T053000").between(from, kEnd, 2)),
            "20561124T053003 20561124T053010");
  EXPECT_EQ(recurrence("FREQ=SECONDLY;COUNT=1000000000000", "20261124T053000").next(from), from);
  EXPECT_EQ(compact(recurrence("FREQ=SECONDLY;INTERVAL=7;BYSECOND=3,4;COUNT=99999999999", "20261124T053000")
                        .between(from, kEnd, 2)),
            "20561124T053003 20561124T053504");
  EXPECT_LT(processor_time() - begin, 2s);
}

TEST(Recurrence, CountsToTheSecondOverThirtyYears) {
  const auto dtstart = from_compact("20261124T053000"), from = from_compact("20561124T053000");
  const auto seconds = chr::floor<chr::seconds>(from - dtstart).count();
  const auto last_is = [&](std::int64_t count, const char* more) {
    return recurrence("FREQ=SECONDLY" + std::string(more) + ";COUNT=" + std::to_string(count), "20261124T053000");
  };
  EXPECT_EQ(compact(last_is(seconds + 1, "").between(from - 1s, kEnd)), "20561124T052959 20561124T053000");
  EXPECT_EQ(compact(last_is(seconds / 60, ";BYSECOND=30").between(from - 5min, kEnd, 9)),
            "20561124T052530 20561124T052630 20561124T052730 20561124T052830 20561124T052930");
}

}  // namespace
