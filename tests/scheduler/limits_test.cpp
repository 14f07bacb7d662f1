// Limits of sessions and minutes, cited by their name, and kept silent where they are enforced.
#include <gmock/gmock.h>

#include "tests/scheduler/made_up_station.hpp"

namespace loa::scheduler::testing {
namespace {

using config::Language;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// Sessions of 10 min at 05:30, 11:00, 17:00 and 19:00, each a talk of 9 min and a tune of 1 min.
class Limited : public MadeUpStation {
 public:
  Limited() {
    article("talk", 9min);
    article("tune", 1min);
    for (const int hour : {5, 11, 17, 19}) {
      programme("p" + std::to_string(hour), {time_of(hour, 30)}, {play("talk"), play("tune"), pause(1min)});
    }
  }

  config::LimitRule& limit() {
    auto& limit = schedule().limits.emplace_back();
    limit.rule.name = "Quyết định 29";
    limit.rule.at = schedule().programmes.front().span;
    return limit.rule;
  }

  std::vector<std::string> said(const char* today, int days) const {
    std::vector<std::string> lines;
    for (const auto& found : check(today, days)) {
      lines.push_back((found.severity == config::Severity::error ? "error " : "warning ") +
                      found.message.in(Language::en));
    }
    return lines;
  }
  /// "p17/1" of each item that a limit keeps silent on the day.
  std::vector<std::string> silent() const {
    std::vector<std::string> items;
    for (const auto& item : plan_of(kWednesday).items) {
      if (item.fault == Fault::limited) items.push_back(item.programme + "/" + item.index);
    }
    return items;
  }
};

TEST(Limits, OfSessionsADayAreWarnedOfByName) {
  Limited station;
  station.limit().sessions_per_day = 3;
  EXPECT_THAT(station.said(kWednesday, 2),
              ElementsAre("warning “p19” at 19:30 is session 4 of the day; “Quyết định 29” allows 3 "
                          "(schedule/lich.yaml:3) (Wed 25/11/2026, 2 days until Thu 26/11/2026)"));
  EXPECT_THAT(station.silent(), IsEmpty()) << "it is a warning only";
}

TEST(Limits, OfMinutesASessionCountSoundAndNotSilence) {
  Limited station;
  station.limit().minutes_per_session = 10;
  EXPECT_THAT(station.said(kWednesday, 1), IsEmpty()) << "10 minutes of sound and one of silence";
  station.schedule().limits[0].rule.minutes_per_session = 9;
  const auto said = station.said(kWednesday, 1);
  ASSERT_EQ(said.size(), 4u);
  EXPECT_THAT(said[0], HasSubstr("“p5” at 05:30 has 10min of sound; “Quyết định 29” allows 9 minutes a session"));
}

TEST(Limits, OfMinutesADayAreToldOfEachSessionBeyond) {
  Limited station;
  station.limit().minutes_per_day = 25;
  const auto said = station.said(kWednesday, 1);
  ASSERT_EQ(said.size(), 2u);
  EXPECT_THAT(said[0], HasSubstr("with “p17” at 17:30 the day has 30min of sound"));
  EXPECT_THAT(said[1], HasSubstr("with “p19” at 19:30 the day has 40min of sound"));
}

TEST(Limits, ThatAreEnforcedAreErrorsAndKeptSilentOnAir) {
  Limited station;
  auto& limit = station.limit();
  limit.sessions_per_day = 3;
  limit.enforce = true;
  EXPECT_THAT(station.said(kWednesday, 1), ElementsAre(::testing::StartsWith("error “p19” at 19:30")));
  EXPECT_THAT(station.silent(), ElementsAre("p19/1", "p19/2"));
  limit.sessions_per_day.reset();
  limit.minutes_per_day = 29;
  EXPECT_THAT(station.silent(), ElementsAre("p17/2", "p19/1", "p19/2")) << "what fits whole is heard";
  limit.minutes_per_day.reset();
  limit.minutes_per_session = 9;
  EXPECT_THAT(station.silent(), ElementsAre("p5/2", "p11/2", "p17/2", "p19/2"));
}

TEST(Limits, OfThePlanKeepTheTimeOfWhatTheySilence) {
  Limited station;
  const auto before = station.plan_of(kWednesday);
  auto& limit = station.limit();
  limit.minutes_per_session = 5;
  limit.enforce = true;
  const auto after = station.plan_of(kWednesday);
  ASSERT_EQ(before.items.size(), after.items.size());
  for (std::size_t i = 0; i < after.items.size(); ++i) {
    EXPECT_EQ(after.items[i].start, before.items[i].start);
    EXPECT_EQ(after.items[i].frames, before.items[i].frames);
  }
}

TEST(Limits, CountOnTheirDaysOnly) {
  Limited station;
  auto& limit = station.limit();
  limit.sessions_per_day = 3;
  station.schedule().limits[0].days.words.form = Days::Form::weekends;
  EXPECT_THAT(station.said(kWednesday, 3), IsEmpty());
  station.schedule().limits[0].days.words.form = Days::Form::daily;
  DateSpan today;
  today.first = today.last = date(kWednesday);
  station.schedule().limits[0].except = set_of({today}, nullptr);
  EXPECT_THAT(station.said(kWednesday, 2), ElementsAre(HasSubstr("(Thu 26/11/2026)")));
  limit.from = date("2026-11-27");
  EXPECT_THAT(station.said(kWednesday, 2), IsEmpty());
}

TEST(Limits, WithAHolidayThatHasNoDateAreWarnedOf) {
  Limited station;
  station.limit().sessions_per_day = 9;
  auto holidays = std::make_shared<Holidays>();
  DateSpan past;
  past.first = past.last = date("2025-02-01");
  (*holidays)["tet"].days = {past};
  station.schedule().holidays = holidays;
  DateSpan tet;
  tet.kind = DateSpan::Kind::holiday;
  tet.holiday = "tet";
  station.schedule().limits[0].except = set_of({tet}, holidays);
  EXPECT_THAT(station.said(kWednesday, 1),
              ElementsAre(HasSubstr("has no date of “tet” in 2026"), HasSubstr("has no date of “tet” in 2027")));
}

TEST(Limits, DoNotCountEmergencies) {
  Limited station;
  station.limit().sessions_per_day = 4;
  station.programme("bao", {time_of(7)}, {play("talk")}).priority = playlists::Priority::emergency;
  EXPECT_THAT(station.said(kWednesday, 1), IsEmpty());
  station.schedule().programmes.back().priority = playlists::Priority::priority;
  EXPECT_THAT(station.said(kWednesday, 1), ElementsAre(HasSubstr("“p19” at 19:30 is session 5 of the day")));
}

TEST(Limits, DoNotCountASessionOfWhichNothingIsPlanned) {
  Limited station;
  auto& limit = station.limit();
  limit.sessions_per_day = 4;
  limit.enforce = true;
  station.programme("cho", {time_of(4)}, {fill({"talk"})}).length = 5min;  // the talk does not fit
  EXPECT_THAT(station.plan_of(kWednesday).sessions, ::testing::SizeIs(4));
  EXPECT_THAT(station.silent(), IsEmpty());
  EXPECT_THAT(station.said(kWednesday, 1), IsEmpty());
}

}  // namespace
}  // namespace loa::scheduler::testing
