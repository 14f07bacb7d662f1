// The text of a recurrence rule: what is read, what is refused, why and where.
#include <gtest/gtest.h>

#include "scheduler/calendar/recurrence_rule.hpp"

namespace {

namespace chr = std::chrono;
using loa::calendar::Frequency;
using loa::calendar::parse_recurrence;
using loa::calendar::RecurrenceError;
using loa::calendar::RecurrenceRule;
using Reason = RecurrenceError::Reason;

RecurrenceRule rule(const char* text) {
  return std::get<RecurrenceRule>(parse_recurrence(text));
}

struct Refused {
  const char* text;  // the wrong piece between < and >
  Reason reason;
  const char* part = "";
};

class RefusedRule : public ::testing::TestWithParam<Refused> {};

TEST_P(RefusedRule, SaysWhyAndWhere) {
  std::string text = GetParam().text;
  const auto begin = text.find('<');
  text.erase(begin, 1);
  const auto end = text.find('>');
  text.erase(end, 1);
  const auto answer = parse_recurrence(text);
  const auto* error = std::get_if<RecurrenceError>(&answer);
  ASSERT_NE(error, nullptr) << text;
  EXPECT_EQ(error->reason, GetParam().reason) << text;
  EXPECT_EQ(error->begin, begin) << text;
  EXPECT_EQ(error->end, end) << text;
  EXPECT_EQ(error->part, GetParam().part) << text;
  EXPECT_TRUE(error->section.starts_with("RFC "));
}

INSTANTIATE_TEST_SUITE_P(
    Grammar, RefusedRule,
    ::testing::Values(Refused{"<>", Reason::empty}, Refused{"<RRULE:>FREQ=DAILY", Reason::prefixed},
                      Refused{"<DTSTART:>20261101T053000", Reason::prefixed}, Refused{"<daily>", Reason::not_a_part},
                      Refused{"FREQ=DAILY;<>", Reason::not_a_part},
                      Refused{"FREQ=DAILY;<>;COUNT=3", Reason::not_a_part},
                      Refused{"<INTERVAL=2>", Reason::frequency_missing, "FREQ"},
                      Refused{"FREQ=DAILY;<INTERVALL>=2", Reason::unknown_part, "INTERVALL"},
                      Refused{"FREQ=DAILY;< COUNT>=2", Reason::unknown_part, " COUNT"},
                      Refused{"FREQ=DAILY;<X-LOA>=2", Reason::unknown_part, "X-LOA"},
                      Refused{"FREQ=DAILY;<BYEASTER>=0", Reason::unknown_part, "BYEASTER"},
                      Refused{"FREQ=DAILY;COUNT=2;<COUNT=2>", Reason::repeated_part, "COUNT"},
                      Refused{"FREQ=DAILY;<freq=WEEKLY>", Reason::repeated_part, "FREQ"},
                      Refused{"<RSCALE=CHINESE>;FREQ=YEARLY", Reason::not_supported, "RSCALE"},
                      Refused{"FREQ=YEARLY;<SKIP=FORWARD>", Reason::not_supported, "SKIP"},
                      Refused{"FREQ=<DAYLY>", Reason::malformed, "FREQ"}, Refused{"FREQ=<>", Reason::malformed, "FREQ"},
                      Refused{"FREQ=DAILY;INTERVAL=<-1>", Reason::malformed, "INTERVAL"},
                      Refused{"FREQ=DAILY;INTERVAL=<+1>", Reason::malformed, "INTERVAL"},
                      Refused{"FREQ=DAILY;INTERVAL=<1.5>", Reason::malformed, "INTERVAL"},
                      Refused{"FREQ=DAILY;COUNT=<three>", Reason::malformed, "COUNT"},
                      Refused{"FREQ=WEEKLY;BYDAY=MO,<>", Reason::malformed, "BYDAY"},
                      Refused{"FREQ=WEEKLY;BYDAY=<T2>", Reason::malformed, "BYDAY"},
                      Refused{"FREQ=MONTHLY;BYDAY=<2>", Reason::malformed, "BYDAY"},
                      Refused{"FREQ=MONTHLY;BYDAY=TU,<->WE", Reason::malformed, "BYDAY"},
                      Refused{"FREQ=MONTHLY;BYDAY=<001>MO", Reason::malformed, "BYDAY"},
                      Refused{"FREQ=MONTHLY;BYDAY=MO,< >TU", Reason::malformed, "BYDAY"},
                      Refused{"FREQ=MONTHLY;BYMONTHDAY=<001>", Reason::malformed, "BYMONTHDAY"},
                      Refused{"FREQ=DAILY;BYHOUR=<+5>", Reason::malformed, "BYHOUR"},
                      Refused{"FREQ=DAILY;BYHOUR=5,<>,6", Reason::malformed, "BYHOUR"},
                      Refused{"FREQ=WEEKLY;WKST=<1MO>", Reason::malformed, "WKST"}));

INSTANTIATE_TEST_SUITE_P(
    Ranges, RefusedRule,
    ::testing::Values(Refused{"FREQ=DAILY;INTERVAL=<0>", Reason::out_of_range, "INTERVAL"},
                      Refused{"FREQ=DAILY;COUNT=<0>", Reason::out_of_range, "COUNT"},
                      Refused{"FREQ=DAILY;COUNT=<99999999999999999999>", Reason::out_of_range, "COUNT"},
                      Refused{"FREQ=DAILY;INTERVAL=<1000000000001>", Reason::out_of_range, "INTERVAL"},
                      Refused{"FREQ=DAILY;BYSECOND=<61>", Reason::out_of_range, "BYSECOND"},
                      Refused{"FREQ=DAILY;BYMINUTE=0,<60>", Reason::out_of_range, "BYMINUTE"},
                      Refused{"FREQ=DAILY;BYHOUR=<24>", Reason::out_of_range, "BYHOUR"},
                      Refused{"FREQ=MONTHLY;BYDAY=<0>MO", Reason::out_of_range, "BYDAY"},
                      Refused{"FREQ=YEARLY;BYDAY=<-54>MO", Reason::out_of_range, "BYDAY"},
                      Refused{"FREQ=MONTHLY;BYMONTHDAY=<0>", Reason::out_of_range, "BYMONTHDAY"},
                      Refused{"FREQ=MONTHLY;BYMONTHDAY=<-32>", Reason::out_of_range, "BYMONTHDAY"},
                      Refused{"FREQ=YEARLY;BYYEARDAY=1,<367>", Reason::out_of_range, "BYYEARDAY"},
                      Refused{"FREQ=YEARLY;BYWEEKNO=<54>", Reason::out_of_range, "BYWEEKNO"},
                      Refused{"FREQ=YEARLY;BYMONTH=<13>", Reason::out_of_range, "BYMONTH"},
                      Refused{"FREQ=YEARLY;BYMONTH=<0>", Reason::out_of_range, "BYMONTH"},
                      Refused{"FREQ=YEARLY;BYMONTH=1;BYSETPOS=<0>", Reason::out_of_range, "BYSETPOS"},
                      Refused{"FREQ=YEARLY;BYMONTH=1;BYSETPOS=<-367>", Reason::out_of_range, "BYSETPOS"}));

INSTANTIATE_TEST_SUITE_P(
    Until, RefusedRule,
    ::testing::Values(Refused{"FREQ=DAILY;UNTIL=<2026-12-31>", Reason::malformed, "UNTIL"},
                      Refused{"FREQ=DAILY;UNTIL=<20261231Z>", Reason::malformed, "UNTIL"},
                      Refused{"FREQ=DAILY;UNTIL=<20261231T0530>", Reason::malformed, "UNTIL"},
                      Refused{"FREQ=DAILY;UNTIL=<20261231T053000ZZ>", Reason::malformed, "UNTIL"},
                      Refused{"FREQ=DAILY;UNTIL=<20260229>", Reason::no_such_date, "UNTIL"},
                      Refused{"FREQ=DAILY;UNTIL=<20261331>", Reason::no_such_date, "UNTIL"},
                      Refused{"FREQ=DAILY;UNTIL=<20261231T240000>", Reason::no_such_date, "UNTIL"},
                      Refused{"FREQ=DAILY;UNTIL=<20261231T236000Z>", Reason::no_such_date, "UNTIL"},
                      Refused{"FREQ=DAILY;UNTIL=<20261231T235961Z>", Reason::no_such_date, "UNTIL"}));

INSTANTIATE_TEST_SUITE_P(
    Together, RefusedRule,
    ::testing::Values(Refused{"FREQ=DAILY;COUNT=2;<UNTIL=20261231>", Reason::count_with_until, "UNTIL"},
                      Refused{"<UNTIL=20261231>;FREQ=DAILY;COUNT=2", Reason::count_with_until, "UNTIL"},
                      Refused{"FREQ=MONTHLY;<BYWEEKNO=5>", Reason::week_number_frequency, "BYWEEKNO"},
                      Refused{"<BYWEEKNO=5>;FREQ=DAILY", Reason::week_number_frequency, "BYWEEKNO"},
                      Refused{"FREQ=DAILY;<BYYEARDAY=5>", Reason::year_day_frequency, "BYYEARDAY"},
                      Refused{"FREQ=WEEKLY;<BYYEARDAY=5>", Reason::year_day_frequency, "BYYEARDAY"},
                      Refused{"FREQ=MONTHLY;<BYYEARDAY=5>", Reason::year_day_frequency, "BYYEARDAY"},
                      Refused{"FREQ=WEEKLY;<BYMONTHDAY=5>", Reason::month_day_frequency, "BYMONTHDAY"},
                      Refused{"FREQ=WEEKLY;<BYDAY=MO,2TU>", Reason::ordinal_frequency, "BYDAY"},
                      Refused{"FREQ=HOURLY;<BYDAY=-1TU>;COUNT=1", Reason::ordinal_frequency, "BYDAY"},
                      Refused{"FREQ=YEARLY;<BYDAY=1MO>;BYWEEKNO=20", Reason::ordinal_with_week_number, "BYDAY"},
                      Refused{"FREQ=MONTHLY;<BYSETPOS=1>", Reason::set_position_alone, "BYSETPOS"},
                      Refused{"FREQ=MONTHLY;WKST=SU;INTERVAL=2;<BYSETPOS=1>", Reason::set_position_alone, "BYSETPOS"}));

TEST(RefusedRule, TellsTheRange) {
  const auto error = std::get<RecurrenceError>(parse_recurrence("FREQ=YEARLY;BYYEARDAY=-400"));
  EXPECT_EQ(error.low, 1);
  EXPECT_EQ(error.high, 366);
  EXPECT_TRUE(error.sign);
}

TEST(RefusedRule, NamesTheSection) {
  EXPECT_EQ(std::get<RecurrenceError>(parse_recurrence("FREQ=DAILY;RSCALE=HEBREW")).section, "RFC 7529 4.1");
  EXPECT_EQ(std::get<RecurrenceError>(parse_recurrence("FREQ=DAILY;COUNT=0")).section, "RFC 5545 3.3.10");
  EXPECT_EQ(std::get<RecurrenceError>(parse_recurrence("FREQ=DAILY;UNTIL=20260230")).section, "RFC 5545 3.3.4");
}

TEST(RefusedRule, IsAnsweredAtOnceHoweverLong) {
  const auto answer = parse_recurrence("FREQ=DAILY;BYHOUR=" + std::string(3'000'000, ','));
  EXPECT_EQ(std::get<RecurrenceError>(answer).reason, Reason::too_long);
}

TEST(ReadRule, HasEveryPart) {
  const auto read = rule(
      "FREQ=YEARLY;INTERVAL=2;UNTIL=20301231T220000Z;BYSECOND=0,60;BYMINUTE=5;BYHOUR=23;BYDAY=1MO,-2TU,WE;BYMONTHDAY=-"
      "1,+3;"
      "BYYEARDAY=-366;BYMONTH=02;BYSETPOS=-1;WKST=SU");
  EXPECT_EQ(read.frequency, Frequency::yearly);
  EXPECT_EQ(read.interval, 2);
  ASSERT_TRUE(read.until);
  EXPECT_EQ(read.until->form, loa::calendar::Until::Form::utc);
  EXPECT_EQ(read.until->at, chr::local_days(chr::year(2030) / 12 / 31) + chr::hours(22));
  EXPECT_EQ(read.by_second, (std::vector{0, 60}));
  EXPECT_EQ(read.by_minute, std::vector{5});
  EXPECT_EQ(read.by_hour, std::vector{23});
  EXPECT_EQ(read.by_day,
            (std::vector<loa::calendar::WeekdayNumber>{{1, chr::Monday}, {-2, chr::Tuesday}, {0, chr::Wednesday}}));
  EXPECT_EQ(read.by_month_day, (std::vector{-1, 3}));
  EXPECT_EQ(read.by_year_day, std::vector{-366});
  EXPECT_EQ(read.by_month, std::vector{2});
  EXPECT_EQ(read.by_set_position, std::vector{-1});
  EXPECT_EQ(read.week_start, chr::Sunday);
}

TEST(ReadRule, HasTheDefaults) {
  const auto read = rule("FREQ=DAILY");
  EXPECT_EQ(read.interval, 1);
  EXPECT_FALSE(read.count);
  EXPECT_FALSE(read.until);
  EXPECT_EQ(read.week_start, chr::Monday);
}

TEST(ReadRule, TakesPartsInAnyOrderAndCase) {
  EXPECT_EQ(rule("byday=mo,2tu;Until=20261231t220000z;freq=monthly"),
            rule("FREQ=MONTHLY;UNTIL=20261231T220000Z;BYDAY=MO,2TU"));
}

TEST(ReadRule, KeepsWhatIsRepeatedOnce) {
  EXPECT_EQ(rule("FREQ=MONTHLY;BYDAY=MO,+2TU,MO,2TU;BYHOUR=5,05").by_day.size(), 2u);
  EXPECT_EQ(rule("FREQ=DAILY;BYHOUR=5,05").by_hour, std::vector{5});
}

TEST(ReadRule, KnowsTheThreeFormsOfUntil) {
  using Form = loa::calendar::Until::Form;
  EXPECT_EQ(rule("FREQ=DAILY;UNTIL=20261231").until->form, Form::date);
  EXPECT_EQ(rule("FREQ=DAILY;UNTIL=20261231T235960").until->form, Form::local);
  EXPECT_EQ(rule("FREQ=DAILY;UNTIL=20261231T235960").until->at,
            chr::local_days(chr::year(2026) / 12 / 31) + chr::hours(24) - chr::seconds(1));
  EXPECT_EQ(rule("FREQ=DAILY;UNTIL=20261231T000000Z").until->form, Form::utc);
}

class WrittenRule : public ::testing::TestWithParam<const char*> {};
TEST_P(WrittenRule, IsTheSameText) {
  EXPECT_EQ(to_string(rule(GetParam())), GetParam());
}
INSTANTIATE_TEST_SUITE_P(
    Cases, WrittenRule,
    ::testing::Values("FREQ=SECONDLY;INTERVAL=1000000000000;COUNT=1000000000000", "FREQ=MINUTELY;UNTIL=00010101",
                      "FREQ=HOURLY;UNTIL=99991231T235959Z", "FREQ=DAILY;UNTIL=20261231T053015;BYHOUR=6,5",
                      "FREQ=YEARLY;BYMONTH=1;BYWEEKNO=-1,53;BYYEARDAY=-366;BYMONTHDAY=-31;BYDAY=SU;WKST=SA",
                      "FREQ=MONTHLY;BYDAY=MO,2TU,-53WE;BYHOUR=0;BYMINUTE=59;BYSECOND=60;BYSETPOS=-366,366"));

}  // namespace
