// Repeats (phát lại): a recording of the day that was planned before names the day of its first airing.
#include <gmock/gmock.h>

#include "tests/scheduler/made_up_station.hpp"

namespace loa::scheduler::testing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

// A Monday.
/// A bulletin of the day, each day's another recording, and a tune.
class Bulletin : public MadeUpStation {
 public:
  Bulletin() {
    article("tune", 10s);
    article("news").clip = "ban-tin/<date>.mp3";
    for (int day = 20; day <= 30; ++day) record("ban-tin/2026-11-" + std::to_string(day) + ".mp3", day);
  }

  /// A recording of its own; the same `number`: the same recording.
  void record(const std::string& clip, int number) {
    auto measured = facts(5min);
    measured.sha256 = std::string(62, 'b') + std::to_string(number);
    set(clip, measured);
  }

  /// "23 sang/2 PL 22/11" of every clip that is a repeat in [from, to).
  std::vector<std::string> repeats(const char* from, const char* to) const {
    std::vector<std::string> lines;
    for (const auto& item : plan(from, to).items) {
      if (!item.repeat_of) continue;
      const auto day = item.session.str().substr(item.session.str().find('T') - 2, 2);
      lines.push_back(day + ' ' + item.programme + "/" + item.index + ' ' + repeat_mark(*item.repeat_of, item.day));
    }
    return lines;
  }
  std::vector<std::string> repeats(const char* day) const {
    std::vector<std::string> lines;
    for (const auto& item : plan_of(day).items) {
      if (item.repeat_of)
        lines.push_back(item.programme + "/" + item.index + ' ' + repeat_mark(*item.repeat_of, item.day));
    }
    return lines;
  }
};

TEST(Repeats, TheRecordingOfTheDayBeforeNamesThatDay) {
  Bulletin station;
  station.programme("sang", {time_of(5, 30)},
                    {play("tune"), play("news").on(chr::Monday), play("news", 1).on(chr::Tuesday)});
  EXPECT_THAT(station.repeats("2026-11-23", "2026-11-26"), ElementsAre("24 sang/3 PL 23/11"));
}

TEST(Repeats, TheBulletinOfTheMorningIsARepeatInTheEvening) {
  Bulletin station;
  station.programme("chieu", {time_of(17)}, {play("tune"), play("news"), play("tune")});
  station.programme("sang", {time_of(5, 30)}, {play("tune"), play("news"), play("tune")});
  EXPECT_THAT(station.repeats(kMonday), ElementsAre("chieu/2 PL 23/11"));
}

TEST(Repeats, WithinOneSessionToo) {
  Bulletin station;
  station.playlist("twice", {"news", "tune", "news"});
  station.programme("sang", {time_of(5, 30)}, {list("twice"), play("news")});
  EXPECT_THAT(station.repeats(kMonday), ElementsAre("sang/1.3 PL 23/11", "sang/2 PL 23/11"));
}

TEST(Repeats, TheFirstAiringIsTheEarliestOfAll) {
  Bulletin station;
  station.programme("sang", {time_of(5, 30)}, {play("news"), play("news", 1), play("news", 2)});
  EXPECT_THAT(station.repeats("2026-11-25"), ElementsAre("sang/2 PL 24/11", "sang/3 PL 23/11"));
}

TEST(Repeats, ARecordingCopiedToAnotherDayIsTheSameAgain) {
  Bulletin station;
  station.programme("sang", {time_of(5, 30)}, {play("news"), play("news", 1)});
  station.record("ban-tin/2026-11-25.mp3", 23);
  EXPECT_THAT(station.repeats("2026-11-25"), ElementsAre("sang/1 PL 23/11", "sang/2 PL 24/11"));
  EXPECT_THAT(station.repeats("2026-11-26"), ElementsAre("sang/2 PL 23/11"));
}

TEST(Repeats, ACopyOfWhatIsNeverAiredIsNoRepeat) {
  Bulletin station;
  station.programme("sang", {time_of(5, 30)}, {play("news").on(chr::Wednesday)});
  station.record("ban-tin/2026-11-25.mp3", 23);
  EXPECT_THAT(station.repeats("2026-11-20", "2026-11-30"), ElementsAre());
}

TEST(Repeats, AnotherArticleOfTheSameRecordingRepeatsIt) {
  Bulletin station;
  auto& again = station.article("phat-lai");
  again.clip = "ban-tin/<date>.mp3";
  station.programme("sang", {time_of(5, 30)}, {play("news")});
  station.programme("toi", {time_of(19)}, {play("phat-lai")});
  EXPECT_THAT(station.repeats(kMonday), ElementsAre("toi/1 PL 23/11"));
}

TEST(Repeats, TunesFillsAndStandingArticlesAreNone) {
  Bulletin station;
  station.article("guide", 1min);
  station.article("music").clip = "nhac/<date>.mp3";
  station.record("nhac/2026-11-23.mp3", 70);
  station.article("month").clip = "thang/<yyyy>-<mm>.mp3";
  station.record("thang/2026-11.mp3", 71);
  auto& sang = station.programme("sang", {time_of(5, 30), time_of(17)},
                                 {play("tune"), play("guide"), play("month"), fill({"music"})});
  sang.length = 30min;
  EXPECT_THAT(station.repeats(kMonday), ElementsAre());
  EXPECT_GT(station.plan_of(kMonday).items.size(), 8u);
}

TEST(Repeats, AnUndatedRecordingOfDaysBeforeIsTheSameEveryDay) {
  Bulletin station;
  station.programme("sang", {time_of(5, 30)}, {play("tune", 1)});
  EXPECT_THAT(station.repeats(kMonday), ElementsAre());
}

TEST(Repeats, WhatIsNotRecordedYetIsKnownByItsName) {
  Bulletin station;
  station.programme("sang", {time_of(5, 30)}, {play("news"), play("news", 1)});
  station.programme("toi", {time_of(19)}, {play("news")});
  EXPECT_THAT(station.repeats("2026-12-10"), ElementsAre("sang/2 PL 09/12", "toi/1 PL 10/12"));
}

TEST(Repeats, WhatIsOnlyEverRepeatedNamesTheRecordingsDay) {
  Bulletin station;
  station.programme("sang", {time_of(5, 30)}, {play("news", 1), play("news", 2)});
  EXPECT_THAT(station.repeats("2026-11-25"), ElementsAre("sang/1 PL 24/11", "sang/2 PL 23/11"));
}

TEST(Repeats, AreTheSameWhateverDaysAreAskedFor) {
  Bulletin station;
  station.programme("sang", {time_of(5, 30)}, {play("news").on(chr::Monday), play("news", 3), play("news", 7)});
  station.programme("toi", {time_of(23, 50)}, {play("news")});
  station.record("ban-tin/2026-11-28.mp3", 21);
  std::vector<std::string> daily;
  for (const auto* day : {"2026-11-23", "2026-11-24", "2026-11-25", "2026-11-26", "2026-11-27", "2026-11-28"}) {
    const auto next = config::to_string(MadeUpStation::date_after(date(day)));
    const auto found = station.repeats(day, next.c_str());
    daily.insert(daily.end(), found.begin(), found.end());
  }
  EXPECT_EQ(station.repeats("2026-11-23", "2026-11-29"), daily);
  EXPECT_THAT(daily, Contains("28 toi/1 PL 21/11"));
}

TEST(Repeats, AMutedDayIsNoFirstAiring) {
  Bulletin station;
  station.programme("chieu", {time_of(17)}, {play("news")});
  station.programme("sang", {time_of(5, 30)}, {play("news")});
  auto& line = station.schedule().calendar.emplace_back();
  DateSpan monday;
  monday.first = monday.last = date(kMonday);
  line.on = set_of({monday}, nullptr);
  line.mute.push_back({"sang", {}});
  EXPECT_THAT(station.repeats(kMonday), ElementsAre());
  EXPECT_THAT(station.repeats("2026-11-24"), ElementsAre("chieu/1 PL 24/11"));
}

TEST(Repeats, TheFirstAiringIsTheDayItWasHeld) {
  Bulletin station;
  station.programme("sang", {time_of(0, 5)}, {play("news")});
  station.programme("toi", {time_of(19)}, {play("news")});
  auto& line = station.schedule().calendar.emplace_back();
  line.shift.emplace_back(NamedProgramme{"sang", {}}, -10min);
  EXPECT_THAT(station.repeats(kMonday), ElementsAre("toi/1 PL 22/11"));
}

TEST(Repeats, ThePiecesOfAnInterruptedRepeatAllSayIt) {
  Bulletin station;
  station.article("warning", 1min);
  station.programme("bao", {time_of(17, 2)}, {play("warning")}).priority = playlists::Priority::emergency;
  station.programme("chieu", {time_of(17)}, {play("news")});
  station.programme("sang", {time_of(5, 30)}, {play("news")});
  EXPECT_THAT(station.repeats(kMonday), ElementsAre("chieu/1 PL 23/11", "chieu/1b PL 23/11"));
}

TEST(Repeats, ThePastIsUntouchedByEditsAhead) {
  Bulletin station;
  station.programme("sang", {time_of(5, 30)}, {play("news"), play("news", 1)});
  const auto before = station.repeats("2026-11-20", "2026-11-25");
  station.record("ban-tin/2026-11-30.mp3", 23);
  station.programme("toi", {time_of(19)}, {play("news")}).from = date("2026-11-26");
  EXPECT_EQ(station.repeats("2026-11-20", "2026-11-25"), before);
  EXPECT_THAT(station.repeats("2026-11-30", "2026-12-01"),
              ElementsAre("30 sang/1 PL 23/11", "30 sang/2 PL 29/11", "30 toi/1 PL 23/11"));
}

TEST(RepeatMark, HasTheYearOfLongAgo) {
  EXPECT_EQ(repeat_mark(date("2026-12-31"), date("2027-01-01")), "PL 31/12");
  EXPECT_EQ(repeat_mark(date("2025-02-03"), date("2026-02-03")), "PL 03/02/2025");
}

}  // namespace
}  // namespace loa::scheduler::testing
