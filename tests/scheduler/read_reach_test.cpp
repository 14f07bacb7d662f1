// What a programme's text alone proves: items no session reaches, fills without an end, days that never meet.
#include <gmock/gmock.h>

#include "scheduler/schedule.hpp"
#include "tests/playlists/station_texts.hpp"

namespace loa::scheduler {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

struct ReachReading {
  config::Diagnostics diagnostics;
  config::StationFiles files;

  /// One programme: its keys on line 2, its items from line 4 on.
  ReachReading(const std::string& keys, const std::vector<std::string>& items)
      : files(tests::station_of(text(keys, items), diagnostics)) {
    read_schedule(files, diagnostics);
  }
  std::vector<std::string> findings() const { return tests::findings(diagnostics); }
  std::string words() const { return tests::words_of(diagnostics, diagnostics.all().at(0).code); }

  static std::string text(const std::string& keys, const std::vector<std::string>& items) {
    std::string all = "programmes: {sang: {\n" + keys + ",\nitems: [\n";
    for (const auto& item : items) all += item + ",\n";
    return all + "]}}\narticles:\n  a: {clip: a.mp3}\n  b: {clip: b.mp3}\n";
  }
};

struct Case {
  std::string why, keys;
  std::vector<std::string> items;
  std::string finding, words;
};

void expect_each(const std::vector<Case>& cases) {
  for (const auto& [why, keys, items, finding, words] : cases) {
    const ReachReading reading(keys, items);
    if (finding.empty()) {
      EXPECT_THAT(reading.findings(), IsEmpty()) << why;
      continue;
    }
    EXPECT_THAT(reading.findings(), ElementsAre("schedule/lich.yaml:" + finding)) << why;
    EXPECT_THAT(reading.words(), HasSubstr(words)) << why;
  }
}

TEST(Reach, FindsItemsThatNoSessionCanReach) {
  expect_each({
      {"a pin before that of an item above",
       "at: 05:30",
       {"{article: a, at: 06:00}", "{article: b, at: 05:45}"},
       "5:18 error item-unreached",
       "its time is before that of the item at schedule/lich.yaml:4"},
      {"a pin behind the slot's end",
       "at: 05:30, length: 45min",
       {"a", "{article: b, at: 06:15}"},
       "5:18 error item-unreached",
       "the session at 05:30 ends after 45min"},
      {"a pin before the session's start is one of the next day",
       "at: 05:30, length: 45min",
       {"a", "{article: b, at: 05:15}"},
       "5:18 error item-unreached",
       "before the session at 05:30 begins"},
      {"two pins at one time",
       "at: 05:30",
       {"{article: a, at: 06:00}", "{article: b, at: 06:00}"},
       "5:18 error item-unreached",
       "the item at schedule/lich.yaml:4 can never be reached"},
      {"an item above a pin at the session's start",
       "at: 05:30",
       {"a", "{article: b, at: 05:30}"},
       "5:18 error item-unreached",
       "schedule/lich.yaml:4"},
      {"a pause that fills the slot",
       "at: 05:30, length: 45min",
       {"{pause: 45min}", "a"},
       "5:1 error item-unreached",
       "ends after 45min"},
      {"a pause that lasts to the pin",
       "at: 05:30",
       {"{pause: 30min}", "a", "{article: b, at: 06:00}"},
       "6:18 error item-unreached",
       "schedule/lich.yaml:5"},
  });
}

TEST(Reach, IsSilentWhereSomethingCanBeHeard) {
  expect_each({
      {"pins in order", "at: 05:30", {"{article: a, at: 05:45}", "{article: b, at: 06:00}"}, "", ""},
      {"a pin at the session's start", "at: 05:30", {"{article: a, at: 05:30}"}, "", ""},
      {"a pin after midnight", "at: 23:30, length: 1h", {"a", "{article: b, at: 00:15}"}, "", ""},
      {"a pin just inside the slot", "at: 05:30, length: 45min", {"a", "{article: b, at: '06:14:59'}"}, "", ""},
      {"finish goes on behind the slot's end",
       "at: 05:30, length: 45min, overrun: finish",
       {"{pause: 45min}", "a"},
       "",
       ""},
      {"a pin that cuts a pause", "at: 05:30, length: 45min", {"{pause: 1h}", "{article: b, at: 06:00}"}, "", ""},
      {"pins out of order on different days",
       "at: 05:30",
       {"{article: a, at: 06:00, days: [mon]}", "{article: b, at: 05:45, days: [tue]}"},
       "",
       ""},
      {"items without times or lengths", "at: [05:30, 17:00], length: 1min", {"a", "b", "a"}, "", ""},
  });
}

TEST(Reach, WarnsWhenOnlySomeSessionsReachAnItem) {
  expect_each({
      {"a pin inside the morning's slot only",
       "at: [05:30, 17:00], length: 45min",
       {"a", "{article: b, at: 06:00}"},
       "5:18 warning item-unreached",
       "not every session reaches the item: its time is before the session at 17:00 begins"},
      {"pins out of order on Mondays",
       "at: 05:30",
       {"{article: a, at: 06:00, days: [mon]}", "{article: b, at: 05:45}"},
       "5:18 warning item-unreached",
       "schedule/lich.yaml:4"},
      {"pins out of order on one date",
       "at: 05:30",
       {"{article: a, at: 06:00, days: {dates: 2027-03-03}}", "{article: b, at: 05:45}"},
       "5:18 warning item-unreached",
       "schedule/lich.yaml:4"},
  });
}

TEST(Reach, AsksWhenAFillEnds) {
  expect_each({
      {"neither length nor pin", "at: 05:30", {"a", "{fill: [a, b]}"}, "5:1 error fill-without-end", "“length”"},
      {"a pin above does not end it",
       "at: 05:30",
       {"{article: a, at: 06:00}", "{fill: [a]}"},
       "5:1 error fill-without-end",
       "for ever"},
      {"the pin is not there every day",
       "at: 05:30",
       {"{fill: [a]}", "{article: b, at: 06:00, days: [mon]}"},
       "4:1 error fill-without-end",
       "for ever"},
      {"a length ends it", "at: 05:30, length: 45min", {"{fill: [a]}", "b"}, "", ""},
      {"a pin below ends it", "at: 05:30", {"{fill: [a]}", "{article: b, at: 06:00}"}, "", ""},
      {"fill and pin on the same days",
       "at: 05:30",
       {"a", "{fill: [a], days: [mon]}", "{article: b, at: 06:00, days: [mon, tue]}"},
       "",
       ""},
  });
}

TEST(Reach, WarnsOfDaysThatNeverMeet) {
  expect_each({
      {"weekdays and Sunday",
       "at: 05:30, repeat: weekdays",
       {"a", "{article: b, days: [sun]}"},
       "5:20 warning days-never-meet",
       "does not play on any of these days"},
      {"a date outside of the validity",
       "at: 05:30, until: 2026-12-31",
       {"a", "{article: b, days: {dates: 2027-01-01}}"},
       "5:20 warning days-never-meet",
       "never be played"},
      {"a Saturday of a programme on weekdays",
       "at: 05:30, repeat: weekdays",
       {"a", "{article: b, days: {dates: 2026-11-28}}"},
       "5:20 warning days-never-meet",
       "never be played"},
      {"a date of every year falls on weekdays too",
       "at: 05:30, repeat: weekdays",
       {"a", "{article: b, days: {dates: 12-22}}"},
       "",
       ""},
      {"a range that has a weekday",
       "at: 05:30, repeat: weekdays",
       {"a", "{article: b, days: {dates: 2026-11-28..2026-11-30}}"},
       "",
       ""},
      {"a programme that only stands in", "at: 05:30, repeat: never", {"a", "{article: b, days: [sun]}"}, "", ""},
      {"a week cut short by from and until",
       "at: 05:30, from: 2026-11-23, until: 2026-11-24",
       {"a", "{article: b, days: [wed]}"},
       "5:20 warning days-never-meet",
       "never be played"},
  });
}

TEST(Reach, SaysNothingOfAProgrammeThatHasOtherMistakes) {
  const ReachReading reading("at: 05:30", {"{fill: [a]}", "{article: b, at: 6h00}"});
  EXPECT_THAT(reading.findings(), ElementsAre("schedule/lich.yaml:5:18 error time-with-h"));
}

TEST(Reach, AnswersAFileOfManyDatesInTime) {
  std::vector<std::string> items;
  for (int i = 0; i < 300; ++i) {
    std::string dates;
    for (int d = 1; d <= 28; ++d)
      dates += (dates.empty() ? "\"" : ", \"") + std::to_string(2027 + i % 30) + "-02-" + (d < 10 ? "0" : "") +
               std::to_string(d) + "\"";
    items.push_back("{article: a, at: 06:00, days: {dates: [\n" + dates + "]}}");
  }
  const ReachReading reading("at: {every: 10min, from: 05:00, until: 21:00}, length: 10min", items);
  EXPECT_THAT(reading.findings(), ::testing::Each(::testing::Not(HasSubstr("days-never-meet"))));
}

}  // namespace
}  // namespace loa::scheduler
