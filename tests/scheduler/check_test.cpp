// What `check` finds in the coming days: code, severity, place, words, and how often it says it.
#include "tests/scheduler/check_words.hpp"

namespace loa::scheduler::testing {
namespace {

TEST(Check, FindsNothingInAStationThatIsRight) {
  auto station = with_clips();
  station.programme("sang", {time_of(5, 30)}, {play("tune"), pause(5s), play("news")}).length = 10min;
  EXPECT_THAT(codes(station.check(kToday)), IsEmpty());
}

struct HoursCase {
  const char* what;
  TimeOfDay at;
  Duration length;  // 0: none given
  const char* article;
  std::vector<std::string> found;
};

class CheckHours : public ::testing::TestWithParam<HoursCase> {};

TEST_P(CheckHours, AnswersSessionsOutsideThem) {
  auto station = with_clips();
  station.permit_only(time_of(5), time_of(21));
  auto& programme = station.programme("a", {GetParam().at}, {play(GetParam().article)});
  if (GetParam().length > 0ms) programme.length = GetParam().length;
  std::vector<std::string> found;
  for (const auto& each : station.check(kToday)) {
    found.push_back((each.severity == Severity::error ? "error: " : "warning: ") + words(each) + " / " +
                    each.on_air.in(Language::en));
  }
  const std::string dates = " (Mon 23/11/2026, 31 days until Wed 23/12/2026)";
  std::vector<std::string> expected;
  for (auto text : GetParam().found) expected.push_back(text.replace(text.find('$'), 1, dates));
  EXPECT_EQ(found, expected) << GetParam().what;
}

INSTANTIATE_TEST_SUITE_P(
    Cases, CheckHours,
    ::testing::Values(
        HoursCase{"inside", time_of(5), 0ms, "tune", {}},
        HoursCase{"to the very end", time_of(20, 50), 10min, "tune", {}},
        HoursCase{"outside",
                  time_of(22),
                  0ms,
                  "tune",
                  {"error: “a” begins at 22:00, outside the permitted hours$ / it would stay silent"}},
        HoursCase{"at the end",
                  time_of(21),
                  0ms,
                  "tune",
                  {"error: “a” begins at 21:00, outside the permitted hours$ / it would stay silent"}},
        HoursCase{"before them, into them",
                  time_of(4, 55),
                  10min,
                  "tune",
                  {"error: “a” begins at 04:55, outside the permitted hours$ / silence until 05:00"}},
        HoursCase{"over the edge by its length",
                  time_of(20, 50),
                  20min,
                  "tune",
                  {"error: “a” at 20:50 lasts until 21:10, the permitted hours end at 21:00$ / silence from 21:00 on"}},
        HoursCase{
            "over the edge by its recordings",
            time_of(20, 50),
            0ms,
            "talk",
            {"warning: “a” at 20:50 lasts until 21:10, the permitted hours end at 21:00$ / silence from 21:00 on"}}));

TEST(CheckItems, SayByHowMuchTheyAreCut) {
  auto station = with_clips();
  station.programme("a", {time_of(5, 30)}, {play("talk")}).length = 15min;
  station.programme("b", {time_of(6, 45)}, {play("talk"), play("news").pinned(7)});
  const auto found = station.check(kToday, 1);
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].code, "item-cut");
  EXPECT_EQ(words(found[0]), "“talk” is 5min too long: the slot ends at 05:45 (Mon 23/11/2026)");
  EXPECT_EQ(found[0].at.begin, station.schedule().programmes[0].items[0].at.begin);
  EXPECT_EQ(words(found[1]),
            "“talk” is 5min too long: the item with a time of its own begins at 07:00 (Mon 23/11/2026)");
}

TEST(CheckItems, ThatAreNotReachedAreWarningsWhenRecordingsCauseIt) {
  auto station = with_clips();
  station.programme("a", {time_of(5, 30)}, {play("talk"), play("news")}).length = 20min;
  const auto found = station.check(kToday);
  ASSERT_THAT(codes(found),
              ElementsAre("warning item-unreached " + line_of(station.schedule().programmes[0].items[1].at)));
  EXPECT_THAT(words(found[0]), HasSubstr("the slot ends at 05:50"));
}

TEST(CheckItems, ThatAreNotReachedAreErrorsWhenTheTextProvesIt) {
  auto station = with_clips();
  station.programme("a", {time_of(5, 30)}, {pause(15min), play("news")}).length = 15min;
  station.programme("b", {time_of(7)}, {play("tune").pinned(8), play("news").pinned(7, 30)});
  EXPECT_THAT(codes(station.check(kToday)),
              ElementsAre("error item-unreached " + line_of(station.schedule().programmes[0].items[1].at),
                          "error item-unreached " + line_of(station.schedule().programmes[1].items[0].at)));
}

TEST(CheckItems, ThatTheReaderHasAnsweredAreNotAnsweredAgain) {
  auto station = with_clips();
  station.programme("a", {time_of(5, 30)}, {pause(15min), play("news")}).length = 15min;
  config::Diagnostics findings;
  findings.error("item-unreached", station.schedule().programmes[0].items[1].at, config::Text::verbatim("said"));
  check(station.schedule(), station.catalogue(), date(kToday), 31, findings);
  EXPECT_EQ(findings.all().size(), 1u);
}

TEST(CheckRecordings, NameTheNearestOneThatIsThere) {
  auto station = with_clips();
  station.recording("dvc/khai-sinh.mp3", 1min);
  station.recording("dvc/can-cuoc.mp3", 1min);
  station.article("typo").clip = "dvc/khai-sihn.mp3";
  station.article("capitals").clip = "DVC/Can-Cuoc.mp3";
  station.article("elsewhere").clip = "khai-sinh.mp3";
  station.article("ending").clip = "dvc/khai-sinh.wav";
  station.article("nothing").clip = "xyz/qwertyuiop.mp3";
  station.programme("a", {time_of(5, 30)},
                    {play("typo"), play("capitals"), play("elsewhere"), play("ending"), play("nothing")});
  const auto found = station.check(kToday);
  ASSERT_EQ(found.size(), 5u);
  for (const auto& each : found) {
    EXPECT_EQ(each.code, "missing-recording");
    EXPECT_EQ(each.severity, Severity::warning);
  }
  EXPECT_EQ(found[0].hint.in(Language::en), "did you mean “dvc/khai-sinh.mp3”?");
  EXPECT_EQ(found[1].hint.in(Language::en), "did you mean “dvc/can-cuoc.mp3”?");
  EXPECT_EQ(found[2].hint.in(Language::en), "did you mean “dvc/khai-sinh.mp3”?");
  EXPECT_EQ(found[3].hint.in(Language::en), "did you mean “dvc/khai-sinh.mp3”?");
  EXPECT_EQ(found[4].hint.in(Language::en), "put the file into “library”, or correct its name here");
}

TEST(CheckRecordings, OfTheDayAreAskedForTodayAndTomorrowOnly) {
  auto station = with_clips();
  auto& article = station.article("ban-tin");
  article.clip = "tin/<date>.wav";
  station.programme("a", {time_of(5, 30)}, {play("tune"), play("ban-tin")});
  const auto found = station.check(kToday);
  ASSERT_EQ(found.size(), 2u);
  EXPECT_THAT(words(found[0]), HasSubstr("tin/2026-11-23.wav"));
  EXPECT_THAT(words(found[1]), HasSubstr("tin/2026-11-24.wav"));
}

TEST(CheckRecordings, OfTheDayWithTheirRoomAndASubstituteAreNotAskedFor) {
  auto station = with_clips();
  auto& article = station.article("ban-tin");
  article.clip = "tin/<date>.wav";
  article.about = 12min;
  article.missing = "tune";
  station.programme("a", {time_of(5, 30)}, {play("ban-tin")});
  EXPECT_THAT(codes(station.check(kToday)), IsEmpty());
  station.schedule().repertoire.articles["ban-tin"].missing = "";
  const auto found = station.check(kToday);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].on_air.in(Language::en), "12min of silence");
}

struct ProblemCase {
  const char* code;
  const char* words;
};

class CheckRefused : public ::testing::TestWithParam<ProblemCase> {};

TEST_P(CheckRefused, SaysWhyInWords) {
  auto station = with_clips();
  station.article("bad").missing = "tune";
  station.refuse("bad.wav", GetParam().code);
  station.programme("a", {time_of(5, 30)}, {play("bad")});
  const auto found = station.check(kToday);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].code, "refused-recording");
  EXPECT_EQ(found[0].severity, Severity::warning);
  EXPECT_THAT(words(found[0]), HasSubstr(GetParam().words));
  EXPECT_EQ(found[0].on_air.in(Language::en), "“tune” would be played instead");
  EXPECT_FALSE(found[0].hint.empty());
}

INSTANTIATE_TEST_SUITE_P(
    Problems, CheckRefused,
    ::testing::Values(ProblemCase{"mp3-no-length", "would end early"}, ProblemCase{"mp3-joined", "several MP3 files"},
                      ProblemCase{"flac-joined", "several FLAC files"}, ProblemCase{"damaged", "damaged"},
                      ProblemCase{"truncated", "ends before its sound does"},
                      ProblemCase{"chained-ogg", "several Ogg files"}, ProblemCase{"wav-lying-size", "this WAV"},
                      ProblemCase{"not-audio", "no sound recording"}, ProblemCase{"empty", "no sound in it"},
                      ProblemCase{"too-long", "too long"}, ProblemCase{"too-large", "too large"},
                      ProblemCase{"unsupported-format", "format"}, ProblemCase{"rate-unsupported", "sample rate"},
                      ProblemCase{"changed-while-reading", "being changed"},
                      ProblemCase{"unreadable", "cannot be read"}, ProblemCase{"a-new-code", "a-new-code"}));

TEST(CheckRecordings, OfAFillAreLookedAtToo) {
  auto station = with_clips();
  station.article("absent");
  station.programme("a", {time_of(5, 30)}, {fill({"tune", "absent"})}).length = 10min;
  EXPECT_THAT(codes(station.check(kToday)),
              ElementsAre("warning missing-recording " + line_of(station.schedule().repertoire.articles["absent"].at)));
}

TEST(CheckRecordings, ASubstituteThatIsMissingItselfIsSaid) {
  auto station = with_clips();
  station.article("stand-in");
  station.article("news", 5min).missing = "stand-in";
  station.programme("a", {time_of(5, 30)}, {play("news")});
  const auto found = station.check(kToday);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].code, "missing-substitute");
  EXPECT_THAT(words(found[0]), HasSubstr("“stand-in” has no recording"));
}

TEST(CheckRecordings, ASubstituteOfASubstituteIsNamed) {
  auto station = with_clips();
  station.article("stand-in").missing = "tune";
  station.article("absent").missing = "stand-in";
  station.programme("a", {time_of(5, 30)}, {play("absent")});
  const auto found = station.check(kToday);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].code, "missing-recording");
  EXPECT_EQ(found[0].on_air.in(Language::en), "“tune” would be played instead");
}

TEST(CheckRecordings, ASubstituteThatHasExpiredIsNotReplacedByItsOwn) {
  auto station = with_clips();
  auto& stand_in = station.article("stand-in");
  stand_in.missing = "tune";
  stand_in.until = date("2026-11-01");
  station.article("news", 5min).missing = "stand-in";
  station.programme("a", {time_of(5, 30)}, {play("news")});
  EXPECT_THAT(codes(station.check(kToday)), ::testing::Contains(::testing::HasSubstr("missing-substitute")));
}

TEST(CheckRecordings, DoNotMissWhatHasNoPath) {
  auto station = with_clips();
  station.article("bad").clip.clear();  // the reader has refused its path
  station.programme("sang", {time_of(5, 30)}, {play("tune"), play("bad")});
  EXPECT_THAT(codes(station.check(kToday)), IsEmpty());
}

TEST(CheckEmpty, IsNotSaidOfAProgrammeWhoseMistakeHasBeenTold) {
  auto station = with_clips();
  station.programme("sang", {time_of(5, 30)}, {pause(5s)}).mistaken = true;
  EXPECT_THAT(codes(station.check(kToday)), IsEmpty());
}

TEST(CheckSessions, WithoutAnythingToPlayAreSaid) {
  auto station = with_clips();
  station.article("news", 5min).until = date("2026-12-01");
  station.programme("a", {time_of(5, 30)}, {play("news")});
  station.programme("b", {time_of(6, 30)}, {play("tune")});
  const auto found = station.check(kToday);
  ASSERT_THAT(codes(found), ElementsAre("warning session-empty " + line_of(station.schedule().programmes[0].span)));
  EXPECT_EQ(words(found[0]),
            "“a” has nothing to play: “news” may be aired only until Tue 01/12/2026 "
            "(Wed 02/12/2026, 22 days until Wed 23/12/2026)");
}

TEST(CheckSessions, WithPausesOnlyAreSaid) {
  auto station = with_clips();
  station.programme("a", {time_of(5, 30)}, {pause(5s)});
  EXPECT_THAT(codes(station.check(kToday)),
              ElementsAre("warning session-empty " + line_of(station.schedule().programmes[0].span)));
}

DateSpan span_of(const char* first, const char* last) {
  DateSpan span;
  span.first = date(first);
  span.last = date(last);
  return span;
}

TEST(CheckDays, WithoutAnyProgrammeAreSaidOnce) {
  auto station = with_clips();
  station.programme("a", {time_of(5, 30)}, {play("tune")}).repeat.words.form = Days::Form::weekdays;
  const auto found = station.check(kToday);
  ASSERT_THAT(codes(found), ElementsAre("warning silent-day schedule"));
  EXPECT_EQ(words(found[0]),
            "no programme plays (Sat 28/11/2026, Sun 29/11/2026, Sat 05/12/2026, Sun 06/12/2026, Sat 12/12/2026, "
            "Sun 13/12/2026, Sat 19/12/2026, Sun 20/12/2026)");
}

TEST(CheckDays, MutedByOneLineAreListedInOneFinding) {
  auto station = with_clips();
  station.programme("a", {time_of(5, 30)}, {play("tune")}).except =
      set_of({span_of("2026-12-05", "2026-12-06")}, nullptr);
  auto& line = station.schedule().calendar.emplace_back();
  line.name = "Quốc tang";
  line.on = set_of({span_of("2026-12-01", "2026-12-02")}, nullptr);
  line.mute_all = true;
  std::vector<std::string> said;
  for (const auto& found : station.check(kToday)) said.push_back(found.code + ' ' + words(found));
  EXPECT_THAT(said, ElementsAre("silent-day no programme plays: “Quốc tang” mutes all (Tue 01/12/2026, Wed 02/12/2026)",
                                "silent-day no programme plays (Sat 05/12/2026)",
                                "silent-day no programme plays (Sun 06/12/2026)"));
}

TEST(CheckFolders, WithoutARecordingAreSaid) {
  auto station = with_clips();
  station.playlist("thong-bao", {}).folder = "thong-bao";
  station.playlist("nhac", {}).folder = "nhac";
  station.recording("nhac/a.wav", 1min);
  station.programme("a", {time_of(5, 30)}, {list("thong-bao"), list("nhac")});
  EXPECT_THAT(codes(station.check(kToday)),
              ElementsAre("warning empty-folder " + line_of(station.schedule().repertoire.playlists["thong-bao"].at)));
}

TEST(Check, SpeaksVietnameseAboutDates) {
  auto station = with_clips();
  station.programme("a", {time_of(5, 30)}, {play("talk")}).length = 15min;
  EXPECT_THAT(station.check(kToday, 1).at(0).message.in(Language::vi), HasSubstr("T2 23/11/2026"));
}

}  // namespace
}  // namespace loa::scheduler::testing
