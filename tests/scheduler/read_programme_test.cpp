// Programmes as an operator writes them: every key, every form, and the answer to each mistake.
#include <gmock/gmock.h>

#include <map>

#include "scheduler/schedule.hpp"
#include "tests/playlists/station_texts.hpp"

namespace loa::scheduler {
namespace {

using namespace std::chrono_literals;
using std::chrono::day;
using std::chrono::month;
using std::chrono::year;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr Date date(int y, unsigned m, unsigned d) {
  return year(y) / month(m) / day(d);
}

const std::string kTwoArticles = R"(articles:
  nhac-hieu: {clip: nhac/hieu.wav}
  ban-tin: {clip: tin/<date>.mp3, about: 12min}
  nhac-a: {clip: nhac/a.mp3}
playlists:
  mo-dau: [nhac-hieu, nhac-a]
programmes:
)";
// What follows kTwoArticles begins on line 8.

struct ProgrammeReading {
  config::Diagnostics diagnostics;
  config::StationFiles files;  // owns what the spans point to
  std::optional<Schedule> schedule;

  explicit ProgrammeReading(const std::string& programmes)
      : files(tests::station_of(kTwoArticles + programmes, diagnostics)), schedule(read_schedule(files, diagnostics)) {}
  std::vector<std::string> findings() const { return tests::findings(diagnostics); }
  std::string words(const std::string& code) const { return tests::words_of(diagnostics, code); }
  const Programme& first() const { return schedule->programmes.at(0); }
};

std::string programme(const std::string& keys) {
  return "  sang: {at: \"05:30\", items: [nhac-hieu], " + keys + "}\n";
}
std::string with_items(const std::string& items, const std::string& keys = "length: 45min") {
  return "  sang:\n    at: \"05:30\"\n    " + keys + "\n    items:\n" + items;
}

TEST(ReadProgramme, TakesEveryKeyOfTheContract) {
  const ProgrammeReading reading(R"(  sang:
    title: Buổi sáng
    at: "05:30"
    repeat: [mon, wed]
    except: [2026-12-02, 2026-12-07]
    from: 2026-11-01
    until: 2027-10-31
    length: 45min
    overrun: cut
    late: start
    grace: 5min
    priority: ordinary
    items: [nhac-hieu]
)");
  EXPECT_THAT(reading.findings(), IsEmpty());
  const auto& sang = reading.first();
  EXPECT_EQ(sang.id, "sang");
  EXPECT_EQ(sang.title, "Buổi sáng");
  EXPECT_THAT(sang.at, ElementsAre(TimeOfDay{5h + 30min}));
  EXPECT_EQ(sang.repeat.words.form, Days::Form::list);
  EXPECT_EQ(sang.except.words.dates.size(), 2u);
  EXPECT_EQ(sang.from, date(2026, 11, 1));
  EXPECT_EQ(sang.until, date(2027, 10, 31));
  EXPECT_EQ(sang.length, Duration(45min));
  EXPECT_EQ(sang.overrun, Overrun::cut);
  EXPECT_EQ(sang.late, Late::start);
  EXPECT_EQ(sang.grace, Duration(5min));
  EXPECT_EQ(sang.span.file_line(), "schedule/lich.yaml:8");
}

TEST(ReadProgramme, HasTheDefaultsOfTheContract) {
  const ProgrammeReading reading("  sang: {at: 5:30, items: [nhac-hieu]}\n");
  EXPECT_THAT(reading.findings(), IsEmpty());
  const auto& sang = reading.first();
  EXPECT_EQ(sang.title, "sang");
  EXPECT_EQ(sang.repeat.words.form, Days::Form::daily);
  EXPECT_EQ(sang.overrun, Overrun::fade);
  EXPECT_EQ(sang.late, Late::join);
  EXPECT_EQ(sang.grace, Duration(10min));
  EXPECT_FALSE(sang.length);
}

TEST(ReadProgramme, TakesEachFormOfAt) {
  const std::vector<std::pair<std::string, std::vector<TimeOfDay>>> forms{
      {"05:30", {{5h + 30min}}},
      {"'5:30:15'", {{5h + 30min + 15s}}},
      {"[\"17:00\", \"05:30\"]", {{5h + 30min}, {17h}}},
      {"{every: 6h, from: \"06:00\", until: \"18:00\"}", {{6h}, {12h}, {18h}}},
      {"{every: 45min, from: \"07:00\", until: \"09:00\"}", {{7h}, {7h + 45min}, {8h + 30min}}},
      {"{every: 1h, from: \"07:00\", until: \"07:00\"}", {{7h}}},
  };
  for (const auto& [form, times] : forms) {
    const ProgrammeReading reading("  sang: {at: " + form + ", length: 1min, items: [nhac-hieu]}\n");
    EXPECT_THAT(reading.findings(), IsEmpty()) << form;
    EXPECT_EQ(reading.first().at, times) << form;
  }
}

TEST(ReadProgramme, TakesPrioritiesWithWhoOrderedThem) {
  const ProgrammeReading reading(
      programme("priority: emergency, ordered_by: \"Chủ tịch UBND xã, Công điện 12\", interrupted: drop"));
  EXPECT_THAT(reading.findings(), IsEmpty());
  EXPECT_EQ(reading.first().priority, playlists::Priority::emergency);
  EXPECT_EQ(reading.first().ordered_by, "Chủ tịch UBND xã, Công điện 12");
  EXPECT_EQ(reading.first().interrupted, Interrupted::drop);
  EXPECT_THAT(ProgrammeReading(programme("priority: priority")).findings(), IsEmpty());
}

TEST(ReadProgramme, TakesEachKindOfItem) {
  const ProgrammeReading reading(with_items(R"(      - nhac-hieu
      - playlist: mo-dau
      - {article: ban-tin, days: [mon, wed, fri]}
      - {article: ban-tin, days_ago: 1, days: [tue, thu]}
      - {pause: 5s}
      - {article: nhac-a, at: "06:00"}
      - {fill: [nhac-a, nhac-hieu]}
      - {fill: mo-dau}
      - {playlist: mo-dau, days_ago: 2}
)"));
  EXPECT_THAT(reading.findings(), IsEmpty());
  const auto& items = reading.first().items;
  ASSERT_EQ(items.size(), 9u);
  EXPECT_EQ(std::get<ArticleItem>(items[0].what).id, "nhac-hieu");
  EXPECT_EQ(std::get<PlaylistItem>(items[1].what).id, "mo-dau");
  EXPECT_EQ(items[2].days->words.form, Days::Form::list);
  EXPECT_EQ(std::get<ArticleItem>(items[3].what).days_ago, 1);
  EXPECT_EQ(std::get<PauseItem>(items[4].what).length, Duration(5s));
  EXPECT_EQ(items[5].pin, TimeOfDay{6h});
  EXPECT_EQ(std::get<FillItem>(items[6].what).entries.size(), 2u);
  EXPECT_EQ(std::get<FillItem>(items[7].what).playlist, "mo-dau");
  EXPECT_EQ(std::get<PlaylistItem>(items[8].what).days_ago, 2);
  EXPECT_EQ(items[3].at.file_line(), "schedule/lich.yaml:15");
}

struct Mistake {
  std::string text, finding, words;
};

void expect_each(const std::vector<Mistake>& mistakes) {
  for (const auto& [text, finding, words] : mistakes) {
    const ProgrammeReading reading(text);
    EXPECT_THAT(reading.findings(), ElementsAre("schedule/lich.yaml:" + finding)) << text;
    EXPECT_THAT(reading.words(finding.substr(finding.rfind(' ') + 1)), HasSubstr(words)) << text;
  }
}

TEST(ReadProgramme, AnswersMistakesInItsKeys) {
  expect_each({
      {"  sang: {items: [nhac-hieu]}\n", "8:3 error missing-key", "at: \"05:30\""},
      {"  sang: {at: \"05:30\"}\n", "8:3 error missing-key", "one line with a dash"},
      {programme("lenght: 5min"), "8:43 error unknown-key", "did you mean “length”?"},
      {programme("length: 0s"), "8:51 error length-range", "at most 24 hours"},
      {programme("length: 25h"), "8:51 error length-range", "at most 24 hours"},
      {programme("overrun: fad"), "8:52 error not-a-choice", "fade"},
      {programme("late: joined"), "8:49 error not-a-choice", "join"},
      {programme("grace: 5min"), "8:43 warning grace-unused", "counts only with “late: start”"},
      {programme("grace: 5min, late: skip"), "8:43 warning grace-unused", "late: start"},
      {programme("from: 2026-12-02, until: 2026-12-01"), "8:61 error from-after-until", "would never play"},
      {programme("priority: emergency"), "8:43 error emergency-unordered", "who ordered it"},
      {programme("interrupted: later"), "8:56 error not-a-choice", "resume"},
      {programme("repeat: {rrule: FREQ=DAILY}"), "8:59 error rrule", "counts from a first day"},
      {"  sang: {at: \"05:30\", items: nhac-hieu}\n", "8:30 error wrong-type", "“items” takes a list"},
      {"  sang: {at: \"05:30\", items: []}\n", "8:30 warning empty-list", "has no items"},
  });
}

TEST(ReadProgramme, AnswersMistakesInItsTimes) {
  const auto at = [](const std::string& form) { return "  sang: {items: [nhac-hieu], at: " + form + "}\n"; };
  expect_each({
      {at("5h30"), "8:34 error time-with-h", "05:30"},
      {at("[\"05:30\", 25:00]"), "8:44 error time-out-of-range", ""},
      {at("[\"05:30\", \"17:00\", 5:30]"), "8:53 warning duplicate-time", "first at schedule/lich.yaml:8"},
      {at("[]"), "8:34 warning empty-list", "no session would ever begin"},
      {at("{every: 1h, from: \"20:00\", until: \"07:00\"}"), "8:34 error from-after-until", "over midnight"},
      {at("{every: 1h, from: \"07:00\"}"), "8:30 error missing-key", "both ends"},
      {at("{every: 0s, from: \"07:00\", until: \"08:00\"}"), "8:42 error every-range", "at least one"},
      {at("{every: 1500ms, from: \"07:00\", until: \"08:00\"}"), "8:42 error every-range", "whole seconds"},
      {at("{every: 30s, from: \"00:00\", until: \"23:59\"}"), "8:42 error every-range", "2879 sessions a day"},
      {at("{every: 1h, from: \"07:00\", until: \"08:00\", till: 3}"), "8:77 error unknown-key", "until"},
  });
}

TEST(ReadProgramme, AnswersMistakesInItsItems) {
  const auto item = [](const std::string& text) { return with_items("      - " + text + "\n"); };
  expect_each({
      {item("nhac-hie"), "12:9 error unknown-name", "did you mean “nhac-hieu”?"},
      {item("mo-dau"), "12:9 error wrong-kind", "write {playlist: mo-dau}"},
      {item("{playlist: nhac-a}"), "12:20 error wrong-kind", "write {article: nhac-a}"},
      {item("{playlist: mo-dao}"), "12:20 error unknown-name", "did you mean “mo-dau”?"},
      {item("{article: ban-tim}"), "12:19 error unknown-name", "did you mean “ban-tin”?"},
      {item("{fill: [nhac-a, nhac-b]}"), "12:25 error unknown-name", "did you mean “nhac-a”?"},
      {item("{fill: mo-dua}"), "12:16 error unknown-name", "did you mean “mo-dau”?"},
      {item("{fill: []}"), "12:16 warning empty-list", "silent"},
      {item("{pause: 0s}"), "12:17 error pause-range", "more than nothing"},
      {item("{pause: 25h}"), "12:17 error pause-range", "24 hours"},
      {item("{article: ban-tin, days_ago: 0}"), "12:38 error out-of-range", "366"},
      {item("{article: ban-tin, days_ago: 367}"), "12:38 error out-of-range", "366"},
      {item("{article: nhac-a, days_ago: 1}"), "12:19 warning days-ago-undated", "schedule/lich.yaml:4"},
      {item("{pause: 5s, days_ago: 1}"), "12:21 error days-ago-misplaced", "article or a playlist"},
      {item("{campaign: dich-vu, count: 2}"), "12:20 error unknown-campaign", "under “campaigns”"},
      {item("{relay: vov1, at: \"06:00\", for: 15min}"), "12:17 error unknown-relay", "under “relays”"},
      {item("{relay: nhac-a, for: 15min}"), "12:17 error wrong-kind", "{article: nhac-a}"},
      {item("{relay: vov1, for: 0s}"), "12:28 error relay-range", "more than nothing"},
      {item("{relay: vov1, for: 25h}"), "12:28 error relay-range", "24 hours"},
      {item("{article: nhac-a, for: 15min}"), "12:27 error unknown-key", "known here"},
      {item("{article: nhac-a, pause: 5s}"), "12:27 error several-kinds", "“pause” stands beside “article”"},
      {item("{pause: 5s, article: nhac-a}"), "12:21 error several-kinds", "“article” stands beside “pause”"},
      {item("{days: [mon]}"), "12:9 error missing-kind", "article, playlist, campaign, relay, pause or fill"},
      {item("{artcle: nhac-a}"), "12:10 error unknown-key", "did you mean “article”?"},
      {item("[nhac-a, nhac-hieu]"), "12:9 error wrong-type", "line with a dash"},
      {item("{article: nhac-a, days: [mno]}"), "12:34 error weekday-name", "mno"},
  });
}

TEST(ReadProgramme, SaysWhenAnExceptionChangesNothing) {
  expect_each({
      {programme("repeat: weekdays, except: [2026-11-28]"), "8:70 warning except-without-effect", "does not play"},
      {programme("from: 2026-11-01, except: 2026-10-31"), "8:69 warning except-without-effect", "changes nothing"},
  });
  EXPECT_THAT(ProgrammeReading(programme("repeat: weekdays, except: [2026-11-28..2026-11-30, 12-25]")).findings(),
              IsEmpty());
}

TEST(ReadProgramme, NeedsNoTimeWhenItOnlyStandsIn) {
  const ProgrammeReading reading("  sang-tet: {repeat: never, items: [nhac-hieu]}\n");
  EXPECT_THAT(reading.findings(), IsEmpty());
  EXPECT_THAT(reading.first().at, IsEmpty());
}

TEST(ReadProgramme, AnswersAnItemThatIsEmptyAfterItsDash) {
  const ProgrammeReading reading(with_items("      - nhac-hieu\n      -\n"));
  ASSERT_EQ(reading.findings().size(), 1u);
  EXPECT_THAT(reading.findings().front(), HasSubstr("schedule/lich.yaml:13:"));
  EXPECT_THAT(reading.words("empty-item"), HasSubstr("nothing after the dash"));
}

// Each that is told costs a copy of the programme's keys.
TEST(ReadProgramme, OfKeysBesideAProgrammeOnlyThoseSpeltRightAreTold) {
  std::string text = "  sang: {at: \"05:30\", items: [nhac-hieu]}\n  length: 45min\n  ordered_by: UBND\n";
  for (std::size_t i = 1; i <= 200; ++i) text += "  at" + std::string(i, '!') + ": x\n";
  const ProgrammeReading reading(text);
  std::map<std::string, int> times;
  for (const auto& found : reading.diagnostics.all()) ++times[found.code];
  EXPECT_EQ(times["wrong-indentation"], 2);
  EXPECT_EQ(times["bad-id"] + times["duplicate-id"], 200);
}

TEST(ReadProgramme, AnOrderThatStandsBeforeEveryProgrammeIsTold) {
  EXPECT_THAT(ProgrammeReading("  ordered_by: UBND\n  sang: {at: \"05:30\", items: [nhac-hieu]}\n").findings(),
              ElementsAre("schedule/lich.yaml:8:3 error wrong-indentation"));
}

TEST(ProgrammeDays, FollowRepeatExceptFromAndUntil) {
  const ProgrammeReading reading(
      programme("repeat: weekdays, except: [2026-11-25, 12-25], from: 2026-11-23, until: 2026-12-31"));
  EXPECT_THAT(reading.findings(), IsEmpty());
  const auto& sang = reading.first();
  EXPECT_FALSE(sang.plays_on(CivilDay(date(2026, 11, 20)))) << "before from";
  EXPECT_TRUE(sang.plays_on(CivilDay(date(2026, 11, 23))));
  EXPECT_FALSE(sang.plays_on(CivilDay(date(2026, 11, 25)))) << "excepted";
  EXPECT_FALSE(sang.plays_on(CivilDay(date(2026, 11, 28)))) << "a Saturday";
  EXPECT_FALSE(sang.plays_on(CivilDay(date(2026, 12, 25)))) << "excepted every year";
  EXPECT_TRUE(sang.plays_on(CivilDay(date(2026, 12, 31))));
  EXPECT_FALSE(sang.plays_on(CivilDay(date(2027, 1, 4)))) << "after until";
}

}  // namespace
}  // namespace loa::scheduler
