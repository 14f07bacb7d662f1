// The calendar's lines over the timetable: what is held, when, and under which id.
#include <gmock/gmock.h>

#include <string>

#include "scheduler/plan.hpp"
#include "tests/playlists/measured.hpp"
#include "tests/playlists/station_texts.hpp"

namespace loa::scheduler {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const std::string kLayeredProgrammes = R"(articles:
  a: {clip: a.wav}
programmes:
  chieu: {at: "17:00", items: [a]}
  sang: {at: "05:30", items: [a]}
  sang-tet: {repeat: never, items: [a]}
  tet: {at: "08:00", repeat: never, items: [a]}
  trua: {at: "11:00", repeat: never, items: [a]}
)";
// `calendar:` is line 9, its first line 10.

class Layered {
 public:
  explicit Layered(const std::string& lines, const std::string& programmes = kLayeredProgrammes)
      : files_(tests::station_of(programmes + "calendar:\n" + lines, diagnostics_)),
        schedule_(read_schedule(files_, diagnostics_)) {
    catalogue_.set("a.wav", tests::measured(std::chrono::minutes(5)));
  }

  std::vector<std::string> findings() const { return tests::findings(diagnostics_); }
  std::string words(const std::string& code) const { return tests::words_of(diagnostics_, code); }

  /// Of each session that starts on `day` the lines of the calendar behind it.
  std::vector<std::string> named_by(const char* day) const {
    std::vector<std::string> lines;
    for (const auto& session : plan_of(day).sessions) lines.push_back(session.by);
    return lines;
  }

  /// "T0530/sang 05:30" for each session that starts on `day`.
  std::vector<std::string> sessions(const char* day) const {
    std::vector<std::string> sessions;
    for (const auto& session : plan_of(day).sessions) {
      const auto id = session.id.str().substr(session.id.str().find('T'));
      sessions.push_back(id + ' ' + calendar::rfc3339(session.start, schedule_->zone).substr(11, 5));
    }
    return sessions;
  }

 private:
  Plan plan_of(const char* day) const {
    const auto date = calendar::parse_date(day).value();
    return make_plan(*schedule_, catalogue_, date, Date(std::chrono::sys_days(date) + std::chrono::days(1)));
  }

  config::Diagnostics diagnostics_;
  config::StationFiles files_;
  std::optional<Schedule> schedule_;
  playlists::Catalogue catalogue_;
};

TEST(Layers, LeaveOtherDaysAlone) {
  const Layered layered("  - {on: 2026-12-01, mute: [chieu]}\n");
  EXPECT_THAT(layered.findings(), IsEmpty());
  EXPECT_THAT(layered.sessions("2026-11-30"), ElementsAre("T0530/sang 05:30", "T1700/chieu 17:00"));
  EXPECT_THAT(layered.sessions("2026-12-01"), ElementsAre("T0530/sang 05:30"));
  EXPECT_THAT(layered.sessions("2026-12-02"), ElementsAre("T0530/sang 05:30", "T1700/chieu 17:00"));
}

TEST(Layers, MuteAllWinsOverEveryOtherLine) {
  const Layered layered("  - {on: \"2026-12-01..2026-12-02\", mute: all}\n  - {on: 2026-12-01, add: [trua]}\n");
  EXPECT_THAT(layered.sessions("2026-12-01"), IsEmpty());
  EXPECT_THAT(layered.sessions("2026-12-02"), IsEmpty());
}

TEST(Layers, ReplaceByAStandInAtItsOwnTimeOrAtThatOfTheReplaced) {
  const Layered layered("  - {on: \"lunar 01-01\", replace: {sang: sang-tet, chieu: tet}}\n");
  EXPECT_THAT(layered.sessions("2026-02-17"), ElementsAre("T0530/sang-tet 05:30", "T0800/tet 08:00"));
}

TEST(Layers, GiveWhoStandsInForAStandInTheTimeOfThatOne) {
  const Layered layered(
      "  - {on: 2026-12-01, replace: {sang: tet}}\n"
      "  - {on: 2026-12-01, replace: {tet: sang-tet}}\n");
  EXPECT_THAT(layered.sessions("2026-12-01"), ElementsAre("T0800/sang-tet 08:00", "T1700/chieu 17:00"));
  const Layered moved(
      "  - {on: 2026-12-01, replace: {sang: tet}, shift: {sang: 5min, tet: 10min}}\n"
      "  - {on: 2026-12-01, replace: {tet: sang-tet}}\n");
  EXPECT_THAT(moved.sessions("2026-12-01"), ElementsAre("T0800/sang-tet 08:10", "T1700/chieu 17:00"));
}

TEST(Layers, ReplaceNobodyWhoDoesNotPlay) {
  const Layered layered("  - {on: 2026-12-01, replace: {trua: tet}}\n");
  EXPECT_THAT(layered.sessions("2026-12-01"), ElementsAre("T0530/sang 05:30", "T1700/chieu 17:00"));
}

TEST(Layers, AddWhatDoesNotPlayThatDayAndChangeNothingElse) {
  const Layered layered("  - {on: [2026-11-25, 2026-12-02], add: [trua, sang]}\n");
  EXPECT_THAT(layered.sessions("2026-11-25"), ElementsAre("T0530/sang 05:30", "T1100/trua 11:00", "T1700/chieu 17:00"));
  EXPECT_THAT(layered.sessions("2026-11-26"), ElementsAre("T0530/sang 05:30", "T1700/chieu 17:00"));
}

TEST(Layers, MoveAndShiftTheStartAndKeepTheId) {
  const Layered layered("  - {on: \"04-16..10-15\", move: {chieu: \"16:45\"}, shift: {sang: -15min}}\n");
  EXPECT_THAT(layered.sessions("2026-06-01"), ElementsAre("T0530/sang 05:15", "T1700/chieu 16:45"));
  EXPECT_THAT(layered.sessions("2026-10-16"), ElementsAre("T0530/sang 05:30", "T1700/chieu 17:00"));
}

TEST(Layers, LaterLinesWin) {
  EXPECT_THAT(Layered("  - {on: 2026-12-01, mute: [sang]}\n  - {on: 2026-12-01, add: [sang]}\n").sessions("2026-12-01"),
              ElementsAre("T0530/sang 05:30", "T1700/chieu 17:00"));
  EXPECT_THAT(Layered("  - {on: 2026-12-01, add: [trua]}\n  - {on: 2026-12-01, mute: [trua]}\n").sessions("2026-12-01"),
              ElementsAre("T0530/sang 05:30", "T1700/chieu 17:00"));
  EXPECT_THAT(Layered("  - {on: 2026-12-01, replace: {sang: tet}}\n  - {on: 2026-12-01, replace: {sang: trua}}\n")
                  .sessions("2026-12-01"),
              ElementsAre("T1100/trua 11:00", "T1700/chieu 17:00"));
  EXPECT_THAT(
      Layered("  - {on: 2026-12-01, replace: {sang: tet}}\n  - {on: 2026-12-01, mute: [tet]}\n").sessions("2026-12-01"),
      ElementsAre("T1700/chieu 17:00"));
  EXPECT_THAT(Layered("  - {on: 2026-12-01, move: {sang: \"06:00\"}}\n  - {on: 2026-12-01, shift: {sang: 5min}}\n")
                  .sessions("2026-12-01"),
              ElementsAre("T0530/sang 05:35", "T1700/chieu 17:00"));
}

TEST(Layers, LetTwoProgrammesChangePlacesOnOneLine) {
  const Layered layered(
      "  - {on: 2026-12-01, replace: {sang: sang-tet}}\n"
      "  - {on: 2026-12-01, replace: {sang-tet: tet, chieu: sang-tet}}\n");
  EXPECT_THAT(layered.sessions("2026-12-01"), ElementsAre("T0800/tet 08:00", "T1700/sang-tet 17:00"));
}

TEST(Layers, GiveAStandInWithoutATimeTheMovedTimeOfTheReplaced) {
  const Layered layered("  - {on: 2026-12-01, move: {sang: \"06:10\"}, replace: {sang: sang-tet}}\n");
  EXPECT_THAT(layered.sessions("2026-12-01"), ElementsAre("T0530/sang-tet 06:10", "T1700/chieu 17:00"));
}

TEST(Layers, AreNamedByTheSessionsTheyMake) {
  const Layered layered(
      "  - {name: Tết, on: 2026-12-01, replace: {sang: sang-tet}}\n"
      "  - {name: Mùa đông, on: 2026-12-01, shift: {sang: 15min, chieu: 15min}}\n"
      "  - {on: 2026-12-01, add: [trua]}\n");
  EXPECT_THAT(layered.named_by("2026-12-01"), ElementsAre("Tết, Mùa đông", "schedule/lich.yaml:12", "Mùa đông"));
  EXPECT_THAT(layered.named_by("2026-12-02"), ElementsAre("", ""));
}

TEST(Layers, HoldASessionThatStandsInTwiceOnlyOnce) {
  const Layered layered("  - {on: 2026-12-01, replace: {sang: tet, chieu: tet}, add: [tet]}\n");
  EXPECT_THAT(layered.sessions("2026-12-01"), ElementsAre("T0800/tet 08:00"));
}

TEST(Layers, ThatShiftOverMidnightKeepTheDateInTheIdAndPlayOnTheOtherDay) {
  const Layered layered("  - {on: 2026-12-01, shift: {sang: -6h}}\n");
  EXPECT_THAT(layered.sessions("2026-11-30"), ElementsAre("T0530/sang 05:30", "T1700/chieu 17:00", "T0530/sang 23:30"));
  EXPECT_THAT(layered.sessions("2026-12-01"), ElementsAre("T1700/chieu 17:00"));
}

TEST(Layers, DoNotAddWhatIsNoLongerValid) {
  const std::string programmes =
      "articles:\n  a: {clip: a.wav}\nprogrammes:\n"
      "  cu: {at: \"06:00\", until: 2026-11-30, repeat: never, items: [a]}\n"
      "  sang: {at: \"05:30\", items: [a]}\n";
  const Layered layered("  - {on: \"2026-11-30..2026-12-01\", add: [cu]}\n", programmes);
  EXPECT_THAT(layered.sessions("2026-11-30"), ElementsAre("T0530/sang 05:30", "T0600/cu 06:00"));
  EXPECT_THAT(layered.sessions("2026-12-01"), ElementsAre("T0530/sang 05:30"));
}

TEST(Layers, TakeAnyFormOfDays) {
  const auto muted = [](const std::string& on, const char* day) {
    return Layered("  - {on: " + on + ", mute: [chieu, sang]}\n").sessions(day).empty();
  };
  EXPECT_TRUE(muted("weekends", "2026-11-28"));
  EXPECT_FALSE(muted("weekends", "2026-11-27"));
  EXPECT_TRUE(muted("[fri]", "2026-11-27"));
  EXPECT_TRUE(muted("holiday:quoc-khanh", "2026-09-02"));
  EXPECT_TRUE(muted("{lunar: [\"15\"]}", "2026-03-03"));
  EXPECT_TRUE(muted("12-24..12-26", "2031-12-25"));
  EXPECT_TRUE(muted("[2026-12-01, \"lunar 12-23\", holiday:gio-to]", "2026-04-26"));
}

TEST(Timetables, TakeTheTimesOfARecurrenceRule) {
  const std::string programmes =
      "articles:\n  a: {clip: a.wav}\nprogrammes:\n"
      "  bao: {at: \"07:00\", from: 2026-11-25, repeat: {rrule: \"FREQ=HOURLY;INTERVAL=3;BYHOUR=7,8,9,10,11,12,13\"}, "
      "items: [a]}\n";
  const Layered layered("  - {on: 2026-11-26, shift: {bao: 10min}}\n  - {on: 2026-11-28, mute: all}\n", programmes);
  EXPECT_THAT(layered.findings(), IsEmpty());
  EXPECT_THAT(layered.sessions("2026-11-24"), IsEmpty());
  EXPECT_THAT(layered.sessions("2026-11-25"), ElementsAre("T0700/bao 07:00", "T1000/bao 10:00", "T1300/bao 13:00"));
  EXPECT_THAT(layered.sessions("2026-11-26"), ElementsAre("T0700/bao 07:10", "T1000/bao 10:10", "T1300/bao 13:10"));
  EXPECT_THAT(layered.sessions("2026-11-28"), IsEmpty());
}

TEST(Timetables, RefuseARuleWithSeveralTimesAndARuleThatFillsTheDay) {
  const auto findings = [](const std::string& at, const std::string& rule) {
    return Layered("  - {on: 2026-11-26, mute: all}\n",
                   "articles:\n  a: {clip: a.wav}\nprogrammes:\n  sang: {at: " + at +
                       ", from: 2026-11-01, repeat: {rrule: \"" + rule + "\"}, items: [a]}\n")
        .findings();
  };
  EXPECT_THAT(findings("[\"05:30\", \"06:30\"]", "FREQ=DAILY"),
              ElementsAre("schedule/lich.yaml:4:14 error rule-times"));
  EXPECT_THAT(findings("\"05:30\"", "FREQ=SECONDLY"), ElementsAre("schedule/lich.yaml:4:3 error too-many-items"));
}

TEST(ReadCalendar, CountsWhatItBringsAgainstWhatADayCanHold) {
  const std::string programmes =
      "articles:\n  a: {clip: a.wav}\nprogrammes:\n  kin: {repeat: never, at: {every: 1s, from: \"05:00\", until: "
      "\"05:23\"}, items: [a, a, a, a, a, a, a, a]}\n  sang: {at: \"05:30\", items: [a]}\n";
  EXPECT_THAT(Layered("  - {on: 2026-12-01, add: [kin]}\n", programmes).findings(),
              ElementsAre("schedule/lich.yaml:4:3 error too-many-items"));
  EXPECT_THAT(Layered("  - {on: 2026-12-01, mute: [kin]}\n", programmes).findings(), IsEmpty());
}

TEST(ReadCalendar, WhatItBringsMayPlayOnDaysThatItsOwnTextDoesNotName) {
  const std::string programmes =
      "articles:\n  a: {clip: a.wav}\nprogrammes:\n  sang: {at: \"05:30\", repeat: weekdays, items: [a, {article: a, "
      "days: [sun]}]}\n  thay: {at: \"06:30\", repeat: [mon], items: [a, {article: a, days: [tue]}]}\n";
  EXPECT_THAT(Layered("  - {on: 2026-11-29, add: [sang]}\n  - {on: 2026-12-01, replace: {sang: thay}}\n", programmes)
                  .findings(),
              IsEmpty());
  EXPECT_THAT(Layered("  - {on: 2026-11-29, mute: [sang]}\n", programmes).findings(), ::testing::SizeIs(2));
}

TEST(ReadCalendar, OneMistakeHasOneAnswer) {
  EXPECT_THAT(Layered("  - {on: 2026-12-01, muet: [sang]}\n").findings(),
              ElementsAre("schedule/lich.yaml:10:22 error unknown-key"));
  EXPECT_THAT(Layered("  - all\n").findings(), ::testing::SizeIs(1));
}

TEST(ReadCalendar, SaysWhatIsWrong) {
  const auto findings = [](const std::string& line) { return Layered("  - " + line + "\n").findings(); };
  EXPECT_THAT(findings("{on: 2026-12-01}"), ElementsAre("schedule/lich.yaml:10:5 error calendar-without-action"));
  EXPECT_THAT(findings("{mute: all}"), ElementsAre("schedule/lich.yaml:10:5 error missing-key"));
  EXPECT_THAT(findings("{on: 2026-12-01, mute: [chieu, sng]}"),
              ElementsAre("schedule/lich.yaml:10:36 error unknown-programme"));
  EXPECT_THAT(findings("{on: 2026-12-01, add: [sang-tet]}"), ElementsAre("schedule/lich.yaml:10:28 error no-time"));
  EXPECT_THAT(findings("{on: 2026-12-01, replace: {sang: sang}}"),
              ElementsAre("schedule/lich.yaml:10:38 error replaced-by-itself"));
  EXPECT_THAT(findings("{on: 2026-12-01, move: {sang: 25:00}}"),
              ElementsAre(::testing::StartsWith("schedule/lich.yaml:10:35 error")));
  EXPECT_THAT(findings("{on: 2026-12-01, shift: {sang: 25h}}"),
              ElementsAre("schedule/lich.yaml:10:36 error shift-range"));
  EXPECT_THAT(findings("{on: 2026-12-01, mute: all, add: [trua]}"),
              ElementsAre("schedule/lich.yaml:10:5 warning muted-anyway"));
  EXPECT_THAT(findings("{on: \"2026-12-01..\", mute: all}"), ElementsAre("schedule/lich.yaml:10:10 error not-a-date"));
  EXPECT_THAT(findings("{on: holiday:tet, mute: all}"), ElementsAre("schedule/lich.yaml:10:10 error unknown-holiday"));
  for (const auto* all : {"tất cả", "tat-ca", "ALL", "[all]", "[tất cả]", "\"*\""}) {
    const Layered layered(std::string("  - {on: 2026-12-01, mute: ") + all + "}\n");
    EXPECT_THAT(layered.findings(), ::testing::SizeIs(1)) << all;
    EXPECT_THAT(layered.words("not-a-choice") + layered.words("unknown-programme"),
                ::testing::HasSubstr("write mute: all"))
        << all;
  }
  EXPECT_THAT(Layered("  - {on: 2026-12-01, mute: [sng]}\n").words("unknown-programme"),
              ::testing::HasSubstr("did you mean “sang”?"));
}

TEST(ReadCalendar, RefusesToMoveSeveralTimesToOne) {
  const std::string programmes =
      "articles:\n  a: {clip: a.wav}\nprogrammes:\n  sang: {at: [\"05:30\", \"06:30\"], items: [a]}\n";
  const Layered layered("  - {on: 2026-12-01, move: {sang: \"07:00\"}}\n", programmes);
  EXPECT_THAT(layered.findings(), ElementsAre("schedule/lich.yaml:6:29 error moved-together"));
}

}  // namespace
}  // namespace loa::scheduler
